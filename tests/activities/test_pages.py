"""The pages of activities, as people use them."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from activities import actions
from activities.models import Activity, ActivityKind, Response
from activities.sheets import HEADINGS
from common.sheets import CONTENT_TYPE
from deputies.models import Contact
from staff.models import AuditEvent, User
from tests.activities.factories import closed, planned
from tests.factories import DeputyFactory, MandateFactory

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


def typed(user: User, **fields: object) -> dict[str, object]:
    return {
        "title": "走进未检",
        "kind": ActivityKind.objects.get(name="检察开放日").pk,
        "held_on": "2026-03-05",
        "host": user.department_id,
        "congress_state": "reported",
        "place": "青少年法治教育基地",
    } | fields


# --- list and export ------------------------------------------------------------------------------


@pytest.mark.parametrize("came", ["1.5", "1e40", "-1", "9" * 30, "x"])
def test_a_made_up_person_in_the_link_is_a_broken_link(login, office: User, came: str) -> None:
    page = login(office).get(reverse("activities:list"), {"came": came})
    assert page.status_code == 400
    assert "筛选条件有误" in page.content.decode()


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("", {"开放日", "听证会", "调研"}),
        ("year=2025", {"听证会"}),
        ("year=2026", {"开放日", "调研"}),
        ("q=法治广场", {"调研"}),
        ("q=王芳", {"开放日"}),
        ("q=wangfang", {"开放日"}),
        ("state=closed", {"开放日"}),
        ("when=coming", {"调研"}),
        ("when=to_close", {"听证会"}),
        ("when=past", {"开放日", "听证会"}),
    ],
)
def test_the_list_shows_what_was_asked_for(login, office: User, time_machine, query: str, titles: set[str]) -> None:
    time_machine.move_to(date(2026, 7, 1))
    wang = DeputyFactory(name="王芳", search_text="王芳 wangfang wf")
    closed(came=[wang], by=office, title="开放日", held_on=date(2026, 3, 1))
    planned(by=office, title="听证会", held_on=date(2025, 11, 1))
    planned(by=office, title="调研", held_on=date(2026, 8, 1), place="法治广场")
    page = login(office).get(f"{reverse('activities:list')}?{query}")
    assert {row.title for row in page.context["page"]} == titles
    assert f'data-count="{len(titles)}"' in page.content.decode()


def test_kind_and_department_filter_too(login, office: User, handler: User) -> None:
    hearing = ActivityKind.objects.get(name="公开听证")
    wanted = planned(by=office, kind=hearing, host=handler.department)
    planned(by=office, host=handler.department)
    planned(by=office, kind=hearing)
    page = login(office).get(reverse("activities:list"), {"kind": hearing.pk, "host": handler.department_id})
    assert list(page.context["page"]) == [wanted]


def test_a_broken_filter_is_400_and_shows_nothing(login, office: User) -> None:
    planned(by=office)
    for path in (reverse("activities:list"), reverse("activities:export")):
        assert login(office).get(path, {"when": "nonsense"}).status_code == 400
    assert "筛选条件有误" in login(office).get(reverse("activities:list"), {"kind": "999"}).content.decode()


def test_invited_and_present_are_counted_apart(login, office: User) -> None:
    activity = planned(by=office, deputies=3)
    actions.mark(attendance=activity.attendances.first(), came=True, by=office)
    actions.close(activity=activity, by=office)
    [row] = login(office).get(reverse("activities:list")).context["page"]
    assert (row.invited, row.present) == (3, 1)


def test_the_list_costs_the_same_however_long(login, office: User, django_assert_max_num_queries) -> None:
    for _ in range(12):
        planned(by=office, deputies=2)
    client = login(office)
    with django_assert_max_num_queries(14):
        client.get(reverse("activities:list"))


def sheet(answer) -> list[list[object]]:
    assert answer["Content-Type"] == CONTENT_TYPE
    return [[cell.value for cell in row] for row in load_workbook(BytesIO(answer.content)).active.rows]


def test_the_export_holds_exactly_the_rows_of_the_list(login, office: User, leader: User) -> None:
    seat = MandateFactory(deputy__name="王芳")
    closed(came=[seat.deputy], by=office, title="=1+1", leaders=[leader], held_on=date(2026, 3, 5))
    planned(by=office, held_on=date(2025, 3, 5))
    answer = login(office).get(reverse("activities:export"), {"year": "2026"})
    note, headings, *rows = sheet(answer)
    assert "年度：2026" in note[0]
    assert "共 1 场" in note[0]
    assert headings == HEADINGS
    [row] = [dict(zip(HEADINGS, row, strict=True)) for row in rows]
    assert row["活动名称"] == "=1+1"
    assert row["到场代表委员"] == "王芳"
    assert row["实到（人次）"] == 1
    assert row["实到构成"] == "区人大代表1人"
    assert row["出席领导"] == "李副检"
    assert AuditEvent.objects.filter(action="activity.exported").count() == 1


# --- register and edit ----------------------------------------------------------------------------


def test_the_office_registers_an_activity_with_those_invited(login, office: User) -> None:
    deputies = DeputyFactory.create_batch(2)
    answer = login(office).post(reverse("activities:new"), typed(office, deputies=[d.pk for d in deputies]))
    activity = Activity.objects.get()
    assert answer.url == reverse("activities:detail", args=[activity.pk])
    assert activity.attendances.count() == 2


def test_a_coming_day_may_be_registered(login, office: User) -> None:
    day = timezone.localdate() + timedelta(days=30)
    login(office).post(reverse("activities:new"), typed(office, held_on=day.isoformat()))
    assert Activity.objects.coming(timezone.localdate()).count() == 1


def test_what_was_typed_stays_when_something_is_wrong(login, office: User) -> None:
    wang = DeputyFactory(name="王芳")
    answer = login(office).post(reverse("activities:new"), typed(office, title="", deputies=[wang.pk], summary="保留"))
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "保留" in text
    assert 'data-label="王芳"' in text
    assert not Activity.objects.exists()


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("summary", "旁听（2026）苏0205刑初12号案件庭审", "案号"),
        ("title", "身份证32020519800101123X", "身份证"),
        ("ends_at", "09:00", "开始时间"),
    ],
)
def test_what_may_not_be_written_is_refused_with_the_reason(
    login, office: User, field: str, value: str, words: str
) -> None:
    answer = login(office).post(reverse("activities:new"), typed(office, **{field: value}))
    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_a_secret_word_asks_back_once(login, office: User) -> None:
    client, facts = login(office), typed(office, summary="介绍商业秘密保护")
    assert client.post(reverse("activities:new"), facts).status_code == 422
    assert client.post(reverse("activities:new"), facts | {"sensitive_ok": "on"}).status_code == 302


def test_the_end_is_not_before_the_start(login, office: User) -> None:
    answer = login(office).post(reverse("activities:new"), typed(office, starts_at="10:00", ends_at="09:00"))
    assert answer.status_code == 422
    assert answer.context["form"].errors == {"ends_at": ["结束时间不能早于开始时间。"]}


def test_a_handler_cannot_register_for_another_department(login, handler: User, other_handler: User) -> None:
    answer = login(handler).post(reverse("activities:new"), typed(other_handler))
    assert answer.status_code == 422
    assert not Activity.objects.exists()


def test_the_form_cites_the_law_on_inviting_deputies(login, office: User) -> None:
    assert "代表法第四十六条" in login(office).get(reverse("activities:new")).content.decode()


def edit_url(activity: Activity) -> str:
    return reverse("activities:edit", args=[activity.pk])


def test_an_edit_is_saved(login, office: User) -> None:
    activity = planned(by=office)
    answer = login(office).post(edit_url(activity), typed(office, version=1, title="新名称"))
    assert answer.status_code == 302
    assert Activity.objects.get().title == "新名称"


def test_the_second_editor_keeps_the_text_sees_the_other_and_may_save_again(login, office: User) -> None:
    activity = planned(by=office)
    actions.edit(activity=activity, expected=1, by=office, place="他人写的地点")
    client = login(office)
    answer = client.post(edit_url(activity), typed(office, version=1, place="我写的地点"))
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "我写的地点" in text
    assert "他人写的地点" in text
    assert Activity.objects.get().place == "他人写的地点"
    again = answer.context["form"]["version"].value()
    assert client.post(edit_url(activity), typed(office, version=again, place="我写的地点")).status_code == 302


def test_an_edit_without_version_is_400(login, office: User) -> None:
    activity = planned(by=office)
    assert login(office).post(edit_url(activity), typed(office)).status_code == 400


def test_a_handler_of_another_department_looks_but_gets_404_on_edit(login, handler: User, other_handler: User) -> None:
    activity, client = planned(by=handler), login(other_handler)
    page = client.get(reverse("activities:detail", args=[activity.pk]))
    assert page.status_code == 200
    assert edit_url(activity) not in page.content.decode()
    assert client.get(edit_url(activity)).status_code == 404


# --- who comes, who came --------------------------------------------------------------------------


def test_one_tap_ticks_one_person_and_shows_what_is_stored(login, office: User) -> None:
    activity = planned(by=office, deputies=2)
    first, second = activity.attendances.order_by("pk")
    answer = login(office).post(reverse("activities:came", args=[first.pk]), {"came": "1"}, headers=HTMX)
    text = answer.content.decode()
    assert 'aria-checked="true"' in text
    assert "<b>1</b><i>人次</i>" in text
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.came, second.came) == (True, None)


def test_a_tick_is_taken_back_by_a_second_tap(login, office: User) -> None:
    attendance = planned(by=office, deputies=1).attendances.get()
    url, client = reverse("activities:came", args=[attendance.pk]), login(office)
    client.post(url, {"came": "1"}, headers=HTMX)
    assert 'aria-checked="false"' in client.post(url, {"came": "0"}, headers=HTMX).content.decode()


def test_everybody_came_leaves_out_who_declined(login, office: User) -> None:
    activity = planned(by=office, deputies=3)
    declined = activity.attendances.first()
    actions.respond(attendance=declined, response=Response.DECLINED, by=office)
    url, client = reverse("activities:tick", args=[activity.pk]), login(office)
    client.post(url, {"whole": "all"}, headers=HTMX)
    assert activity.attendances.came().count() == 2
    assert declined not in activity.attendances.came()
    client.post(url, {"whole": "none"}, headers=HTMX)
    assert not activity.attendances.came().exists()


@pytest.mark.parametrize(("name", "field"), [("came", "came"), ("response", "response")])
def test_nonsense_in_a_tap_is_422(login, office: User, name: str, field: str) -> None:
    attendance = planned(by=office, deputies=1).attendances.get()
    answer = login(office).post(reverse(f"activities:{name}", args=[attendance.pk]), {field: "x"}, headers=HTMX)
    assert answer.status_code == 422


def test_an_answer_is_recorded(login, office: User) -> None:
    attendance = planned(by=office, deputies=1).attendances.get()
    url = reverse("activities:response", args=[attendance.pk])
    assert "请假" in login(office).post(url, {"response": "declined"}, headers=HTMX).content.decode()
    attendance.refresh_from_db()
    assert attendance.response == Response.DECLINED


def test_people_are_invited_from_the_page_and_taken_off(login, office: User) -> None:
    activity, wang, client = planned(by=office), DeputyFactory(name="王芳"), login(office)
    url = reverse("activities:invite", args=[activity.pk])
    assert client.post(url, {}, headers=HTMX).status_code == 422
    assert "王芳" in client.post(url, {"deputies": [wang.pk]}, headers=HTMX).content.decode()
    attendance = activity.attendances.get()
    answer = client.post(reverse("activities:uninvite", args=[attendance.pk]), headers=HTMX)
    assert "王芳" not in answer.content.decode()


def test_before_the_day_there_is_nothing_to_tick(login, office: User) -> None:
    activity = planned(by=office, deputies=1, held_on=timezone.localdate() + timedelta(days=3))
    page = login(office).get(reverse("activities:detail", args=[activity.pk])).content.decode()
    assert "aria-checked" not in page
    assert (
        "还没到日期"
        in login(office)
        .post(reverse("activities:came", args=[activity.attendances.get().pk]), {"came": "1"}, headers=HTMX)
        .content.decode()
    )


# --- close, reopen, cancel ------------------------------------------------------------------------


def test_the_closing_dialog_says_who_came_and_who_counts_as_absent(login, office: User) -> None:
    wang, li = DeputyFactory(name="王芳"), DeputyFactory(name="李强")
    activity = planned(by=office, deputies=[wang, li])
    actions.mark(attendance=activity.attendances.get(deputy=wang), came=True, by=office)
    url, client = reverse("activities:close", args=[activity.pk]), login(office)
    dialog = client.get(url, headers=HTMX).content.decode()
    assert "王芳" in dialog
    assert "按未到场记录：李强" in dialog
    page = client.post(url, follow=True)
    assert "1 人次的联络已写入联络台账" in page.content.decode()
    assert Contact.objects.count() == 1


def test_closing_without_anybody_is_refused_in_words(login, office: User) -> None:
    activity = planned(by=office, deputies=1)
    answer = login(office).post(reverse("activities:close", args=[activity.pk]))
    assert answer.status_code == 409
    assert "请先勾选到场人员" in answer.content.decode()


def test_reopen_and_cancel_from_the_page(login, office: User) -> None:
    activity, client = closed(came=[DeputyFactory()], by=office), login(office)
    assert "重新打开" in client.post(reverse("activities:reopen", args=[activity.pk]), follow=True).content.decode()
    assert (
        "记录同时撤回" in client.get(reverse("activities:cancel", args=[activity.pk]), headers=HTMX).content.decode()
    )
    client.post(reverse("activities:cancel", args=[activity.pk]))
    assert not Contact.objects.standing().exists()


# --- in the file of a deputy ----------------------------------------------------------------------


def test_the_file_of_a_deputy_shows_what_was_attended_and_what_comes_never_what_was_missed(
    login, office: User
) -> None:
    wang, other = DeputyFactory(name="王芳"), DeputyFactory()
    soon = timezone.localdate() + timedelta(days=3)
    closed(came=[wang], by=office, title="来过的")
    planned(by=office, deputies=[wang], title="将来的", held_on=soon)
    declined = planned(by=office, deputies=[wang], title="请假的", held_on=soon)
    actions.respond(attendance=declined.attendances.get(), response=Response.DECLINED, by=office)
    missed = planned(by=office, deputies=[wang, other], title="没来的")
    actions.tick(activity=missed, came=[other.pk], by=office)
    actions.close(activity=missed, by=office)
    text = login(office).get(reverse("activities:of-deputy", args=[wang.pk]), headers=HTMX).content.decode()
    assert "来过的" in text
    assert "将来的" in text
    assert "请假的" not in text
    assert "没来的" not in text
