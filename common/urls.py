"""The gallery of the kit, with DEBUG only."""

from django.conf import settings
from django.urls import URLPattern, path

from common import gallery

urlpatterns: list[URLPattern] = []
if settings.DEBUG:
    urlpatterns = [
        path("gallery/", gallery.gallery, name="gallery"),
        path("gallery/dialog/", gallery.dialog, name="gallery-dialog"),
        path("gallery/pick/", gallery.pick, name="gallery-pick"),
    ]
