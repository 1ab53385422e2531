from django.urls import path

from activities import views
from activities.views.basics import KINDS
from deputies.views import basics

app_name = "activities"
urlpatterns = [
    path("activities/", views.index, name="list"),
    path("activities/export/", views.export, name="export"),
    path("activities/new/", views.new, name="new"),
    path("activities/of-deputy/<int:pk>/", views.of_deputy, name="of-deputy"),
    path("activities/<int:pk>/", views.detail, name="detail"),
    path("activities/<int:pk>/edit/", views.edit, name="edit"),
    path("activities/<int:pk>/close/", views.close, name="close"),
    path("activities/<int:pk>/reopen/", views.reopen, name="reopen"),
    path("activities/<int:pk>/cancel/", views.cancel, name="cancel"),
    path("activities/<int:pk>/invite/", views.invite, name="invite"),
    path("activities/<int:pk>/tick/", views.tick, name="tick"),
    path("activities/<int:pk>/photos/", views.photos, name="photos"),
    path("activities/attendance/<int:pk>/came/", views.came, name="came"),
    path("activities/attendance/<int:pk>/response/", views.response, name="response"),
    path("activities/attendance/<int:pk>/uninvite/", views.uninvite, name="uninvite"),
    path("activities/photo/<int:pk>/edit/", views.photo_edit, name="photo-edit"),
    path("activities/photo/<int:pk>/remove/", views.photo_remove, name="photo-remove"),
    path("activities/photo/<int:pk>/restore/", views.photo_restore, name="photo-restore"),
    path("activities/photo/<int:pk>/<str:size>/", views.photo, name="photo"),
    *basics.pages(KINDS),
]
