"""Answer by when, and why that day. Pure functions; the words are kept with the date they explain.

Counted by 民法典 201–203 by analogy: from the day after the start; months to the corresponding day of the last month
(or its end), and if nobody works on the last day, to the first working day after it.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

from common.calendar import DAY, Calendar, add_months, cn_day, weekday_name

ESTIMATE = "预计："
# What the days are counted from; everything else from the 交办日.
STARTS = {"redo": "收到评价之日", "feedback": "答复之日"}


class Rule(Protocol):
    """What is read of a ``DeadlineRule``."""

    purpose: str
    amount: int
    unit: str
    source: str

    @property
    def length(self) -> str: ...


@dataclass(frozen=True)
class Deadline:
    """``rule`` and ``start`` are what it can be computed from again; a day that was set by hand has neither."""

    day: date
    why: str
    start: date | None = None
    rule: Rule | None = None


def deadline(start: date, rule: Rule, calendar: Calendar) -> Deadline:
    """The last day under ``rule``, with the reason in words."""
    start_name = STARTS.get(rule.purpose, "交办日")
    last, counted = _last_day(start, rule, calendar)
    day = calendar.next_workday(last)
    sentences = [
        f"依据：{rule.source}。",
        f"{start_name}（{cn_day(start)}）当日不计，从次日起算，{rule.length}到{cn_day(last)}届满{counted}。",
        _shift(last, day, calendar),
    ]
    if not calendar.known(day.year):
        sentences.append(f"{ESTIMATE}国务院{day.year}年放假安排尚未公布，调休可能影响这一天。")
    return Deadline(day, "".join(sentences), start, rule)


def set_by_assigner(day: date, source: str) -> Deadline:
    """A day that the assigning body (交办机关) fixed itself; it is not moved."""
    return Deadline(day, f"依据：{source}。期限由交办单位确定，不作推算。")


def _last_day(start: date, rule: Rule, calendar: Calendar) -> tuple[date, str]:
    """The day on which the period ends, before it is moved to a working day, and how it was counted."""
    if rule.unit == "workdays":
        last = calendar.add_workdays(start, rule.amount)
        return last, _skipped(start, last, calendar)
    if rule.unit == "days":
        return start + timedelta(days=rule.amount), ""
    last = add_months(start, rule.amount)
    return last, f"（{last.month}月没有{start.day}日，以月末日为准）" if last.day < start.day else "（对应日）"


def _skipped(start: date, last: date, calendar: Calendar) -> str:
    """（跳过12天：国庆节7天、周末5天）: the days off between, by their names."""
    counts: dict[str, int] = {}
    day = start + DAY
    while day <= last:
        if name := calendar.day_off_name(day):
            name = "周末" if name.startswith("星期") else name
            counts[name] = counts.get(name, 0) + 1
        day += DAY
    if not counts:
        return ""
    return f"（跳过{sum(counts.values())}天：{'、'.join(f'{name}{n}天' for name, n in counts.items())}）"


def _shift(last: date, day: date, calendar: Calendar) -> str:
    worked_weekend = "，调休上班" if day.weekday() >= 5 else ""
    if last == day:
        return f"这一天是{weekday_name(day)}{worked_weekend}，工作日，即为最后期限。"
    return (
        f"这一天是{calendar.day_off_name(last)}，不是工作日，顺延到此后第一个工作日"
        f"{cn_day(day)}（{weekday_name(day)}{worked_weekend}）。"
    )
