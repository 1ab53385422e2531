"""Who is meant: a name alone never decides."""

import pytest

from deputies import actions as deputies
from deputies.models import Deputy, Mandate, Term
from intake.kinds.base import choice_key
from staff.models import User
from tests.factories import DeputyFactory, MandateFactory, TermFactory
from tests.intake.books import LEDGER, ROSTER, take

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def term(db: None) -> Term:
    return TermFactory()


def row(name: str, phone: str = "", unit: str = "", level: str = "区") -> list[object]:
    return [1, name, "", unit, "", phone, level]


def test_same_name_and_phone_and_unit_is_the_person_and_changes_are_field_by_field(office: User) -> None:
    DeputyFactory(name="张三", phone="13800000001", unit="知禾电缆有限公司", post="工程师")
    taken = take({"名册": [ROSTER, [1, "张三", "男", "知禾电缆有限公司", "厂长", "13800000001", "区"]]}, office)
    assert taken.row(2).outcome == "updated"
    assert taken.row(2).changes["职务"] == ["工程师", "厂长"]
    assert taken.row(2).changes["性别"] == ["", "男"]
    assert "工作单位" not in taken.row(2).changes
    assert Deputy.objects.get().post == "厂长"


def test_same_name_and_phone_with_another_unit_is_for_staff_to_choose(office: User) -> None:
    known = DeputyFactory(name="张三", phone="13800000001", unit="知禾电缆有限公司")
    sheets = {"名册": [ROSTER, row("张三", "13800000001", "知禾中学")]}
    assert take(sheets, office).row(2).code == "other_unit"
    assert take(sheets, office, chosen={choice_key("名册", 2): "new"}, dry_run=True).row(2).outcome == "new"
    assert (
        take(sheets, office, chosen={choice_key("名册", 2): str(known.pk)}).row(2).changes["工作单位"][1] == "知禾中学"
    )
    assert Deputy.objects.count() == 1
    assert take(sheets, office, chosen={choice_key("名册", 2): "new"}).row(2).outcome == "same"


def test_same_name_and_other_phone_are_two_people(office: User) -> None:
    DeputyFactory(name="张三", phone="13800000001", unit="知禾电缆有限公司")
    taken = take({"名册": [ROSTER, row("张三", "13800000002", "知禾电缆有限公司")]}, office)
    assert (taken.row(2).outcome, taken.row(2).code) == ("new", "namesake")
    assert Deputy.objects.count() == 2


def test_a_name_alone_never_matches(office: User) -> None:
    DeputyFactory(name="张三", phone="13800000001", unit="知禾电缆有限公司")
    taken = take({"名册": [ROSTER, row("张三")]}, office)
    assert (taken.row(2).outcome, taken.row(2).code) == ("error", "name_only")


def test_a_person_without_a_phone_is_known_by_the_unit(office: User) -> None:
    DeputyFactory(name="张三", unit="知禾电缆有限公司")
    taken = take({"名册": [ROSTER, row("张三", "13800000001", "知禾电缆有限公司")]}, office)
    assert taken.row(2).changes["联系电话"] == ["", "13800000001"]
    assert Deputy.objects.count() == 1


def test_one_person_with_two_seats_in_two_sheets_is_one_file(office: User) -> None:
    TermFactory(body="cppcc", level="city", place="禾城市", number=15)
    one, two = row("张三", "13800000001", "厂"), row("张三", "13800000001", "厂", "市政协")
    taken = take({"区人大": [ROSTER, one], "市政协": [ROSTER, two]}, office)
    assert [row.outcome for row in taken.rows] == ["ignored", "new", "ignored", "updated"]
    assert Deputy.objects.get().mandates.count() == 2


def test_a_level_that_nobody_tells_is_an_error(office: User) -> None:
    assert take({"名册": [ROSTER, row("张三", level="")]}, office).row(2).code == "no_level"
    assert take({"区人大代表": [ROSTER, row("张三", level="")]}, office).row(2).outcome == "new"


def test_a_term_that_is_not_there_is_opened_when_its_number_is_told(office: User) -> None:
    taken = take({"名册": [["知禾区第六届政协委员名册"], ROSTER, row("张三", level="")]}, office)
    assert taken.row(3).outcome == "new"
    assert "知禾区第6届政协" in taken.outcome.notices[0]
    assert Mandate.objects.get().term.number == 6
    assert take({"名册": [["市政协委员名册"], ROSTER, row("李四", level="")]}, office).row(3).code == "no_term"


def test_a_retired_file_is_not_written_into(office: User) -> None:
    from django.utils import timezone

    DeputyFactory(name="张三", phone="13800000001", unit="厂", retired_at=timezone.now())
    assert take({"名册": [ROSTER, row("张三", "13800000001", "厂")]}, office).row(2).code == "retired"


def ledger(people: str, identity: str = "", unit: str = "", note: str = "座谈") -> dict[str, list[list[object]]]:
    return {"台账": [LEDGER, [1, "2026-3-5", people, identity, unit, "走访", "", note]]}


def test_a_ledger_row_names_people_by_unit_or_identity(office: User, term: Term) -> None:
    MandateFactory(deputy=DeputyFactory(name="张三", unit="知禾电缆有限公司"), term=term)
    MandateFactory(deputy=DeputyFactory(name="李四", unit="知禾中学"), term=term)
    assert take(ledger("张三、李四", "区人大代表"), office).row(2).outcome == "new"
    assert take(ledger("张三", "", "知禾电缆有限公司工程师"), office).row(2).outcome == "new"
    assert take(ledger("张三（知禾电缆有限公司）", note="又来"), office).row(2).outcome == "new"
    assert take(ledger("张三"), office).row(2).code == "name_only"
    assert take(ledger("张三", "区人大代表", "别的厂"), office).row(2).code == "name_only"
    assert take(ledger("王五", "区人大代表"), office).row(2).code == "not_in_roster"


def test_namesakes_in_a_ledger_are_asked_about(office: User, term: Term) -> None:
    for unit in ("知禾电缆有限公司", "知禾中学"):
        MandateFactory(deputy=DeputyFactory(name="张三", unit=unit), term=term)
    assert take(ledger("张三", "区人大代表"), office).row(2).code == "several_match"
    assert take(ledger("张三", "区人大代表", "知禾中学"), office).row(2).outcome == "new"


def test_a_file_that_was_merged_is_nobody_any_more(office: User) -> None:
    kept, lost = (DeputyFactory(name="张三", unit="知禾电缆有限公司", post=post) for post in ("厂长", ""))
    deputies.merge_deputies(kept=kept, lost=lost, take=[], by=office)
    taken = take({"名册": [ROSTER, row("张三", "13800000001", "知禾电缆有限公司")]}, office)
    assert taken.row(2).outcome == "updated"
    assert Deputy.objects.kept().get().phone == "13800000001"
