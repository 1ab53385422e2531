"""审议意见分解: many voices, one point; one voice, several departments; undone while nobody has got it; two tables."""

from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from common.denied import Denied
from deputies import actions as deputies
from staff.models import AuditEvent, Department, User
from suggestions import actions, stats
from suggestions.models import Hearing, Kind, OurRole, Point, ProposerRole, Share, Suggestion, Utterance, Voice
from suggestions.workflow import SuggestionState
from tests.deputies.factories import person
from tests.factories import DepartmentFactory, TermFactory
from tests.suggestions.factories import answer, registered, verdict
from tests.suggestions.hearings import DAY, hearing, point, said

pytestmark = pytest.mark.django_db
DESK = reverse("suggestions:hearing-desk")
ASSIGNED = date(2026, 1, 20)


@pytest.fixture
def meeting(office: User) -> Hearing:
    return hearing(office)


def assign(made: Point, office: User) -> list[Suggestion]:
    actions.assign_shares(shares=made.shares.all(), assigned_on=ASSIGNED, by=office)
    return [share.suggestion for share in made.shares.select_related("suggestion").order_by("pk")]


def sheet(client: Client, name: str, **query: Any) -> list[tuple[Any, ...]]:
    """Note, headings, rows."""
    content = client.get(reverse(f"suggestions:{name}"), query).content
    return list(load_workbook(BytesIO(content)).active.iter_rows(values_only=True))


# --- from words to suggestions ---


def test_several_voices_become_one_suggestion_of_all_who_spoke(
    office: User, department: Department, meeting: Hearing
) -> None:
    first, second = said(meeting, office, "放到村里"), said(meeting, office, "贴到公开栏")
    again = said(meeting, office, "再说一句", speaker=first.speaker)
    made = point([again, second, first], department, by=office)
    one = Suggestion.objects.get()
    assert (one.kind, one.title, one.session, one.received_on) == (
        Kind.DELIBERATION,
        "在村里增设涉农检察联络点",
        "五次会议",
        DAY,
    )
    assert list(one.proposers.order_by("pk").values_list("deputy", "role")) == [
        (first.speaker_id, ProposerRole.LEAD),
        (second.speaker_id, ProposerRole.JOINT),
    ]
    assert one.text == ""  # nobody's words stand under somebody else's name
    assert [voice.utterance.words for voice in made.voices.order_by("utterance")] == [
        "放到村里",
        "贴到公开栏",
        "再说一句",
    ]


def test_a_voice_that_stands_alone_keeps_its_words(office: User, department: Department, meeting: Hearing) -> None:
    point([said(meeting, office, "放到村里")], department, by=office)
    assert Suggestion.objects.get().text == "放到村里"


def test_one_voice_goes_to_several_departments(office: User, department: Department, meeting: Hearing) -> None:
    other = DepartmentFactory(name="第二检察部", short_name="二部")
    made = point([said(meeting, office)], department, other, by=office)
    ours, theirs = assign(made, office)
    assert (ours.department, theirs.department) == (department, other)
    assert theirs.title == "在村里增设涉农检察联络点（二部）"
    assert {ours.our_role, theirs.our_role} == {OurRole.SEPARATE}


def test_one_voice_may_hold_two_points(office: User, department: Department, meeting: Hearing) -> None:
    one = said(meeting, office)
    point([one], department, by=office)
    point([one], department, by=office, summary="公布联系检察官的电话")
    assert Suggestion.objects.count() == 2


def test_a_second_click_does_not_decompose_twice(office: User, department: Department, meeting: Hearing) -> None:
    one = said(meeting, office)
    point([one], department, by=office)
    with pytest.raises(Denied, match="没有重复登记"), transaction.atomic():
        point([one], department, by=office)
    assert Point.objects.count() == 1


def test_the_day_of_the_table_becomes_the_deadline(office: User, department: Department, meeting: Hearing) -> None:
    made = point([said(meeting, office)], department, by=office, due_on=date(2026, 6, 30))
    [one] = assign(made, office)
    assert (one.state, one.due_on, one.our_role) == (SuggestionState.HANDLING, date(2026, 6, 30), OurRole.SOLE)
    assert "审议意见分解表" in one.due_reason


def test_without_a_day_the_rules_say_the_deadline(office: User, department: Department, meeting: Hearing) -> None:
    [one] = assign(point([said(meeting, office)], department, by=office), office)
    assert one.due_on
    assert one.due_on > ASSIGNED


# --- what is refused ---


def test_a_speaker_must_be_known_first(office: User, department: Department, meeting: Hearing) -> None:
    unknown = said(meeting, office, heard_as="后排女代表")
    with pytest.raises(Denied, match="“后排女代表”还没有认定"):
        point([unknown, said(meeting, office)], department, by=office)


def test_voices_of_two_sessions_do_not_become_one(office: User, department: Department, meeting: Hearing) -> None:
    other = hearing(office, session="四次会议", held_on=date(2025, 1, 9))
    with pytest.raises(Denied, match="同一次会议"):
        point([said(meeting, office), said(other, office)], department, by=office)
    elsewhere = hearing(office, group="荷塘镇代表团")
    assert point([said(meeting, office), said(elsewhere, office)], department, by=office).pk


def test_a_deadline_before_the_meeting_is_refused(office: User, department: Department, meeting: Hearing) -> None:
    with pytest.raises(Denied, match="不能早于会议日期"):
        point([said(meeting, office)], department, by=office, due_on=date(2026, 1, 8))


def test_removed_or_set_aside_words_are_not_decomposed(office: User, department: Department, meeting: Hearing) -> None:
    gone, praise = said(meeting, office), said(meeting, office)
    actions.remove_utterance(utterance=gone, by=office)
    actions.set_aside(utterances=[praise], reason="肯定工作", by=office)
    with pytest.raises(Denied, match="已删除"):
        point([gone], department, by=office)
    with pytest.raises(Denied, match="不需办理"):
        point([praise], department, by=office)
    actions.take_up(utterance=praise, by=office)
    assert point([praise], department, by=office).pk


def test_only_the_office_decomposes(handler: User, leader: User, office: User, department: Department) -> None:
    one = said(hearing(office, listeners=[handler]), handler, speaker=person(by=office))
    for user in (handler, leader):
        with pytest.raises(Denied, match="由办公室"):
            point([one], department, by=user)
        with pytest.raises(Denied, match="由办公室"):
            actions.set_aside(utterances=[one], reason="肯定", by=user)


def test_decomposed_words_stand_still(office: User, department: Department, meeting: Hearing) -> None:
    one = said(meeting, office)
    point([one], department, by=office)
    one = Utterance.objects.get()
    for refused in (
        lambda: actions.remove_utterance(utterance=one, by=office),
        lambda: actions.correct_utterance(utterance=one, expected=1, by=office, words="别的", speaker=one.speaker),
        lambda: actions.set_aside(utterances=[one], reason="肯定", by=office),
    ):
        with pytest.raises(Denied, match="撤销分解"):
            refused()
    with pytest.raises(Denied, match="已经分解"):
        actions.edit_hearing(hearing=meeting, expected=1, by=office, session="六次会议")


# --- undo ---


def test_undone_while_nobody_has_got_it(office: User, department: Department, meeting: Hearing) -> None:
    one = said(meeting, office)
    made = point([one], department, DepartmentFactory(), by=office)
    actions.take_apart(point=made, by=office)
    assert not Suggestion.objects.exists()
    assert not Share.objects.exists()
    assert Utterance.objects.open().get() == one
    assert point([one], department, by=office).pk


def test_not_undone_once_a_department_has_it(office: User, department: Department, meeting: Hearing) -> None:
    made = point([said(meeting, office)], department, by=office)
    [one] = assign(made, office)
    with pytest.raises(Denied, match="已经交办"):
        actions.take_apart(point=made, by=office)
    actions.hand_back(suggestion=one, reason="不属本部门", by=office)
    with pytest.raises(Denied, match="已经交办"):
        actions.take_apart(point=made, by=office)


def test_a_withdrawn_suggestion_leaves_its_words_open_again(
    office: User, department: Department, meeting: Hearing
) -> None:
    one = said(meeting, office)
    made = point([one], department, by=office)
    actions.withdraw(suggestion=made.shares.get().suggestion, by=office, reason="登记有误")
    assert Utterance.objects.open().get() == one
    assert not Point.objects.standing().exists()
    with pytest.raises(Denied, match="没有待交办"):
        assign(made, office)


# --- the page ---


def test_each_number_of_the_meter_shows_just_its_rows(
    client: Client, office: User, department: Department, meeting: Hearing
) -> None:
    rows = [said(meeting, office, f"第{number}句话") for number in range(6)]
    point(rows[:2], department, by=office)
    actions.set_aside(utterances=rows[2:3], reason="肯定工作", by=office)
    counted = stats.meter(Utterance.objects.all())
    assert (counted.said, counted.decomposed, counted.aside, counted.open) == (6, 2, 1, 3)
    client.force_login(office)
    for show, number in (("", 6), ("decomposed", 2), ("aside", 1), ("open", 3)):
        page = client.get(DESK, {"hearing": meeting.pk, **({"show": show} if show else {})}).content.decode()
        assert f'data-count="{number}"' in page
        assert page.count('<span class="words">') == number
        assert f"<b>{number}</b> 条" in page


def test_the_page_merges_by_its_form_and_keeps_what_was_typed(
    client: Client, office: User, leader: User, department: Department, meeting: Hearing
) -> None:
    rows = [said(meeting, office), said(meeting, office)]
    client.force_login(office)
    where = f"{reverse('suggestions:decompose')}?hearing={meeting.pk}"
    data = {"utterances": [row.pk for row in rows], "summary": "联络点进村", "leader": leader.pk}
    refused = client.post(where, data)
    assert refused.status_code == 422
    page = refused.content.decode()
    assert "联络点进村" in page
    assert page.count(" checked") == 2
    done = client.post(where, {**data, "departments": [department.pk]})
    assert done["Location"] == f"{DESK}?hearing={meeting.pk}"
    assert Point.objects.get().voices.count() == 2
    assert client.post(where, {**data, "departments": [department.pk]}).status_code == 409


def test_the_page_sets_aside_and_takes_up_and_undoes(
    client: Client, office: User, department: Department, meeting: Hearing
) -> None:
    praise, one = said(meeting, office), said(meeting, office)
    client.force_login(office)
    where = reverse("suggestions:set-aside")
    assert client.post(where, {"utterances": [praise.pk], "reason": ""}).status_code == 422
    client.post(where, {"utterances": [praise.pk], "reason": "肯定工作"})
    assert Utterance.objects.set_aside().get() == praise
    client.post(reverse("suggestions:take-up", args=[praise.pk]))
    assert not Utterance.objects.set_aside().exists()
    made = point([one], department, by=office)
    client.post(reverse("suggestions:take-apart", args=[made.pk]))
    assert not Point.objects.exists()


def test_all_that_waits_is_assigned_in_one_act(
    client: Client, office: User, department: Department, meeting: Hearing
) -> None:
    point([said(meeting, office)], department, by=office)
    point([said(meeting, office)], department, by=office, summary="法治副校长进职校")
    client.force_login(office)
    assert "交办 2 条" in client.get(DESK).content.decode()
    client.post(reverse("suggestions:assign-shares"), {"assigned_on": "2026-01-20"})
    assert {one.state for one in Suggestion.objects.all()} == {SuggestionState.HANDLING}
    assert client.post(reverse("suggestions:assign-shares"), {"assigned_on": "2026-01-20"}).status_code == 409


def test_a_department_reads_the_words_on_its_suggestion(
    client: Client, office: User, handler: User, meeting: Hearing
) -> None:
    rows = [said(meeting, office, "放到村里"), said(meeting, office, "贴到公开栏")]
    [one] = assign(point(rows, handler.department, by=office), office)
    client.force_login(handler)
    page = client.get(reverse("suggestions:detail", args=[one.pk])).content.decode()
    assert "会上原话" in page
    assert "放到村里" in page
    assert "贴到公开栏" in page


def test_a_leader_looks_and_changes_nothing(
    client: Client, leader: User, office: User, department: Department
) -> None:
    point([said(hearing(office), office, "放到村里")], department, by=office)
    client.force_login(leader)
    page = client.get(DESK).content.decode()
    assert "放到村里" in page
    for word in ("分解所选发言", "撤销分解", "记录发言", "更正"):
        assert word not in page


@pytest.mark.parametrize("query", [{"show": "nonsense"}, {"session": "9-无"}, {"hearing": "x"}, {"year": "1066"}])
def test_a_broken_link_is_400(client: Client, office: User, query: dict[str, str]) -> None:
    client.force_login(office)
    assert client.get(DESK, query).status_code == 400


# --- the tables ---


def test_the_breakdown_tells_of_everybody_heard(
    client: Client, office: User, leader: User, department: Department, meeting: Hearing
) -> None:
    who = person("周稻香", by=office)
    merged = [said(meeting, office, "放到村里", who), said(meeting, office, "贴到公开栏", who)]
    praise = said(meeting, office, "办得好", person("杜雨", by=office))
    said(meeting, office, "还没分", heard_as="后排女代表")
    actions.set_aside(utterances=[praise], reason="肯定工作", by=office)
    [one] = assign(point(merged, department, by=office, leader=leader), office)
    actions.add_step(suggestion=one, happened_on=date(2026, 3, 5), what="走访四个村", by=office)
    verdict(answer(one, office, summary="已设十二个点"), office)
    client.force_login(office)
    note, headings, first, *others = sheet(client, "breakdown-export", year="2026")
    expected = (
        "序号|代表团/小组|发言人|原话|归纳意见|责任领导|责任部门|落实措施|完成时限|落实情况|反馈方式|反馈日期|代表评价"
    )
    assert headings == tuple(expected.split("|"))
    assert "发言4条，本表3行" in note[0]
    assert first[1:3] == ("甘露镇代表团", "周稻香")
    assert "放到村里" in first[3]
    assert "贴到公开栏" in first[3]
    assert first[4:8] == ("在村里增设涉农检察联络点", leader.name, department.name, "2026年3月5日走访四个村")
    assert first[9:11] == ("已设十二个点", "书面答复")
    assert "对办理结果满意" in first[12]
    assert [(row[2], row[4]) for row in others] == [("杜雨", "不需办理：肯定工作"), ("后排女代表", "待分解")]
    assert AuditEvent.objects.filter(action="breakdown.exported").count() == 1


def test_annex_five_names_all_who_spoke_with_their_group(client: Client, office: User, department: Department) -> None:
    term = TermFactory()
    speakers = []
    for name, group in (("杜雨", "甘露镇代表团"), ("安然", "荷塘镇代表团"), ("周稻香", "甘露镇代表团")):
        deputy = deputies.register_deputy(by=office, name=name)
        deputies.give_seat(deputy=deputy, term=term, by=office, group=group)
        speakers.append(deputy)
    meeting = hearing(office)
    rows = [said(meeting, office, f"{each.name}的话", each) for each in speakers]
    other = DepartmentFactory(name="第二检察部")
    ours, _ = assign(point(rows, department, other, by=office), office)
    answer(ours, office, summary="已设十二个点")
    client.force_login(office)
    page = client.get(reverse("suggestions:annex"), {"year": "2026"}).content.decode()
    assert "杜雨、周稻香（甘露镇代表团）、安然（荷塘镇代表团）" in page
    assert "杜雨的话" not in page  # the words stay apart
    _, headings, row = sheet(client, "annex-export", year="2026")
    assert headings == ("序号", "代表委员姓名及所在团组、界别", "意见建议", "办理和落实情况")
    assert row[2] == "在村里增设涉农检察联络点"
    done, doing = row[3].split("\n")
    assert done == f"{department}：已设十二个点"
    assert doing.startswith("第二检察部：正在办理，")


def test_annex_five_also_tells_what_was_registered_without_a_hearing(
    client: Client, office: User, department: Department
) -> None:
    deputy = person("张晓北", by=office)
    facts = {"kind": Kind.DELIBERATION, "term": TermFactory(), "session": "五次会议", "received_on": DAY}
    one = registered(office, lead=deputy, title="公开听证多请一线职工", **facts)
    registered(office, title="一件建议")
    registered(office, title="去年的意见", **{**facts, "session": "四次会议", "received_on": date(2025, 1, 9)})
    client.force_login(office)
    rows = sheet(client, "annex-export", year="2026")[2:]
    assert [row[1:] for row in rows] == [("张晓北", "公开听证多请一线职工", "待交办。")]
    assert [row[2] for row in sheet(client, "annex-export", year="2025")[2:]] == ["去年的意见"]
    by_session = sheet(client, "annex-export", session=f"{facts['term'].pk}-四次会议")
    assert [row[2] for row in by_session[2:]] == ["去年的意见"]
    assert sheet(client, "annex-export", year="2026", show="open")[2:] == []
    actions.withdraw(suggestion=one, by=office, reason="登记有误")
    assert sheet(client, "annex-export", year="2026")[2:] == []


def test_the_tables_keep_to_the_year_and_the_session(
    client: Client, office: User, department: Department, meeting: Hearing
) -> None:
    last = hearing(office, session="四次会议", held_on=date(2025, 1, 9))
    point([said(meeting, office)], department, by=office, summary="今年的意见")
    point([said(last, office)], department, by=office, summary="去年的意见")
    client.force_login(office)
    for query, there, away in (
        ({"year": "2025"}, "去年的意见", "今年的意见"),
        ({"session": f"{meeting.term_id}-五次会议"}, "今年的意见", "去年的意见"),
    ):
        text = str(sheet(client, "annex-export", **query))
        assert there in text
        assert away not in text
        assert away not in str(sheet(client, "breakdown-export", **query))
    assert "还没有分解" in client.get(reverse("suggestions:annex"), {"year": "2026", "q": "无此话"}).content.decode()


def test_two_files_of_one_person_become_one_with_what_was_said(office: User, meeting: Hearing) -> None:
    kept, lost = person("张晓北", by=office), person("张小北", by=office, seated=False)
    one = said(meeting, office, speaker=lost)
    deputies.merge_deputies(kept=kept, lost=lost, take=(), by=office)
    one.refresh_from_db()
    assert one.speaker == kept


# --- the database refuses nonsense ---


def test_a_voice_and_a_department_stand_once_under_a_point(
    office: User, department: Department, meeting: Hearing
) -> None:
    one = said(meeting, office)
    made = point([one], department, by=office)
    other = point([said(meeting, office)], DepartmentFactory(), by=office, summary="另一条")
    with pytest.raises(IntegrityError), transaction.atomic():
        Voice.objects.create(point=made, utterance=one)
    with pytest.raises(IntegrityError), transaction.atomic():
        other.shares.update(point=made, department=department)
    with pytest.raises(IntegrityError, match="point_summary_not_blank"), transaction.atomic():
        Point.objects.filter(pk=made.pk).update(summary="")
