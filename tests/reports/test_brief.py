"""联络一页纸: what the leader about to visit should know, on exactly one page."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pypdfium2
import pytest
import time_machine
from django.test import Client

from deputies import actions
from deputies.models import AppointmentRole, Deputy, FieldOfConcern
from reports import facts, fitting, pdf
from staff.models import AuditEvent, Department, Role, User
from tests.activities.factories import closed, jpeg, planned
from tests.deputies.factories import logged, person
from tests.factories import AreaFactory, TermFactory, UserFactory
from tests.suggestions import factories as voices

pytestmark = pytest.mark.django_db
Login = Callable[[User], Client]
TODAY, PHONE = date(2026, 11, 23), "13912345678"


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel("2026-11-23 10:00+08:00", tick=False):
        yield


@pytest.fixture
def deputy(office: User, leader: User, department: Department) -> Deputy:
    known = person(
        "张晓北", by=office, unit="知禾供电服务公司", post="班长", phone=PHONE, area=AreaFactory(name="甘露镇"),
        born_on=date(1978, 4, 1), profession="输电运维",
    )  # fmt: skip
    known.fields_of_concern.add(FieldOfConcern.objects.get(name="涉农"))
    actions.pair(leader=leader, with_=known.area, from_on=date(2026, 1, 4), by=office)
    contact = logged(by=office, deputies=[known], note="看了线路走廊", place="甘露镇")
    actions.record_opinion(contact=contact, deputy=known, words="线路要早改", by=office)
    actions.add_follow_up(contact=contact, what="送改线方案", owner=office, due_on=date(2026, 12, 1), by=office)
    closed(came=[known], by=office, title="农资市场开放日", held_on=date(2026, 5, 6))
    planned(by=office, deputies=[known], title="输电线路视察", held_on=date(2026, 12, 2))
    voices.handling(office, department, lead=known)
    role = AppointmentRole.objects.get(name="听证员")
    actions.appoint(deputy=known, role=role, from_on=date(2024, 1, 1), to_on=date(2026, 12, 31), by=office)
    return known


def read(data: bytes) -> tuple[int, str]:
    """Number of pages, and the text of the first."""
    document = pypdfium2.PdfDocument(data)
    return len(document), document[0].get_textpage().get_text_bounded().replace("\r\n", "")


def ask(client: Client, deputy: Deputy) -> tuple[int, str]:
    answer = client.get(f"/reports/brief/{deputy.pk}/")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    assert answer["Cache-Control"] == "no-store"
    return read(answer.content)


def test_one_page_tells_who_what_was_said_what_is_open_and_what_to_bring(
    login: Login, office: User, deputy: Deputy
) -> None:
    actions.set_photo(deputy=deputy, upload=jpeg(size=(300, 400)), by=office)
    pages, text = ask(login(office), deputy)
    assert pages == 1
    for words in (
        "张晓北", "区人大代表", "知禾供电服务公司", "李副检", "涉农", "看了线路走廊", "线路要早改", "送改线方案",
        "农资市场开放日", "输电线路视察", "听证员续聘事宜", "的办理进展", PHONE,
    ):  # fmt: skip
        assert words in text, words


@pytest.mark.parametrize(("who", "sees"), [("office", True), ("leader", True), ("chief", False), ("handler", False)])
def test_the_number_is_on_it_only_for_those_who_may_see_it(
    login: Login, request: pytest.FixtureRequest, deputy: Deputy, who: str, sees: bool
) -> None:
    user = request.getfixturevalue(who)
    text = ask(login(user), deputy)[1]
    assert (PHONE in text, "1978年4月" in text) == (sees, sees)
    made = AuditEvent.objects.get(action="brief.made")
    assert (made.actor_id, "phone" in made.changes) == (str(user.pk), sees)


def test_a_handler_has_only_the_own_departments_facts_on_it(login: Login, other_handler: User, deputy: Deputy) -> None:
    text = ask(login(other_handler), deputy)[1]
    assert "看了线路走廊" not in text
    assert "没有在办的建议提案" in text


def test_an_empty_file_makes_a_page_too_with_room_to_write(login: Login, office: User) -> None:
    pages, text = ask(login(office), person("王禾", by=office, seated=False))
    assert pages == 1
    assert "还没有联络记录，这将是第一次" in text


@pytest.fixture
def crowded(office: User, department: Department) -> Deputy:
    """Everything too long and too much."""
    known = person(
        "阿卜杜热合曼·买买提吐尔逊·艾合买提江", by=office, unit="单" * 80, post="务" * 60, profession="专" * 80
    )
    known.fields_of_concern.set(FieldOfConcern.objects.all())
    for number, level in enumerate(["national", "province", "city"]):
        actions.give_seat(deputy=known, term=TermFactory(level=level, number=10 + number), group="团" * 40, by=office)
    for day in range(1, 25):
        contact = logged(
            by=office, deputies=[known], note="谈到灌溉渠清淤。" * 200, place="地" * 60, happened_on=date(2026, 5, day)
        )
        actions.record_opinion(contact=contact, deputy=known, words="希望加强涉农普法" * 100, by=office)
        actions.add_follow_up(contact=contact, what="事" * 200, owner=office, due_on=TODAY, by=office)
    for number in range(8):
        voices.handling(office, department, lead=known, title=f"关于{number}" + "长" * 110)
    return known


def test_however_much_there_is_it_stays_one_page_and_says_what_is_left_out(
    login: Login, office: User, crowded: Deputy
) -> None:
    pages, text = ask(login(office), crowded)
    assert pages == 1
    assert text.count("还有更多，见系统档案") >= 3
    assert "面谈记录" in text


@pytest.mark.parametrize("which", ["deputy", "crowded"])
def test_the_plan_fits_at_the_first_try(request: pytest.FixtureRequest, office: User, which: str, monkeypatch) -> None:
    """A second render would cost the reader another second."""
    known, tries = request.getfixturevalue(which), []
    plan = fitting.fit
    monkeypatch.setattr(fitting, "fit", lambda told, room: tries.append(room) or plan(told, room))
    pdf.make(facts.build(known, office, TODAY), known)
    assert tries == [pdf.ROOM]


def rows(number: int, length: int = 30) -> list[dict[str, Any]]:
    return [{"date": "2026-05-01", "head": "走访", "body": "谈" * length, "words": ""}] * number


def test_no_section_takes_the_room_of_the_others() -> None:
    told = {
        "person": {"facts": []},
        "bring": [],
        "sections": [{"title": "多", "none": "", "rows": rows(50)}, {"title": "少", "none": "", "rows": rows(2)}],
    }
    fitted = fitting.fit(told, 30)
    first, second = fitted["sections"]
    assert (len(second["rows"]), second["more"]) == (2, False)
    assert first["more"]
    assert 4 < len(first["rows"]) < 15
    assert len(fitted["notes"]) >= fitting.NOTES


def test_a_row_too_long_for_what_is_left_is_told_by_its_head() -> None:
    """Room for one line of one row."""
    told = {"person": {"facts": []}, "bring": [], "sections": [{"title": "多", "none": "", "rows": rows(3, 84)}]}
    fitted = fitting.fit(told, fitting.NOTES + 3 * fitting.HEADING + 2 + 1.5)
    (section,) = fitted["sections"]
    assert [row["body"] for row in section["rows"]] == [""]
    assert section["more"]


def test_a_long_first_section_leaves_the_others_a_line(office: User, crowded: Deputy) -> None:
    fitted = fitting.fit(facts.build(crowded, office, TODAY), pdf.ROOM)
    told = {section["title"]: len(section["rows"]) for section in fitted["sections"]}
    assert told["最近联络"] >= 1
    assert told["在办建议提案与承诺"] >= 1
    assert told["答应过的事"] >= 1


def test_the_file_offers_the_page(login: Login, office: User, deputy: Deputy) -> None:
    assert f"/reports/brief/{deputy.pk}/" in login(office).get(f"/deputies/{deputy.pk}/").content.decode()


def test_a_character_without_a_shape_is_told(login: Login, office: User, deputy: Deputy) -> None:
    Deputy.objects.filter(pk=deputy.pk).update(name="张\U000f0000")
    answer = login(office).get(f"/reports/brief/{deputy.pk}/")
    assert answer.status_code == 409
    assert "系统字体缺少" in answer.content.decode()


def test_administrators_get_no_page(login: Login, deputy: Deputy) -> None:
    for role in (Role.SYSADMIN, Role.SECADMIN, Role.AUDITOR):
        assert login(UserFactory(role=role)).get(f"/reports/brief/{deputy.pk}/").status_code == 403
