"""What is taken down in session: once, by those who listen, correctable, never lost."""

import uuid
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from common.denied import Denied, Stale
from deputies import actions as deputies
from staff.models import AuditEvent, Department, User
from suggestions import actions
from suggestions.models import Hearing, Utterance
from tests.deputies.factories import person
from tests.factories import TermFactory, UserFactory
from tests.suggestions.hearings import DAY, WORDS, hearing, said

pytestmark = pytest.mark.django_db
BEIJING = ZoneInfo("Asia/Shanghai")


@pytest.fixture
def meeting(office: User, handler: User) -> Hearing:
    return hearing(office, listeners=[handler])


def url(name: str, pk: int) -> str:
    return reverse(f"suggestions:{name}", args=[pk])


def sent(**fields: Any) -> dict[str, Any]:
    return {"idempotency_key": str(uuid.uuid4()), "words": WORDS, "heard_as": "后排女代表", **fields}


# --- the meetings ---


def test_the_office_enters_a_meeting_and_finds_it_with_its_count(client: Client, office: User) -> None:
    client.force_login(office)
    facts = {"term": TermFactory().pk, "session": "五次会议", "meeting": "delegation", "group": "甘露镇代表团"}
    answer = client.post(reverse("suggestions:hearing-new"), {**facts, "held_on": "2026-01-09"})
    made = Hearing.objects.get()
    assert answer["Location"].endswith(f"hearing={made.pk}")
    said(made, office)
    page = client.get(reverse("suggestions:hearings"), {"year": "2026"}).content.decode()
    assert "知禾区第5届人大五次会议 甘露镇代表团" in page
    assert "发言 <b>1</b> 条" in page
    assert "没有旁听场次" in client.get(reverse("suggestions:hearings"), {"body": "cppcc"}).content.decode()


def test_the_same_meeting_twice_is_refused_in_words(client: Client, office: User, meeting: Hearing) -> None:
    client.force_login(office)
    facts = {"term": meeting.term_id, "session": "五次会议", "meeting": "delegation", "group": "甘露镇代表团"}
    answer = client.post(reverse("suggestions:hearing-new"), {**facts, "held_on": "2026-01-09"})
    assert answer.status_code == 409
    assert "已经登记" in answer.content.decode()


def test_a_meeting_where_nothing_was_said_can_go_another_cannot(office: User, meeting: Hearing) -> None:
    said(meeting, office)
    with pytest.raises(Denied, match="已有发言"):
        actions.remove_hearing(hearing=meeting, by=office)
    empty = hearing(office, group="荷塘镇代表团")
    actions.remove_hearing(hearing=empty, by=office)
    assert not Hearing.objects.filter(pk=empty.pk).exists()


def test_two_who_edit_a_meeting_the_second_is_told(client: Client, office: User, meeting: Hearing) -> None:
    client.force_login(office)
    facts = {"term": meeting.term_id, "session": "五次会议", "meeting": "delegation", "held_on": "2026-01-09"}
    assert client.post(url("hearing-edit", meeting.pk), facts).status_code == 400
    actions.edit_hearing(hearing=meeting, expected=1, by=office, place="三楼")
    answer = client.post(url("hearing-edit", meeting.pk), {**facts, "place": "四楼", "version": 1})
    assert answer.status_code == 409
    meeting.refresh_from_db()
    assert meeting.place == "三楼"


def test_a_handler_sees_only_where_he_listens(client: Client, office: User, handler: User, meeting: Hearing) -> None:
    other = hearing(office, group="荷塘镇代表团")
    said(other, office, "荷塘镇的话")
    client.force_login(handler)
    page = client.get(reverse("suggestions:hearings")).content.decode()
    assert "甘露镇代表团" in page
    assert "荷塘镇代表团" not in page
    desk = reverse("suggestions:hearing-desk")
    assert "荷塘镇的话" not in client.get(desk).content.decode()
    assert client.get(desk, {"hearing": other.pk}).status_code == 404
    assert client.get(desk, {"hearing": meeting.pk}).status_code == 200


# --- taking down ---


def test_an_utterance_sent_twice_is_there_once(client: Client, handler: User, meeting: Hearing) -> None:
    client.force_login(handler)
    data = sent(said_at="2026-01-09T01:12:00.000Z", written_by=handler.pk)
    for _ in range(2):
        answer = client.post(url("say", meeting.pk), data, headers={"HX-Request": "true"})
        assert f'data-saved="{data["idempotency_key"]}"' in answer.content.decode()
    one = Utterance.objects.get()
    assert one.said_at == datetime(2026, 1, 9, 9, 12, tzinfo=BEIJING)
    assert (one.words, one.by_whom, one.recorded_by) == (WORDS, "后排女代表", handler)


def test_a_key_of_somebody_else_tells_nothing(office: User, handler: User, meeting: Hearing) -> None:
    key = said(meeting, office, "办公室记的话").idempotency_key
    with pytest.raises(Denied, match="页面已失效"):
        said(meeting, handler, idempotency_key=key)


def test_what_waits_for_another_writer_is_not_sent(client: Client, office: User, meeting: Hearing) -> None:
    client.force_login(office)
    assert client.post(url("say", meeting.pk), sent(written_by=office.pk + 1)).status_code == 403
    assert not Utterance.objects.exists()


def test_who_does_not_listen_cannot_record(leader: User, handler: User, office: User) -> None:
    elsewhere = hearing(office)
    for user in (leader, handler):
        with pytest.raises(Denied, match="旁听人员"):
            said(elsewhere, user, speaker=person(by=office))


def test_a_case_number_is_refused_and_secret_words_ask_back(client: Client, office: User, meeting: Hearing) -> None:
    client.force_login(office)
    refused = client.post(url("say", meeting.pk), sent(words="说到（2026）苏0205刑初12号"))
    assert refused.status_code == 422
    assert "12309" in refused.content.decode()
    asked = client.post(url("say", meeting.pk), sent(words="商业秘密保护要加强"))
    assert asked.status_code == 422
    assert client.post(url("say", meeting.pk), sent(words="商业秘密保护要加强", sensitive_ok="on")).status_code == 302
    assert Utterance.objects.get().words == "商业秘密保护要加强"


def test_nobody_or_nothing_said_is_refused(client: Client, office: User, meeting: Hearing) -> None:
    client.force_login(office)
    assert "请选择发言人" in client.post(url("say", meeting.pk), sent(heard_as="")).content.decode()
    assert client.post(url("say", meeting.pk), sent(words="  ")).status_code == 422
    assert not Utterance.objects.exists()


def test_after_the_end_only_what_was_said_before_it_still_arrives(
    office: User, handler: User, meeting: Hearing
) -> None:
    actions.close_hearing(hearing=meeting, by=handler)
    meeting.refresh_from_db()
    late = said(meeting, handler, speaker=person(by=office), said_at=meeting.closed_at - timedelta(minutes=3))
    assert late.pk
    with pytest.raises(Denied, match="已结束记录"):
        said(meeting, handler, speaker=late.speaker)
    actions.reopen_hearing(hearing=meeting, by=office)
    meeting.refresh_from_db()
    assert said(meeting, handler, speaker=late.speaker).pk


def test_a_clock_that_is_fast_does_not_put_words_into_the_future(office: User, meeting: Hearing) -> None:
    one = said(meeting, office, said_at=timezone.now() + timedelta(days=2))
    assert one.said_at <= timezone.now()


def test_the_page_offers_those_of_the_delegation_first_and_only_who_sits(client: Client, office: User) -> None:
    term = TermFactory()
    for name, group in (("安然", "荷塘镇代表团"), ("周稻香", "甘露镇代表团")):
        deputy = deputies.register_deputy(by=office, name=name)
        deputies.give_seat(deputy=deputy, term=term, by=office, group=group)
    person("张晓北", by=office, seated=False)
    client.force_login(office)
    page = client.get(url("capture", hearing(office).pk)).content.decode()
    assert page.index("周稻香") < page.index("安然")
    assert "张晓北" not in page
    assert 'data-find="周稻香 zhoudaoxiang zdx"' in page


def test_the_page_asks_the_database_no_more_the_more_was_said(
    client: Client, office: User, handler: User, meeting: Hearing, django_assert_max_num_queries: Any
) -> None:
    client.force_login(handler)
    speaker = person(by=office)
    for number in range(12):
        said(meeting, handler, f"第{number}条", speaker)
    with django_assert_max_num_queries(22):
        client.get(url("capture", meeting.pk))
    with django_assert_max_num_queries(35):
        client.get(reverse("suggestions:hearing-desk"))


# --- correcting ---


def test_a_correction_keeps_the_key_and_moves_the_version(client: Client, handler: User, meeting: Hearing) -> None:
    one = said(meeting, handler)
    client.force_login(handler)
    data = {**sent(words="联络点放到村里"), "version": 1}
    answer = client.post(url("utterance-correct", one.pk), data, headers={"HX-Request": "true"})
    assert f'data-saved="{data["idempotency_key"]}"' in answer.content.decode()
    assert answer["HX-Reswap"] == "none"
    one.refresh_from_db()
    assert (one.words, one.version, one.speaker, one.heard_as) == ("联络点放到村里", 2, None, "后排女代表")
    again = client.post(url("utterance-correct", one.pk), data, headers={"HX-Request": "true"})
    assert again.status_code == 200  # its answer was lost on the way
    with pytest.raises(Stale):
        actions.correct_utterance(utterance=one, expected=1, by=handler, words="别的", heard_as="某某")


def test_a_name_as_heard_is_found_on_the_roster_later(office: User, meeting: Hearing) -> None:
    one = said(meeting, office, heard_as="后排女代表")
    found = person("周稻香", by=office)
    actions.correct_utterance(utterance=one, expected=1, by=office, words=one.words, speaker=found)
    one.refresh_from_db()
    assert (one.by_whom, one.heard_as) == ("周稻香", "")


def test_a_correction_without_its_version_is_broken(client: Client, office: User, meeting: Hearing) -> None:
    client.force_login(office)
    assert client.post(url("utterance-correct", said(meeting, office).pk), sent()).status_code == 400


def test_of_a_colleague_only_the_office_corrects(office: User, department: Department, meeting: Hearing) -> None:
    colleague = UserFactory(role="handler", department=department)
    meeting.listeners.add(colleague)
    one = said(meeting, colleague, speaker=person(by=office))
    other = meeting.listeners.exclude(pk=colleague.pk).get()
    with pytest.raises(Denied, match="只有记录人和办公室"):
        actions.remove_utterance(utterance=one, by=other)
    actions.close_hearing(hearing=meeting, by=office)
    one = Utterance.objects.get()
    with pytest.raises(Denied, match="已结束记录"):
        actions.remove_utterance(utterance=one, by=colleague)
    actions.remove_utterance(utterance=one, by=office)


def test_what_is_removed_counts_nowhere_and_comes_back(client: Client, office: User, meeting: Hearing) -> None:
    one = said(meeting, office, "说错的话")
    client.force_login(office)
    answer = client.post(url("utterance-remove", one.pk), headers={"HX-Request": "true"}).content.decode()
    assert url("utterance-restore", one.pk) in answer
    desk = reverse("suggestions:hearing-desk")
    assert "说错的话" not in client.get(desk).content.decode()
    client.post(url("utterance-remove", one.pk))  # twice is once
    client.post(url("utterance-restore", one.pk))
    assert "说错的话" in client.get(desk).content.decode()
    assert AuditEvent.objects.filter(action="utterance.removed").count() == 1


def test_the_trail_never_says_what_was_said(office: User, meeting: Hearing) -> None:
    actions.remove_utterance(utterance=said(meeting, office), by=office)
    trail = str(list(AuditEvent.objects.values()))
    assert WORDS not in trail


# --- the database refuses nonsense ---


@pytest.mark.parametrize(
    ("nonsense", "name"),
    [
        ({"words": ""}, "utterance_words_not_blank"),
        ({"speaker": None, "heard_as": ""}, "utterance_of_somebody"),
        ({"withdrawn_at": datetime(2026, 1, 9, tzinfo=BEIJING)}, "utterance_withdrawn_at_with_withdrawn_by"),
    ],
)
def test_an_utterance_makes_sense(office: User, meeting: Hearing, nonsense: dict[str, Any], name: str) -> None:
    one = said(meeting, office)
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Utterance.objects.filter(pk=one.pk).update(**nonsense)


@pytest.mark.parametrize(
    ("nonsense", "name"),
    [({"meeting": "party"}, "hearing_meeting_known"), ({"session": ""}, "hearing_session_not_blank")],
)
def test_a_meeting_makes_sense(meeting: Hearing, nonsense: dict[str, str], name: str) -> None:
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Hearing.objects.filter(pk=meeting.pk).update(**nonsense)


def test_one_meeting_is_there_once(office: User, meeting: Hearing) -> None:
    other = hearing(office, group="荷塘镇代表团", held_on=DAY)
    with pytest.raises(IntegrityError), transaction.atomic():
        Hearing.objects.filter(pk=other.pk).update(group="甘露镇代表团")
    assert date(2026, 1, 9) == other.held_on
