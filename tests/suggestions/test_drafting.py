"""From the first words to the last delivery: who signs, what is signed, and whom it reaches."""

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError
from django.urls import reverse

from common.denied import Denied, Stale
from deputies.models import Contact
from staff.models import Department, Role, User
from suggestions import actions
from suggestions.models import Approval, CoHandler, Delivery, Draft, How, Kind, OurRole, ProposerRole, Suggestion
from suggestions.workflow import SuggestionState
from tests.factories import DeputyFactory, UserFactory
from tests.suggestions import factories as make

pytestmark = pytest.mark.django_db
S = SuggestionState
TODAY = make.SENT


def led(office: User, department: Department, role: OurRole = OurRole.LEAD, **facts: Any) -> Suggestion:
    return actions.assign(
        suggestion=make.registered(office),
        department=department,
        assigned_on=make.ASSIGNED,
        our_role=role,
        by=office,
        **facts,
    )


class TestSigning:
    def test_of_two_leaders_at_once_the_second_is_told(
        self, office: User, chief: User, department: Department
    ) -> None:
        suggestion = make.Walker(office, department).to(S.LEADER_REVIEW)
        first, second = UserFactory(role=Role.LEADER), UserFactory(role=Role.LEADER)
        read = suggestion.draft_to_sign()
        assert read
        actions.approve(suggestion=suggestion, draft=read, by=first, today=TODAY)
        with pytest.raises(Denied, match="检察长签发"):
            actions.approve(suggestion=suggestion, draft=read, by=second, today=TODAY)
        assert Approval.objects.filter(stage=S.LEADER_REVIEW).count() == 1

    def test_a_double_click_signs_once(self, login: Any, chief: User, office: User, department: Department) -> None:
        suggestion = make.Walker(office, department).to(S.SIGNING)
        read = suggestion.draft_to_sign()
        assert read
        client, address = login(chief), reverse("suggestions:approve", args=[suggestion.pk])
        answers = [client.post(address, {"draft": read.pk}).status_code for _ in range(2)]
        assert answers == [302, 409]
        assert Approval.objects.filter(stage=S.SIGNING).count() == 1

    def test_what_was_read_is_what_is_signed(self, office: User, department: Department) -> None:
        suggestion = make.Walker(office, department).to(S.OFFICE_REVIEW)
        read = suggestion.draft_to_sign()
        assert read
        make.draft(suggestion, office, text="核稿后的正文。")
        with pytest.raises(Stale, match="新的版本"):
            actions.approve(suggestion=suggestion, draft=read, by=office, today=TODAY)
        assert [draft.text for draft in suggestion.drafts.all()] == [make.TEXT, "核稿后的正文。"]

    def test_the_leader_signs_what_goes_to_the_lead_unit(self, office: User, department: Department) -> None:
        suggestion = led(office, department, OurRole.JOINT, lead_unit="区住建局")
        make.draft(suggestion, office)
        suggestion = actions.submit(suggestion=suggestion, by=office, today=TODAY)
        assert make.agreed(suggestion).state == S.SIGNED

    def test_the_chief_signs_what_is_supervised(self, office: User, department: Department) -> None:
        suggestion = make.handling(office, department, kind=Kind.EVERYDAY, key_supervised=True)
        make.draft(suggestion, office)
        suggestion = actions.submit(suggestion=suggestion, by=office, today=TODAY, unheard="已电话沟通")
        assert make.agreed(suggestion).state == S.SIGNING

    def test_nobody_reviews_what_he_wrote(self, office: User, department: Department) -> None:
        head, suggestion = make.head_of(department), make.handling(office, department)
        make.draft(suggestion, head)
        suggestion = actions.submit(suggestion=suggestion, by=head, today=TODAY, unheard="已电话沟通")
        assert suggestion.state == S.OFFICE_REVIEW

    def test_sent_back_it_is_written_again_before_it_is_sent_again(self, office: User, department: Department) -> None:
        suggestion = make.Walker(office, department).to(S.SIGNED)
        read = suggestion.draft_to_sign()
        assert read
        back = actions.send_back(suggestion=suggestion, draft=read, remark="第二段写实", by=office, today=TODAY)
        with pytest.raises(Denied, match="另存一稿"):
            actions.submit(suggestion=back, by=office, today=TODAY, unheard="已电话沟通")
        make.draft(back, office, text="写实了。")
        actions.submit(suggestion=back, by=office, today=TODAY, unheard="已电话沟通")


class TestBeforeReview:
    def test_nobody_heard_needs_a_reason(
        self, login: Any, office: User, handler: User, department: Department
    ) -> None:
        suggestion = make.handling(office, department)
        make.draft(suggestion, handler)
        client, address = login(handler), reverse("suggestions:submit", args=[suggestion.pk])
        assert client.post(address, {}).status_code == 422
        assert client.post(address, {"unheard": "代表在外地，已电话沟通"}).status_code == 302
        suggestion.refresh_from_db()
        assert suggestion.state == S.OFFICE_REVIEW

    def test_heard_it_goes_on_and_is_one_contact(
        self, login: Any, office: User, handler: User, department: Department
    ) -> None:
        suggestion = make.handling(office, department)
        client, lead = login(handler), suggestion.proposers.get().deputy
        said = {"happened_on": "2026-04-10", "met": [lead.pk], "staff": [handler.pk], "heard": "先排查鱼塘上方的线路"}
        assert client.post(reverse("suggestions:consult", args=[suggestion.pk]), said).status_code == 302
        contact = Contact.objects.get()
        assert (contact.method.code, list(contact.deputies.all()), list(contact.staff.all())) == (
            "consult",
            [lead],
            [handler],
        )
        make.draft(suggestion, handler)
        assert actions.submit(suggestion=suggestion, by=handler, today=TODAY).state == S.OFFICE_REVIEW
        assert (
            "先排查鱼塘上方的线路" in client.get(reverse("suggestions:detail", args=[suggestion.pk])).content.decode()
        )

    def test_taken_back_the_contact_goes_too(self, office: User, department: Department) -> None:
        consultation = make.consulted(make.handling(office, department), office)
        actions.undo_consultation(consultation=consultation, by=office)
        assert not Contact.objects.standing().exists()

    def test_a_stranger_was_not_heard(self, office: User, department: Department) -> None:
        with pytest.raises(Denied, match="提出人中"):
            make.consulted(make.handling(office, department), office, met=[DeputyFactory()])

    def test_the_opinions_of_co_handlers_come_first(self, office: User, department: Department) -> None:
        suggestion = led(office, department)
        asked = actions.ask_co_handler(suggestion=suggestion, unit="区住建局", asked_on=make.ASSIGNED, by=office)
        make.consulted(suggestion, office)
        make.draft(suggestion, office)
        with pytest.raises(Denied, match="区住建局的会办意见尚未收到"):
            actions.submit(suggestion=suggestion, by=office, today=TODAY)
        actions.receive_opinion(co_handler=asked, opinion="同意。", received_on=date(2026, 4, 1), by=office)
        actions.submit(suggestion=suggestion, by=office, today=TODAY)

    def test_only_who_leads_has_co_handlers(self, office: User, department: Department) -> None:
        with pytest.raises(Denied, match="本院主办"):
            actions.ask_co_handler(
                suggestion=make.handling(office, department), unit="区住建局", asked_on=make.ASSIGNED, by=office
            )

    def test_the_lead_unit_is_named(self, office: User, department: Department) -> None:
        with pytest.raises(Denied, match="主办单位"):
            led(office, department, OurRole.JOINT)


class TestDelivering:
    def test_each_proposer_is_reached_before_it_is_closed(self, office: User, department: Department) -> None:
        there, absent = DeputyFactory(name="程锦"), DeputyFactory(name="杜雨桐")
        suggestion = make.handling(office, department, absent, lead=there)
        reply = make.answer(suggestion, office, to=[there])
        make.verdict(reply, office, there)
        with pytest.raises(Denied, match="尚未送达杜雨桐"):
            actions.close(suggestion=suggestion, by=office, unreturned="已催告")
        with pytest.raises(Denied, match="尚未送达"):
            make.verdict(reply, office, absent)
        actions.deliver_further(reply=reply, to=[absent], on=make.HEARD, how=How.IN_PERSON, by=office)
        make.verdict(reply, office, absent)
        assert actions.close(suggestion=suggestion, by=office).state == S.CLOSED
        assert list(Contact.objects.get().deputies.all()) == [absent]

    def test_an_opinion_for_the_lead_unit_reaches_no_proposer(self, office: User, department: Department) -> None:
        suggestion = led(office, department, OurRole.JOINT, lead_unit="区住建局")
        reply = make.answer(suggestion, office)
        assert not reply.deliveries.exists()
        with pytest.raises(Denied, match="主办单位"):
            make.verdict(reply, office)
        assert actions.close(suggestion=suggestion, by=office).state == S.CLOSED

    def test_not_before_it_was_signed(self, office: User, department: Department) -> None:
        suggestion = make.Walker(office, department).to(S.SIGNED)
        with pytest.raises(Denied, match="早于签发日期"):
            actions.deliver(suggestion=suggestion, by=office, replied_on=date(2026, 5, 1))

    def test_what_was_signed_is_what_goes_out(self, office: User, department: Department) -> None:
        suggestion = make.Walker(office, department).to(S.SIGNED)
        reply = actions.deliver(suggestion=suggestion, by=office, replied_on=make.REPLIED, number="知检函〔2026〕3号")
        assert reply.draft
        assert (reply.summary, reply.signed_by) == (make.SUMMARY, reply.draft.approvals.last().by)


class TestAtTheDoor:
    def test_before_acceptance_nothing_is_answered(self, login: Any, office: User) -> None:
        answer = login(office).get(reverse("suggestions:reply", args=[make.registered(office).pk]))
        assert answer.status_code == 409

    def test_given_back_in_time_or_with_consent(self, office: User) -> None:
        accepted = actions.accept(suggestion=make.registered(office), assigned_on=make.ASSIGNED, by=office)
        late = {"reason": "属区住建局职责", "by": office, "today": TODAY, "on": date(2026, 4, 20)}
        with pytest.raises(Denied, match="退办期限"):
            actions.give_back(suggestion=accepted, **late)
        back = actions.give_back(suggestion=accepted, consent="区人大代工委电话同意", **late)
        assert back.state == S.RETURNED
        again = actions.take_again(suggestion=back, reason="交办单位不同意", by=office)
        with pytest.raises(Denied, match="首次交办日"):
            actions.accept(suggestion=again, assigned_on=date(2026, 3, 9), by=office)

    @pytest.mark.parametrize("facts", [{"organisation": "民盟区委"}, {"organisation_kind": "party"}])
    def test_what_a_unit_proposes_says_unit_and_kind(self, office: User, facts: dict[str, str]) -> None:
        with pytest.raises(Denied, match="提案单位"):
            make.registered(office, **facts)

    def test_single_joint_and_collective_are_counted_apart(self, office: User) -> None:
        single = make.registered(office, title="一人的")
        joint = make.registered(office, DeputyFactory(), title="几人的")
        ours = make.registered(office, title="一个团的", organisation="甘露镇代表团", organisation_kind="delegation")
        found = {making: list(Suggestion.objects.made_as(making)) for making in ("single", "joint", "collective")}
        assert found == {"single": [single], "joint": [joint], "collective": [ours]}
        assert [each.making for each in (single, joint, ours)] == ["single", "joint", "collective"]


@pytest.mark.parametrize(
    ("constraint", "model", "fields"),
    [
        ("draft_scope_known", Draft, {"scope": "x", "scope_reason": "x"}),
        ("draft_text_not_blank", Draft, {"text": ""}),
        ("draft_summary_not_blank", Draft, {"summary": ""}),
        ("draft_round_from_one", Draft, {"round": 0}),
        ("draft_not_in_full_has_reason", Draft, {"scope": "none"}),
        ("draft_promise_is_whole", Draft, {"promise_what": "年底前完成"}),
        ("approval_stage_is_a_review", Approval, {"stage": S.REPLIED}),
        ("approval_no_has_remark", Approval, {"agreed": False}),
        ("co_handler_unit_not_blank", CoHandler, {"unit": ""}),
        ("co_handler_received_on_not_before_asked_on", CoHandler, {"received_on": date(2026, 1, 1), "opinion": "x"}),
        ("co_handler_received_with_opinion", CoHandler, {"opinion": "同意"}),
        ("delivery_how_known", Delivery, {"how": "x"}),
        ("suggestion_organisation_with_its_kind", Suggestion, {"organisation": "民盟区委"}),
        ("suggestion_organisation_kind_known", Suggestion, {"organisation": "x", "organisation_kind": "x"}),
        ("suggestion_publication_wish_known", Suggestion, {"publication_wish": "x"}),
        (
            "suggestion_accepted_is_assigned_to_us",
            Suggestion,
            {"state": S.ACCEPTED, "assigned_on": None, "due_on": None},
        ),
    ],
)
def test_the_database_refuses_nonsense(
    office: User, department: Department, constraint: str, model: Any, fields: dict[str, Any]
) -> None:
    suggestion = led(office, department)
    actions.ask_co_handler(suggestion=suggestion, unit="区住建局", asked_on=make.ASSIGNED, by=office)
    reply = make.answer(suggestion, office)
    Approval.objects.create(
        draft=Draft.objects.create(
            suggestion=suggestion, round=1, text="x", summary="x", result_class=reply.result_class, drafted_by=office
        ),
        stage=S.SIGNING,
        agreed=True,
        on=TODAY,
        by=office,
    )
    with pytest.raises(IntegrityError, match=constraint):
        model.objects.update(**fields)


def test_each_is_written_once(office: User, department: Department) -> None:
    reply = make.answer(make.handling(office, department), office)
    lead = reply.suggestion.proposers.get(role=ProposerRole.LEAD).deputy
    with pytest.raises(IntegrityError):
        Delivery.objects.create(reply=reply, deputy=lead, on=make.HEARD, how=How.MAILED)
