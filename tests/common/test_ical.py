"""A calendar feed as RFC 5545 wants it."""

from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.ical import Event, calendar

pytestmark = pytest.mark.once

NOW = datetime(2026, 6, 10, 1, 2, 3, tzinfo=UTC)
DAY = date(2026, 6, 20)


def lines_of(*events: Event) -> list[str]:
    """Unfolded, as a calendar program reads them."""
    text = calendar("日程", events, now=NOW).decode()
    assert text.endswith("\r\n")
    return text.replace("\r\n ", "").split("\r\n")[:-1]


def unescaped(text: str) -> str:
    return text.replace("\\n", "\n").replace("\\,", ",").replace("\\;", ";").replace("\\\\", "\\")


def test_a_matter_of_a_day_ends_the_day_after_and_makes_nobody_busy() -> None:
    lines = lines_of(Event("x-1@zhihe", DAY, "送方案"))
    assert {"DTSTART;VALUE=DATE:20260620", "DTEND;VALUE=DATE:20260621", "TRANSP:TRANSPARENT"} <= set(lines)
    assert {"UID:x-1@zhihe", "DTSTAMP:20260610T010203Z", "SUMMARY:送方案"} <= set(lines)


def test_an_hour_in_beijing_is_written_in_utc() -> None:
    lines = lines_of(Event("x-1@zhihe", DAY, "听证会", starts_at=time(9, 30), ends_at=time(11), place="院听证室"))
    assert {"DTSTART:20260620T013000Z", "DTEND:20260620T030000Z", "LOCATION:院听证室"} <= set(lines)


def test_without_a_known_end_there_is_only_a_start() -> None:
    lines = lines_of(Event("x-1@zhihe", DAY, "听证会", starts_at=time(9, 30)))
    assert not any(line.startswith("DTEND") for line in lines)


def test_marks_of_the_format_in_a_text_stay_text() -> None:
    lines = lines_of(Event("x-1@zhihe", DAY, "一;二,三\\四\r\nEND:VCALENDAR\x07"))
    assert "SUMMARY:一\\;二\\,三\\\\四\\nEND:VCALENDAR" in lines
    assert lines.count("END:VCALENDAR") == 1


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=300))
def test_no_line_is_longer_than_75_octets_and_no_character_is_lost(text: str) -> None:
    data = calendar("日程", [Event("x-1@zhihe", DAY, text)], now=NOW)
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    for line in data.split(b"\r\n"):
        line.decode()  # no character torn apart
    summary = next(line for line in data.decode().replace("\r\n ", "").split("\r\n") if line.startswith("SUMMARY:"))
    assert (
        summary.removeprefix("SUMMARY:")
        .replace("\\\\", "\0")
        .replace("\\,", ",")
        .replace("\\;", ";")
        .replace("\0", "\\")
        == text
    )


def test_the_frame_is_complete() -> None:
    lines = lines_of()
    assert lines[:2] == ["BEGIN:VCALENDAR", "VERSION:2.0"]
    assert lines[2].startswith("PRODID:")
    assert lines[-1] == "END:VCALENDAR"
