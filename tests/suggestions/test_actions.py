"""What the verbs promise, told as the people of the house would tell it."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from common.denied import Denied, Stale
from deputies.models import Body, Contact, Level
from staff.models import AuditEvent, Department, User
from suggestions import actions
from suggestions.models import Channel, How, Kind, OurRole, ProposerRole, Reply, Suggestion, Verdict
from suggestions.workflow import SuggestionState
from tests.factories import DeputyFactory, TermFactory
from tests.suggestions import factories as make

pytestmark = pytest.mark.django_db
UNSATISFIED = {"attitude": Verdict.SATISFIED, "result": Verdict.UNSATISFIED, "reason": "线下施工仍未制止"}


def tomorrow() -> date:
    return timezone.localdate() + timedelta(days=1)


class TestRegistering:
    def test_it_leaves_the_proposers_a_transition_and_an_audit_event(self, office: User) -> None:
        lead, joint = DeputyFactory(), DeputyFactory()
        suggestion = make.registered(office, joint, lead=lead)
        assert [(row.deputy, row.role) for row in suggestion.proposers.order_by("pk")] == [
            (lead, ProposerRole.LEAD),
            (joint, ProposerRole.JOINT),
        ]
        assert suggestion.transitions.get().new == SuggestionState.REGISTERED
        assert AuditEvent.objects.filter(action="suggestion.registered", target_id=str(suggestion.pk)).exists()

    @pytest.mark.parametrize("kind", Kind)
    @pytest.mark.parametrize("roles", [[], [ProposerRole.JOINT], [ProposerRole.LEAD, ProposerRole.LEAD]])
    def test_exactly_one_leads_whatever_the_kind(self, office: User, kind: Kind, roles: list[ProposerRole]) -> None:
        with pytest.raises(Denied, match="一位领衔"):
            actions.register(
                by=office,
                kind=kind,
                body=Body.CPPCC if kind == Kind.PROPOSAL else Body.CONGRESS,
                level=Level.DISTRICT,
                title="标题",
                received_on=make.RECEIVED,
                proposers=[(DeputyFactory(), role) for role in roles],
            )

    def test_nobody_proposes_twice(self, office: User) -> None:
        lead = DeputyFactory()
        with pytest.raises(Denied, match="只填一次"):
            make.registered(office, lead, lead=lead)

    @pytest.mark.parametrize(
        ("fields", "reason"),
        [
            ({"kind": Kind.PROPOSAL, "body": Body.CONGRESS}, "政协提案属于政协"),
            ({"kind": Kind.SUGGESTION, "body": Body.CPPCC}, "代表建议属于人大"),
            ({"kind": Kind.EVERYDAY, "body": Body.CPPCC, "level": Level.TOWN}, "没有政协"),
            ({"number": "12"}, "选择届次"),
        ],
    )
    def test_facts_that_contradict_each_other_are_refused(self, office: User, fields: dict, reason: str) -> None:
        with pytest.raises(Denied, match=reason):
            make.registered(office, **fields)

    def test_a_term_of_another_level_is_refused(self, office: User) -> None:
        with pytest.raises(Denied, match="不一致"):
            make.registered(office, term=TermFactory(level=Level.CITY, place="知禾市"))

    def test_a_day_that_has_not_come_is_refused(self, office: User) -> None:
        with pytest.raises(Denied, match="不能晚于今天"):
            make.registered(office, received_on=tomorrow())

    def test_a_number_is_given_once_in_a_session(self, office: User) -> None:
        term = TermFactory()
        make.registered(office, term=term, session="五次会议", number="12")
        with pytest.raises(Denied, match="已经登记过"):
            make.registered(office, term=term, session="五次会议", number=" １２ ", title="另一件")
        make.registered(office, term=term, session="四次会议", number="12", title="上一次会议的同号")

    def test_a_second_click_registers_nothing(self, office: User) -> None:
        lead = DeputyFactory()
        make.registered(office, lead=lead)
        with pytest.raises(Denied, match="没有重复登记"):
            make.registered(office, lead=lead)
        assert Suggestion.objects.count() == 1


class TestEditing:
    def test_the_second_editor_is_told_and_nothing_is_lost(self, office: User) -> None:
        suggestion = make.registered(office)
        actions.edit(suggestion=suggestion, expected=suggestion.version, by=office, title="先改的")
        with pytest.raises(Stale):
            actions.edit(suggestion=suggestion, expected=suggestion.version, by=office, title="后改的")
        suggestion.refresh_from_db()
        assert suggestion.title == "先改的"

    def test_a_move_of_the_state_also_tells_the_editor(self, office: User, department: Department) -> None:
        suggestion = make.registered(office)
        actions.assign(suggestion=suggestion, department=department, assigned_on=make.ASSIGNED, by=office)
        with pytest.raises(Stale):
            actions.edit(suggestion=suggestion, expected=suggestion.version, by=office, title="后改的")

    def test_what_the_deadline_came_from_stays_once_assigned(self, office: User, department: Department) -> None:
        suggestion = make.handling(office, department)
        with pytest.raises(Denied, match="交办以后"):
            actions.edit(suggestion=suggestion, expected=suggestion.version, by=office, kind=Kind.EVERYDAY)

    def test_the_number_may_come_later(self, office: User, department: Department) -> None:
        suggestion = make.handling(office, department)
        actions.edit(suggestion=suggestion, expected=suggestion.version, by=office, term=TermFactory(), number="12")
        suggestion.refresh_from_db()
        assert suggestion.number == "12"

    def test_a_proposer_may_be_added_but_not_one_with_an_evaluation_removed(
        self, office: User, department: Department
    ) -> None:
        suggestion = make.replied(office, department)
        lead = suggestion.proposers.get().deputy
        make.verdict(suggestion.replies.get(), office)
        second = DeputyFactory()
        everybody = [(lead, ProposerRole.LEAD), (second, ProposerRole.SECOND)]
        suggestion = actions.edit(suggestion=suggestion, expected=suggestion.version, by=office, proposers=everybody)
        assert suggestion.proposers.count() == 2
        with pytest.raises(Denied, match="已有评价"):
            actions.edit(
                suggestion=suggestion,
                expected=suggestion.version,
                by=office,
                proposers=[(second, ProposerRole.LEAD)],
            )


class TestAssigning:
    def test_the_law_gives_three_months_and_the_page_can_say_why(self, office: User, department: Department) -> None:
        suggestion = make.handling(office, department)
        assert suggestion.due_on == date(2026, 6, 2)
        assert "代表法" in suggestion.due_reason

    def test_an_everyday_opinion_gets_the_month_of_the_house(self, office: User, department: Department) -> None:
        suggestion = make.handling(office, department, kind=Kind.EVERYDAY)
        assert suggestion.due_on == date(2026, 4, 2)
        assert "无法定期限" in suggestion.due_reason

    def test_a_joint_handler_owes_the_lead_unit_an_opinion_in_a_month(
        self, office: User, department: Department
    ) -> None:
        suggestion = actions.assign(
            suggestion=make.registered(office),
            department=department,
            assigned_on=make.ASSIGNED,
            by=office,
            our_role=OurRole.JOINT,
            lead_unit="区住房和城乡建设局",
        )
        assert suggestion.due_on == date(2026, 4, 2)
        assert "主办单位" in suggestion.due_reason

    def test_a_day_set_by_the_assigner_needs_its_ground(self, office: User, department: Department) -> None:
        suggestion, given = make.registered(office), date(2026, 9, 2)
        facts = {"department": department, "assigned_on": make.ASSIGNED, "by": office, "due_on": given}
        with pytest.raises(Denied, match="依据"):
            actions.assign(suggestion=suggestion, **facts)
        suggestion = actions.assign(suggestion=suggestion, due_source="交办通知要求六个月内办复", **facts)
        assert (suggestion.due_on, "六个月内办复" in suggestion.due_reason) == (given, True)

    @pytest.mark.parametrize(("day", "reason"), [(date(2026, 2, 28), "早于收到日期"), (None, "晚于今天")])
    def test_the_day_lies_between_receipt_and_today(
        self, office: User, department: Department, day: date | None, reason: str
    ) -> None:
        with pytest.raises(Denied, match=reason):
            actions.assign(
                suggestion=make.registered(office), department=department, assigned_on=day or tomorrow(), by=office
            )

    def test_a_dissolved_department_gets_nothing(self, office: User, department: Department) -> None:
        department.closed_on = date(2026, 1, 1)
        department.save()
        with pytest.raises(Denied, match="已撤销"):
            make.handling(office, department)

    def test_handing_back_does_not_stop_the_clock(
        self, office: User, handler: User, department: Department, other_department: Department
    ) -> None:
        suggestion = make.handling(office, department)
        suggestion = actions.hand_back(suggestion=suggestion, reason="不属本部门职责", by=handler)
        assert (suggestion.department, suggestion.due_on) == (None, date(2026, 6, 2))
        assert Suggestion.objects.overdue(date(2026, 6, 3)).exists()
        again = actions.distribute(suggestion=suggestion, department=other_department, by=office)
        assert (again.department, again.due_on) == (other_department, date(2026, 6, 2))


class TestWorking:
    def test_a_step_is_dated_between_receipt_and_today(self, office: User, department: Department) -> None:
        suggestion = make.handling(office, department)
        for day, reason in [(date(2026, 2, 1), "早于收到"), (tomorrow(), "晚于今天")]:
            with pytest.raises(Denied, match=reason):
                actions.add_step(suggestion=suggestion, happened_on=day, what="走访", by=office)

    def test_a_step_without_words_is_refused(self, office: User, department: Department) -> None:
        with pytest.raises(Denied, match="做了什么"):
            actions.add_step(
                suggestion=make.handling(office, department), happened_on=make.ASSIGNED, what="  ", by=office
            )


class TestReplying:
    @pytest.mark.parametrize(("day", "reason"), [(date(2026, 3, 1), "早于交办日"), (None, "晚于今天")])
    def test_the_day_lies_between_assignment_and_today(
        self, office: User, department: Department, day: date | None, reason: str
    ) -> None:
        with pytest.raises(Denied, match=reason):
            make.answer(make.handling(office, department), office, replied_on=day or tomorrow())

    def test_two_people_replying_at_once_make_one_reply(
        self, office: User, handler: User, department: Department
    ) -> None:
        suggestion = make.handling(office, department)
        make.answer(suggestion, office)
        with pytest.raises(Denied, match="已答复"):
            make.answer(suggestion, office)
        assert Reply.objects.count() == 1

    def test_in_person_is_one_contact_in_the_ledger(
        self, office: User, handler: User, chief: User, department: Department
    ) -> None:
        suggestion = make.handling(office, department, DeputyFactory())
        reply = make.answer(suggestion, office, how=How.IN_PERSON, signed_by=chief, place="知禾电缆有限公司")
        contact = Contact.objects.get(origin_key=f"reply:{reply.pk}")
        assert contact.method.code == "reply"
        assert contact.happened_on == reply.replied_on
        assert contact.department == department
        assert set(contact.deputies.all()) == {row.deputy for row in suggestion.proposers.all()}
        assert set(contact.staff.all()) == {chief, office}

    def test_only_those_who_were_met_count_as_met(self, office: User, department: Department) -> None:
        there, absent = DeputyFactory(), DeputyFactory()
        suggestion = make.handling(office, department, absent, lead=there)
        make.answer(suggestion, office, how=How.IN_PERSON, to=[there])
        assert list(Contact.objects.get().deputies.all()) == [there]

    def test_a_stranger_cannot_have_been_answered(self, office: User, department: Department) -> None:
        with pytest.raises(Denied, match="提出人中"):
            make.answer(make.handling(office, department), office, how=How.IN_PERSON, to=[DeputyFactory()])
        assert not Contact.objects.exists()

    def test_by_letter_is_no_contact(self, office: User, department: Department) -> None:
        make.replied(office, department)
        assert not Contact.objects.exists()


class TestEvaluating:
    def test_dissatisfaction_opens_the_next_round_with_its_own_deadline(
        self, office: User, department: Department
    ) -> None:
        suggestion = make.replied(office, department)
        make.verdict(suggestion.replies.get(), office, **UNSATISFIED)
        suggestion.refresh_from_db()
        assert suggestion.state == SuggestionState.HANDLING
        assert suggestion.due_on == date(2026, 6, 29)  # 27 June is a Saturday
        assert suggestion.replies.get().due_on == date(2026, 6, 2)  # the first deadline stays with its reply
        second = make.answer(suggestion, office, replied_on=date(2026, 6, 10))
        assert (second.round, second.due_on) == (2, date(2026, 6, 29))

    def test_dissatisfaction_needs_a_reason(self, office: User, department: Department) -> None:
        reply = make.replied(office, department).replies.get()
        with pytest.raises(Denied, match="理由"):
            make.verdict(reply, office, attitude=Verdict.UNSATISFIED, reason=" ")

    def test_the_next_answer_is_not_before_the_verdict(self, office: User, department: Department) -> None:
        suggestion = make.replied(office, department)
        make.verdict(suggestion.replies.get(), office, **UNSATISFIED)
        with pytest.raises(Denied, match="不满意评价"):
            make.answer(suggestion, office, replied_on=date(2026, 5, 25))

    def test_another_proposer_still_evaluates_the_same_reply(self, office: User, department: Department) -> None:
        other = DeputyFactory()
        suggestion = make.replied(office, department, other)
        reply = suggestion.replies.get()
        make.verdict(reply, office, **UNSATISFIED)
        make.verdict(reply, office, deputy=other)
        suggestion.refresh_from_db()
        assert suggestion.state == SuggestionState.HANDLING
        assert suggestion.transitions.filter(old=SuggestionState.REPLIED).count() == 1

    def test_an_earlier_round_is_history(self, office: User, department: Department) -> None:
        other = DeputyFactory()
        suggestion = make.replied(office, department, other)
        first = suggestion.replies.get()
        make.verdict(first, office, **UNSATISFIED)
        make.answer(suggestion, office, replied_on=date(2026, 6, 10))
        with pytest.raises(Denied, match="最近一轮"):
            make.verdict(first, office, deputy=other)

    def test_only_a_proposer_evaluates(self, office: User, department: Department) -> None:
        with pytest.raises(Denied, match="不是这件的提出人"):
            make.verdict(make.replied(office, department).replies.get(), office, deputy=DeputyFactory())

    def test_once_per_reply(self, office: User, department: Department) -> None:
        reply = make.replied(office, department).replies.get()
        make.verdict(reply, office)
        with pytest.raises(Denied, match="只评价一次"):
            make.verdict(reply, office)

    @pytest.mark.parametrize(("day", "reason"), [(date(2026, 5, 19), "早于答复"), (None, "晚于今天")])
    def test_the_day_lies_between_the_reply_and_today(
        self, office: User, department: Department, day: date | None, reason: str
    ) -> None:
        with pytest.raises(Denied, match=reason):
            make.verdict(make.replied(office, department).replies.get(), office, received_on=day or tomorrow())

    def test_one_typed_by_the_handling_department_is_marked(self, office: User, department: Department) -> None:
        assert not make.verdict(make.replied(office, department).replies.get(), office).by_handlers
        office.department = department
        office.save()
        reply = make.replied(office, department, title="另一件").replies.get()
        assert make.verdict(reply, office, channel=Channel.PHONE).by_handlers


class TestEnding:
    def test_nothing_closes_while_an_evaluation_is_missing(self, office: User, department: Department) -> None:
        silent = DeputyFactory(name="沈默言")
        suggestion = make.replied(office, department, silent)
        make.verdict(suggestion.replies.get(), office)
        with pytest.raises(Denied, match="沈默言尚未反馈"):
            actions.close(suggestion=suggestion, by=office)
        suggestion = actions.close(suggestion=suggestion, by=office, unreturned="5月、6月两次电话催告")
        remark = suggestion.transitions.latest("pk").remark
        assert remark == "未反馈：沈默言。5月、6月两次电话催告"

    def test_it_closes_when_everybody_has_answered(self, office: User, department: Department) -> None:
        assert make.closed(office, department).state == SuggestionState.CLOSED

    def test_withdrawing_needs_a_reason(self, office: User) -> None:
        with pytest.raises(Denied, match="理由"):
            actions.withdraw(suggestion=make.registered(office), by=office, reason="")
