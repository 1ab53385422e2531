"""公开审查: whether and where a reply is published."""

from datetime import date

from django.db import transaction

from common.denied import Denied, Stale
from common.versions import save_version
from staff import audit
from staff.models import User
from suggestions import policies
from suggestions.actions.moves import locked, needed, not_in_future
from suggestions.models import Publication, Reply, Scope
from suggestions.models.publication import is_against

NO_VERSION = 0  # of a reply of which nothing was decided yet


@transaction.atomic
def decide_publication(
    *,
    reply: Reply,
    expected: int,
    scope: Scope,
    decided_on: date,
    by: User,
    reviewer: User | None = None,
    reason: str = "",
    overruled: str = "",
    published_on: date | None = None,
    url: str = "",
) -> Publication:
    """Decide, or decide again; ``expected`` is the version that was looked at, ``NO_VERSION`` the first time."""
    suggestion = locked(reply.suggestion)
    policies.check_can_publish(by, reply)
    known = Publication.objects.filter(reply=reply).first()
    if (known.version if known else NO_VERSION) != expected:
        raise Stale("您打开页面之后，他人已登记这份答复的公开审查。请关闭后重新打开，对照最新内容再改。")
    _check_days(reply, decided_on, published_on)
    facts = {"scope": scope, "decided_on": decided_on, "published_on": published_on, "url": url.strip()}
    facts |= {"reason": _why_not_in_full(scope, reason), "reviewer": _reviewed(scope, reviewer)}
    facts["overruled"] = _why_against(suggestion.publication_wish, scope, overruled)
    if scope == Scope.NONE and (published_on or url.strip()):
        raise Denied("定为不公开的，不填公开日期和公开位置。")
    if url.strip() and not published_on:
        raise Denied("填写了公开位置的，请同时填写公开日期。")
    if known:
        publication = save_version(known, expected=expected, recorded_by=by, **facts)
    else:
        publication = Publication.objects.create(reply=reply, recorded_by=by, **facts)
    changes = {"scope": [known.scope if known else "", str(scope)]}
    audit.record("suggestion.publication_decided", by=by, target=suggestion, changes=changes)
    return publication


def _check_days(reply: Reply, decided_on: date, published_on: date | None) -> None:
    not_in_future(decided_on, "审定日期")
    if decided_on < reply.replied_on:
        raise Denied(f"审定日期不能早于答复日期（{reply.replied_on}）。")
    if published_on:
        not_in_future(published_on, "公开日期")
        if published_on < decided_on:
            raise Denied(f"公开日期不能早于审定日期（{decided_on}）。")


def _why_not_in_full(scope: Scope, reason: str) -> str:
    return "" if scope == Scope.FULL else needed(reason, "不全文公开的，请写明理由。")


def _reviewed(scope: Scope, reviewer: User | None) -> User | None:
    if scope != Scope.NONE and reviewer is None:
        raise Denied("公开以前须经保密审查，请选择保密审查人。")
    return reviewer


def _why_against(wish: str, scope: Scope, overruled: str) -> str:
    if not is_against(wish, scope):
        return ""
    return needed(overruled, "提出人不同意公开答复内容；确需公开的，请写明与其沟通的情况和理由。")
