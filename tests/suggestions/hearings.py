"""Meetings listened to, what was said there, and points made of it: all by the real actions."""

import uuid
from datetime import date
from typing import Any

from deputies.models import Deputy
from staff.models import Department, User
from suggestions import actions
from suggestions.models import Hearing, Meeting, Point, Utterance
from tests.deputies.factories import person
from tests.factories import TermFactory, UserFactory

DAY = date(2026, 1, 9)
WORDS = "涉农检察联络点建议再往村里放一放。"


def hearing(office: User, **fields: Any) -> Hearing:
    """知禾区第5届人大五次会议, 甘露镇代表团; the same one if asked for twice."""
    facts: dict[str, Any] = {
        "term": TermFactory(),
        "session": "五次会议",
        "meeting": Meeting.DELEGATION,
        "group": "甘露镇代表团",
        "held_on": DAY,
        **fields,
    }
    known = Hearing.objects.filter(**{name: facts[name] for name in ("term", "session", "group", "held_on")}).first()
    return known or actions.open_hearing(by=office, **facts)


def said(hearing: Hearing, by: User, words: str = WORDS, speaker: Deputy | None = None, **fields: Any) -> Utterance:
    """One utterance, of somebody new on the roster unless told otherwise."""
    if speaker is None and not fields.get("heard_as"):
        speaker = person("周稻香", by=by)
    facts = {"idempotency_key": uuid.uuid4(), **fields}
    return actions.record_utterance(hearing=hearing, by=by, words=words, speaker=speaker, **facts)


def point(utterances: list[Utterance], *departments: Department, by: User, **fields: Any) -> Point:
    leader = fields.pop("leader", None) or UserFactory(role="leader", name="苏望舒")
    facts = {"summary": "在村里增设涉农检察联络点", **fields}
    return actions.decompose(utterances=utterances, departments=departments, leader=leader, by=by, **facts)
