"""Deadlines against dates worked out by hand from the notices that the database is seeded with:
国办发明电〔2023〕7号 for 2024, 〔2024〕12号 for 2025, 〔2025〕7号 for 2026."""

from datetime import date, timedelta

import pytest

from common.calendar import Calendar
from suggestions import deadlines
from suggestions.models import DeadlineRule, Holiday, Kind, OurRole, Purpose, Suggestion, Unit

pytestmark = pytest.mark.django_db
D = date.fromisoformat
BY_HAND = [
    # start, months, last day, why
    ("2024-01-04", 3, "2024-04-07", "Qingming 4–6 April, Sunday the 7th is worked"),
    ("2024-01-31", 3, "2024-04-30", "no 31 April"),
    ("2024-02-01", 3, "2024-05-06", "Labour Day 1–5 May"),
    ("2024-02-29", 3, "2024-05-29", "a leap day has its corresponding day"),
    ("2024-03-10", 3, "2024-06-11", "Dragon Boat, Monday 10 June"),
    ("2024-06-14", 3, "2024-09-14", "a worked Saturday is itself the last day"),
    ("2024-06-17", 3, "2024-09-18", "Mid-Autumn 15–17 September"),
    ("2024-06-29", 3, "2024-09-29", "a worked Sunday"),
    ("2024-07-01", 3, "2024-10-08", "National Day 1–7 October"),
    ("2024-07-12", 3, "2024-10-12", "a worked Saturday"),
    ("2024-10-26", 3, "2025-01-26", "a worked Sunday before Spring Festival"),
    ("2024-10-31", 3, "2025-02-05", "Spring Festival 28 January – 4 February"),
    ("2024-11-08", 3, "2025-02-08", "a worked Saturday after Spring Festival"),
    ("2024-11-09", 3, "2025-02-10", "an ordinary Sunday"),
    ("2024-11-30", 3, "2025-02-28", "no 30 February"),
    ("2025-01-04", 3, "2025-04-07", "Qingming 4–6 April"),
    ("2025-01-27", 3, "2025-04-27", "a worked Sunday"),
    ("2025-02-05", 3, "2025-05-06", "Labour Day 1–5 May"),
    ("2025-02-26", 3, "2025-05-26", "an ordinary Monday"),
    ("2025-03-02", 3, "2025-06-03", "Dragon Boat, in lieu on Monday 2 June"),
    ("2025-06-28", 3, "2025-09-28", "a worked Sunday"),
    ("2025-07-08", 3, "2025-10-09", "National Day and Mid-Autumn 1–8 October"),
    ("2025-07-11", 3, "2025-10-11", "a worked Saturday"),
    ("2025-08-31", 3, "2025-12-01", "no 31 November, and the 30th is a Sunday"),
    ("2025-10-04", 3, "2026-01-04", "a worked Sunday after New Year"),
    ("2025-11-14", 3, "2026-02-14", "a worked Saturday before Spring Festival"),
    ("2025-11-17", 3, "2026-02-24", "Spring Festival 15–23 February"),
    ("2025-11-30", 3, "2026-02-28", "no 30 February, and Saturday the 28th is worked"),
    ("2026-01-06", 3, "2026-04-07", "Qingming, in lieu on Monday 6 April"),
    ("2026-02-05", 3, "2026-05-06", "Labour Day 1–5 May"),
    ("2026-02-09", 3, "2026-05-09", "a worked Saturday"),
    ("2026-02-26", 3, "2026-05-26", "an ordinary Tuesday"),
    ("2026-03-19", 3, "2026-06-22", "Dragon Boat 19–21 June"),
    ("2026-06-20", 3, "2026-09-20", "a worked Sunday"),
    ("2026-06-25", 3, "2026-09-28", "Mid-Autumn 25–27 September"),
    ("2026-07-07", 3, "2026-10-08", "National Day 1–7 October"),
    ("2026-07-10", 3, "2026-10-10", "a worked Saturday"),
    ("2026-08-28", 3, "2026-11-30", "an ordinary Saturday"),
    ("2024-01-31", 1, "2024-02-29", "month end of a leap year"),
    ("2025-01-09", 1, "2025-02-10", "an ordinary Sunday"),
    ("2026-01-31", 1, "2026-02-28", "month end on a worked Saturday"),
    ("2025-08-31", 6, "2026-02-28", "six months, month end on a worked Saturday"),
]
BY_HAND_AGAIN = [
    # start, months after an evaluation, last day, why
    ("2025-09-08", 1, "2025-10-09", "8 October is still off"),
    ("2026-09-01", 1, "2026-10-08", "National Day 1–7 October"),
    ("2026-01-15", 1, "2026-02-24", "Spring Festival 15–23 February"),
    ("2025-12-31", 1, "2026-02-02", "31 January is an ordinary Saturday"),
    ("2024-01-18", 1, "2024-02-18", "a worked Sunday"),
]
WORKDAYS_BY_HAND = [
    # start, working days, last day, why
    ("2024-02-01", 10, "2024-02-20", "Sunday the 4th worked, 10–17 off, Sunday the 18th worked"),
    ("2024-04-03", 5, "2024-04-11", "4–6 off, Sunday the 7th worked"),
    ("2024-04-26", 15, "2024-05-20", "28 April worked, 1–5 May off, 11 May worked"),
    ("2024-09-27", 5, "2024-10-10", "Sunday 29 September worked, 1–7 October off"),
    ("2025-01-23", 7, "2025-02-08", "26 January worked, 28 January – 4 February off, Saturday the 8th worked"),
    ("2025-04-24", 5, "2025-04-30", "Sunday the 27th worked"),
    ("2025-05-29", 3, "2025-06-04", "31 May – 2 June off"),
    ("2025-09-26", 10, "2025-10-16", "28 September worked, 1–8 October off, Saturday the 11th worked"),
    ("2026-01-01", 2, "2026-01-05", "1–3 off, Sunday the 4th worked"),
    ("2026-02-11", 10, "2026-03-03", "the 14th worked, 15–23 off, the 28th worked"),
    ("2026-04-28", 7, "2026-05-11", "1–5 May off, Saturday the 9th worked"),
    ("2026-06-15", 5, "2026-06-23", "19–21 off"),
    ("2026-09-17", 15, "2026-10-14", "20 September worked, 25–27 and 1–7 off, 10 October worked"),
]
DAYS_BY_HAND = [
    # start, calendar days, last day, why
    ("2024-09-21", 10, "2024-10-08", "1 October"),
    ("2025-01-18", 10, "2025-02-05", "28 January"),
    ("2025-03-25", 10, "2025-04-07", "4 April"),
    ("2026-02-05", 10, "2026-02-24", "15 February"),
    ("2026-02-18", 10, "2026-02-28", "a worked Saturday is itself the last day"),
    ("2026-05-29", 5, "2026-06-03", "an ordinary Wednesday"),
]
EACH = [
    *((start, amount, Unit.MONTHS, last) for start, amount, last, _ in BY_HAND + BY_HAND_AGAIN),
    *((start, amount, Unit.WORKDAYS, last) for start, amount, last, _ in WORKDAYS_BY_HAND),
    *((start, amount, Unit.DAYS, last) for start, amount, last, _ in DAYS_BY_HAND),
]


@pytest.fixture
def seeded() -> Calendar:
    return Holiday.objects.calendar()


def rule(amount: int = 3, unit: Unit = Unit.MONTHS, **facts: object) -> DeadlineRule:
    return DeadlineRule(amount=amount, unit=unit, source="《代表法》第五十一条", **facts)


def rule_of(kind: Kind, role: OurRole = OurRole.SOLE) -> DeadlineRule:
    purpose = Purpose.JOINT if role == OurRole.JOINT else Purpose.REPLY
    found = DeadlineRule.objects.fitting(purpose, Suggestion(kind=kind, our_role=role), D("2026-03-19"))
    assert found
    return found


@pytest.mark.parametrize(
    ("start", "amount", "unit", "last"), EACH, ids=[f"{start}+{amount} {unit}" for start, amount, unit, _ in EACH]
)
def test_the_last_day_is_the_one_worked_out_by_hand(
    seeded: Calendar, start: str, amount: int, unit: Unit, last: str
) -> None:
    assert deadlines.deadline(D(start), rule(amount, unit), seeded).day == D(last)


def test_enough_dates_were_worked_out_by_hand() -> None:
    assert len(set(EACH)) >= 60
    assert {D(last).year for *_, last in EACH} == {2024, 2025, 2026}


def test_the_notices_as_typed_agree_with_the_library_day_by_day(seeded: Calendar) -> None:
    """Two independent readings of the same notices."""
    days = [D("2024-01-01") + timedelta(days=n) for n in range(3 * 365 + 1)]
    assert [day for day in days if seeded.is_workday(day) != Calendar().is_workday(day)] == []


def test_the_day_of_assignment_itself_is_not_counted(seeded: Calendar) -> None:
    """Assigned on the 2nd, three months end on the 2nd, not on the 1st (民法典 201)."""
    assert deadlines.deadline(D("2026-03-02"), rule(), seeded).day == D("2026-06-02")


def test_the_reason_names_the_law_and_the_days_that_were_skipped(seeded: Calendar) -> None:
    due = deadlines.deadline(D("2026-03-19"), rule_of(Kind.SUGGESTION), seeded)
    assert due.day == D("2026-06-22")
    assert "《代表法》第五十一条" in due.why
    assert "端午节" in due.why
    assert "2026年6月22日（星期一）" in due.why


def test_the_reason_of_working_days_names_each_kind_of_day_that_was_skipped(seeded: Calendar) -> None:
    why = deadlines.deadline(D("2026-09-17"), rule(15, Unit.WORKDAYS), seeded).why
    assert "15个工作日" in why
    assert "跳过12天：周末2天、中秋节3天、国庆节7天" in why


def test_the_reason_names_a_month_that_is_too_short_and_a_weekend_that_is_worked(seeded: Calendar) -> None:
    why = deadlines.deadline(D("2025-11-30"), rule(), seeded).why
    assert "2月没有30日，以月末日为准" in why
    assert "星期六，调休上班" in why


def test_a_day_in_a_year_without_a_notice_is_only_an_estimate(seeded: Calendar) -> None:
    due = deadlines.deadline(D("2030-12-05"), rule(), seeded)
    assert due.why.count("国务院2031年放假安排尚未公布") == 1
    assert deadlines.ESTIMATE in due.why
    assert deadlines.ESTIMATE not in deadlines.deadline(D("2026-03-02"), rule(), seeded).why


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("role", OurRole)
def test_each_kind_and_role_has_a_rule_that_names_its_source(kind: Kind, role: OurRole) -> None:
    found = rule_of(kind, role)
    assert (found.amount in (1, 3), found.unit) == (True, Unit.MONTHS)
    assert found.source


def test_only_the_deputies_law_is_quoted_as_law() -> None:
    """A period that no law fixes must not look like one."""
    others = DeadlineRule.objects.exclude(kind=Kind.SUGGESTION)
    assert others
    assert all("无" in each.source and "院内" in each.source for each in others)


def test_of_two_rules_the_one_that_says_more_counts_and_of_two_alike_the_younger() -> None:
    def add(amount: int, **facts: object) -> DeadlineRule:
        facts = {"purpose": Purpose.REPLY, "valid_from": D("2024-01-01"), "source": "市人大办法"} | facts
        return DeadlineRule.objects.create(amount=amount, **facts)

    def fitting(day: str, **facts: object) -> DeadlineRule | None:
        facts = {"kind": Kind.PROPOSAL, "body": "cppcc", "level": "city"} | facts
        return DeadlineRule.objects.fitting(Purpose.REPLY, Suggestion(**facts), D(day))

    city, city_recess = add(5, kind=Kind.PROPOSAL, level="city"), add(2, kind=Kind.PROPOSAL, occasion="recess")
    newer = add(6, kind=Kind.PROPOSAL, level="city", valid_from=D("2026-01-01"))
    assert fitting("2025-03-01") == city
    assert fitting("2026-03-01") == newer
    assert fitting("2026-03-01", session="平时提案", level="district") == city_recess
    assert fitting("2023-12-31").amount == 3  # before they came into force
    newer.retired_on = D("2026-02-01")
    newer.save()
    assert fitting("2026-03-01") == city


def test_a_longest_reason_fits_its_column(seeded: Calendar) -> None:
    """With the longest source that a rule can have."""
    longest = rule(15, Unit.WORKDAYS, purpose=Purpose.REDO)
    longest.source = "依" * 120
    starts = {D(start) for start, *_ in EACH} | {D("2030-12-05")}
    reasons = [deadlines.deadline(start, longest, seeded).why for start in starts]
    assert max(map(len, reasons)) <= Suggestion._meta.get_field("due_reason").max_length
