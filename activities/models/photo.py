from typing import Self

from django.db import models

from activities.models.activity import Activity
from common.constraints import not_blank
from deputies.models.photo import KeptPhoto, KeptPhotoQuerySet


class PhotoQuerySet(KeptPhotoQuerySet["Photo"]):
    def visible_to(self, user: object) -> Self:
        return self.standing().filter(activity__in=Activity.objects.visible_to(user))

    def editable_by(self, user: object) -> Self:
        """Removed ones too: undo must find them."""
        return self.filter(activity__in=Activity.objects.editable_by(user))


class Photo(KeptPhoto):
    """A photo of an activity."""

    activity = models.ForeignKey(Activity, verbose_name="活动", on_delete=models.PROTECT, related_name="photos")

    objects = PhotoQuerySet.as_manager()

    class Meta:
        verbose_name = "照片"
        constraints = [
            not_blank("print_file", table="photo"),
            models.UniqueConstraint(
                fields=["activity", "sha256"], condition=models.Q(removed_at=None), name="photo_once_per_activity"
            ),
        ]
