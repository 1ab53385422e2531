"""Two files of one proposer become one, and two again, while work on the suggestion goes on."""

import pytest
from django.db import transaction

from common.denied import Denied
from deputies import actions as people
from deputies.models import Deputy, DeputyMerge
from staff.models import Department, User
from suggestions import actions
from suggestions.models import ProposerRole, Suggestion
from tests.deputies.factories import person
from tests.suggestions import factories as make

pytestmark = pytest.mark.django_db
LEAD, JOINT = ProposerRole.LEAD, ProposerRole.JOINT


@pytest.fixture
def two(office: User) -> tuple[Deputy, Deputy]:
    return person("张晓北", by=office), person("张小北", by=office)


@pytest.fixture
def joint(office: User, department: Department, two: tuple[Deputy, Deputy]) -> Suggestion:
    """One leads, the other has signed too; it is answered."""
    return make.replied(office, department, two[0], lead=two[1])


def merged(office: User, two: tuple[Deputy, Deputy]) -> DeputyMerge:
    return people.merge_deputies(kept=two[0], lost=two[1], take=[], by=office)


def edited(suggestion: Suggestion, office: User, *proposers: tuple[Deputy, ProposerRole], **fields: str) -> None:
    suggestion.refresh_from_db()
    actions.edit(
        suggestion=suggestion, expected=suggestion.version, by=office, proposers=list(proposers) or None, **fields
    )


def proposers(suggestion: Suggestion) -> set[tuple[int, str]]:
    return set(suggestion.proposers.values_list("deputy", "role"))


def test_another_title_does_not_hold_the_undo(office: User, joint: Suggestion, two: tuple[Deputy, Deputy]) -> None:
    before, merge = proposers(joint), merged(office, two)
    assert proposers(joint) == {(two[0].pk, LEAD)}
    edited(joint, office, (two[0], LEAD), title="关于加固线路走廊的建议")
    people.undo_merge(merge=merge, by=office)
    assert proposers(joint) == before


def test_who_leads_now_is_not_pushed_aside_by_the_undo(
    office: User, joint: Suggestion, two: tuple[Deputy, Deputy]
) -> None:
    merge = merged(office, two)
    edited(joint, office, (person("单小明", by=office), LEAD), (two[0], JOINT))
    with pytest.raises(Denied, match="请逐项更正"), transaction.atomic():
        people.undo_merge(merge=merge, by=office)


def test_a_suggestion_that_both_have_judged_can_still_be_corrected(
    office: User, joint: Suggestion, two: tuple[Deputy, Deputy]
) -> None:
    for each in two:
        make.verdict(joint.replies.get(), office, each)
    merged(office, two)
    edited(joint, office, (two[0], LEAD), (person("单小明", by=office), JOINT))
    assert joint.proposers.count() == 2
    assert joint.replies.get().evaluations.count() == 2
