"""The product's URLs and the gallery, which exists with DEBUG only."""

from django.urls import path

from common import gallery
from liaison.urls import urlpatterns as product

urlpatterns = [
    *product,
    path("gallery/", gallery.gallery, name="gallery"),
    path("gallery/dialog/", gallery.dialog, name="gallery-dialog"),
    path("gallery/pick/", gallery.pick, name="gallery-pick"),
]
