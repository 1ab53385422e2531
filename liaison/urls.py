"""One include per app; a business word appears only in the app's own urls."""

from django.urls import URLPattern, URLResolver, include, path

from liaison.health import healthz, readyz

handler400 = "common.http.broken"

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("", include("dashboard.urls")),
    path("", include("common.urls")),
    path("accounts/", include("staff.account_urls")),
    path("", include("staff.urls")),
    path("", include("deputies.urls")),
    path("", include("activities.urls")),
    path("", include("suggestions.urls")),
    path("portraits/", include("profiles.urls")),
    path("reports/", include("reports.urls")),
    path("import/", include("intake.urls")),
]
