"""Two files of one person become one, and two again if that was a mistake; two files of two persons stay two."""

from collections.abc import Collection

from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from common.undo import Journal, take_back
from deputies import policies
from deputies.actions.last_contacts import recount
from deputies.actions.people import reading_of
from deputies.holdings import Holding, moving
from deputies.models import Deputy, DeputyMerge, Distinction
from staff import audit
from staff.models import User

# Asked about one by one in the preview; what belongs together goes together.
FIELDS = [
    "name", "sex", "ethnic_group", "born_on", "party", "second_party", "education", "unit", "post", "profession",
    "area", "phone", "preferred_contact", "photo_consent", "words_consent",
]  # fmt: skip


@transaction.atomic
def merge_deputies(*, kept: Deputy, lost: Deputy, take: Collection[str], by: User) -> DeputyMerge:
    """Everything that names ``lost`` names ``kept`` from now on, and the old address leads there.

    ``take`` names the fields of :data:`FIELDS` whose value comes from ``lost``.
    """
    kept, lost = _locked(kept, lost)
    policies.check_can_merge(by, kept, lost)
    journal = Journal()
    _take_fields(kept, lost, [name for name in FIELDS if name in take], journal)
    for holding in moving():
        for row in holding.rows(lost):
            _move(holding, row, kept, journal)
    journal.update(lost, merged_into=kept, retired_at=lost.retired_at or timezone.now())
    _read_anew(kept)
    recount([kept.pk, lost.pk])
    merge = DeputyMerge.objects.create(kept=kept, lost=lost, steps=journal.steps, done_by=by)
    changes = {"lost": [str(lost.pk), str(kept.pk)], "steps": [0, len(journal.steps)]}
    audit.record("deputy.merged", by=by, target=kept, changes=changes | dict.fromkeys(take))
    return merge


@transaction.atomic
def undo_merge(*, merge: DeputyMerge, by: User) -> DeputyMerge:
    """Both files as they were; what was written to the kept one since stays with it."""
    merge = DeputyMerge.objects.select_for_update(of=("self",)).select_related("kept", "lost").get(pk=merge.pk)
    policies.check_can_undo_merge(by, merge)
    take_back(merge.steps)
    _read_anew(merge.kept)
    recount([merge.kept_id, merge.lost_id])
    DeputyMerge.objects.filter(pk=merge.pk).update(undone_at=timezone.now(), undone_by=by)
    audit.record("deputy.merge_undone", by=by, target=merge.kept)
    merge.refresh_from_db()
    return merge


@transaction.atomic
def tell_apart(*, one: Deputy, other: Deputy, by: User) -> Distinction:
    """不是同一人: the two are proposed as duplicates no more, until that is lifted."""
    one, other = _locked(one, other)
    policies.check_can_tell_apart(by, one, other)
    made = Distinction.objects.create(one=one, other=other, made_by=by)
    audit.record("deputy.told_apart", by=by, target=one, changes={"other": ["", str(other.pk)]})
    return made


@transaction.atomic
def lift_distinction(*, distinction: Distinction, by: User) -> Distinction:
    distinction = Distinction.objects.select_for_update(of=("self",)).select_related("one").get(pk=distinction.pk)
    policies.check_can_lift_distinction(by, distinction)
    distinction.lifted_at, distinction.lifted_by = timezone.now(), by
    distinction.save(update_fields=["lifted_at", "lifted_by"])
    changes = {"other": [str(distinction.other_id), ""]}
    audit.record("deputy.distinction_lifted", by=by, target=distinction.one, changes=changes)
    return distinction


def _locked(*files: Deputy) -> list[Deputy]:
    """As the database has them now, held until the act is done."""
    held = Deputy.objects.select_for_update().order_by("pk").in_bulk([each.pk for each in files])
    return [held[each.pk] for each in files]


def _take_fields(kept: Deputy, lost: Deputy, names: list[str], journal: Journal) -> None:
    taken = {name: getattr(lost, name) for name in names}
    if "name" in taken:
        taken["pinyin"] = lost.pinyin
    if not kept.photo_file:
        taken |= {"photo_file": lost.photo_file, "thumb_file": lost.thumb_file}
    journal.update(kept, **taken)


def _read_anew(kept: Deputy) -> None:
    """What is derived follows the fields, also those edited between a merge and its undo."""
    kept.refresh_from_db()
    Deputy.objects.filter(pk=kept.pk).update(**reading_of(kept))


def _move(holding: Holding, row: Model, kept: Deputy, journal: Journal) -> None:
    twin = holding.twin(row, kept)
    if twin is None:
        journal.update(row, **{holding.field: kept})
    elif holding.twins == "drop":
        journal.delete(row)
        if combined := holding.combine(twin, row):
            journal.update(twin, **combined)
