"""What replies promised becomes rows of its own. By itself, because PostgreSQL alters no table with rows in flight."""

from typing import Any

from django.db import migrations
from django.db.models import F, OuterRef, Q, Subquery

LONGEST = 80


def _shortened(summary: str) -> str:
    words = " ".join(summary.split())
    return words if len(words) <= LONGEST else f"{words[: LONGEST - 1]}…"


def write_promises(apps: Any, schema_editor: Any) -> None:
    """By when and by whom was never asked: that is still to be said (未定期限)."""
    reply_model, promise_model = apps.get_model("suggestions", "Reply"), apps.get_model("suggestions", "Promise")
    reply_model.objects.filter(class_now=None).update(class_now=F("result_class"))
    promising = reply_model.objects.filter(Q(result_class__promises=True) | Q(kept_on__isnull=False))
    for reply in promising.filter(promises=None).select_related("suggestion", "recorded_by").order_by("pk"):
        promise_model.objects.create(
            reply=reply,
            what=_shortened(reply.summary),
            department_id=reply.suggestion.department_id or reply.recorded_by.department_id,
            kept_on=reply.kept_on,
            kept_how=reply.kept_how,
            class_now_id=reply.result_class_id if reply.kept_on else None,
            recorded_by=reply.recorded_by,
        )
    written = reply_model.objects.filter(pk=OuterRef("reply")).values("recorded_at")
    promise_model.objects.update(recorded_at=Subquery(written))


def keep_in_replies(apps: Any, schema_editor: Any) -> None:
    """Backwards: the last kept promise of each reply, as the columns of the reply held it."""
    reply_model, promise_model = apps.get_model("suggestions", "Reply"), apps.get_model("suggestions", "Promise")
    for promise in promise_model.objects.filter(kept_on__isnull=False).order_by("kept_on", "pk"):
        facts = {"kept_on": promise.kept_on, "kept_how": promise.kept_how[:200]}
        reply_model.objects.filter(pk=promise.reply_id).update(**facts)


class Migration(migrations.Migration):
    dependencies = [("suggestions", "0009_promise")]
    operations = [migrations.RunPython(write_promises, keep_in_replies)]
