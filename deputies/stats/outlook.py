"""At this pace, who is still unreached when the term ends?"""

from dataclasses import dataclass
from datetime import date
from math import ceil

from common.calendar import add_months
from deputies.models import Term

LEGAL_MONTHS = 60


@dataclass(frozen=True)
class Outlook:
    """How far a term has come. ``ends_on`` is assumed where nobody knows it yet: it is the day on which the next
    congress first meets (代表法 2), so five years after the first meeting is a guess, and is called one."""

    starts_on: date
    ends_on: date
    is_assumed: bool
    days_gone: int
    days_left: int

    @property
    def is_over(self) -> bool:
        return self.days_left <= 0

    def unreached(self, people: int, reached: int) -> int:
        """So many stay unreached if as many new ones are met a day as on the average day of the term so far."""
        more = reached * max(self.days_left, 0) / self.days_gone
        return max(0, ceil(people - reached - more))

    def needed_a_month(self, people: int, reached: int) -> int:
        """New persons to be met each month so that nobody is left."""
        months = max(self.days_left / 30.4, 1)
        return ceil((people - reached) / months)


def outlook(term: Term, today: date) -> Outlook:
    ends_on = term.ends_on or add_months(term.starts_on, LEGAL_MONTHS)
    return Outlook(
        starts_on=term.starts_on,
        ends_on=ends_on,
        is_assumed=term.ends_on is None,
        days_gone=max((min(today, ends_on) - term.starts_on).days, 1),
        days_left=(ends_on - today).days,
    )
