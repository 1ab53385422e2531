"""Duplicates: which two files may be one person, what goes where or that they are two, and back again."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from common.denied import refusal
from deputies import actions, duplicates, policies
from deputies.forms.merging import MergeForm, MergeWithForm
from deputies.holdings import Holding, moving
from deputies.models import Deputy, DeputyMerge, Distinction
from deputies.views.answers import dialog, done, told
from staff.permissions import P, StaffRequest, requires

CHANGED = "duplicatesChanged"


@dataclass(frozen=True)
class Going:
    """What of one kind goes over: ``moved`` rows, and ``twins`` that the kept file already has."""

    label: str
    unit: str
    there: int
    moved: int
    twins: int
    stays: bool


@requires(P.DEPUTY_EDIT)
@require_GET
def duplicate_list(request: StaffRequest) -> HttpResponse:
    """What may be one person; below it what was decided, to be taken back."""
    merges = DeputyMerge.objects.visible_to(request.user).standing().select_related("kept", "lost", "done_by")
    apart = Distinction.objects.visible_to(request.user).standing().select_related("one", "other", "made_by")
    context = {
        "pairs": duplicates.pairs(Deputy.objects.visible_to(request.user)),
        "merges": merges.defer("steps").order_by("-pk"),
        "apart": apart.order_by("-pk"),
    }
    return render(request, "deputies/duplicates.html" + ("#lists" if request.htmx else ""), context)


@requires(P.DEPUTY_EDIT)
@require_POST
def tell_apart(request: StaffRequest, pk: int, other: int) -> HttpResponse:
    made = actions.tell_apart(one=_deputy(request, pk), other=_deputy(request, other), by=request.user)
    undo = reverse("deputies:distinction-lift", args=[made.pk])
    return told(request, f"已标记：{made}", back=reverse("deputies:duplicates"), event=CHANGED, undo_url=undo)


@requires(P.DEPUTY_EDIT)
@require_POST
def distinction_lift(request: StaffRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Distinction.objects.visible_to(request.user), pk=pk)
    actions.lift_distinction(distinction=found, by=request.user)
    return told(request, "已取消“不是同一人”的标记", back=reverse("deputies:duplicates"), event=CHANGED)


@requires(P.DEPUTY_EDIT)
@require_http_methods(["GET", "POST"])
def merge_with(request: StaffRequest, pk: int) -> HttpResponse:
    """From a file: choose the other one."""
    kept = _deputy(request, pk)
    form = MergeWithForm(request.POST or None)
    if not form.is_valid():
        return dialog(request, form, title=f"{kept.name}与另一份档案合并", back=reverse("deputies:file", args=[pk]))
    other: Deputy = form.cleaned_data["other"]
    policies.check_can_merge(request.user, kept, other)
    return done(request, "请核对后确认合并", reverse("deputies:merge", args=[pk, other.pk]))


@requires(P.DEPUTY_EDIT)
@require_http_methods(["GET", "POST"])
def merge(request: StaffRequest, pk: int, other: int) -> HttpResponse:
    """Side by side: ``pk`` is kept, ``other`` goes over into it."""
    kept, lost = _deputy(request, pk), _deputy(request, other)
    # Two files without a difference leave nothing to post.
    form = MergeForm(request.POST if request.method == "POST" else None, kept=kept, lost=lost)
    refused = refusal(policies.check_can_merge, request.user, kept, lost)
    if request.method == "POST" and form.is_valid():
        actions.merge_deputies(kept=kept, lost=lost, take=form.take, by=request.user)
        return done(request, "已合并；合错了可以在“重复档案”中撤销", reverse("deputies:file", args=[pk]))
    context = {
        "kept": kept,
        "lost": lost,
        "form": form,
        "refused": refused,
        "pair": duplicates.pair_of(kept, lost),
        "going": [each for holding in moving() if (each := _going(holding, kept, lost)).there],
    }
    return render(request, "deputies/merge.html", context, status=422 if form.errors else 200)


@requires(P.DEPUTY_EDIT)
@require_POST
def merge_undo(request: StaffRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(DeputyMerge.objects.visible_to(request.user), pk=pk)
    actions.undo_merge(merge=found, by=request.user)
    return done(request, f"已撤销合并，{found.lost}的档案恢复原样", reverse("deputies:file", args=[found.lost_id]))


def forwarded(request: StaffRequest, pk: int) -> HttpResponse | None:
    """The address of a file that went over into another one leads to that one."""
    lost = Deputy.objects.filter(pk=pk, merged_into__in=Deputy.objects.visible_to(request.user)).first()
    return redirect("deputies:file", pk=lost.merged_into_id) if lost else None


def _going(holding: Holding, kept: Deputy, lost: Deputy) -> Going:
    rows = list(holding.rows(lost))
    twins = sum(1 for row in rows if holding.twin(row, kept))
    return Going(holding.label, holding.unit, len(rows), len(rows) - twins, twins, holding.twins == "stay")


def _deputy(request: StaffRequest, pk: int) -> Deputy:
    return get_object_or_404(Deputy.objects.visible_to(request.user).with_seats(), pk=pk)
