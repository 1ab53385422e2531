"""Static files as production serves them: hashed names, compressed, and every page finds its own."""

import re
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import call_command
from django.test import Client

TEMPLATES = Path(__file__).parents[2] / "templates"
MANIFEST = "whitenoise.storage.CompressedManifestStaticFilesStorage"


@pytest.fixture
def collected(settings: LazySettings, tmp_path: Path) -> Path:
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = settings.STORAGES | {"staticfiles": {"BACKEND": MANIFEST}}
    call_command("collectstatic", interactive=False, verbosity=0)
    return tmp_path


def test_every_static_file_that_a_page_names_was_collected_under_a_hashed_name(
    db: None, collected: Path, login, office
) -> None:
    client: Client = login(office)
    pages = [Client().get("/accounts/login/"), client.get("/"), client.get("/deputies/")]
    named = {name for page in pages for name in re.findall(r'/static/([^"?#]+)', page.content.decode())}
    assert any(name.endswith(".css") for name in named)
    assert any(name.endswith(".js") for name in named)
    for name in named:
        assert (collected / name).is_file(), name
        assert re.search(r"\.[0-9a-f]{12}\.", name), name
    assert staticfiles_storage.manifest_strict


def test_what_htmx_is_to_ask_first_is_sent_by_htmx() -> None:
    """``hx-confirm`` does nothing on an ordinary form: that one has ``data-confirm`` (app.js)."""
    asking = [
        tag for page in TEMPLATES.rglob("*.html") for tag in re.findall(r"<\w+[^>]*hx-confirm[^>]*", page.read_text())
    ]
    assert asking
    assert [tag for tag in asking if not re.search("hx-(post|get|boost)=", tag)] == []
