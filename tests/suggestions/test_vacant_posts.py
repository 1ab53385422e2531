"""Who must agree may retire or move while a draft waits: it is never stuck, and never passes anybody by."""

import pytest

from common.denied import Denied, allowed
from staff.models import Department, Role, User
from suggestions import actions, policies
from suggestions.models import Suggestion
from suggestions.workflow import SuggestionState
from tests.factories import TermFactory, UserFactory
from tests.suggestions import factories as make

pytestmark = pytest.mark.django_db


def agreed(suggestion: Suggestion, by: User) -> Suggestion:
    draft = suggestion.draft_to_sign()
    assert draft
    return actions.approve(suggestion=suggestion, draft=draft, by=by, today=make.SENT)


def retired(user: User) -> None:
    User.objects.filter(pk=user.pk).update(is_active=False)


def test_without_a_head_the_office_reviews_in_his_place(office: User, department: Department) -> None:
    suggestion = make.sent_for_review(office, department)
    assert not allowed(policies.check_can_review, office, suggestion)

    retired(make.head_of(department))

    assert agreed(suggestion, by=office).state == SuggestionState.OFFICE_REVIEW


def test_for_a_leader_who_retired_any_of_the_leaders_reviews(office: User, department: Department) -> None:
    in_charge, other = UserFactory(role=Role.LEADER), UserFactory(role=Role.LEADER)
    suggestion = make.Walker(office, department).to(SuggestionState.LEADER_REVIEW)
    suggestion.leader = in_charge
    suggestion.save()
    with pytest.raises(Denied, match="分管"):
        policies.check_can_review(other, suggestion)

    retired(in_charge)
    suggestion.refresh_from_db()

    assert agreed(suggestion, by=other).state == SuggestionState.SIGNING


def test_a_leader_with_another_post_reviews_nothing_any_more(office: User, department: Department) -> None:
    in_charge = UserFactory(role=Role.LEADER)
    suggestion = make.Walker(office, department).to(SuggestionState.LEADER_REVIEW)
    suggestion.leader = in_charge
    suggestion.save()

    User.objects.filter(pk=in_charge.pk).update(role=Role.AUDITOR)
    suggestion.refresh_from_db()

    assert agreed(suggestion, by=UserFactory(role=Role.LEADER)).state == SuggestionState.SIGNING


def test_while_there_is_no_chief_a_leader_signs(office: User, department: Department) -> None:
    chief, leader = UserFactory(role=Role.CHIEF), UserFactory(role=Role.LEADER)
    suggestion = make.Walker(office, department).to(SuggestionState.SIGNING)
    with pytest.raises(Denied, match="检察长"):
        policies.check_can_review(leader, suggestion)

    User.objects.filter(role=Role.CHIEF).update(is_active=False)
    assert chief

    assert agreed(suggestion, by=leader).state == SuggestionState.SIGNED


def test_one_registered_by_mistake_gives_its_number_free(office: User) -> None:
    facts = {"term": TermFactory(), "session": "五次会议", "number": "12"}
    first = make.registered(office, **facts)
    actions.withdraw(suggestion=first, by=office, reason="层级登记有误")

    assert make.registered(office, **facts).number == "12"


def test_what_comes_back_finds_its_number_given_away(office: User) -> None:
    facts = {"term": TermFactory(), "session": "五次会议", "number": "12"}
    first = make.registered(office, **facts)
    first = actions.give_back(suggestion=first, reason="属区住建局职责", by=office, today=make.SENT)
    make.registered(office, **facts)

    with pytest.raises(Denied, match="编号"):
        actions.take_again(suggestion=first, reason="交办单位不同意", by=office)


def test_a_dissatisfied_verdict_does_not_vanish_by_withdrawing(office: User, department: Department) -> None:
    suggestion = make.replied(office, department)
    make.verdict(suggestion.replies.get(), office, result="unsatisfied", reason="问题没有解决")
    with pytest.raises(Denied, match="已经答复过"):
        actions.withdraw(suggestion=suggestion, by=office, reason="提出人书面撤回")

    handed_back = actions.hand_back(suggestion=suggestion, reason="非本部门职责", by=office)
    for verb, words in (
        (actions.give_back, {"reason": "属区住建局职责", "today": make.SENT, "consent": "电话同意"}),
        (actions.transfer, {"letter_number": "来信15"}),
    ):
        with pytest.raises(Denied, match="已经答复过"):
            verb(suggestion=handed_back, by=office, **words)
