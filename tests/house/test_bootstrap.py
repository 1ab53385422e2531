"""``sh bin/bootstrap.sh``: asks the machine, not the packager, and says in one line what is missing."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.loading import ROOT, script

pytestmark = pytest.mark.once

probe = script("probe")
environment = script("environment")


def test_this_machine_lacks_nothing() -> None:
    assert probe.missing("test") == []


def test_the_tests_need_more_than_the_demo() -> None:
    assert {name for name, _ in probe.DEMO} < {name for name, _ in probe.TEST}


def test_a_library_that_does_not_load_counts_as_missing() -> None:
    assert not probe.library("libnot-there.so.9")()
    assert probe.library("libpango-1.0.so.0")()


def test_a_font_counts_wherever_it_lies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(probe, "FONT_FOLDERS", [str(tmp_path), "/does/not/exist"])
    assert not probe.font("NotoSerifCJK-Regular.ttc")()
    (tmp_path / "noto").mkdir()
    (tmp_path / "noto" / "NotoSerifCJK-Regular.ttc").touch()
    assert probe.font("NotoSerifCJK-Regular.ttc")()


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A copy of what bootstrap uses, whose probe says that a library is missing."""
    shutil.copytree(ROOT / "bin", tmp_path / "bin")
    (tmp_path / "bin" / "probe.py").write_text("print('libpango-1.0-0 fonts-noto-cjk')\n")
    return tmp_path


def bare_path(folder: Path, *programs: str) -> str:
    """A PATH with the named programs only."""
    path = folder / "path"
    path.mkdir()
    for name in programs:
        (path / name).symlink_to(shutil.which(name) or "")
    (path / "python3").symlink_to(sys.executable)
    return str(path)


def test_who_may_not_install_is_told_the_one_line(checkout: Path) -> None:
    variables = {"PATH": bare_path(checkout, "dirname", "id", "sh"), "HOME": ""}  # no apt-get, no sudo
    done = subprocess.run(
        [shutil.which("sh") or "sh", "bin/bootstrap.sh", "demo"],
        cwd=checkout,
        env=variables,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 3
    assert done.stdout.splitlines()[-1].strip() == (
        "sudo apt install --no-install-recommends libpango-1.0-0 fonts-noto-cjk"
    )
    assert not (checkout / ".venv").exists()


def test_a_failed_installation_shows_why_and_what_to_type(checkout: Path) -> None:
    path = bare_path(checkout, "dirname", "id", "sh", "mktemp", "tail", "rm", "env")
    for name in ("apt-get", "sudo"):
        file = Path(path) / name
        file.write_text("#!/bin/sh\n[ \"$1\" = -n ] && exit 0\necho 'E: no space left'\nexit 100\n")
        file.chmod(0o755)
    done = subprocess.run(
        [shutil.which("sh") or "sh", "bin/bootstrap.sh", "demo"],
        cwd=checkout,
        env={"PATH": path, "HOME": ""},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 3
    assert "apt install --no-install-recommends libpango-1.0-0" in done.stdout


@pytest.fixture
def empty_house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "requirements").mkdir()
    for name in ("runtime", "dev"):
        (tmp_path / "requirements" / f"{name}.txt").write_text("")
    monkeypatch.setattr(environment, "ROOT", tmp_path)
    monkeypatch.setattr(environment, "VENV", tmp_path / ".venv")
    return tmp_path


def test_a_second_run_installs_nothing(empty_house: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    runs = []
    monkeypatch.setattr(environment, "make_environment", lambda: (empty_house / ".venv").mkdir(exist_ok=True))
    monkeypatch.setattr(environment.subprocess, "run", lambda *args, **options: runs.append(args))
    assert environment.main("demo") == 0
    assert environment.main("demo") == 0
    assert len(runs) == 1


def test_a_changed_lock_file_installs_again(empty_house: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(environment, "make_environment", lambda: (empty_house / ".venv").mkdir(exist_ok=True))
    monkeypatch.setattr(environment.subprocess, "run", lambda *args, **options: None)
    environment.main("test")
    assert environment.is_current("runtime"), "the dev set holds the runtime set"
    (empty_house / "requirements" / "dev.txt").write_text("new==1\n")
    assert not environment.is_current("dev")


def test_a_cut_off_installation_leaves_no_stamp(empty_house: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: object, **options: object) -> None:
        raise subprocess.CalledProcessError(2, "pip")

    monkeypatch.setattr(environment, "make_environment", lambda: (empty_house / ".venv").mkdir(exist_ok=True))
    monkeypatch.setattr(environment.subprocess, "run", fail)
    assert environment.main("demo") == 2
    assert not environment.is_current("runtime")


def test_no_script_names_a_package_host() -> None:
    files = [ROOT / "Makefile", ROOT / "Dockerfile", ROOT / ".ci" / "run", *ROOT.glob("bin/*")]
    for file in files:
        if file.is_file():
            text = file.read_text()
            assert "index-url" not in text.replace("no-emit-index-url", "").replace("(extra-)?index-url", ""), file
            assert "pypi" not in text.lower(), file


def test_every_script_is_posix_shell_and_executable() -> None:
    for file in [*ROOT.glob("bin/*.sh"), *ROOT.glob("deploy/**/*.sh")]:
        assert subprocess.run(["sh", "-n", str(file)]).returncode == 0, file
        if file.name != "bootstrap.sh":
            assert os.access(file, os.X_OK), file
