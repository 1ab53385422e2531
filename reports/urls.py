from django.urls import path

from reports import views

app_name = "reports"
urlpatterns = [
    path("brief/<int:pk>/", views.brief, name="brief"),
]
