from django.urls import path

from profiles import views

app_name = "profiles"
urlpatterns = [
    path("", views.index, name="list"),
    path("new/", views.new, name="new"),
    path("verify/", views.verify, name="verify"),
    path("runs/<int:pk>/", views.run, name="run"),
    path("runs/<int:pk>/zip/", views.archive, name="zip"),
    path("runs/<int:pk>/cancel/", views.cancel, name="cancel"),
    path("runs/<int:pk>/retry/", views.retry_failed, name="retry-failed"),
    path("<int:pk>/pdf/", views.download, name="download"),
    path("<int:pk>/retry/", views.retry, name="retry"),
]
