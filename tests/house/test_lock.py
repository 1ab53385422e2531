"""The lock files: no host, every line hashed, in step with pyproject.toml."""

import pytest
from packaging.requirements import Requirement

from tests.house.loading import script

pytestmark = pytest.mark.once

lock = script("lock")
GOOD = "django==5.2.19 \\\n    --hash=sha256:aa\npsycopg[binary]==3.3.9 \\\n    --hash=sha256:bb\n"


def test_our_own_lock_files_are_sound(capsys: pytest.CaptureFixture) -> None:
    assert lock.check() == 0, capsys.readouterr().out


def test_a_good_text_has_no_problem() -> None:
    assert lock.problems_of_text("runtime", GOOD) == []


@pytest.mark.parametrize(
    "line", ["--index-url https://x.example/simple\n", "--find-links wheels\n", "# via http://x\n"]
)
def test_a_host_or_a_source_is_refused(line: str) -> None:
    assert "requirements/runtime.txt 含有网址或软件源" in lock.problems_of_text("runtime", line + GOOD)


def test_a_line_without_a_hash_is_refused() -> None:
    assert lock.problems_of_text("dev", GOOD + "celery==5.7.0\n") == ["requirements/dev.txt：celery 没有哈希"]


def test_a_package_that_was_added_but_not_locked_is_told() -> None:
    assert lock.problems_of_pins("runtime", GOOD, [Requirement("celery~=5.7")]) == [
        "requirements/runtime.txt 缺少 celery：请运行 make lock"
    ]


def test_a_locked_version_outside_of_what_we_ask_for_is_told() -> None:
    [problem] = lock.problems_of_pins("runtime", GOOD, [Requirement("Django~=5.2.20")])
    assert "django" in problem.lower()


def test_extras_and_spelling_do_not_matter() -> None:
    assert lock.problems_of_pins("runtime", GOOD, [Requirement("Psycopg[binary,pool]~=3.3")]) == []
