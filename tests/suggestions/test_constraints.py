"""The database refuses nonsense, whoever writes."""

from datetime import date

import pytest
from django.db import IntegrityError
from django.db.models import F

from deputies.models import Body, Level
from staff.models import Department, User
from suggestions import actions
from suggestions.models import (
    DeadlineRule,
    Evaluation,
    Promise,
    PromiseMove,
    Proposer,
    ProposerRole,
    Reply,
    ResultClass,
    ResultMove,
    Step,
    Suggestion,
    Transition,
)
from tests.factories import DeputyFactory, TermFactory
from tests.suggestions import factories as make

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("suggestion_kind_known", {"kind": "nonsense"}),
        ("suggestion_body_known", {"body": "nonsense"}),
        ("suggestion_level_known", {"level": "nonsense"}),
        ("suggestion_our_role_known", {"our_role": "nonsense"}),
        ("suggestion_state_known", {"state": "nonsense"}),
        ("suggestion_title_not_blank", {"title": ""}),
        ("suggestion_assigned_on_not_before_received_on", {"assigned_on": date(2026, 2, 1)}),
        ("suggestion_due_on_not_before_assigned_on", {"due_on": date(2026, 3, 1)}),
        ("suggestion_due_on_with_assigned_on", {"due_on": None}),
        ("suggestion_due_on_has_reason", {"due_reason": ""}),
        ("suggestion_due_start_with_due_rule", {"due_start": None}),
        ("suggestion_handled_by_a_department", {"department": None}),
        ("suggestion_handled_by_a_department", {"assigned_on": None, "due_on": None}),
        ("suggestion_kind_fits_body", {"body": Body.CPPCC}),
        ("suggestion_kind_fits_body", {"kind": "proposal"}),
        ("suggestion_no_cppcc_in_towns", {"kind": "everyday", "body": Body.CPPCC, "level": Level.TOWN}),
        ("suggestion_number_needs_term", {"number": "12"}),
    ],
)
def test_a_suggestion_that_cannot_be_is_refused(
    office: User, department: Department, constraint: str, fields: dict
) -> None:
    make.handling(office, department)
    with pytest.raises(IntegrityError, match=constraint):
        Suggestion.objects.update(**fields)


def test_a_number_is_given_once(office: User) -> None:
    term = TermFactory()
    make.registered(office, term=term, session="五次会议", number="12")
    other = make.registered(office, term=term, session="五次会议", title="另一件")
    with pytest.raises(IntegrityError, match="number"):
        Suggestion.objects.filter(pk=other.pk).update(number="12")


def test_without_numbers_there_is_no_clash(office: User) -> None:
    term = TermFactory()
    make.registered(office, term=term, session="五次会议")
    make.registered(office, term=term, session="五次会议", title="另一件")
    assert Suggestion.objects.filter(number="").count() == 2


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("reply_summary_not_blank", {"summary": ""}),
        ("reply_round_from_one", {"round": 0}),
    ],
)
def test_a_reply_that_cannot_be_is_refused(
    office: User, department: Department, constraint: str, fields: dict
) -> None:
    make.replied(office, department)
    with pytest.raises(IntegrityError, match=constraint):
        Reply.objects.update(**fields)


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("promise_what_not_blank", {"what": ""}),
        ("promise_told_how_known", {"told_how": "nonsense"}),
        ("promise_told_how_known", {"told_how": "letter"}),  # told of what is not kept
        ("promise_kept_in_words_and_class", {"kept_on": date(2026, 9, 1)}),
        ("promise_kept_in_words_and_class", {"kept_how": "已落实"}),
        ("promise_kept_in_words_and_class", {"kept_on": date(2026, 9, 1), "kept_how": "已落实"}),
    ],
)
def test_a_promise_that_cannot_be_is_refused(
    office: User, department: Department, constraint: str, fields: dict
) -> None:
    make.promise(office, department)
    with pytest.raises(IntegrityError, match=constraint):
        Promise.objects.update(**fields)


def test_a_promise_moves_for_a_reason(office: User, department: Department) -> None:
    promise = make.promise(office, department)
    facts = {"expected": promise.version, "due_on": date(2027, 1, 31), "owner": office, "reason": "待财政批复"}
    actions.move_promise(promise=promise, by=office, **facts)
    with pytest.raises(IntegrityError, match="promise_move_reason_not_blank"):
        PromiseMove.objects.update(reason="")


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [("result_move_why_not_blank", {"why": ""}), ("result_move_changes", {"new": F("old")})],
)
def test_a_result_moves_to_another_and_for_a_reason(
    office: User, department: Department, constraint: str, fields: dict
) -> None:
    make.keep(make.promise(office, department), office)
    with pytest.raises(IntegrityError, match=constraint):
        ResultMove.objects.update(**fields)


def test_a_round_has_one_reply(office: User, department: Department) -> None:
    reply = make.replied(office, department).replies.get()
    reply.pk = None
    with pytest.raises(IntegrityError, match=r"reply_once_per_round|round"):
        reply.save(force_insert=True)


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("evaluation_attitude_known", {"attitude": "nonsense"}),
        ("evaluation_result_known", {"result": "nonsense"}),
        ("evaluation_channel_known", {"channel": "nonsense"}),
        ("evaluation_unsatisfied_has_reason", {"attitude": "unsatisfied"}),
        ("evaluation_unsatisfied_has_reason", {"result": "unsatisfied"}),
    ],
)
def test_an_evaluation_that_cannot_be_is_refused(
    office: User, department: Department, constraint: str, fields: dict
) -> None:
    make.verdict(make.replied(office, department).replies.get(), office)
    with pytest.raises(IntegrityError, match=constraint):
        Evaluation.objects.update(**fields)


def test_one_proposer_evaluates_a_reply_once(office: User, department: Department) -> None:
    evaluation = make.verdict(make.replied(office, department).replies.get(), office)
    evaluation.pk = None
    with pytest.raises(IntegrityError, match=r"evaluation_once_per_reply|deputy"):
        evaluation.save(force_insert=True)


def test_a_proposer_has_a_known_role(office: User) -> None:
    make.registered(office)
    with pytest.raises(IntegrityError, match="proposer_role_known"):
        Proposer.objects.update(role="nonsense")


def test_nobody_proposes_one_thing_twice(office: User) -> None:
    suggestion = make.registered(office)
    deputy = suggestion.proposers.get().deputy
    with pytest.raises(IntegrityError, match=r"proposer_once|deputy"):
        Proposer.objects.create(suggestion=suggestion, deputy=deputy, role=ProposerRole.SECOND)


def test_two_cannot_lead(office: User) -> None:
    suggestion = make.registered(office)
    with pytest.raises(IntegrityError, match=r"proposer_one_lead|suggestion_id"):
        Proposer.objects.create(suggestion=suggestion, deputy=DeputyFactory(), role=ProposerRole.LEAD)


def test_an_empty_step_is_refused(office: User, department: Department) -> None:
    suggestion = make.handling(office, department)
    with pytest.raises(IntegrityError, match="step_what_not_blank"):
        Step.objects.create(suggestion=suggestion, happened_on=make.ASSIGNED, what="", recorded_by=office)


def test_a_transition_leads_to_a_known_state(office: User) -> None:
    make.registered(office)
    with pytest.raises(IntegrityError, match="transition_new_known"):
        Transition.objects.update(new="nonsense")


def test_a_result_class_has_a_code(db: None) -> None:
    with pytest.raises(IntegrityError, match="result_class_code_not_blank"):
        ResultClass.objects.create(code="", name="无")


def test_a_result_class_has_a_name(db: None) -> None:
    with pytest.raises(IntegrityError, match="result_class_name_not_blank"):
        ResultClass.objects.create(code="E", name="")


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("deadline_rule_purpose_known", {"purpose": "nonsense"}),
        ("deadline_rule_unit_known", {"unit": "fortnights"}),
        ("deadline_rule_source_not_blank", {"source": ""}),
        ("deadline_rule_amount_in_range", {"amount": 0}),
        ("deadline_rule_once", {"kind": "proposal"}),
    ],
)
def test_a_rule_that_cannot_be_is_refused(constraint: str, fields: dict[str, object]) -> None:
    rule = DeadlineRule.objects.get(purpose="reply", kind="suggestion")
    refused = "UNIQUE|unique" if constraint == "deadline_rule_once" else constraint
    with pytest.raises(IntegrityError, match=refused):
        DeadlineRule.objects.filter(pk=rule.pk).update(**fields)
