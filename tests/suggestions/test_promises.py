"""承诺台账: said with the answer, dated, kept by somebody, open until the 二次答复; and the class that holds now."""

from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from common.denied import Denied, Stale
from deputies.models import Contact
from staff.models import AuditEvent, Department, Role, User
from suggestions import actions, stats
from suggestions.models import Promise, PromiseMove, Reply, ResultClass, ResultMove, Suggestion, Verdict
from tests.factories import DeputyFactory, UserFactory
from tests.suggestions import factories as make

pytestmark = pytest.mark.django_db
Login = Callable[[User], Client]
UNSATISFIED = {"result": Verdict.UNSATISFIED, "reason": "问题没有解决"}
TODAY = date(2026, 11, 23)


def on_paper(suggestion: Suggestion, signer: User) -> dict[str, Any]:
    """The dialog of an answer signed on paper, as far as it is not about the promise."""
    proposers = suggestion.proposers.values_list("deputy", flat=True)
    return {"replied_on": "2026-05-20", "signed_by": signer.pk, "how": "handed", "to": list(proposers)}


def letter(code: str) -> ResultClass:
    return ResultClass.objects.get(code=code)


def url(name: str, pk: int | None = None) -> str:
    return reverse(f"suggestions:{name}", args=[pk] if pk else [])


class TestSaidWithTheAnswer:
    def test_a_b_reply_without_a_promise_is_refused(self, office: User, department: Department) -> None:
        suggestion = make.handling(office, department)
        with pytest.raises(Denied, match="请写明承诺事项、完成时限和责任人"):
            make.answer(suggestion, office, result_class=letter("B"), promises=[])
        assert not Reply.objects.exists()

    def test_an_a_reply_with_a_promise_is_refused(self, office: User, department: Department) -> None:
        with pytest.raises(Denied, match="没有承诺事项"):
            make.answer(make.handling(office, department), office, promises=[make.promised(office)])

    @pytest.mark.parametrize(
        ("fields", "reason"),
        [
            ({"what": " "}, "承诺了什么"),
            ({"due_on": None}, "完成时限"),
            ({"owner": None}, "责任人"),
            ({"due_on": date(2026, 5, 19)}, "不能早于答复日期"),
        ],
    )
    def test_it_is_said_whole(self, office: User, department: Department, fields: dict, reason: str) -> None:
        with pytest.raises(Denied, match=reason):
            make.promise(office, department, **fields)

    @pytest.mark.parametrize("fields", [{"role": Role.SYSADMIN}, {"is_active": False}])
    def test_only_a_colleague_in_service_keeps_it(self, office: User, department: Department, fields: dict) -> None:
        with pytest.raises(Denied, match="不能作为承诺的责任人"):
            make.promise(office, department, owner=UserFactory(name="吴管理", department=department, **fields))

    def test_only_an_older_ledger_may_leave_day_and_keeper_open(self, office: User, department: Department) -> None:
        promise = make.promise(office, department, due_on=None, owner=None, is_old=True)
        assert list(Promise.objects.incomplete()) == [promise]
        assert promise.department == department

    def test_the_dialog_asks_for_it_where_the_class_promises(
        self, login: Login, handler: User, office: User, chief: User, department: Department
    ) -> None:
        suggestion, client = make.handling(office, department), login(office)
        facts = on_paper(suggestion, chief) | {"result_class": letter("B").pk, "summary": "已列入明年计划。"}
        answer = client.post(url("reply", suggestion.pk), facts)
        assert answer.status_code == 422
        page = answer.content.decode()
        assert "请填写承诺事项" in page
        assert "请填写承诺责任人" in page
        assert "已列入明年计划。" in page
        said = {"promise_what": "六月底前建成", "promise_due_on": "2027-06-30", "promise_owner": handler.pk}
        assert client.post(url("reply", suggestion.pk), facts | said).status_code == 302
        promise = Promise.objects.get()
        assert (promise.what, promise.due_on, promise.owner, promise.department) == (
            "六月底前建成",
            date(2027, 6, 30),
            handler,
            department,
        )

    def test_the_dialog_of_an_a_answer_keeps_no_promise(
        self, login: Login, office: User, chief: User, department: Department
    ) -> None:
        suggestion = make.handling(office, department)
        facts = on_paper(suggestion, chief) | {
            "result_class": letter("A").pk,
            "summary": "已办。",
            "promise_what": "写了一半",
        }
        assert login(office).post(url("reply", suggestion.pk), facts).status_code == 302
        assert not Promise.objects.exists()

    def test_no_case_number_in_a_promise(
        self, login: Login, office: User, chief: User, department: Department
    ) -> None:
        suggestion = make.handling(office, department)
        facts = on_paper(suggestion, chief) | {"result_class": letter("B").pk, "summary": "已列入计划。"}
        said = {
            "promise_what": "办结（2026）苏0205刑初12号",
            "promise_due_on": "2027-06-30",
            "promise_owner": office.pk,
        }
        assert login(office).post(url("reply", suggestion.pk), facts | said).status_code == 422


class TestKept:
    def test_it_stays_open_until_the_second_answer(self, office: User, department: Department) -> None:
        promise = make.promise(office, department)
        assert list(Reply.objects.promising()) == [promise.reply]
        make.keep(promise, office)
        assert not Reply.objects.promising().exists()
        with pytest.raises(Denied, match="没有待落实"):
            make.keep(promise, office)

    def test_it_stays_open_while_another_of_the_same_answer_waits(self, office: User, department: Department) -> None:
        promise = make.promise(office, department)
        actions.add_promise(reply=promise.reply, facts=make.promised(office, what="另建一处"), by=office)
        make.keep(promise, office)
        assert list(Reply.objects.promising()) == [promise.reply]

    def test_it_stays_open_after_the_item_is_closed(self, office: User, department: Department) -> None:
        promise = make.promise(office, department)
        actions.close(suggestion=promise.reply.suggestion, by=office, unreturned="已催告")
        assert list(Promise.objects.open()) == [promise]
        make.keep(promise, office)
        assert not Promise.objects.open().exists()

    def test_what_cannot_be_kept_is_answered_as_well(self, office: User, department: Department) -> None:
        promise = make.keep(make.promise(office, department), office, class_now=letter("C"), kept_how="上级规划调整")
        promise.reply.refresh_from_db()
        assert (promise.reply.result_class.code, promise.reply.class_now.code) == ("B", "C")
        assert not Promise.objects.open().exists()

    def test_a_later_round_replaces_it(self, office: User, department: Department) -> None:
        promise = make.promise(office, department)
        make.verdict(promise.reply, office, **UNSATISFIED)
        assert Promise.objects.open().exists()
        make.answer(promise.reply.suggestion, office, replied_on=date(2026, 6, 10))
        assert not Promise.objects.open().exists()
        with pytest.raises(Denied, match="由新一轮答复取代"):
            make.keep(promise, office)

    @pytest.mark.parametrize(("day", "reason"), [(date(2026, 5, 1), "早于答复"), (None, "晚于今天")])
    def test_not_before_it_was_given_nor_ahead_of_today(
        self, office: User, department: Department, day: date | None, reason: str
    ) -> None:
        tomorrow = timezone.localdate() + timedelta(days=1)
        with pytest.raises(Denied, match=reason):
            make.keep(make.promise(office, department), office, kept_on=day or tomorrow)

    def test_in_words(self, office: User, department: Department) -> None:
        with pytest.raises(Denied, match="请写明落实情况"):
            make.keep(make.promise(office, department), office, kept_how="  ")

    def test_not_by_another_department(self, office: User, other_handler: User, department: Department) -> None:
        with pytest.raises(Denied, match="不由您所在部门"):
            make.keep(make.promise(office, department), other_handler)

    def test_by_its_owner_in_another_department(
        self, login: Login, office: User, other_handler: User, department: Department
    ) -> None:
        """Who keeps it sees the promise and not the whole item."""
        promise = make.promise(office, department, owner=other_handler)
        client = login(other_handler)
        page = client.get(url("promise", promise.pk))
        assert page.status_code == 200
        assert url("detail", promise.reply.suggestion_id) not in page.content.decode()
        make.keep(promise, other_handler)
        assert Promise.objects.kept().exists()

    def test_told_in_person_is_one_contact_of_the_ledger(self, office: User, department: Department) -> None:
        other = DeputyFactory()
        promise = make.promise(office, department)
        lead = promise.reply.suggestion.proposers.get().deputy
        make.keep(promise, office, told_how="in_person")
        contact = Contact.objects.get(origin_key=f"promise:{promise.pk}")
        assert list(contact.deputies.all()) == [lead]
        with pytest.raises(Denied, match="至少勾选一位"):
            make.keep(make.promise(office, department, title="另一件"), office, told_how="in_person", met=[other])

    def test_through_the_dialog(self, login: Login, handler: User, office: User, department: Department) -> None:
        promise = make.promise(office, department)
        facts = {"kept_on": "2026-09-01", "class_now": letter("A").pk, "kept_how": "已全部排查", "told_how": "letter"}
        client = login(handler)
        assert client.post(url("keep-promise", promise.pk), facts | {"told_how": ""}).status_code == 422
        answer = client.post(url("keep-promise", promise.pk), facts)
        assert answer.url == url("promise", promise.pk)
        page = client.get(answer.url).content.decode()
        assert "已全部排查" in page
        assert "书面告知提出人" in page
        assert client.get(url("keep-promise", promise.pk)).status_code == 409


class TestMoved:
    def move(self, promise: Promise, by: User, **fields: Any) -> Promise:
        facts = {"due_on": date(2027, 1, 31), "owner": promise.owner, "reason": "待财政批复", **fields}
        return actions.move_promise(promise=promise, expected=promise.version, by=by, **facts)

    def test_the_old_day_stays_with_its_reason(
        self, login: Login, office: User, handler: User, department: Department
    ) -> None:
        promise = self.move(make.promise(office, department), office, owner=handler)
        assert (promise.due_on, promise.owner, promise.department) == (date(2027, 1, 31), handler, department)
        page = login(office).get(url("promise", promise.pk)).content.decode()
        assert "2026年12月31日 改为 2027年1月31日" in page
        assert "待财政批复" in page

    @pytest.mark.parametrize(
        ("fields", "reason"),
        [
            ({"reason": " "}, "请写明调整的理由"),
            ({"due_on": make.PROMISED}, "都没有变动"),
            ({"due_on": date(2026, 1, 1)}, "不能早于答复日期"),
        ],
    )
    def test_it_moves_for_a_reason(self, office: User, department: Department, fields: dict, reason: str) -> None:
        with pytest.raises(Denied, match=reason):
            self.move(make.promise(office, department), office, **fields)

    def test_what_an_older_ledger_left_open_is_filled_in_without_one(
        self, office: User, department: Department
    ) -> None:
        old = make.promise(office, department, due_on=None, owner=None, is_old=True)
        self.move(old, office, owner=office, reason="")
        assert not Promise.objects.incomplete().exists()
        assert PromiseMove.objects.get().reason == "补填原台账未写明的时限、责任人"

    def test_what_is_kept_moves_no_more(self, office: User, department: Department) -> None:
        with pytest.raises(Denied, match="已于2026-09-01二次答复"):
            self.move(make.keep(make.promise(office, department), office), office)

    def test_the_second_of_two_is_told(self, office: User, department: Department) -> None:
        promise = make.promise(office, department)
        self.move(promise, office)
        with pytest.raises(Stale, match="现为2027-01-31"):
            actions.move_promise(
                promise=promise, expected=1, due_on=date(2027, 3, 1), owner=office, reason="再延", by=office
            )

    def test_a_form_without_its_version_is_broken(self, login: Login, office: User, department: Department) -> None:
        promise = make.promise(office, department)
        facts = {"due_on": "2027-01-31", "owner": office.pk, "reason": "待批复"}
        assert login(office).post(url("promise-move", promise.pk), facts).status_code == 400
        assert login(office).post(url("promise-move", promise.pk), facts | {"version": 1}).status_code == 302


class TestAddedLater:
    def test_one_more(self, login: Login, office: User, department: Department) -> None:
        reply = make.promise(office, department).reply
        facts = {"what": "另建一处", "due_on": "2027-06-30", "owner": office.pk}
        assert login(office).post(url("promise-new", reply.pk), facts).status_code == 302
        assert reply.promises.count() == 2
        assert AuditEvent.objects.filter(action="suggestion.promise_added").exists()

    def test_not_to_an_answer_that_promises_nothing(self, office: User, department: Department) -> None:
        reply = make.replied(office, department).replies.get()
        with pytest.raises(Denied, match="不列入承诺台账"):
            actions.add_promise(reply=reply, facts=make.promised(office), by=office)

    def test_not_to_an_earlier_round(self, office: User, department: Department) -> None:
        reply = make.promise(office, department).reply
        make.verdict(reply, office, **UNSATISFIED)
        make.answer(reply.suggestion, office, replied_on=date(2026, 6, 10))
        with pytest.raises(Denied, match="最近一轮答复"):
            actions.add_promise(reply=reply, facts=make.promised(office), by=office)


class TestTheClassThatHoldsNow:
    def correct(self, reply: Reply, by: User, **fields: Any) -> Reply:
        facts = {"new": letter("A"), "on": date(2026, 9, 1), "reason": "区政府已提前实施", **fields}
        return actions.correct_result(reply=reply, by=by, **facts)

    def test_both_stand_side_by_side(self, login: Login, office: User, department: Department) -> None:
        promise = make.keep(make.promise(office, department), office)
        page = login(office).get(url("detail", promise.reply.suggestion_id)).content.decode()
        assert "B类 正在解决" in page
        assert "A类 已解决或采纳" in page
        assert ResultMove.objects.get().promise == promise

    def test_it_is_corrected_for_a_reason(self, login: Login, office: User, department: Department) -> None:
        reply = make.promise(office, department).reply
        facts = {"new": letter("D").pk, "on": "2026-09-01", "reason": "提出人同意留作参考"}
        assert login(office).post(url("correct-result", reply.pk), facts).status_code == 302
        reply.refresh_from_db()
        assert (reply.result_class.code, reply.class_now.code) == ("B", "D")
        page = login(office).get(url("detail", reply.suggestion_id)).content.decode()
        assert "现办理结果更正为D类" in page

    @pytest.mark.parametrize(
        ("fields", "reason"),
        [
            ({"reason": " "}, "请写明办理结果变动的依据"),
            ({"on": date(2026, 5, 1)}, "不能早于答复日期"),
            ({"on": date(2027, 1, 1)}, "不能晚于今天"),
        ],
    )
    def test_not_without_a_reason_nor_before_the_answer(
        self, office: User, department: Department, fields: dict, reason: str
    ) -> None:
        with pytest.raises(Denied, match=reason):
            self.correct(make.promise(office, department).reply, office, **fields)

    def test_not_to_what_it_is(self, office: User, department: Department) -> None:
        with pytest.raises(Denied, match="已经是“B类"):
            self.correct(make.promise(office, department).reply, office, new=letter("B"))

    def test_not_by_a_department(self, office: User, handler: User, department: Department) -> None:
        with pytest.raises(Denied, match="办公室统一登记"):
            self.correct(make.promise(office, department).reply, handler)

    def test_the_list_is_filtered_by_either(self, login: Login, office: User, department: Department) -> None:
        make.keep(make.promise(office, department), office)
        client = login(office)
        shown = {query: 'data-count="1"' in client.get(f"/suggestions/?{query}").content.decode() for query in ALL}
        assert shown == {"told=B": True, "told=A": False, "now=A": True, "now=B": False}

    def test_the_figures_of_a_year_know_both_and_lead_to_their_rows(
        self, login: Login, office: User, department: Department
    ) -> None:
        make.keep(make.promise(office, department), office)
        make.replied(office, department, title="另一件")
        rows = Suggestion.objects.registered_in(2026)
        found = {each.result.code: (each.told.number, each.now.number) for each in stats.results(rows, "year=2026")}
        assert found == {"A": (1, 2), "B": (1, 0), "C": (0, 0), "D": (0, 0)}
        client = login(office)
        for each in stats.results(rows, "year=2026"):
            for figure in (each.told, each.now):
                page = client.get(f"/suggestions/?{figure.query}").content.decode()
                assert f'data-count="{figure.number}"' in page


ALL = ["told=B", "told=A", "now=A", "now=B"]


class TestTheLedger:
    @pytest.fixture
    def some(self, office: User, handler: User, department: Department) -> dict[str, Promise]:
        """One overdue, one soon due, one old without a day, one kept, one of a withdrawn item."""
        late = make.promise(office, department, title="逾期的一件", due_on=date(2026, 10, 1), owner=handler)
        soon = make.promise(office, department, title="快到期的一件", due_on=date(2026, 12, 1))
        old = make.promise(office, department, title="旧台账的一件", due_on=None, owner=None, is_old=True)
        kept = make.keep(make.promise(office, department, title="落实的一件"), office)
        return {"late": late, "soon": soon, "old": old, "kept": kept}

    def titles(self, client: Client, query: str) -> set[str]:
        page = client.get(f"/suggestions/promises/?{query}").content.decode()
        names = {"逾期的一件": "late", "快到期的一件": "soon", "旧台账的一件": "old", "落实的一件": "kept"}
        return {name for title, name in names.items() if f"《{title}》" in page}

    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ("", {"late", "soon", "old"}),
            ("state=open", {"late", "soon", "old"}),
            ("state=overdue", {"late"}),
            ("state=30", {"soon"}),
            ("state=incomplete", {"old"}),
            ("state=kept", {"kept"}),
            ("state=kept&kept=2026", {"kept"}),
            ("state=all", {"late", "soon", "old", "kept"}),
            ("year=2026", {"late", "soon", "old"}),
            ("told=B", {"late", "soon", "old"}),
            ("told=C", set()),
            ("q=逾期的", {"late"}),
        ],
    )
    def test_its_filters(self, login: Login, office: User, some: dict, query: str, found: set[str]) -> None:
        assert self.titles(login(office), query) == found

    def test_by_keeper_and_department(
        self, login: Login, office: User, handler: User, department: Department, some: dict
    ) -> None:
        client = login(office)
        assert self.titles(client, f"owner={handler.pk}") == {"late"}
        assert "old" in self.titles(client, f"department={department.pk}")

    @pytest.mark.parametrize("query", ["state=nonsense", "owner=999999", "year=1800", "told=Z"])
    def test_a_broken_filter_is_400(self, login: Login, office: User, some: dict, query: str) -> None:
        assert login(office).get(f"/suggestions/promises/?{query}").status_code == 400

    def test_each_figure_leads_to_exactly_its_rows(self, login: Login, office: User, some: dict) -> None:
        client = login(office)
        figures = stats.promise_figures(Promise.objects.all(), TODAY)
        assert [each.number for each in figures] == [3, 1, 1, 1, 1]
        for each in figures:
            page = client.get(f"/suggestions/promises/?{each.query}").content.decode()
            assert f'data-count="{each.number}"' in page, each.label

    def test_the_sheet_has_the_same_rows(self, login: Login, office: User, some: dict) -> None:
        answer = login(office).get("/suggestions/promises/export/?state=overdue")
        sheet = openpyxl.load_workbook(BytesIO(answer.content)).worksheets[0]
        note, headings, *rows = sheet.iter_rows(values_only=True)
        assert "状态：已逾期；共1项" in note[0]
        row = dict(zip(headings, rows[0], strict=True))
        assert (len(rows), row["标题（案由）"], row["剩余天数"]) == (1, "逾期的一件", -53)
        assert AuditEvent.objects.filter(action="promise.exported").exists()

    def test_another_department_does_not_see_them(self, login: Login, other_handler: User, some: dict) -> None:
        assert self.titles(login(other_handler), "state=all") == set()

    def test_nothing_open_says_so(self, login: Login, office: User) -> None:
        assert "没有待落实的承诺" in login(office).get("/suggestions/promises/").content.decode()

    def test_it_waits_on_the_desk_of_its_keeper_and_is_red_above(
        self, login: Login, office: User, handler: User, chief: User, some: dict
    ) -> None:
        desk = login(handler).get("/").content.decode()
        assert url("promise", some["late"].pk) in desk
        assert "已过完成时限" in desk
        assert url("promise", some["soon"].pk) not in desk
        above = login(chief).get("/").content.decode()
        assert "承诺逾期" in above
        assert "由您负责的" in login(office).get("/").content.decode()

    def test_its_day_is_in_the_calendar_of_its_keeper(self, office: User, handler: User, some: dict) -> None:
        from dashboard.dates import dates

        told = [event.summary for event in dates(handler, TODAY, lambda path: path)]
        assert told.count("承诺时限：年底前完成线路隐患排查") == 1
