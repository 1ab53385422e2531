"""The quick log: its form, and the one line that may fill it."""

import json
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple

from django import forms
from django.core.exceptions import BadRequest
from django.http import QueryDict

from common.calendar import weekday_name
from common.forms import DayField, offer
from common.sensitive import tidy
from common.spoken_days import spoken_day
from deputies import ranking
from deputies.forms.contacts import ContactForm
from deputies.models import Area, ContactMethod, Deputy
from deputies.quickline import Choices, Kind, Piece, Reading, Vocabulary, read
from staff.models import User

# Whoever signs in on that device again sends what was written then.
OLDEST = timedelta(days=366)
LONGEST_LINE = 2200
# What people write for the methods that the product starts with, whatever the office calls them today.
ALSO_WRITTEN = {
    "visit": ("上门", "登门", "拜访", "看望", "走访慰问", "实地走访"),
    "talk": ("座谈会", "面谈"),
    "phone": ("打电话", "打了电话", "打来电话", "通话", "通电话", "通了电话", "致电", "来电", "来电话", "电话联系"),
    "reception": ("到访", "来院"),
    "wechat": ("微信群", "发微信", "微信联系"),
}


class QuickLogForm(ContactForm):
    """The quick log: a contact, and if wanted the words of one of them and something to do next.

    ``unsettled`` are the pieces of the line that could mean several people; the page offers them below the picker.
    """

    # The words and the thing to do are actions of their own: ``said`` and ``promised``.
    asides = ("words", "speaker", "what", "due_on")
    idempotency_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    words = forms.CharField(
        label="意见（原话）",
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "placeholder": "代表委员怎么说，就怎么记"}),
    )
    speaker = forms.ModelChoiceField(Deputy.objects.none(), label="谁的原话", required=False, empty_label="请选择")
    what = forms.CharField(label="后续事项", max_length=200, required=False)
    due_on = DayField(label="完成期限", required=False)

    def __init__(self, *args: Any, unsettled: Sequence[Piece] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.unsettled = unsettled
        there = Deputy.objects.filter(pk__in=[chosen.pk for chosen in self.picked])
        offer(self, "speaker", there.with_namesake_hint())

    @property
    def asks_for_speaker(self) -> bool:
        """The choice of a speaker is drawn only where it is needed."""
        return self.is_bound and len(self.picked) > 1

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.unsettled and not cleaned.get("deputies"):
            self.errors.pop("deputies", None)
        for piece in self.unsettled:
            self.add_error("deputies", f"“{piece.word}”不止一位，请选定是哪一位。")
        if cleaned.get("words"):
            self._settle_speaker(cleaned)
        if cleaned.get("what") and not cleaned.get("due_on") and "due_on" not in self.errors:
            self.add_error("due_on", "请填写后续事项的完成期限。")
        return cleaned

    def _settle_speaker(self, cleaned: dict[str, Any]) -> None:
        """With one deputy the words are his or hers; with several somebody has to say whose."""
        there = list(cleaned.get("deputies") or [])
        if len(there) == 1:
            cleaned["speaker"] = there[0]
        elif there and not cleaned.get("speaker") and "speaker" not in self.errors:
            self.add_error("speaker", "有多位代表委员，请选择这是谁的原话。")

    @property
    def said(self) -> tuple[Deputy, str] | None:
        return (self.cleaned_data["speaker"], self.cleaned_data["words"]) if self.cleaned_data["words"] else None

    @property
    def promised(self) -> tuple[str, date] | None:
        return (self.cleaned_data["what"], self.cleaned_data["due_on"]) if self.cleaned_data["what"] else None


@dataclass(frozen=True)
class Heard:
    """What a line says, on the day it was written."""

    reading: Reading
    day: date
    methods: Sequence[ContactMethod]

    def complete(self, data: QueryDict) -> QueryDict:
        """``data`` with what the fields leave open: fields win, people are added."""
        full = data.copy()
        people = dict.fromkeys([*data.getlist("deputies"), *(str(person.pk) for person in self.reading.people)])
        full.setlist("deputies", list(people))
        said = {
            "method": self.reading.value(Kind.HOW),
            "happened_on": self.reading.value(Kind.WHEN) or self.day,
            "place": self.reading.value(Kind.WHERE),
            "note": self.reading.note,
        }
        for name, value in said.items():
            if value and not data.get(name):
                full[name] = str(value)
        return full

    @property
    def chips(self) -> "list[Shown]":
        names = {str(method.pk): method.name for method in self.methods}
        return [_shown(piece, names, self.day) for piece in self.reading.pieces]


def heard(data: QueryDict, *, user: User, today: date) -> Heard:
    """Understand ``line`` with ``line_choices`` (JSON), in the words of the day on which it was written."""
    day = _written_on(data, today)
    methods = list(ContactMethod.objects.offered().exclude(code__in=ContactMethod.WRITTEN_BY_THE_PROGRAM))
    words = Vocabulary(
        today=day,
        methods=_spelled(methods),
        areas=_areas(),
        named=lambda names: ranking.named(names, user),
        like=lambda word: ranking.meant_by(word, user=user, today=today),
        has_people=bool(data.getlist("deputies")),
    )
    return Heard(read(tidy(data.get("line", "")[:LONGEST_LINE]), words, _choices(data)), day, methods)


class Shown(NamedTuple):
    """A piece as a chip: ``value`` is what the field takes."""

    kind: str
    word: str
    value: str
    label: str
    options: Sequence[Deputy]


def _shown(piece: Piece, methods: Mapping[str, str], today: date) -> Shown:
    value = str(piece.value.pk if piece.kind == Kind.WHO and piece.value else piece.value or "")
    label = value
    if piece.kind == Kind.WHO and piece.value:
        label = piece.value.told_apart
    elif piece.kind == Kind.WHEN:
        year = "" if piece.value.year == today.year else f"{piece.value.year}年"
        label = f"{year}{piece.value.month}月{piece.value.day}日 {weekday_name(piece.value)}"
    elif piece.kind == Kind.HOW:
        label = methods[value]
    return Shown(piece.kind, piece.word, value, label, piece.options)


def _spelled(methods: Sequence[ContactMethod]) -> dict[str, int]:
    """Names, what else people write, and the numbers under which the page shows them (1, 2 …)."""
    known = {}
    for number, method in enumerate(methods, start=1):
        for written in (*ALSO_WRITTEN.get(method.code or "", ()), str(number), method.name):
            known[written] = method.pk
    return known


def _areas() -> dict[str, str]:
    """甘露镇 is also written 甘露."""
    known = {}
    for name in Area.objects.offered().values_list("name", flat=True):
        for ending in ("", "镇", "乡", "街道", "社区", "开发区", "园区"):
            short = name.removesuffix(ending) if ending else name
            if len(short) >= 2:
                known[short] = name
    return known


def _written_on(data: QueryDict, today: date) -> date:
    """The day of an entry that waited for the network; nonsense is today."""
    day = spoken_day(data.get("written_on", ""), today)
    return day if day and today - day <= OLDEST else today


def _choices(data: QueryDict) -> Choices:
    try:
        told = json.loads(data.get("line_choices") or "{}")
        return Choices(
            frozenset(map(str, told.get("skip", []))), {str(w): int(n) for w, n in told.get("pick", {}).items()}
        )
    except (ValueError, TypeError, AttributeError, RecursionError):
        raise BadRequest("页面已失效，请刷新后重试。") from None
