"""Years of a deputy, walked through the real actions: the richer the year the longer the portrait."""

from datetime import date
from typing import Any

from common.jobs import local
from deputies import actions as deputies
from deputies.models import Appointment, AppointmentRole, Contact, Deputy, FieldOfConcern
from profiles import actions
from profiles.models import Portrait, PortraitRun
from staff.models import User
from suggestions import actions as suggestions
from suggestions.models import How
from tests.activities.factories import closed, photo
from tests.deputies.factories import logged, method, person
from tests.suggestions import factories as voices

YEAR, TODAY = 2026, date(2027, 1, 5)


def thin(name: str = "张禾", *, by: User, **fields: Any) -> Deputy:
    """One visit, nothing else."""
    deputy = person(name, by=by, **fields)
    visited(deputy, by=by)
    return deputy


def rich(name: str = "欧阳禾清", *, by: User, consents: bool = True, **fields: Any) -> Deputy:
    """Heard, at an open day with a photo, a suggestion worked in steps and answered in person, appointed."""
    deputy = person(name, by=by, photo_consent=consents, words_consent=consents, profession="电力工程", **fields)
    said(deputy, "线路下面不能再盖房子了。", by=by, outcome="已会同镇里清理三处。")
    activity = closed(came=[deputy], by=by, summary="走进农资市场，了解公益诉讼检察。")
    photo(activity, by=by, caption="代表察看农资台账", deputies=[deputy])
    answered(deputy, by=by)
    appointed(deputy, by=by)
    return deputy


def visited(deputy: Deputy, *, by: User, **fields: Any) -> Contact:
    return logged(by=by, deputies=[deputy], **fields)


def said(deputy: Deputy, words: str, *, by: User, **fields: Any) -> Contact:
    contact = visited(deputy, by=by, method=method("talk"), happened_on=date(2026, 2, 3))
    fields.setdefault("field", FieldOfConcern.objects.get(name="公共安全"))
    deputies.record_opinion(contact=contact, deputy=deputy, words=words, by=by, **fields)
    return contact


def answered(deputy: Deputy, *, by: User, **fields: Any) -> None:
    suggestion = voices.handling(by, by.department, lead=deputy, text="建议建立联合巡查机制。", **fields)
    for day, what in ((5, "检察长主持研究"), (9, "实地踏勘三处跨越点"), (20, "会同电力公司磋商")):
        suggestions.add_step(suggestion=suggestion, happened_on=date(2026, 4, day), what=what, by=by)
    reply = voices.answer(suggestion, by, how=How.IN_PERSON)
    voices.verdict(reply, by)


def appointed(deputy: Deputy, *, by: User) -> Appointment:
    role = AppointmentRole.objects.get(name="听证员")
    return deputies.appoint(deputy=deputy, role=role, from_on=date(2026, 3, 1), by=by, number="知检聘〔2026〕1号")


def asked(*chosen: Deputy, by: User, **fields: Any) -> PortraitRun:
    facts = {"year": YEAR, "selection": "2026年指定人员"} | fields
    return actions.request_portraits(deputies=chosen, by=by, **facts)


def made(*chosen: Deputy, by: User) -> list[Portrait]:
    """Asked for, and the worker has been at it."""
    run = asked(*chosen, by=by)
    work()
    return list(run.portraits.select_related("deputy").order_by("pk"))


def work() -> None:
    while local.work_once():
        pass
