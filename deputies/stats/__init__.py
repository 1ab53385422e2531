"""What this app can count: a year of one deputy or of the house, and who has been reached and who has not."""

from deputies.stats.coverage import NONE, UNNAMED, By, Coverage, Period, coverage, coverage_of_terms
from deputies.stats.tally import APPOINTED
from deputies.stats.years import (
    AppointmentFact,
    ContactFact,
    DeputyYear,
    FirstDay,
    HouseYear,
    PrintablePhoto,
    Reach,
    WordsFact,
    first_day,
    house_year,
    of_deputy,
    printable_photos,
    reach,
    reach_by_level,
)

__all__ = [
    "APPOINTED",
    "NONE",
    "UNNAMED",
    "AppointmentFact",
    "By",
    "ContactFact",
    "Coverage",
    "DeputyYear",
    "FirstDay",
    "HouseYear",
    "Period",
    "PrintablePhoto",
    "Reach",
    "WordsFact",
    "coverage",
    "coverage_of_terms",
    "first_day",
    "house_year",
    "of_deputy",
    "printable_photos",
    "reach",
    "reach_by_level",
]
