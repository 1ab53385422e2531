from datetime import datetime, timedelta

from django.db import models

from activities.models.activity import Activity
from common.constraints import not_blank
from common.versions import Versioned
from deputies.models import Deputy
from staff.models import User

KEEP_REMOVED = timedelta(days=30)


class PhotoQuerySet(models.QuerySet["Photo"]):
    def visible_to(self, user: object) -> "PhotoQuerySet":
        return self.standing().filter(activity__in=Activity.objects.visible_to(user))

    def editable_by(self, user: object) -> "PhotoQuerySet":
        """Removed ones too: undo must find them."""
        return self.filter(activity__in=Activity.objects.editable_by(user))

    def standing(self) -> "PhotoQuerySet":
        return self.filter(removed_at=None)

    def restorable(self, now: datetime) -> "PhotoQuerySet":
        """Standing, or removed so lately that the files are still kept for undo."""
        return self.filter(models.Q(removed_at=None) | models.Q(removed_at__gt=now - KEEP_REMOVED))


class Photo(Versioned):
    """A photo of an activity: re-encoded JPEG without any metadata, made once at upload in two sizes.

    ``print_file`` and ``thumb_file`` are paths below MEDIA_ROOT, written by ``common.photos``.
    ``deputies`` are those to be seen; it is printed in the portrait of somebody only with that
    person's consent and ``printable``: photos with children's faces are set not printable by hand.
    """

    activity = models.ForeignKey(Activity, verbose_name="活动", on_delete=models.PROTECT, related_name="photos")
    print_file = models.CharField("打印尺寸", max_length=120)
    thumb_file = models.CharField("缩略图", max_length=120)
    sha256 = models.CharField("摘要", max_length=64)
    width = models.PositiveIntegerField("宽")
    height = models.PositiveIntegerField("高")
    caption = models.CharField("说明", max_length=60, blank=True)
    deputies = models.ManyToManyField(Deputy, verbose_name="照片中的代表委员", blank=True, related_name="+")
    printable = models.BooleanField("可用于印迹", default=True)
    uploaded_by = models.ForeignKey(User, verbose_name="上传人", on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField("上传时间", auto_now_add=True)
    removed_at = models.DateTimeField("移除时间", null=True)

    objects = PhotoQuerySet.as_manager()

    class Meta:
        verbose_name = "照片"
        constraints = [
            not_blank("print_file", table="photo"),
            models.UniqueConstraint(
                fields=["activity", "sha256"], condition=models.Q(removed_at=None), name="photo_once_per_activity"
            ),
        ]

    def __str__(self) -> str:
        return self.caption or f"照片 {self.pk}"
