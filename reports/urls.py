from django.urls import path

from reports import views

app_name = "reports"
urlpatterns = [
    path("brief/<int:pk>/", views.brief, name="brief"),
    path("visit-pack/<int:year>/<int:leader>/", views.visit_pack, name="visit-pack"),
]
