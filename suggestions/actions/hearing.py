"""审议旁听: the meetings to which ours listen, and what is taken down there."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from common.denied import Denied, Stale
from common.versions import save_version
from deputies.models import Deputy, Term
from staff import audit
from staff.models import User
from suggestions.actions.moves import needed
from suggestions.hearing import policies
from suggestions.models import Hearing, Share, Utterance


@transaction.atomic
def open_hearing(
    *, by: User, term: Term, session: str, held_on: date, listeners: Iterable[User] = (), **fields: Any
) -> Hearing:
    """Register a meeting, coming or just beginning."""
    policies.check_can_arrange(by)
    with _known_already_is_denied():
        hearing = Hearing.objects.create(term=term, session=session, held_on=held_on, created_by=by, **fields)
    hearing.listeners.set(listeners)
    audit.record("hearing.opened", by=by, target=hearing)
    return hearing


@transaction.atomic
def edit_hearing(
    *, hearing: Hearing, expected: int, by: User, listeners: Iterable[User] | None = None, **fields: Any
) -> Hearing:
    """Correct the facts. What suggestions were made from (届, session, day) stays once there are any."""
    policies.check_can_arrange(by)
    before = Hearing.objects.get(pk=hearing.pk)
    changed = {name for name, value in fields.items() if getattr(before, name) != value}
    decomposed = Share.objects.standing().filter(point__voices__utterance__hearing=hearing).exists()
    if decomposed and changed & {"term", "session", "held_on"}:
        raise Denied("这一场的发言已经分解，届次、会议和日期不再修改。登记有误的，请先撤销分解。")
    with _known_already_is_denied():
        save_version(hearing, expected=expected, **fields)
    if listeners is not None:
        hearing.listeners.set(listeners)
    changes = {name: [str(getattr(before, name)), str(fields[name])] for name in sorted(changed)}
    audit.record("hearing.edited", by=by, target=hearing, changes=changes)
    return hearing


@transaction.atomic
def remove_hearing(*, hearing: Hearing, by: User) -> None:
    """One entered by mistake, at which nothing was taken down."""
    policies.check_can_remove_hearing(by, hearing)
    audit.record("hearing.removed", by=by, target=hearing)
    hearing.delete()


@transaction.atomic
def close_hearing(*, hearing: Hearing, by: User) -> Hearing:
    """结束记录. Twice is once."""
    policies.check_listens(by, hearing)
    if Hearing.objects.filter(pk=hearing.pk, closed_at=None).update(closed_at=timezone.now()):
        audit.record("hearing.closed", by=by, target=hearing)
    hearing.refresh_from_db()
    return hearing


@transaction.atomic
def reopen_hearing(*, hearing: Hearing, by: User) -> Hearing:
    policies.check_can_arrange(by)
    if Hearing.objects.filter(pk=hearing.pk, closed_at__isnull=False).update(closed_at=None):
        audit.record("hearing.reopened", by=by, target=hearing)
    hearing.refresh_from_db()
    return hearing


def record_utterance(
    *,
    hearing: Hearing,
    by: User,
    words: str,
    idempotency_key: UUID,
    speaker: Deputy | None = None,
    heard_as: str = "",
    said_at: datetime | None = None,
) -> Utterance:
    """Take one down. The same key again gives the first row and writes nothing, also when both arrive at once."""
    if first := _recorded_with(idempotency_key, by):
        return first
    policies.check_can_record(by, hearing, said_at)
    now = timezone.now()
    facts = {"words": needed(words, "请写下发言内容。"), "said_at": min(said_at or now, now), "recorded_by": by}
    facts |= _speaker(speaker, heard_as)
    try:
        with transaction.atomic():
            utterance = Utterance.objects.create(hearing=hearing, idempotency_key=idempotency_key, **facts)
            audit.record("utterance.recorded", by=by, target=utterance)
            return utterance
    except IntegrityError:
        if first := _recorded_with(idempotency_key, by):
            return first
        raise


@transaction.atomic
def correct_utterance(
    *, utterance: Utterance, expected: int, by: User, words: str, speaker: Deputy | None = None, heard_as: str = ""
) -> Utterance:
    """Correct words or speaker. Sent again after an answer that was lost, it finds itself done."""
    utterance = Utterance.objects.select_for_update().get(pk=utterance.pk)
    facts = {"words": needed(words, "请写下发言内容。"), **_speaker(speaker, heard_as)}
    if all(getattr(utterance, name) == value for name, value in facts.items()):
        return utterance
    policies.check_can_correct(by, utterance)
    if utterance.version != expected:
        raise Stale("这条发言已被他人更正。请刷新页面，核对后再改。")
    save_version(utterance, expected=expected, **facts)
    audit.record("utterance.corrected", by=by, target=utterance)
    return utterance


@transaction.atomic
def remove_utterance(*, utterance: Utterance, by: User) -> Utterance:
    """Take it back; the row stays and counts nowhere. Twice is once."""
    utterance = Utterance.objects.select_for_update().get(pk=utterance.pk)
    if not utterance.withdrawn_at:
        policies.check_can_correct(by, utterance)
        save_version(utterance, expected=utterance.version, withdrawn_at=timezone.now(), withdrawn_by=by)
        audit.record("utterance.removed", by=by, target=utterance)
    return utterance


@transaction.atomic
def restore_utterance(*, utterance: Utterance, by: User) -> Utterance:
    utterance = Utterance.objects.select_for_update().get(pk=utterance.pk)
    if utterance.withdrawn_at:
        policies.check_can_correct(by, utterance)
        save_version(utterance, expected=utterance.version, withdrawn_at=None, withdrawn_by=None)
        audit.record("utterance.restored", by=by, target=utterance)
    return utterance


def _recorded_with(key: UUID, by: User) -> Utterance | None:
    """What ``by`` sent with this key. Somebody else's key is refused, it tells nothing."""
    known = Utterance.objects.filter(idempotency_key=key).first()
    if known and known.recorded_by_id != by.pk:
        raise Denied("页面已失效，请刷新后重新记录。")
    return known


def _speaker(speaker: Deputy | None, heard_as: str) -> dict[str, Any]:
    """A person of the roster, or at least the name as heard."""
    if speaker:
        return {"speaker": speaker, "heard_as": ""}
    return {"speaker": None, "heard_as": needed(heard_as, "请先写发言人；不认识的，写听到的姓名，以后再认定。")}


@contextmanager
def _known_already_is_denied() -> Iterator[None]:
    """The same meeting entered by two clerks."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        raise Denied("同一天、同一会议、同一代表团（界别）的旁听已经登记，请在列表中打开。") from error
