"""States of an import and the moves between them: one plain table."""

from django.db.models import TextChoices


class RunState(TextChoices):
    READING = "reading", "正在读取"
    READY = "ready", "待确认"
    REFUSED = "refused", "未能读取"
    WRITING = "writing", "正在导入"
    DONE = "done", "已导入"
    UNDOING = "undoing", "正在撤销"
    UNDONE = "undone", "已撤销"


# A ready one is read again when staff decide something; a refused write or undoing goes back to where it came from.
TRANSITIONS: dict[RunState, set[RunState]] = {
    RunState.READING: {RunState.READY, RunState.REFUSED},
    RunState.READY: {RunState.READING, RunState.WRITING},
    RunState.REFUSED: set(),
    RunState.WRITING: {RunState.DONE, RunState.READING, RunState.READY},
    RunState.DONE: {RunState.UNDOING, RunState.UNDONE},
    RunState.UNDOING: {RunState.UNDONE, RunState.DONE},
    RunState.UNDONE: set(),
}
WORKING = [RunState.READING, RunState.WRITING, RunState.UNDOING]
# Before the import: the file is still needed.
OPEN = [RunState.READING, RunState.READY, RunState.WRITING]
