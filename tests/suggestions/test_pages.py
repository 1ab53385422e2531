"""The pages of suggestions, through the browser's door."""

from datetime import date

import pytest
from django.urls import reverse

from deputies.models import Contact
from staff.models import Department, User
from suggestions import actions
from suggestions.models import How, ResultClass, Suggestion, Verdict
from suggestions.workflow import SuggestionState
from tests.factories import DeputyFactory, MandateFactory, TermFactory
from tests.suggestions import factories as make

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


def url(name: str, *args: int) -> str:
    return reverse(f"suggestions:{name}", args=args)


def facts(**fields: object) -> dict[str, object]:
    """What the registration form sends."""
    sent = {
        "kind": "suggestion",
        "body": "congress",
        "level": "district",
        "received_on": "2026-03-01",
        "title": "关于加强线路走廊保护的建议",
        "text": "线下施工、垂钓的隐患点多面广。",
    } | fields
    return {name: value for name, value in sent.items() if value is not None}


class TestList:
    def test_what_must_be_answered_comes_first_with_the_days_in_words(
        self, login, office: User, department: Department
    ) -> None:
        make.closed(office, department)
        make.handling(office, department, title="要紧的一件")
        page = login(office).get(url("list")).content.decode()
        assert page.index("要紧的一件") < page.index("关于加强特高压线路走廊保护的建议")
        assert "已超期174天" in page
        assert "共 <b>2</b> 件" in page

    def test_a_mixed_list_tells_its_parts(self, login, office: User) -> None:
        make.registered(office)
        make.registered(office, kind="everyday", title="一条意见")
        page = login(office).get(url("list")).content.decode()
        assert "共 <b>2</b> 项：1件建议、1条日常意见" in page

    def test_a_handler_counts_only_the_own_department(
        self, login, office: User, handler: User, department: Department, other_department: Department
    ) -> None:
        make.handling(office, department)
        make.handling(office, other_department, title="别的部门的一件")
        page = login(handler).get(url("list")).content.decode()
        assert 'data-count="1"' in page
        assert "别的部门的一件" not in page

    def test_the_list_asks_the_database_as_often_for_many_as_for_few(
        self, login, office: User, department: Department, django_assert_max_num_queries
    ) -> None:
        for number in range(12):
            make.replied(office, department, title=f"第{number}件")
        client = login(office)
        with django_assert_max_num_queries(20):
            client.get(url("list"))


class TestRegistering:
    def test_the_office_registers_and_lands_on_the_page(self, login, office: User) -> None:
        lead, joint, second = (DeputyFactory() for _ in range(3))
        sent = facts(lead=lead.pk, joint=joint.pk, second=second.pk)
        answer = login(office).post(url("new"), sent)
        suggestion = Suggestion.objects.get()
        assert answer["Location"] == url("detail", suggestion.pk)
        assert suggestion.proposers.count() == 3

    def test_without_a_leader_nothing_is_lost(self, login, office: User) -> None:
        joint = DeputyFactory(name="邵月华")
        answer = login(office).post(url("new"), facts(joint=joint.pk))
        page = answer.content.decode()
        assert answer.status_code == 422
        assert "请选择领衔代表" in page
        assert "线下施工、垂钓的隐患点多面广。" in page
        assert f'value="{joint.pk}" data-label="邵月华"' in page

    def test_a_refusal_of_the_rules_keeps_what_was_typed(self, login, office: User) -> None:
        sent = facts(lead=DeputyFactory().pk, body="cppcc")
        answer = login(office).post(url("new"), sent)
        assert answer.status_code == 409
        assert "代表建议属于人大" in answer.content.decode()
        assert "线下施工、垂钓的隐患点多面广。" in answer.content.decode()

    @pytest.mark.parametrize("field", ["title", "text", "session"])
    def test_a_case_number_is_refused(self, login, office: User, field: str) -> None:
        sent = facts(lead=DeputyFactory().pk) | {field: "（2026）苏0205刑初12号"}
        answer = login(office).post(url("new"), sent)
        assert answer.status_code == 422
        assert "12309" in answer.content.decode()
        assert not Suggestion.objects.exists()

    def test_a_concrete_case_becomes_a_letter(self, login, office: User) -> None:
        answer = login(office).post(url("new"), facts(lead=DeputyFactory().pk, about_a_case="on"))
        assert answer.status_code == 422
        assert "来信" in answer.content.decode()
        assert not Suggestion.objects.exists()

    def test_a_secret_word_asks_back_once(self, login, office: User) -> None:
        sent = facts(lead=DeputyFactory().pk, text="建议加强商业秘密保护")
        client = login(office)
        answer = client.post(url("new"), sent)
        assert answer.status_code == 422
        assert 'type="checkbox" name="sensitive_ok"' in answer.content.decode()
        assert client.post(url("new"), sent | {"sensitive_ok": "on"}).status_code == 302

    def test_two_leaders_are_one_too_many(self, login, office: User) -> None:
        leaders = [DeputyFactory().pk, DeputyFactory().pk]
        answer = login(office).post(url("new"), facts(lead=leaders))
        assert answer.status_code == 422
        assert "只能有一位" in answer.content.decode()


class TestEditing:
    def sent(self, suggestion: Suggestion, **fields: object) -> dict[str, object]:
        lead = suggestion.proposers.get().deputy_id
        return facts(lead=lead, version=suggestion.version, title=suggestion.title) | fields

    def test_the_form_shows_what_is(self, login, office: User) -> None:
        suggestion = make.registered(office, text="原来的内容")
        page = login(office).get(url("edit", suggestion.pk)).content.decode()
        assert "原来的内容" in page
        assert f'name="lead" value="{suggestion.proposers.get().deputy_id}"' in page

    def test_saving(self, login, office: User) -> None:
        suggestion = make.registered(office)
        login(office).post(url("edit", suggestion.pk), self.sent(suggestion, title="改好的标题"))
        suggestion.refresh_from_db()
        assert (suggestion.title, suggestion.version) == ("改好的标题", 2)

    def test_the_second_of_two_editors_sees_both_and_can_save_again(self, login, office: User) -> None:
        suggestion = make.registered(office)
        client = login(office)
        client.post(url("edit", suggestion.pk), self.sent(suggestion, title="先改的标题"))
        answer = client.post(url("edit", suggestion.pk), self.sent(suggestion, title="后改的标题"))
        page = answer.content.decode()
        assert answer.status_code == 409
        assert "先改的标题" in page
        assert 'value="后改的标题"' in page
        assert 'name="version" value="2"' in page
        assert [each.label for each in answer.context["differences"]] == ["标题（案由）"]
        client.post(url("edit", suggestion.pk), self.sent(suggestion, title="后改的标题", version=2))
        suggestion.refresh_from_db()
        assert suggestion.title == "后改的标题"

    def test_without_a_version_nothing_is_saved(self, login, office: User) -> None:
        suggestion = make.registered(office)
        answer = login(office).post(url("edit", suggestion.pk), self.sent(suggestion, version=""))
        assert answer.status_code == 400

    def test_after_assignment_the_ground_of_the_deadline_cannot_be_sent(
        self, login, office: User, department: Department
    ) -> None:
        suggestion = make.handling(office, department)
        login(office).post(
            url("edit", suggestion.pk), self.sent(suggestion, kind="everyday", received_on="2026-02-01")
        )
        suggestion.refresh_from_db()
        assert (suggestion.kind, suggestion.received_on) == ("suggestion", make.RECEIVED)


class TestPageOfOne:
    def test_nine_months_read_in_order_with_the_reason_of_the_deadline(
        self, login, office: User, department: Department
    ) -> None:
        suggestion = make.handling(office, department)
        for month in (5, 4):
            actions.add_step(
                suggestion=suggestion, happened_on=date(2026, month, 1), what=f"{month}月的走访", by=office
            )
        make.answer(suggestion, office)
        page = login(office).get(url("detail", suggestion.pk)).content.decode()
        assert page.index("收到并登记") < page.index("4月的走访") < page.index("5月的走访")
        assert "为什么是这一天" in page
        assert "《代表法》第五十一条" in page
        assert "历时2个多月" in page

    def test_buttons_are_what_the_policies_allow(
        self, login, office: User, handler: User, chief: User, department: Department
    ) -> None:
        suggestion = make.handling(office, department)
        offered = {
            who: login(user).get(url("detail", suggestion.pk)).content.decode()
            for who, user in {"office": office, "handler": handler, "chief": chief}.items()
        }
        assert url("reply", suggestion.pk) in offered["office"]
        assert url("reply", suggestion.pk) not in offered["handler"]
        assert url("draft", suggestion.pk) in offered["handler"]
        assert url("draft", suggestion.pk) not in offered["chief"]
        assert url("withdraw", suggestion.pk) in offered["office"]
        assert url("withdraw", suggestion.pk) not in offered["handler"]
        assert url("accept", suggestion.pk) not in offered["office"]

    def test_a_handler_of_another_department_gets_404(
        self, login, office: User, other_handler: User, department: Department
    ) -> None:
        suggestion = make.handling(office, department)
        assert login(other_handler).get(url("detail", suggestion.pk)).status_code == 404

    def test_an_evaluation_typed_by_the_handling_department_is_marked(
        self, login, office: User, department: Department
    ) -> None:
        office.department = department
        office.save()
        suggestion = make.closed(office, department)
        client = login(office)
        assert "承办部门代录" in client.get(url("detail", suggestion.pk)).content.decode()
        page = client.get(reverse("suggestions:list"), {"verdict": "by_handlers"}).content.decode()
        assert 'data-count="1"' in page

    def test_a_promise_is_said_until_it_is_kept(self, login, office: User, department: Department) -> None:
        suggestion = make.handling(office, department)
        reply = make.answer(suggestion, office, result_class=ResultClass.objects.get(code="B"))
        client = login(office)
        assert "承诺待落实" in client.get(url("detail", suggestion.pk)).content.decode()
        kept = {"kept_on": "2026-09-01", "kept_how": "已全部排查", "told_how": "phone"}
        kept["class_now"] = ResultClass.objects.get(code="A").pk
        client.post(url("keep-promise", reply.promises.get().pk), kept)
        page = client.get(url("detail", suggestion.pk)).content.decode()
        assert "承诺待落实" not in page
        assert "已全部排查" in page


class TestDialogs:
    def test_a_dialog_for_htmx_and_a_page_without(self, login, office: User) -> None:
        suggestion = make.registered(office)
        client = login(office)
        dialog = client.get(url("accept", suggestion.pk), headers=HTMX).content.decode()
        page = client.get(url("accept", suggestion.pk)).content.decode()
        assert "<dialog" in dialog
        assert "<html" not in dialog
        assert "<html" in page

    def test_done_from_a_dialog_the_page_is_loaded_anew(self, login, office: User, department: Department) -> None:
        suggestion = make.registered(office)
        sent = {"department": department.pk, "our_role": "sole", "assigned_on": "2026-03-02"}
        answer = login(office).post(url("accept", suggestion.pk), sent, headers=HTMX)
        assert answer["HX-Redirect"] == url("detail", suggestion.pk)
        suggestion.refresh_from_db()
        assert suggestion.due_on == date(2026, 6, 2)

    def test_a_refusal_stays_in_the_dialog_with_what_was_typed(
        self, login, office: User, department: Department
    ) -> None:
        suggestion = make.registered(office)
        sent = {"department": department.pk, "our_role": "sole", "assigned_on": "2026-02-02"}
        answer = login(office).post(url("accept", suggestion.pk), sent, headers=HTMX)
        assert answer.status_code == 409
        assert "早于收到日期" in answer.content.decode()
        assert 'value="2026-02-02"' in answer.content.decode()

    def test_what_is_not_possible_now_is_not_offered(self, login, office: User) -> None:
        answer = login(office).get(url("reply", make.registered(office).pk), headers=HTMX)
        assert answer.status_code == 409

    def test_a_handler_who_hands_back_lands_on_the_list(
        self, login, office: User, handler: User, department: Department
    ) -> None:
        suggestion = make.handling(office, department)
        answer = login(handler).post(url("hand-back", suggestion.pk), {"reason": "不属本部门职责"})
        assert answer["Location"] == url("list")

    def test_a_reply_in_person_is_one_contact(self, login, office: User, chief: User, department: Department) -> None:
        suggestion = make.handling(office, department)
        sent = {
            "replied_on": "2026-05-20",
            "signed_by": chief.pk,
            "result_class": ResultClass.objects.get(code="A").pk,
            "summary": "已建立协作机制。",
            "how": "in_person",
            "to": [suggestion.proposers.get().deputy_id],
        }
        login(office).post(url("reply", suggestion.pk), sent)
        assert Contact.objects.get().deputies.get() == suggestion.proposers.get().deputy

    def test_dissatisfied_without_a_reason_is_asked_for_one(self, login, office: User, department: Department) -> None:
        reply = make.replied(office, department).replies.get()
        sent = {
            "deputy": reply.suggestion.proposers.get().deputy_id,
            "received_on": "2026-05-27",
            "attitude": Verdict.SATISFIED,
            "result": Verdict.UNSATISFIED,
            "channel": "form",
        }
        client = login(office)
        answer = client.post(url("evaluate", reply.pk), sent)
        assert answer.status_code == 422
        assert "请写明理由" in answer.content.decode()
        client.post(url("evaluate", reply.pk), sent | {"reason": "没有解决"})
        assert Suggestion.objects.get().state == SuggestionState.HANDLING

    def test_closing_asks_about_those_who_are_missing(self, login, office: User, department: Department) -> None:
        suggestion = make.replied(office, department)
        name = suggestion.proposers.get().deputy.name
        client = login(office)
        assert f"{name}尚未反馈评价" in client.get(url("close", suggestion.pk)).content.decode()
        assert client.post(url("close", suggestion.pk), {}).status_code == 422
        client.post(url("close", suggestion.pk), {"unreturned": "两次电话催告"})
        suggestion.refresh_from_db()
        assert suggestion.state == SuggestionState.CLOSED

    @pytest.mark.parametrize("name", ["step", "draft", "hand-back"])
    def test_another_department_gets_404(
        self, login, office: User, other_handler: User, department: Department, name: str
    ) -> None:
        suggestion = make.handling(office, department)
        assert login(other_handler).post(url(name, suggestion.pk), {}).status_code == 404


def test_the_file_of_a_deputy_shows_what_was_proposed_answered_and_judged(
    login, office: User, chief: User, department: Department
) -> None:
    seat = MandateFactory(term=TermFactory())
    suggestion = make.handling(office, department, lead=seat.deputy)
    make.verdict(make.answer(suggestion, office, how=How.IN_PERSON), office)
    make.registered(office, title="别人的一件")
    page = login(chief).get(f"/deputies/{seat.deputy_id}/timeline/?kind=voice").content.decode()
    assert [page.count(f">{what}　{suggestion.title}") for what in ("当面答复", "评价")] == [1, 1]
    assert "别人的一件" not in page
    whole = login(chief).get(f"/deputies/{seat.deputy_id}/timeline/").content.decode()
    assert "建议提案转入" not in whole


def test_the_file_tells_a_handler_only_of_the_own_departments_suggestions(
    login, office: User, other_handler: User, department: Department
) -> None:
    seat = MandateFactory(term=TermFactory())
    suggestion = make.handling(office, department, lead=seat.deputy)
    page = login(other_handler).get(f"/deputies/{seat.deputy_id}/timeline/").content.decode()
    assert suggestion.title not in page
