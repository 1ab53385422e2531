"""``bin/demo.py``: web and worker together, ended together."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.house.loading import ROOT, script

pytestmark = pytest.mark.once

demo = script("demo")


def gone(number: int) -> bool:
    """No such process, or only its entry waiting to be collected."""
    try:
        return Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except FileNotFoundError:
        return True


def wait_until(condition, seconds: float = 60) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(0.05)
    return False


def test_a_busy_port_is_left_alone() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert demo.free_port(port) > port


def test_stopping_ends_every_child_even_one_that_will_not_listen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(demo, "PATIENCE", 0.5)
    polite = demo.start(["sleep", "60"], tmp_path / "log")
    deaf = demo.start(["sh", "-c", "trap '' TERM; echo deaf; while :; do sleep 0.1; done"], tmp_path / "log")
    assert wait_until((tmp_path / "log").read_text)  # the shell has set its trap
    demo.stop([polite, deaf])
    assert polite.returncode == -signal.SIGTERM
    assert deaf.returncode == -signal.SIGKILL


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="a service of the Linux kernel")
def test_children_do_not_outlive_a_parent_that_was_killed_outright(tmp_path: Path) -> None:
    words = f"""
import sys, time; sys.path.insert(0, {str(ROOT / "bin")!r})
from pathlib import Path
import demo
print(demo.start(["sleep", "60"], Path({str(tmp_path / "log")!r})).pid, flush=True)
time.sleep(60)
"""
    parent = subprocess.Popen([sys.executable, "-c", words], stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    child = int(parent.stdout.readline())
    assert not gone(child)
    parent.kill()
    parent.wait()
    parent.stdout.close()
    assert wait_until(lambda: gone(child))


def test_a_server_that_dies_at_the_start_is_told_with_its_log(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="没有启动成功"):
        demo.wait_until_alive("http://127.0.0.1:1/healthz", [demo.start(["false"], tmp_path / "log")], tmp_path)


def test_a_child_that_ends_by_itself_ends_the_demonstration(tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    assert demo.watch([demo.start(["true"], tmp_path / "log")], tmp_path) == 1
    assert "自己结束了" in capsys.readouterr().err


@pytest.mark.long
def test_a_newcomer_s_first_run_makes_three_portraits_and_ends(tmp_path: Path) -> None:
    """The whole command, as make calls it without a terminal."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("DJANGO_")}
    done = subprocess.run(
        [sys.executable, "bin/demo.py"],
        cwd=ROOT,
        env=kept | {"VAR_DIR": str(tmp_path), "CI": "1"},
        capture_output=True,
        text=True,
        timeout=900,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "已启动：http://127.0.0.1:" in done.stdout
    portraits = [Path(line.strip()) for line in done.stdout.splitlines() if line.strip().endswith(".pdf")]
    assert len(portraits) == 3
    assert all(file.read_bytes().startswith(b"%PDF-") for file in portraits)
