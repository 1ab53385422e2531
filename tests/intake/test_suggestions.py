"""建议提案台账: suggestions of years past with their handling, taken in by their own verbs."""

from datetime import date
from typing import Any

import pytest

from common.denied import Denied
from deputies.models import Contact
from intake import actions
from staff.models import User
from suggestions import actions as suggestions
from suggestions.models import Evaluation, Promise, Reply, Suggestion
from tests.factories import DepartmentFactory, DeputyFactory, MandateFactory, TermFactory
from tests.intake.books import Taken, take

pytestmark = pytest.mark.django_db
ROW = {
    "序号": 1,
    "届次/会议": "知禾区第五届人大五次会议",
    "会间/闭会": "会间",
    "类别": "建议",
    "编号": "12",
    "标题（案由）": "关于加强涉农普法的建议",
    "领衔代表/第一提案人": "顾 青",
    "联名/附议人": "秦晓禾（附议）",
    "内容分类": "涉农",
    "办理性质": "主办",
    "收到日期": "2026.1.20",
    "交办日期": "2026.2.2",
    "办理期限": "2026.5.6",
    "承办部门": "一部",
    "答复文号": "知检函〔2026〕8号",
    "答复日期": "2026.4.15",
    "面商": "是",
    "答复要点": "已在甘露镇开展三场普法",
    "结果类别": "A",
    "签发人": "",
    "满意度": "满意/基本满意",
    "重点督办": "是",
    "状态": "",
}


@pytest.fixture(autouse=True)
def house(office: User) -> User:
    term = TermFactory()
    for name in ("顾青", "秦晓禾"):
        MandateFactory(deputy=DeputyFactory(name=name, unit=f"{name}的单位"), term=term)
    DepartmentFactory(name="第一检察部（刑事检察）")
    return office


def taken(by: User, *more: dict[str, Any], sheet: str = "区人大代表建议", **changes: Any) -> Taken:
    rows = [ROW | changes, *(ROW | row for row in more)]
    return take({sheet: [list(rows[0]), *(list(row.values()) for row in rows)]}, by)


def test_a_suggestion_comes_with_its_whole_handling(office: User) -> None:
    row = taken(office).row(2)
    assert (row.outcome, row.code) == ("new", "")
    made = Suggestion.objects.get()
    assert (made.kind, made.body, made.level, made.number) == ("suggestion", "congress", "district", "12")
    assert (made.session, made.our_role, made.key_supervised) == ("五次会议", "lead", True)
    assert (str(made.term), made.field.name) == ("知禾区第5届人大", "涉农")
    assert (f"{made.assigned_on}", f"{made.due_on}", made.state) == ("2026-02-02", "2026-05-06", "replied")
    assert dict(made.proposers.values_list("deputy__name", "role")) == {"顾青": "lead", "秦晓禾": "second"}
    reply = Reply.objects.get()
    assert (reply.number, reply.result_class.code, reply.in_person) == ("知检函〔2026〕8号", "A", True)
    assert Evaluation.objects.get().words == "对办理态度满意，对办理结果基本满意"
    assert Contact.objects.get().origin == "reply"


def test_the_deadline_that_the_law_gives_is_explained_and_another_is_taken_over(office: User) -> None:
    taken(office)
    taken(office, **{"编号": "13", "标题（案由）": "别的建议", "办理期限": "2026-05-31"})
    first, second = Suggestion.objects.order_by("pk")
    assert "代表法" in first.due_reason
    assert "原台账" in second.due_reason


def test_the_same_rows_again_are_the_same(office: User) -> None:
    taken(office)
    assert taken(office).counts["same"] == 1
    assert taken(office, {"序号": 2}).row(3).outcome == "same"
    assert Suggestion.objects.count() == 1


def test_undoing_takes_everything_of_it_back(office: User) -> None:
    run = taken(office).outcome.run
    actions.undo_import(run=run, by=office)
    assert not Suggestion.objects.exists()
    assert not Contact.objects.exists()
    assert taken(office).counts["new"] == 1


def test_a_suggestion_that_was_worked_on_since_is_not_undone(office: User) -> None:
    run = taken(office, 答复日期="", 答复要点="", 答复文号="").outcome.run
    made = Suggestion.objects.get()
    suggestions.add_step(suggestion=made, happened_on=made.assigned_on, what="走访", by=office)
    with pytest.raises(Denied, match="被修改过"):
        actions.undo_import(run=run, by=office)


def test_what_is_still_empty_is_filled_in_and_can_be_taken_back(office: User) -> None:
    taken(office, 编号="", 内容分类="")
    again = taken(office)
    assert again.row(2).changes == {"编号": ["", "12"], "内容分类": ["", "涉农"]}
    actions.undo_import(run=again.outcome.run, by=office)
    assert (Suggestion.objects.get().number, Suggestion.objects.get().field) == ("", None)


def test_an_answer_that_the_system_does_not_have_is_told_not_slipped_in(office: User) -> None:
    taken(office, 答复日期="", 答复要点="", 答复文号="")
    row = taken(office).row(2)
    assert (row.outcome, row.code) == ("same", "further")


def test_states_of_the_old_ledger(office: User) -> None:
    taken(office, 状态="已办结")
    taken(
        office,
        **{
            "编号": "2",
            "标题（案由）": "撤回的",
            "交办日期": "",
            "办理期限": "",
            "答复日期": "",
            "答复要点": "",
            "答复文号": "",
            "状态": "已撤回",
        },
    )
    taken(office, **{"编号": "3", "标题（案由）": "办理中的", "答复日期": "", "答复要点": "", "答复文号": ""})
    assert list(Suggestion.objects.order_by("pk").values_list("state", flat=True)) == [
        "closed",
        "withdrawn",
        "handling",
    ]


def test_a_promise_and_its_second_answer(office: User) -> None:
    taken(office, 结果类别="B类", 二次答复日期="2026-09-01", 跟踪结果="已列入计划并完成", 现办理结果="A")
    promise = Promise.objects.get()
    assert promise.kept_how == "已列入计划并完成"
    assert promise.reply.class_now.code == "A"


def test_what_was_promised_by_when_and_by_whom(office: User) -> None:
    facts = {"承诺事项": "建成两处停车场", "承诺完成时限": "2027-06-30", "承诺责任人": office.name}
    taken(office, 结果类别="B类", **facts)
    promise = Promise.objects.get()
    assert (promise.what, promise.due_on, promise.owner) == ("建成两处停车场", date(2027, 6, 30), office)


def test_an_old_ledger_that_names_no_day_leaves_a_promise_to_be_dated(office: User) -> None:
    taken(office, 结果类别="B类")
    assert Promise.objects.incomplete().get().due_on is None


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"结果类别": "A类", "承诺事项": "建成两处停车场"}, "no_promise"),
        ({"结果类别": "B类", "承诺完成时限": "2020-01-01"}, "promise_due"),
    ],
)
def test_a_promise_that_does_not_fit_is_told(office: User, facts: dict[str, str], code: str) -> None:
    assert taken(office, **facts).row(2).code == code
    assert not Promise.objects.exclude(due_on=None).exists()


def test_a_promise_goes_with_its_import(office: User) -> None:
    facts = {"结果类别": "B类", "二次答复日期": "2026-09-01", "跟踪结果": "已完成", "现办理结果": "A"}
    actions.undo_import(run=taken(office, **facts).outcome.run, by=office)
    assert not Promise.objects.exists()


def test_a_dissatisfied_verdict_is_told_not_guessed(office: User) -> None:
    row = taken(office, 满意度="态度满意，结果不满意").row(2)
    assert (row.outcome, row.code) == ("new", "unsatisfied")
    assert not Evaluation.objects.exists()


def test_verdicts_by_name(office: User) -> None:
    taken(office, 满意度="顾青：满意/满意；秦晓禾：基本满意")
    assert dict(Evaluation.objects.values_list("deputy__name", "result")) == {"顾青": "satisfied", "秦晓禾": "mostly"}


def test_a_proposal_by_the_sheet(office: User) -> None:
    MandateFactory(deputy=DeputyFactory(name="查良工"), term=TermFactory(body="cppcc", number=4))
    facts = {"届次/会议": "", "类别": "提案", "领衔代表/第一提案人": "查良工", "联名/附议人": ""}
    assert taken(office, sheet="区政协提案", **facts).row(2).outcome == "new"
    made = Suggestion.objects.get()
    assert (made.kind, made.level, made.term.number) == ("proposal", "district", 4)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"标题（案由）": ""}, "missing"),
        ({"标题（案由）": "（2026）苏0205刑初12号案"}, "case_number"),
        ({"领衔代表/第一提案人": "顾青等5人"}, "and_others"),
        ({"领衔代表/第一提案人": "钱不在"}, "not_in_roster"),
        ({"类别": "表扬信"}, "unknown_voice"),
        ({"承办部门": "外联处处"}, "unknown_department"),
        ({"承办部门": ""}, "missing"),
        ({"收到日期": "", "交办日期": ""}, "missing"),
        ({"交办日期": "2026-01-01"}, "wrong_order"),
        ({"答复日期": "2026-01-25"}, "wrong_order"),
        (
            {"收到日期": "2026-12-31", "交办日期": "", "办理期限": "", "答复日期": "", "答复要点": "", "答复文号": ""},
            "future",
        ),
        ({"结果类别": "Z"}, "unknown_result"),
    ],
)
def test_a_row_that_cannot_be_taken_says_why(office: User, changes: dict[str, Any], code: str) -> None:
    row = taken(office, **changes).row(2)
    assert (row.outcome, row.code) == ("error", code), row
    assert row.sentence.endswith(("。", "反映。"))
    assert not Suggestion.objects.exists()


def test_a_number_that_another_item_has_is_an_error_of_the_row(office: User) -> None:
    taken(office)
    row = taken(office, {"编号": "13", "标题（案由）": "第三件"}, **{"标题（案由）": "别的建议"}).rows
    assert [(each.outcome, each.code) for each in row[1:]] == [("error", "number_taken"), ("new", "")]
    assert "关于加强涉农普法的建议" in row[1].sentence
    again = taken(office, {"标题（案由）": "第五件"}, **{"编号": "14", "标题（案由）": "第四件"})
    assert again.row(3).code == "number_taken"


def test_a_level_that_nobody_tells_is_an_error(office: User) -> None:
    assert taken(office, sheet="Sheet1", **{"届次/会议": ""}).row(2).code == "no_level"
