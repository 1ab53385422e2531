"""Deadlines against dates worked out by hand from the notices of 2024, 2025 and 2026 (国办发明电)."""

from datetime import date

import pytest

from suggestions import deadlines
from suggestions.models import Kind, OurRole

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


@pytest.mark.parametrize(("start", "months", "last", "why"), BY_HAND, ids=[f"{s}+{m}" for s, m, _, _ in BY_HAND])
def test_the_last_day_is_the_one_worked_out_by_hand(start: str, months: int, last: str, why: str) -> None:
    assert deadlines.due_on(D(start), months) == D(last), why


def test_the_day_of_assignment_itself_is_not_counted() -> None:
    """Assigned on the 2nd, three months end on the 2nd, not on the 1st (民法典 201)."""
    assert deadlines.due_on(D("2026-03-02")) == D("2026-06-02")


def test_the_reason_names_the_law_and_the_days_that_were_skipped() -> None:
    due = deadlines.deadline(D("2026-03-19"), deadlines.BY_LAW)
    assert due.day == D("2026-06-22")
    assert "《代表法》第五十一条" in due.why
    assert "端午节" in due.why
    assert "2026年6月22日（星期一）" in due.why


def test_the_reason_names_a_month_that_is_too_short_and_a_weekend_that_is_worked() -> None:
    why = deadlines.deadline(D("2025-11-30"), deadlines.BY_LAW).why
    assert "2月没有30日，以月末日为准" in why
    assert "星期六，调休上班" in why


def test_a_day_in_a_year_without_a_notice_is_only_an_estimate() -> None:
    due = deadlines.deadline(D("2030-12-05"), deadlines.BY_LAW)
    assert due.provisional
    assert due.why.count("国务院2031年放假安排尚未公布") == 1
    assert not deadlines.deadline(D("2026-03-02"), deadlines.BY_LAW).provisional


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("role", OurRole)
def test_each_kind_and_role_has_a_rule_that_names_its_source(kind: Kind, role: OurRole) -> None:
    rule = deadlines.rule_for(kind, role)
    assert rule.months in (1, 3)
    assert rule.source


def test_only_the_deputies_law_is_quoted_as_law() -> None:
    """A period that no law fixes must not look like one."""
    others = [deadlines.PROPOSAL, deadlines.DELIBERATION, deadlines.EVERYDAY, deadlines.JOINT, deadlines.REDO]
    assert all("无" in rule.source and "院内" in rule.source for rule in others)


def test_a_longest_reason_fits_its_column() -> None:
    from suggestions.models import Suggestion

    longest = max(
        len(deadlines.deadline(D(start), rule).why)
        for start, *_ in BY_HAND
        for rule in (deadlines.BY_LAW, deadlines.PROPOSAL, deadlines.DELIBERATION, deadlines.REDO)
    )
    assert longest + 60 < Suggestion._meta.get_field("due_reason").max_length
