"""Answer by when, and why that day. Pure functions; the words are kept with the date they explain.

Counted by 民法典 201–203 by analogy: from the day after the start, to the corresponding day of the last
month (or its end), and if nobody works that day, to the first working day after it.
"""

from dataclasses import dataclass
from datetime import date

from common import calendar

ESTIMATE = "预计："


@dataclass(frozen=True)
class Rule:
    """How long, and who says so. For a house rule the source says that no law fixes the period."""

    months: int
    source: str


BY_LAW = Rule(3, "《代表法》第五十一条：自交办之日起三个月内答复")
# No nation-wide period exists for these; each source names what the house follows.
PROPOSAL = Rule(3, "政协提案无全国统一期限，院内参照《代表法》第五十一条，自交办之日起三个月内办复")
DELIBERATION = Rule(1, "审议意见无统一法定期限，院内要求自交办之日起一个月内反馈；决议另定期限的，从其规定")
EVERYDAY = Rule(1, "日常意见无法定期限，院内参照《青岛市实施办法》第三十二条，自交办之日起一个月内答复")
JOINT = Rule(1, "会办意见无全国统一期限，院内参照上海、山东、福建等地规定，一个月内送主办单位")
REDO = Rule(1, "重新办理无全国统一期限，院内参照上海、浙江、山东等地规定，自收到不满意评价之日起一个月内再次答复")

_BY_KIND = {"suggestion": BY_LAW, "proposal": PROPOSAL, "deliberation": DELIBERATION, "everyday": EVERYDAY}


@dataclass(frozen=True)
class Deadline:
    day: date
    why: str
    provisional: bool


def rule_for(kind: str, our_role: str) -> Rule:
    """The rule of a kind of voice; as 会办 we owe the lead unit an opinion, not the deputy a reply."""
    return JOINT if our_role == "joint" else _BY_KIND[kind]


def due_on(start: date, months: int = 3) -> date:
    return calendar.next_workday(calendar.add_months(start, months))


def is_provisional(day: date) -> bool:
    """The year's 调休 is not announced yet, so the day may still move."""
    return not calendar.official(day.year)


def deadline(start: date, rule: Rule, *, start_name: str = "交办日") -> Deadline:
    """The last day under ``rule``, with the reason in words."""
    last = calendar.add_months(start, rule.months)
    day = calendar.next_workday(last)
    counted = f"{start_name}（{_say(start)}）当日不计，从次日起算，{rule.months}个月到{_say(last)}届满"
    sentences = [f"依据：{rule.source}。", f"{counted}{_month_end(start, last)}。", _shift(last, day)]
    if is_provisional(day):
        sentences.append(f"{ESTIMATE}国务院{day.year}年放假安排尚未公布，调休可能影响这一天。")
    return Deadline(day=day, why="".join(sentences), provisional=is_provisional(day))


def set_by_assigner(day: date, source: str) -> Deadline:
    """A day that the assigning body (交办机关) fixed itself; it is not moved."""
    return Deadline(day=day, why=f"依据：{source}。期限由交办单位确定，不作推算。", provisional=False)


def _say(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _month_end(start: date, last: date) -> str:
    return f"（{last.month}月没有{start.day}日，以月末日为准）" if last.day < start.day else "（对应日）"


def _shift(last: date, day: date) -> str:
    worked_weekend = "，调休上班" if day.weekday() >= 5 else ""
    if last == day:
        return f"这一天是{calendar.weekday_name(day)}{worked_weekend}，工作日，即为答复期限。"
    return (
        f"这一天是{calendar.day_off_name(last)}，不是工作日，顺延到此后第一个工作日"
        f"{_say(day)}（{calendar.weekday_name(day)}{worked_weekend}）。"
    )
