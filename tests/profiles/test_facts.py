"""The frozen facts: sourced, consented to, never a nought, never a score."""

import json
import re
from datetime import date
from typing import Any

import pytest

from common.texts import clean, clipped
from deputies import actions as deputies
from deputies.models import Body, Deputy, Level
from profiles.facts import build
from staff.models import User
from tests.activities.factories import closed
from tests.deputies.factories import logged, person
from tests.factories import TermFactory
from tests.profiles.factories import TODAY, YEAR, answered, appointed, rich, said, thin, visited
from tests.suggestions import factories as voices

pytestmark = pytest.mark.django_db


def facts_of(deputy: Deputy) -> dict[str, Any]:
    return build(deputy, YEAR, TODAY)


def refs(value: Any) -> list[str]:
    if isinstance(value, dict):
        own = [value["ref"]] if "ref" in value else []
        return own + [ref for part in value.values() for ref in refs(part)]
    return [ref for part in value for ref in refs(part)] if isinstance(value, list) else []


def numbers(facts: dict[str, Any]) -> dict[str, tuple[int, str]]:
    return {figure["label"]: (figure["value"], figure["unit"]) for figure in facts["glance"]}


def test_facts_are_plain_json_and_every_item_names_its_source(office: User) -> None:
    facts = facts_of(rich(by=office))

    assert json.loads(json.dumps(facts)) == json.loads(json.dumps(facts, default=str))
    kinds = {ref.partition(":")[0] for ref in refs(facts)}
    assert kinds == {"deputy", "mandate", "contact", "photo", "suggestion", "step", "reply", "opinion", "appointment"}
    assert all(re.fullmatch(r"[a-z]+:\d+", ref) for ref in refs(facts))


def test_the_same_day_gives_the_same_facts(office: User) -> None:
    deputy = rich(by=office)

    assert facts_of(deputy) == facts_of(deputy)


def test_the_year_at_a_glance_counts_each_unit_apart(office: User) -> None:
    facts = facts_of(rich(by=office))

    assert numbers(facts) == {
        "联络交流": (3, "次"),  # a talk, the open day, the reply in person
        "参加检察活动": (1, "场"),
        "提出建议提案": (1, "件"),
        "得到答复": (1, "件"),
        "留下意见": (1, "条"),
    }
    assert sum(facts["months"]) == 3


def test_somebody_with_one_contact_has_no_figures_and_no_nought(office: User) -> None:
    facts = facts_of(thin(by=office))

    assert facts["length"] == "brief"
    assert facts["glance"] == facts["months"] == facts["voices"] == facts["appointments"] == []
    assert not re.search(r"(?<!\d)0(?!\d)", json.dumps(facts["letter"], ensure_ascii=False))


def test_a_contact_of_an_activity_is_told_once_by_the_activity(office: User) -> None:
    deputy = person(by=office)
    activity = closed(came=[deputy], by=office, title="公众开放日")

    (event,) = facts_of(deputy)["events"]

    assert event["title"] == "公众开放日"
    assert event["kind"] == "检察开放日"
    assert event["activity"] == f"activity:{activity.pk}"


def test_our_own_note_of_a_contact_is_never_printed(office: User) -> None:
    deputy = person(by=office, phone="13912345678")
    logged(by=office, deputies=[deputy], note="对方情绪激动，注意方式方法")

    told = json.dumps(facts_of(deputy), ensure_ascii=False)

    assert "情绪激动" not in told
    assert "139" not in told


def test_words_are_quoted_only_with_consent(office: User) -> None:
    silent = facts_of(rich(by=office, consents=False))

    told = json.dumps(silent, ensure_ascii=False)
    assert "线路下面不能再盖房子了" not in told
    assert "建议建立联合巡查机制" not in told
    assert [voice["title"] for voice in silent["voices"]] == ["关于加强特高压线路走廊保护的建议"]
    assert "线路下面不能再盖房子了" in json.dumps(facts_of(rich("李禾", by=office)), ensure_ascii=False)


def test_photos_are_shown_only_with_consent(office: User) -> None:
    silent, willing = rich(by=office, consents=False), rich("李禾", by=office)

    assert not any(event["photos"] for event in facts_of(silent)["events"])
    assert any(event["photos"] for event in facts_of(willing)["events"])


def test_words_that_became_a_suggestion_are_told_there_only(office: User) -> None:
    deputy = person(by=office, words_consent=True)
    contact = said(deputy, "路灯太暗。", by=office)
    voices.registered(office, lead=deputy, title="关于照明的建议", source=contact.opinions.get())

    facts = facts_of(deputy)

    assert [voice["kind"] for voice in facts["voices"]] == ["代表建议"]


def test_a_suggestion_without_a_reply_is_still_being_worked_on(office: User) -> None:
    deputy = thin(by=office)
    voices.handling(office, office.department, lead=deputy)

    (voice,) = facts_of(deputy)["voices"]

    assert voice["outcome"].startswith("正在办理")
    assert voice["result"] == []


def test_the_evaluation_is_this_persons_own(office: User) -> None:
    lead, joint = person(by=office), person("李禾", by=office)
    suggestion = voices.replied(office, office.department, joint, lead=lead)
    voices.verdict(suggestion.replies.get(), office)

    assert facts_of(lead)["voices"][0]["evaluation"] == "对办理态度满意，对办理结果满意"
    assert facts_of(joint)["voices"][0]["evaluation"] == ""


def test_nothing_of_another_year_or_person_gets_in(office: User) -> None:
    deputy = thin(by=office)
    visited(deputy, by=office, happened_on=date(2025, 12, 31))
    thin("李禾", by=office)

    assert [event["date"] for event in facts_of(deputy)["events"]] == ["2026-03-05"]


def test_a_running_year_ends_today(office: User) -> None:
    deputy = thin(by=office)

    assert build(deputy, YEAR, date(2026, 6, 30))["period"] == {"from": "2026-01-01", "to": "2026-06-30"}
    assert facts_of(deputy)["period"]["to"] == "2026-12-31"


def test_seats_are_called_by_their_full_names_from_the_nation_down(office: User) -> None:
    deputy = thin(by=office)
    nation = TermFactory(level=Level.NATIONAL, place="全国", number=14)
    member = TermFactory(body=Body.CPPCC, level=Level.CITY, place="禾城市", number=20)
    for term in (member, nation):
        deputies.give_seat(deputy=deputy, term=term, by=office)

    assert [seat["title"] for seat in facts_of(deputy)["person"]["seats"]] == [
        "第十四届全国人民代表大会代表",
        "政协禾城市第二十届委员会委员",
        "知禾区第五届人民代表大会代表",
    ]


def test_a_member_of_the_cppcc_is_addressed_as_one(office: User) -> None:
    term = TermFactory(body=Body.CPPCC, number=10)

    assert facts_of(thin(by=office, term=term))["letter"]["dear"] == "尊敬的张禾委员："


def test_the_letter_speaks_of_what_mattered_most(office: User, chief: User) -> None:
    letter = facts_of(rich(by=office))["letter"]
    text = "".join(letter["paragraphs"])

    assert "《关于加强特高压线路走廊保护的建议》，我们像办案一样办理，前后经过3个步骤，于5月20日当面向您答复" in text
    assert "检察开放日" in text
    assert letter["signed_by"] == chief.name


def test_the_letter_of_somebody_visited_once_speaks_of_that_visit(office: User) -> None:
    assert "3月5日的走访" in "".join(facts_of(thin(by=office))["letter"]["paragraphs"])


def test_an_unsatisfied_verdict_is_answered_not_hidden(office: User) -> None:
    deputy = person(by=office)
    suggestion = voices.replied(office, office.department, lead=deputy)
    voices.verdict(suggestion.replies.get(), office, result="unsatisfied", reason="没有解决")

    text = "".join(facts_of(deputy)["letter"]["paragraphs"])

    assert "不满意" in text
    assert "接着办" in text
    assert "鞭策" not in text


def test_neighbours_do_not_all_get_the_same_letter(office: User) -> None:
    openings = {facts_of(thin(f"代表{n}", by=office))["letter"]["paragraphs"][0] for n in range(12)}

    assert len(openings) > 1


def test_no_score_and_no_comparison_anywhere(office: User) -> None:
    told = json.dumps(facts_of(rich(by=office)), ensure_ascii=False)

    assert not re.search("得分|评分|排名|名列|第一名|超过.{0,4}代表|优秀|不积极|缺席", told)


def test_an_appointment_in_force_is_told(office: User) -> None:
    deputy = thin(by=office)
    appointed(deputy, by=office)

    assert facts_of(deputy)["appointments"][0]["period"] == "2026年3月1日起"


def test_topics_are_shown_only_where_there_is_more_than_one(office: User) -> None:
    deputy = person(by=office, words_consent=True)
    for words in ("一", "二", "三"):
        said(deputy, words, by=office)
    assert facts_of(deputy)["topics"] == []

    answered(deputy, by=office, field=None)
    said(deputy, "四", by=office, field=None)
    assert facts_of(deputy)["topics"] == []


def test_steering_characters_and_towers_of_marks_are_taken_off() -> None:
    assert clean({"a": ["\u202e禾\u200b苗\x00", "e" + "\u0301" * 50]}) == {"a": ["禾苗", "e\u0301\u0301"]}


def test_a_long_text_ends_at_a_sentence() -> None:
    assert clipped("一" * 90 + "。" + "二" * 90, 120) == "一" * 90 + "。"
    assert clipped("一" * 200, 100).endswith("……")
