"""Facts → HTML → exactly one page."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.template.loader import render_to_string

from common import pdf
from common.files import media_path
from deputies.models import Deputy
from reports import fitting

ROOM = 39.0  # lines on the page below the person, as brief.css has them


def make(facts: Mapping[str, Any], deputy: Deputy) -> pdf.Pdf:
    """The page is planned to fit; a font that sets wider than it says gets another try with less on it."""

    def face(url: str) -> tuple[bytes, str]:
        return media_path(deputy.photo_file).read_bytes(), "image/jpeg"

    css, room = render_to_string("reports/brief.css"), ROOM
    while True:
        fitted = fitting.fit(dict(facts), room)
        page = render_to_string("reports/brief.html", {"facts": fitted, "day": date.fromisoformat(facts["as_of"])})
        made = pdf.render(page, css=css, assets=face, identifier=f"brief-{deputy.pk}-{facts['as_of']}")
        if made.pages <= 1 or room < fitting.NOTES:
            return made
        room -= 4
