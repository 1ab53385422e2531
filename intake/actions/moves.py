"""The one place that assigns the state of an import."""

from typing import Any

from common.denied import Denied
from intake.models import ImportRun
from intake.workflow import TRANSITIONS, RunState


def move(run: ImportRun, state: RunState, **fields: Any) -> ImportRun:
    """A conditional UPDATE, so of two clicks one is told."""
    before = [old for old, onward in TRANSITIONS.items() if state in onward]
    if not ImportRun.objects.filter(pk=run.pk, state__in=before).update(state=state, **fields):
        raise Denied("这次导入刚刚有了变化，请刷新页面查看。")
    run.refresh_from_db()
    return run
