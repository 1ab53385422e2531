"""Facts → HTML → exactly one page, or the pages of a whole pack."""

from collections.abc import Iterable, Mapping
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
    css, room = render_to_string("reports/brief.css"), ROOM
    while True:
        fitted = fitting.fit(dict(facts), room)
        page = render_to_string("reports/brief.html", {"facts": fitted, "day": date.fromisoformat(facts["as_of"])})
        made = pdf.render(page, css=css, assets=faces([deputy]), identifier=f"brief-{deputy.pk}-{facts['as_of']}")
        if made.pages <= 1 or room < fitting.NOTES:
            return made
        room -= 4


def make_pack(facts: Mapping[str, Any], deputies: Iterable[Deputy], *, identifier: str) -> pdf.Pdf:
    """All visits of one leader in one file; each 联络一页纸 stays on its page."""
    visits = [{**visit, "brief": fitting.fit(visit["brief"], ROOM)} for visit in facts["visits"]]
    told = {"pack": {**facts, "visits": visits}, "day": date.fromisoformat(facts["as_of"])}
    page, css = render_to_string("reports/pack.html", told), render_to_string("reports/pack.css")
    return pdf.render(page, css=css, assets=faces(deputies), identifier=identifier)


def faces(deputies: Iterable[Deputy]) -> pdf.Assets:
    """Opens the photos of these persons, and nothing else."""
    files = {f"face:{deputy.pk}": deputy.photo_file for deputy in deputies}

    def face(url: str) -> tuple[bytes, str]:
        return media_path(files[url]).read_bytes(), "image/jpeg"

    return face
