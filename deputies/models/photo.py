"""Photos of what we did together: of a contact here, of an activity in the app above."""

from datetime import datetime, timedelta
from typing import Self, TypeVar

from django.db import models
from django.db.models import Exists, OuterRef, Q

from common.constraints import not_blank
from common.versions import Versioned
from deputies.models.contact import Contact
from deputies.models.deputy import Deputy
from staff.models import User

KEEP_REMOVED = timedelta(days=30)


OnePhoto = TypeVar("OnePhoto", bound="KeptPhoto")


class KeptPhotoQuerySet(models.QuerySet[OnePhoto]):
    def standing(self) -> Self:
        return self.filter(removed_at=None)

    def restorable(self, now: datetime) -> Self:
        """Standing, or removed so lately that undo is possible and the files are kept."""
        return self.filter(Q(removed_at=None) | Q(removed_at__gt=now - KEEP_REMOVED))

    def files(self) -> set[str]:
        """Paths of both sizes, below MEDIA_ROOT."""
        return {path for pair in self.values_list("print_file", "thumb_file") for path in pair}

    def printable_for(self, deputy: Deputy) -> Self:
        """Photos fit for this person's portrait, those that show the person first.

        Only with the person's consent, only marked printable, only those that show this person or name nobody,
        and never one that shows somebody else who has not consented.
        """
        if not deputy.photo_consent:
            return self.none()
        seen = self.model.deputies.through._base_manager.filter(**{self.model.__name__.lower(): OuterRef("pk")})
        shows_this_person = Exists(seen.filter(deputy=deputy))
        return (
            self.standing()
            .filter(shows_this_person | ~Exists(seen), printable=True)
            .exclude(Exists(seen.filter(deputy__photo_consent=False)))
            .annotate(own=shows_this_person)
            .order_by("-own", "id")
        )


class KeptPhoto(Versioned):
    """A re-encoded JPEG without any metadata, made once at upload in two sizes.

    ``print_file`` and ``thumb_file`` are paths below MEDIA_ROOT, written by ``common.photos``.
    ``deputies`` are those to be seen; it is printed in the portrait of somebody only with that
    person's consent and ``printable``: photos with children's faces are set not printable by hand.
    """

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

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.caption or f"照片 {self.pk}"


class ContactPhotoQuerySet(KeptPhotoQuerySet["ContactPhoto"]):
    def visible_to(self, user: object) -> Self:
        return self.standing().filter(contact__in=Contact.objects.visible_to(user))

    def within_reach_of(self, user: object) -> Self:
        """Removed ones too: undo must find them."""
        return self.filter(contact__in=Contact.objects.visible_to(user))


class ContactPhoto(KeptPhoto):
    """A photo of a contact."""

    contact = models.ForeignKey(Contact, verbose_name="联络", on_delete=models.PROTECT, related_name="photos")

    objects = ContactPhotoQuerySet.as_manager()

    class Meta:
        verbose_name = "联络照片"
        constraints = [
            not_blank("print_file", table="contact_photo"),
            models.UniqueConstraint(
                fields=["contact", "sha256"], condition=Q(removed_at=None), name="photo_once_per_contact"
            ),
        ]
