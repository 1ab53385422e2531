"""Two people edit one record: the second is told, nothing is overwritten."""

from typing import Any, TypeVar

from django import forms
from django.db import models
from django.db.models import F

from common.denied import Stale

V = TypeVar("V", bound="Versioned")


class Versioned(models.Model):
    """A record with a version number, moved only by :func:`save_version`."""

    version = models.PositiveIntegerField("版本", default=1, editable=False)

    class Meta:
        abstract = True


def save_version(record: V, *, expected: int, **fields: Any) -> V:
    """Write ``fields`` if ``record`` still has version ``expected``, else raise :class:`Stale`.

    One conditional UPDATE, so it holds on SQLite too, and across two requests.
    """
    changed = type(record)._base_manager.filter(pk=record.pk, version=expected)
    if not changed.update(**fields, version=F("version") + 1):
        raise Stale("您打开页面之后，这条记录已被他人修改。您填写的内容仍在下方，请对照最新内容后再次保存。")
    record.refresh_from_db()
    return record


class VersionField(forms.IntegerField):
    """Hidden field that carries the version the form was drawn from. Missing = the form is invalid (400)."""

    widget = forms.HiddenInput

    default_error_messages = {"required": "页面已失效（缺少版本号），请刷新后重新填写。"}
