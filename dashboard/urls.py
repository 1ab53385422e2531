from django.urls import path

from dashboard import views

urlpatterns = [
    path("", views.home, name="home"),
    path("queue/", views.whom_next, name="queue"),
    path("calendar/<str:token>.ics", views.calendar_feed, name="calendar-feed"),
    path("opinions/", views.opinions, name="opinions"),
    path("attendances/", views.attendances, name="attendances"),
]
