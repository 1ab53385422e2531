"""Draw ``docs/workflow.md`` from the table of moves, or check that the drawing is fresh."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from suggestions.workflow import TRANSITIONS, SuggestionState

PAGE: Path = settings.BASE_DIR / "docs" / "workflow.md"


def drawing() -> str:
    """The page: a mermaid drawing for the eye, a table for the reader without one."""
    arrows = [(old, new, verb) for old, onward in TRANSITIONS.items() for new, verb in onward.items()]
    ends = [state for state, onward in TRANSITIONS.items() if not onward]
    lines = [
        "# How a suggestion moves (建议提案办理流程)",
        "",
        "<!-- Generated from suggestions/workflow.py by `manage.py workflow --write`; do not edit by hand. -->",
        "",
        "Only `suggestions.actions.moves.move()` changes a state: it asks this table and leaves a `Transition` row.",
        "",
        "```mermaid",
        "stateDiagram-v2",
        *(f'    state "{state.label}" as {state.value}' for state in SuggestionState),
        f"    [*] --> {SuggestionState.REGISTERED.value}: 登记",
        *(f"    {old.value} --> {new.value}: {verb}" for old, new, verb in arrows),
        *(f"    {state.value} --> [*]" for state in ends),
        "```",
        "",
        "| From | Verb | To |",
        "|---|---|---|",
        f"| — | 登记 | {SuggestionState.REGISTERED.label} |",
        *(f"| {old.label} | {verb} | {new.label} |" for old, new, verb in arrows),
        "",
    ]
    return "\n".join(lines)


class Command(BaseCommand):
    help = "docs/workflow.md from the table of moves"

    def add_arguments(self, parser: CommandParser) -> None:
        how = parser.add_mutually_exclusive_group(required=True)
        how.add_argument("--write", action="store_true", help="write the page")
        how.add_argument("--check", action="store_true", help="fail if the page is not what the table says")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["write"]:
            PAGE.write_text(drawing(), encoding="utf-8")
        elif not PAGE.exists() or PAGE.read_text(encoding="utf-8") != drawing():
            raise CommandError("docs/workflow.md is not fresh: run `manage.py workflow --write`.")
