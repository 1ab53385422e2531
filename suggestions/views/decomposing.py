"""审议意见分解: what was said on the left, what it comes to on the right; and the two tables made of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from common.denied import Denied, allowed
from common.forms import possible_keys
from common.http import paginate
from common.sheets import xlsx_response
from deputies.views.answers import dialog, done
from staff import audit
from staff.models import User
from staff.permissions import P, StaffRequest, may, requires
from suggestions import actions, annex, sheets, stats
from suggestions.filters import UtteranceFilter
from suggestions.forms.hearing import AsideForm, AssignSharesForm, DecomposeForm
from suggestions.hearing import policies
from suggestions.models import Hearing, Point, Share, Suggestion, Utterance

PER_PAGE = 200


@dataclass(frozen=True)
class Desk:
    """What the address chooses: one hearing, a session, a year."""

    chosen: UtteranceFilter
    everything: UtteranceFilter  # the same without ``show``
    hearing: Hearing | None

    @property
    def query(self) -> str:
        return f"?{self.chosen.query}" if self.chosen.query else ""

    def points(self) -> list[Point]:
        return list(Point.objects.standing().of(self.chosen.qs).with_answers())

    def annex(self, user: User) -> list[annex.Line]:
        """All 审议意见: decomposed, and registered without a hearing."""
        others = self.chosen.besides(Suggestion.objects.visible_to(user))
        return annex.with_others(annex.lines(self.points()), others)


def _desk(request: StaffRequest) -> Desk:
    """A hearing that the user may not see is 404, like any foreign object."""
    said = Utterance.objects.visible_to(request.user)
    chosen = UtteranceFilter(request.GET, queryset=said, today=timezone.localdate())
    rest = request.GET.copy()
    rest.pop("show", None)
    everything = UtteranceFilter(rest, queryset=said, today=timezone.localdate())
    hearing = chosen.chosen.get("hearing")
    if hearing:
        hearing = get_object_or_404(Hearing.objects.visible_to(request.user).select_related("term"), pk=hearing.pk)
    return Desk(chosen, everything, hearing)


@requires(P.SUGGESTION_VIEW)
@require_GET
def desk(request: StaffRequest) -> HttpResponse:
    return _draw(request, _desk(request))


def _draw(
    request: StaffRequest,
    chosen: Desk,
    *,
    decompose: DecomposeForm | None = None,
    aside: AsideForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page; ``decompose`` and ``aside`` are what was just refused, with what was typed and ticked."""
    user, said = request.user, Utterance.objects.visible_to(request.user)
    page = paginate(request, chosen.chosen.qs.in_order().with_speakers(), PER_PAGE)
    lines = annex.lines(chosen.points())
    context = {
        "filter": chosen.chosen,
        "meter": _meter(chosen),
        "hearing": chosen.hearing,
        "query": chosen.query,
        "page": page,
        "rows": _rows(user, page, lines),
        "lines": lines,
        "mine": set(Suggestion.objects.visible_to(user).filter(share__isnull=False).values_list("pk", flat=True)),
        "waiting": _waiting(chosen).count(),
        "decompose": decompose or DecomposeForm(said=said),
        "aside": aside or AsideForm(said=said),
        "ticked": possible_keys(request.POST.getlist("utterances")),
        "may_record": chosen.hearing and allowed(policies.check_can_record, user, chosen.hearing),
        "may_decompose": may(user, P.SUGGESTION_REGISTER),
    }
    return render(request, "suggestions/hearing_desk.html", context, status=status)


class Row(NamedTuple):
    """One utterance on the left, with what it was decomposed into."""

    utterance: Utterance
    group: str
    lines: list[annex.Line]
    may_correct: bool


class Cell(NamedTuple):
    """One number of the meter, and the query that shows its rows."""

    number: int
    label: str
    query: str
    is_shown: bool


def _rows(user: User, page: Iterable[Utterance], lines: list[annex.Line]) -> list[Row]:
    became: dict[int, list[annex.Line]] = {}
    for line in lines:
        for said in line.said:
            became.setdefault(said.pk, []).append(line)
    check = policies.check_can_correct
    return [Row(each, annex.group_of(each), became.get(each.pk, []), allowed(check, user, each)) for each in page]


def _meter(chosen: Desk) -> list[Cell]:
    counted, shown = stats.meter(chosen.everything.qs), chosen.chosen.chosen.get("show", "")
    cells = [
        (counted.said, "发言", ""),
        (counted.decomposed, "已分解", "decomposed"),
        (counted.aside, "不需办理", "aside"),
        (counted.open, "待分解", "open"),
    ]
    rest = chosen.everything.query
    queries = {show: "&".join(part for part in (rest, show and f"show={show}") if part) for *_, show in cells}
    return [Cell(number, label, queries[show], show == shown) for number, label, show in cells]


def _waiting(chosen: Desk) -> Any:
    return Share.objects.filter(point__in=Point.objects.of(chosen.everything.qs).values("pk")).waiting()


@requires(P.SUGGESTION_REGISTER)
@require_POST
def decompose(request: StaffRequest) -> HttpResponse:
    chosen = _desk(request)
    form = DecomposeForm(request.POST, said=Utterance.objects.visible_to(request.user))
    if not form.is_valid():
        return _draw(request, chosen, decompose=form, status=422)
    try:
        point = actions.decompose(by=request.user, **form.facts())
    except Denied as denied:
        form.add_error(None, str(denied))
        return _draw(request, chosen, decompose=form, status=409)
    return _back(request, chosen, f"已分解：{point}。交办前可以撤销。")


@requires(P.SUGGESTION_REGISTER)
@require_POST
def set_aside(request: StaffRequest) -> HttpResponse:
    chosen = _desk(request)
    form = AsideForm(request.POST, said=Utterance.objects.visible_to(request.user))
    if not form.is_valid():
        return _draw(request, chosen, aside=form, status=422)
    try:
        number = actions.set_aside(by=request.user, **form.facts())
    except Denied as denied:
        form.add_error(None, str(denied))
        return _draw(request, chosen, aside=form, status=409)
    return _back(request, chosen, f"{number}条列为不需办理。")


@requires(P.SUGGESTION_REGISTER)
@require_POST
def take_up(request: StaffRequest, pk: int) -> HttpResponse:
    utterance = get_object_or_404(Utterance.objects.visible_to(request.user), pk=pk)
    actions.take_up(utterance=utterance, by=request.user)
    return _back(request, _desk(request), "已改为待分解。")


@requires(P.SUGGESTION_REGISTER)
@require_POST
def take_apart(request: StaffRequest, pk: int) -> HttpResponse:
    heard = Utterance.objects.visible_to(request.user)
    point = get_object_or_404(Point.objects.of(heard), pk=pk)
    actions.take_apart(point=point, by=request.user)
    return _back(request, _desk(request), "已撤销分解，这些发言回到待分解。")


@requires(P.SUGGESTION_REGISTER)
@require_http_methods(["GET", "POST"])
def assign_shares(request: StaffRequest) -> HttpResponse:
    """All that waits under the chosen conditions goes to its departments in one act."""
    chosen = _desk(request)
    back = reverse("suggestions:hearing-desk") + chosen.query
    form = AssignSharesForm(request.POST or None, initial={"assigned_on": timezone.localdate()})
    if not form.is_valid():
        return dialog(request, form, title=f"交办{_waiting(chosen).count()}条", back=back)
    number = actions.assign_shares(shares=_waiting(chosen), by=request.user, **form.facts())
    return done(request, f"已交办{number}条。", back)


@requires(P.SUGGESTION_VIEW)
@require_GET
def breakdown_export(request: StaffRequest) -> HttpResponse:
    """审议意见分解表."""
    chosen = _desk(request)
    said = chosen.chosen.qs
    undecided = said.exclude(pk__in=said.decomposed().values("pk")).in_order().with_speakers()
    rows = list(sheets.breakdown_rows(annex.lines(chosen.points()), undecided))
    audit.exported("breakdown", by=request.user, query=chosen.chosen.query, rows=len(rows))
    note = f"{chosen.chosen.in_words()}；发言{said.count()}条，本表{len(rows)}行"
    return xlsx_response("审议意见分解表", sheets.BREAKDOWN_HEADINGS, rows, note=note)


@requires(P.SUGGESTION_VIEW)
@require_GET
def annex_page(request: StaffRequest) -> HttpResponse:
    """The table of Annex 5, to be looked at and printed."""
    chosen = _desk(request)
    lines = [(line, sheets.told(line)) for line in chosen.annex(request.user)]
    context = {"filter": chosen.chosen, "lines": lines, "query": chosen.query}
    return render(request, "suggestions/hearing_annex.html", {**context, "hearing": chosen.hearing})


@requires(P.SUGGESTION_VIEW)
@require_GET
def annex_export(request: StaffRequest) -> HttpResponse:
    chosen = _desk(request)
    rows = list(sheets.annex_rows(chosen.annex(request.user)))
    audit.exported("annex", by=request.user, query=chosen.chosen.query, rows=len(rows))
    note = f"{chosen.chosen.in_words()}；共{len(rows)}条"
    return xlsx_response("代表委员意见建议办理情况", sheets.ANNEX_HEADINGS, rows, note=note)


def _back(request: StaffRequest, chosen: Desk, sentence: str) -> HttpResponse:
    messages.success(request, sentence)
    return redirect(reverse("suggestions:hearing-desk") + chosen.query)
