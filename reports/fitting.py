"""What of a brief fits on one page. Lines are counted as they will be set, so nothing is guessed."""

from typing import Any

from common.glyphs import advance
from common.texts import clipped
from common.typeset import set_lines

Json = dict[str, Any]

MEASURE = 43.0  # em of a line beside the date, as brief.css has it
BRING = 45.5  # em of a line in the box of what to bring
FACT, FACTS = 20.5, 9  # em of a value beside the person, and lines that stand there
HEADING, ROW_GAP = 2.0, 0.25  # what a section and a row take besides their lines, in lines
NOTES = 3  # lines left to write on, at least
MOST_TO_BRING, LONGEST_TO_BRING = 6, 64


def fit(facts: Json, room: float) -> Json:
    """``facts`` cut to ``room`` lines. Sections are served in turn, none takes all; what is left out is told."""
    bring = [clipped(each, LONGEST_TO_BRING) for each in facts["bring"][:MOST_TO_BRING]]
    bring_lines = sum(lines_of(each, BRING) for each in bring) + (not bring) + (len(bring) < len(facts["bring"]))
    left = room - NOTES - 2 * HEADING - bring_lines
    left -= len(facts["sections"]) * (HEADING + 1)  # one line says that there is nothing, or that there is more
    sections, left = _serve(facts["sections"], left)
    return {
        **facts,
        "person": {**facts["person"], "facts": _beside(facts["person"]["facts"])},
        "bring": bring,
        "bring_more": len(bring) < len(facts["bring"]),
        "sections": sections,
        "notes": range(NOTES + int(left) + sum(1 for section in sections if section["rows"] and not section["more"])),
    }


def _serve(sections: list[Json], left: float) -> tuple[list[Json], float]:
    """The sections with the rows that fit, and what is left of the room.

    Room is kept for the head of the first row of each, so that none is silent because another has much to tell.
    """
    served: list[Json] = [{**section, "rows": [], "more": False} for section in sections]
    waiting = [list(section["rows"]) for section in sections]
    kept = [cost_of(_head(rows[0])) if rows else 0.0 for rows in waiting]
    while any(waiting):
        for number, (section, rows) in enumerate(zip(served, waiting, strict=True)):
            kept[number] = 0.0
            if not rows:
                continue
            if row := _shortened(rows.pop(0), left - sum(kept)):
                left -= cost_of(row)
                section["rows"].append(row)
            else:
                section["more"] = True
                rows.clear()
    return served, left


def _shortened(row: Json, room: float) -> Json | None:
    """Whole, or without the note, or only its head: as much as there is room for."""
    return next((each for each in (row, {**row, "body": ""}, _head(row)) if cost_of(each) <= room), None)


def _head(row: Json) -> Json:
    return {**row, "body": "", "words": ""}


def _beside(told: list[Json]) -> list[Json]:
    """The first facts that fit beside the photo, each on two lines at most."""
    fitted, left = [], FACTS
    for fact in told:
        value = clipped(fact["value"], int(FACT * 2) - 3)
        left -= lines_of(value, FACT)
        if left < 0:
            break
        fitted.append({**fact, "value": value})
    return fitted


def cost_of(row: Json) -> float:
    """Lines that a row takes, with its gap."""
    said = f"“{row['words']}”" if row["words"] else ""
    return sum(lines_of(text, MEASURE) for text in (row["head"], row["body"], said) if text) + ROW_GAP


def lines_of(text: str, measure: float) -> int:
    return len(set_lines(text, measure=measure, advance=advance, indent=0.0))
