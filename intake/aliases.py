"""The office's own words, and what they can mean."""

from typing import Any

from activities.models import ActivityKind
from deputies.models import Body, ContactMethod, Level
from intake.models import Alias, AliasOf
from intake.reading.identity import Identity
from staff.models import Department


def aliases() -> dict[str, list[tuple[str, str]]]:
    """(word, meaning) of each list."""
    found: dict[str, list[tuple[str, str]]] = {of: [] for of in AliasOf}
    for of, word, means in Alias.objects.values_list("of", "word", "means"):
        found[of].append((word, means))
    return found


def seat_meant(means: str) -> Identity:
    level, _, body = means.partition("-")
    return Identity(body=body, level=level)


def meanings(of: str) -> list[tuple[str, str]]:
    """What a word can mean: (key, name)."""
    if of == AliasOf.SEAT:
        names = {Body.CONGRESS: "人大代表", Body.CPPCC: "政协委员"}
        seats = [(level, body) for body in Body for level in Level if (level, body) != (Level.TOWN, Body.CPPCC)]
        return [(f"{level}-{body}", f"{level.label}{names[body]}") for level, body in seats]
    rows: dict[str, Any] = {
        AliasOf.DEPARTMENT: Department.objects.filter(closed_on=None).order_by("pk"),
        AliasOf.METHOD: ContactMethod.objects.offered(),
        AliasOf.KIND: ActivityKind.objects.offered(),
    }
    return [(str(row.pk), row.name) for row in rows[of]]
