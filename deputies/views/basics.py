"""基础资料: one page per list that the office keeps. Higher apps add their lists with :func:`pages`."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Model
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from common.choices import OfficeChoice
from common.denied import allowed
from deputies import actions
from deputies.forms.basics import AreaForm, ChoiceForm, FieldForm, MethodForm, RoleForm, TermForm
from deputies.policies import check_can_retire_choice
from deputies.views.answers import dialog, done
from deputies.views.dialogs import edit_in_dialog
from staff.permissions import P, StaffRequest, requires


@dataclass(frozen=True)
class Section:
    """One list: ``key`` is its place in the app's URLs and their names, ``columns`` what stands beside each row."""

    app: str
    key: str
    form: type[ChoiceForm]
    hint: str
    columns: tuple[str, ...] = ()

    @property
    def model(self) -> type[OfficeChoice]:
        return self.form._meta.model

    @property
    def title(self) -> str:
        return str(self.model._meta.verbose_name)

    @property
    def headings(self) -> list[str]:
        return [str(self.model._meta.get_field(name).verbose_name) for name in self.columns]  # type: ignore[union-attr]

    def url(self, verb: str = "", pk: int | None = None) -> str:
        name = f"{self.app}:basics-{self.key}" + (f"-{verb}" if verb else "")
        return reverse(name, args=[] if pk is None else [pk])

    @property
    def new_url(self) -> str:
        return self.url("new")


@dataclass(frozen=True)
class Line:
    """One row as the list shows it."""

    row: OfficeChoice
    cells: list[tuple[str, str]]
    edit_url: str
    retire_url: str
    restore_url: str
    can_retire: bool


def lines(section: Section, request: StaffRequest) -> Iterator[Line]:
    """Those in use first."""
    rows = sorted(section.model._default_manager.all(), key=lambda row: row.retired_on is not None)
    for row in rows:
        texts = [_text(row, name) for name in section.columns]
        yield Line(
            row=row,
            cells=list(zip(section.headings, texts, strict=True)),
            edit_url=section.url("edit", row.pk),
            retire_url=section.url("retire", row.pk),
            restore_url=section.url("restore", row.pk),
            can_retire=allowed(check_can_retire_choice, request.user, row),
        )


@requires(P.BASICS_EDIT)
@require_GET
def listing(request: StaffRequest, section: Section) -> HttpResponse:
    return render(request, "deputies/basics.html", {"section": section, "lines": list(lines(section, request))})


@requires(P.BASICS_EDIT)
@require_http_methods(["GET", "POST"])
def new(request: StaffRequest, section: Section) -> HttpResponse:
    form = section.form(request.POST or None)
    if not form.is_valid():
        return dialog(request, form, title=f"新增{section.title}", back=section.url())
    row = actions.add_choice(model=section.model, by=request.user, **form.facts())
    return done(request, f"已新增“{row}”", section.url())


@requires(P.BASICS_EDIT)
@require_http_methods(["GET", "POST"])
def edit(request: StaffRequest, section: Section, pk: int) -> HttpResponse:
    row = get_object_or_404(section.model, pk=pk)
    form = section.form(request.POST or None, instance=row)

    def save(**facts: Any) -> str:
        return f"已保存“{actions.edit_choice(row=row, by=request.user, **facts)}”"

    return edit_in_dialog(request, form, title=f"修改{section.title}", back=section.url(), save=save)


@requires(P.BASICS_EDIT)
@require_POST
def retire(request: StaffRequest, section: Section, pk: int) -> HttpResponse:
    row = get_object_or_404(section.model, pk=pk)
    actions.retire_choice(row=row, on=timezone.localdate(), by=request.user)
    return done(request, f"已停用“{row}”，以往的记录不变", section.url())


@requires(P.BASICS_EDIT)
@require_POST
def restore(request: StaffRequest, section: Section, pk: int) -> HttpResponse:
    row = get_object_or_404(section.model, pk=pk)
    actions.restore_choice(row=row, by=request.user)
    return done(request, f"已恢复使用“{row}”", section.url())


def pages(*sections: Section) -> list[URLPattern]:
    """The URLs of each list: ``basics-<key>``, ``-new``, ``-edit``, ``-retire``, ``-restore``."""
    views = (("", listing), ("-new", new), ("-edit", edit), ("-retire", retire), ("-restore", restore))
    return [
        path(f"basics/{section.key}/{_tail(verb)}", view, {"section": section}, name=f"basics-{section.key}{verb}")
        for section in sections
        for verb, view in views
    ]


def _tail(verb: str) -> str:
    return {"": "", "-new": "new/"}.get(verb, f"<int:pk>/{verb[1:]}/")


def _text(row: Model, name: str) -> str:
    """A value as words: 是 or 否, the label of a choice, a day."""
    value = getattr(row, f"get_{name}_display", lambda: getattr(row, name))()
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, date):
        return f"{value:%Y-%m-%d}"
    return "" if value is None else str(value)


TERMS = Section(
    "deputies",
    "terms",
    TermForm,
    "各级人大、政协的每一届登记一次；代表委员建档时选择。换届时登记新的一届，旧的一届填写结束日期。",
    ("body", "level", "starts_on", "ends_on"),
)
SECTIONS = [
    TERMS,
    Section("deputies", "areas", AreaForm, "按板块分组联络、制作检察印迹。"),
    Section("deputies", "fields", FieldForm, "代表委员关注什么、意见和建议属于什么领域，都从这里选。"),
    Section(
        "deputies",
        "methods",
        MethodForm,
        "登记联络时选择。系统在活动办结、当面答复时自动记入的两种可以改名，不能停用。",
        ("is_touch",),
    ),
    Section("deputies", "roles", RoleForm, "聘任代表委员担任的角色。"),
]
