"""Facts → HTML → bytes."""

from collections.abc import Mapping
from typing import Any

from django.template.loader import render_to_string

from common import fonts, pdf
from common.files import media_path


def html(facts: Mapping[str, Any]) -> str:
    return render_to_string("profiles/portrait.html", {"facts": facts, "chart_font": ", ".join(fonts.SANS)})


def css() -> str:
    return render_to_string("profiles/portrait.css")


def make(facts: Mapping[str, Any]) -> pdf.Pdf:
    """The same facts give the same bytes. Only photos that the facts name can be opened."""
    files = {photo["ref"]: photo["file"] for event in facts["events"] for photo in event["photos"]}

    def photo(url: str) -> tuple[bytes, str]:
        return media_path(files[url]).read_bytes(), "image/jpeg"

    return pdf.render(html(facts), css=css(), assets=photo, identifier=facts["code"])
