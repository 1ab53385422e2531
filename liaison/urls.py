"""One include per app; a business word appears only in the app's own urls."""

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

from liaison.health import healthz, readyz

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
]
urlpatterns += [
    path(prefix, include(module))
    for prefix, module in [
        ("", "dashboard.urls"),
        ("", "common.urls"),
        ("accounts/", "staff.account_urls"),
        ("", "staff.urls"),
        ("", "deputies.urls"),
        ("", "activities.urls"),
        ("", "suggestions.urls"),
        ("portraits/", "profiles.urls"),
    ]
    if find_spec(module)
]
