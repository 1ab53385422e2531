from django.urls import path

from staff.views import accounts, audit, departments, feed

app_name = "staff"
urlpatterns = [
    path("staff/", accounts.listing, name="list"),
    path("staff/new/", accounts.new, name="new"),
    path("staff/<int:pk>/", accounts.edit, name="edit"),
    path("staff/<int:pk>/retire/", accounts.retire, name="retire"),
    path("staff/<int:pk>/admit/", accounts.admit, name="admit"),
    path("staff/<int:pk>/role/", accounts.role, name="role"),
    path("staff/<int:pk>/password/", accounts.password, name="password"),
    path("staff/<int:pk>/unlock/", accounts.unlock, name="unlock"),
    path("staff/<int:pk>/sessions/", accounts.sessions, name="sessions"),
    path("staff/<int:pk>/second-factor/", accounts.second_factor, name="second-factor"),
    path("departments/", departments.listing, name="departments"),
    path("departments/new/", departments.new, name="department-new"),
    path("departments/<int:pk>/", departments.edit, name="department-edit"),
    path("accounts/calendar/", feed.feed, name="feed"),
    path("accounts/calendar/close/", feed.close, name="feed-close"),
    path("audit/", audit.listing, name="audit"),
]
