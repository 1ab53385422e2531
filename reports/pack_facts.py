"""What a leader takes along on the 第一任务: whom to visit, each one's 联络一页纸, what is answered. Plain JSON, seen
through the reader's eyes like the page itself."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.conf import settings

from common.calendar import cn_day, weekday_name
from common.texts import clean
from deputies.models import Deputy
from reports import facts
from staff.models import User
from suggestions.models import Evaluation, FirstVisit, Promise, Proposer, Reply, Suggestion
from suggestions.overview import remaining

Json = dict[str, Any]

MOST_REPLIES = 3  # rounds of one item that are printed, the last ones
UNKNOWN = "待公布"


def build(visits: Sequence[FirstVisit], reader: User, today: date) -> Json:
    """``visits`` are those of one leader in one year, at least one."""
    task, leader = visits[0].task, visits[0].leader
    day = task.the_day
    told: Json = {
        "as_of": today.isoformat(),
        "house": settings.HOUSE_NAME,
        "brand": settings.BRAND,
        "reader": reader.name,
        "year": task.year,
        "day": f"{cn_day(day)}（{weekday_name(day)}）" if day else UNKNOWN,
        "state": task.state_name,
        "remark": task.remark if task.confirmed_at else "",
        "leader": {"name": leader.name, "title": leader.title or leader.get_role_display()},
        "visits": [_visit(visit, reader, today) for visit in visits],
    }
    cleaned: Json = clean(told)
    return cleaned


def _visit(visit: FirstVisit, reader: User, today: date) -> Json:
    deputy = visit.deputy
    items = Suggestion.objects.visible_to(reader).filter(first_visits=visit).select_related("department")
    return {
        "name": deputy.name,
        "seats": deputy.seat_names,
        "work": "　".join(part for part in (deputy.unit, deputy.post) if part),
        "time": f"{visit.starts_at:%H:%M}" if visit.starts_at else "",
        "place": visit.place,
        "company": "、".join(user.name for user in visit.company.all()),
        "reasons": list(visit.reasons),
        "brief": facts.build(deputy, reader, today),
        "items": [_item(each, deputy, today) for each in items.order_by("received_on", "pk")],
    }


def _item(item: Suggestion, deputy: Deputy, today: date) -> Json:
    proposer = Proposer.objects.filter(suggestion=item, deputy=deputy).first()
    replies = list(item.replies.select_related("result_class", "signed_by").order_by("-round")[:MOST_REPLIES])
    left = remaining(item, today)
    known = (
        item.kind_name,
        f"第{item.number}号" if item.number else "",
        f"{cn_day(item.received_on)}收到",
        proposer.get_role_display() if proposer else "",
        f"{item.department}承办" if item.department else "",
        left.words if left else item.get_state_display(),
    )
    return {
        "title": item.title,
        "about": "　".join(part for part in known if part),
        "text": item.text,
        "replies": [_reply(reply, deputy, is_last=not number) for number, reply in enumerate(replies)],
    }


def _reply(reply: Reply, deputy: Deputy, *, is_last: bool) -> Json:
    """``promises``: what still has to be kept, by when, or how it was kept."""
    verdict = Evaluation.objects.filter(reply=reply, deputy=deputy).first()
    how = f"{cn_day(reply.replied_on)}{'当面' if reply.in_person else '书面'}答复"
    signer = f"{reply.signed_by.name}签发" if reply.signed_by else ""
    said = f"{verdict.words}。{verdict.reason}" if verdict else "尚未反馈评价"
    return {
        "head": "　".join(part for part in (how, str(reply.result_class), reply.number, signer) if part),
        "summary": reply.summary,
        "verdict": f"评价：{said}",
        "promises": [_promise(each) for each in reply.promises.order_by("pk") if is_last or each.kept_on],
    }


def _promise(promise: Promise) -> str:
    if promise.kept_on:
        return f"{promise.what}——{cn_day(promise.kept_on)}二次答复：{promise.kept_how}"
    until = f"{cn_day(promise.due_on)}前" if promise.due_on else ""
    return f"承诺待落实：{until}{promise.what}"
