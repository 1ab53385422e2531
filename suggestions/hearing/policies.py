"""Who may take down, correct and decompose what is said in session. The sentence says why not and what to do."""

from datetime import datetime

from common.denied import Denied
from staff.models import Role, User
from staff.permissions import P, may
from suggestions.models import Hearing, Point, Utterance
from suggestions.workflow import SuggestionState


def check_can_arrange(user: User) -> None:
    if not may(user, P.SUGGESTION_REGISTER):
        raise Denied("旁听场次由办公室登记和分解，请与办公室联系。")


def check_listens(user: User, hearing: Hearing) -> None:
    """The office, or a handler who was sent there."""
    listens = user.role == Role.OFFICE or user in hearing.listeners.all()
    if not (may(user, P.SUGGESTION_HANDLE) and listens):
        raise Denied("发言由办公室和这一场的旁听人员记录，请与办公室联系。")


def check_can_record(user: User, hearing: Hearing, said_at: datetime | None = None) -> None:
    """Without ``said_at``: now. What was written before the end may arrive after it: the network was away."""
    check_listens(user, hearing)
    if hearing.closed_at and (said_at is None or said_at > hearing.closed_at):
        raise Denied("这一场已结束记录。需要补记的，请办公室先恢复记录。")


def check_can_correct(user: User, utterance: Utterance) -> None:
    """Who took it down, while the hearing is open; the office at any time; nobody once it was decomposed."""
    check_listens(user, utterance.hearing)
    if user.role != Role.OFFICE and utterance.recorded_by_id != user.pk:
        raise Denied(f"这条由{utterance.recorded_by}记录，只有记录人和办公室可以更正，请与其联系。")
    if user.role != Role.OFFICE and utterance.hearing.closed_at:
        raise Denied("这一场已结束记录，需要更正的请与办公室联系。")
    if _is_decomposed(utterance):
        raise Denied("这条发言已经分解，请先撤销分解，再更正。")


def check_can_remove_hearing(user: User, hearing: Hearing) -> None:
    check_can_arrange(user)
    if hearing.utterances.exists():
        raise Denied("这一场已有发言记录，不能删除。")


def check_can_take_apart(user: User, point: Point) -> None:
    """Undo of a decomposition: nothing of it has reached a department."""
    check_can_arrange(user)
    for share in point.shares.select_related("suggestion"):
        if share.suggestion.assigned_on or share.suggestion.state != SuggestionState.REGISTERED:
            raise Denied("已经交办或处理，不能撤销分解；确需变动的，请在该件中退回或撤回。")


def _is_decomposed(utterance: Utterance) -> bool:
    """As the rows of a page know it (``with_speakers``), else as it is now."""
    known: bool | None = getattr(utterance, "is_decomposed", None)
    return Utterance.objects.decomposed().filter(pk=utterance.pk).exists() if known is None else known
