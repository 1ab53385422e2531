""".env.example explains every setting; production settings pass Django's own check."""

import os
import re
import subprocess
import sys

import pytest

from tests.house.loading import ROOT, script

pytestmark = pytest.mark.once

EXPLAINED = set(re.findall(r"^#?([A-Z][A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))
# Set by the images or by tests, not by a site.
NOT_FOR_SITES = {"PATH", "PWD", "HOME", "HOSTNAME", "POSTGRES_USER", "POSTGRES_DB", "PYTHON"}


def names_read() -> set[str]:
    settings = (ROOT / "liaison/settings.py").read_text()
    found = set(re.findall(r'env(?:\.\w+)?\(\s*"([A-Z_]+)"', settings))
    for file in [*ROOT.glob("bin/start-*.sh"), ROOT / "bin/migrate.sh"]:
        found |= set(re.findall(r"\$\{([A-Z_]+)", file.read_text()))
    found |= set(re.findall(r"(?<!\$)\$\{([A-Z_]+)", (ROOT / "docker-compose.yml").read_text()))
    return found - NOT_FOR_SITES


def test_every_setting_is_explained() -> None:
    assert names_read() - EXPLAINED == set()


def test_nothing_is_explained_that_nobody_reads() -> None:
    assert EXPLAINED - names_read() == set()


def test_every_explanation_is_a_sentence_in_chinese() -> None:
    """Above each setting, or above the group it stands in, is a comment."""
    lines = (ROOT / ".env.example").read_text().splitlines()
    for number, line in enumerate(lines):
        if re.match(r"#?[A-Z][A-Z_]+=", line):
            above = lines[:number]
            while re.match(r"#?[A-Z][A-Z_]+=", above[-1]):
                above.pop()
            assert re.search(r"[一-鿿]", above[-1]), line


def outside() -> dict[str, str]:
    """The environment without what the test run itself set."""
    return {key: value for key, value in os.environ.items() if not key.startswith("DJANGO_")}


def run_check(**variables: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    environment = outside() | script("check").PRODUCTION | variables
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)


def test_production_settings_give_no_warning() -> None:
    done = run_check()
    assert done.returncode == 0, done.stderr
    assert "WARNING" not in done.stderr


def test_a_short_key_is_told() -> None:
    assert "security.W009" in run_check(SECRET_KEY="short").stderr


@pytest.mark.parametrize("name", ["SECRET_KEY", "ALLOWED_HOSTS", "DATABASE_URL"])
def test_production_does_not_start_without(name: str) -> None:
    environment = {key: value for key, value in script("check").PRODUCTION.items() if key != name}
    kept = {key: value for key, value in outside().items() if key != name}
    command = [sys.executable, "manage.py", "check"]
    done = subprocess.run(command, cwd=ROOT, env=kept | environment, capture_output=True, text=True)
    assert done.returncode != 0
    assert name in done.stderr


def test_debug_pages_cannot_be_switched_on_in_production() -> None:
    assert "DEBUG" in run_check(DEBUG="1").stderr
