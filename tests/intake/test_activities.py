"""活动台账: activities of years past, taken in by the activity's own verbs."""

from typing import Any

import pytest

from activities import actions as activities
from activities.models import Activity
from common.denied import Denied
from deputies.models import Contact, Deputy
from intake import actions
from staff.models import Department, User
from tests.factories import DepartmentFactory, DeputyFactory, MandateFactory, TermFactory
from tests.intake.books import Taken, take

pytestmark = pytest.mark.django_db
ROW = {
    "序号": 1,
    "活动名称": "“3·15”检察开放日",
    "类型": "开放日",
    "开始时间": "2026年3月15日上午9:30",
    "结束时间": "11:00",
    "地点": "云溪农贸市场",
    "组织单位": "区检察院",
    "开展单位（部门）": "公益诉讼部",
    "出席领导": "",
    "邀请代表委员（名单）": "区人大代表顾青、秦晓禾",
    "实到": "2",
    "主题内容": "察看公益诉讼整改",
    "意见建议（条）": "加强巡查",
    "人大统筹情况": "已报备",
}


@pytest.fixture(autouse=True)
def house(office: User) -> User:
    term = TermFactory()
    for name in ("顾青", "秦晓禾"):
        MandateFactory(deputy=DeputyFactory(name=name, unit=f"{name}的单位"), term=term)
    DepartmentFactory(name="第三检察部（公益诉讼检察）")
    return office


def ledger(*rows: dict[str, Any], **changes: Any) -> dict[str, list[list[Any]]]:
    facts = [ROW | row for row in rows or ({},)]
    facts = [row | changes for row in facts]
    return {"2026年活动台账": [["2026年检察活动台账"], list(facts[0]), *(list(row.values()) for row in facts)]}


def taken(by: User, **changes: Any) -> Taken:
    return take(ledger(**changes), by)


def test_a_held_activity_is_closed_with_those_who_came_and_writes_one_contact(office: User) -> None:
    assert taken(office).row(3).outcome == "new"
    activity = Activity.objects.get()
    assert (activity.state, activity.kind.name, activity.host.name) == (
        "closed",
        "检察开放日",
        "第三检察部（公益诉讼检察）",
    )
    assert (f"{activity.held_on} {activity.starts_at:%H:%M}", f"{activity.ends_at:%H:%M}") == (
        "2026-03-15 09:30",
        "11:00",
    )
    assert activity.summary == "察看公益诉讼整改\n意见建议：加强巡查"
    assert activity.congress_state == "reported"
    assert activity.attendances.filter(came=True).count() == 2
    assert Contact.objects.get().origin == "activity"
    assert Contact.objects.get().deputies.count() == 2


def test_the_same_rows_again_are_the_same(office: User) -> None:
    taken(office)
    assert taken(office).counts["same"] == 1
    assert take(ledger({"活动名称": "座谈"}, {"活动名称": "座 谈"}), office).row(4).code == "repeated"
    assert Activity.objects.count() == Contact.objects.count() == 2


def test_undoing_takes_the_activity_and_its_contact_back(office: User) -> None:
    run = taken(office).outcome.run
    actions.undo_import(run=run, by=office)
    assert not Activity.objects.exists()
    assert not Contact.objects.exists()
    assert taken(office).counts["new"] == 1


def test_an_activity_that_somebody_worked_on_since_is_not_undone(office: User) -> None:
    run = taken(office, 实到="", 状态="").outcome.run
    activities.mark(attendance=Activity.objects.get().attendances.first(), came=True, by=office)
    with pytest.raises(Denied, match="被修改过"):
        actions.undo_import(run=run, by=office)
    assert Activity.objects.exists()


def test_without_a_list_of_who_came_it_waits_to_be_closed(office: User) -> None:
    row = taken(office, 实到="1").row(3)
    assert {warning.code for warning in row.warnings} == {"count_differs", "nobody_came"}
    assert Activity.objects.get().state == "planned"
    assert not Contact.objects.exists()


def test_a_list_of_who_came_ticks_exactly_those(office: User) -> None:
    rows = ledger(实到="", 到场代表委员="区人大代表秦晓禾")
    assert take(rows, office).row(3).outcome == "new"
    came = Activity.objects.get().attendances.filter(came=True)
    assert [attendance.deputy.name for attendance in came] == ["秦晓禾"]


def test_a_coming_or_cancelled_activity_stays_what_it_is(office: User) -> None:
    take(ledger(开始时间="2027年3月15日", 实到=""), office)
    take(ledger(活动名称="座谈", 状态="已取消"), office)
    assert dict(Activity.objects.values_list("title", "state")) == {ROW["活动名称"]: "planned", "座谈": "cancelled"}


def test_an_activity_not_yet_closed_is_brought_up_to_date_and_back(office: User) -> None:
    taken(office, 实到="")
    again = taken(office, 实到="", 地点="云溪广场", 结束时间="12:00")
    assert again.row(3).changes == {"结束时间": ["11:00", "12:00"], "地点": ["云溪农贸市场", "云溪广场"]}
    assert Activity.objects.get().place == "云溪广场"
    actions.undo_import(run=again.outcome.run, by=office)
    assert (Activity.objects.get().place, f"{Activity.objects.get().ends_at:%H:%M}") == ("云溪农贸市场", "11:00")


def test_a_closed_activity_is_not_changed_behind_its_back(office: User) -> None:
    taken(office)
    row = taken(office, 地点="云溪广场").row(3)
    assert (row.outcome, row.code) == ("same", "closed_differs")


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"类型": "喝茶会"}, "unknown_kind"),
        ({"开展单位（部门）": "外联处处"}, "unknown_department"),
        ({"开展单位（部门）": ""}, "missing"),
        ({"开始时间": "择期"}, "not_a_date"),
        ({"活动名称": ""}, "missing"),
        ({"邀请代表委员（名单）": "顾青等8人"}, "and_others"),
        ({"邀请代表委员（名单）": "顾青、秦晓禾"}, "name_only"),
        ({"邀请代表委员（名单）": "区人大代表钱不在"}, "not_in_roster"),
    ],
)
def test_a_row_that_cannot_be_taken_says_why(office: User, changes: dict[str, Any], code: str) -> None:
    row = taken(office, **changes).row(3)
    assert (row.outcome, row.code) == ("error", code)
    assert row.sentence.endswith("。")
    assert Deputy.objects.count() == 2


def test_the_nearest_kind_and_department_are_guessed(office: User) -> None:
    assert "“检察开放日”" in taken(office, 类型="检查开放日").row(3).sentence
    assert (
        Department.objects.get(name__startswith="第三").name
        in taken(office, **{"开展单位（部门）": "第三检查部"}).row(3).sentence
    )
