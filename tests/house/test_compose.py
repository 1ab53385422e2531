"""docker-compose.yml, the systemd units and the proxy's file agree with each other and with the scripts."""

import re

import pytest
import yaml

from tests.house.loading import ROOT, script

pytestmark = pytest.mark.once

compose = script("compose")
WHOLE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
UNITS = sorted((ROOT / "deploy/systemd").glob("*.service"))


def test_compose_is_sound() -> None:
    assert compose.problems() == []


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"ports": ["5432:5432"]}, "不该对外开放端口"),
        ({"healthcheck": {}}, "没有健康检查"),
        ({"volumes": ["elsewhere:/data"]}, "没有声明卷 elsewhere"),
        ({"command": ["bin/not-there.sh"]}, "bin/not-there.sh 不存在或不可执行"),
    ],
)
def test_a_mistake_in_compose_is_told(change: dict, problem: str) -> None:
    assert f"db：{problem}" in compose.problems_of_service("db", WHOLE["services"]["db"] | change, WHOLE)


def test_web_worker_and_beat_never_learn_the_owner_s_password() -> None:
    for name in ("web", "worker", "beat"):
        assert "OWNER" not in str(WHOLE["services"][name]), name
    assert "OWNER_DB_PASSWORD" in str(WHOLE["services"]["migrate"]), "the control"


def test_redis_keeps_what_it_was_told_and_asks_for_a_password() -> None:
    command = " ".join(WHOLE["services"]["redis"]["command"])
    for option in ("--appendonly yes", "--appendfsync everysec", "--maxmemory-policy noeviction", "requirepass"):
        assert option in command


def test_systemd_starts_the_same_scripts() -> None:
    started = {re.search(r"^ExecStart=/opt/zhihe/(.*)$", unit.read_text(), re.MULTILINE)[1] for unit in UNITS}
    composed = {service["command"][0] for service in WHOLE["services"].values() if "build" in service}
    assert started == composed


def test_only_the_migration_s_unit_reads_the_owner_s_address() -> None:
    assert [unit.stem for unit in UNITS if "owner.env" in unit.read_text()] == ["zhihe-migrate"]


def test_the_proxy_s_guarded_place_is_the_one_that_the_application_names() -> None:
    text = (ROOT / "deploy/nginx.conf").read_text()
    prefix = WHOLE["services"]["web"]["environment"]["MEDIA_ACCEL_PREFIX"]
    block = re.search(rf"location {prefix} \{{(.*?)\}}", text, re.DOTALL)
    assert block
    assert "internal;" in block[1]
    assert "alias /srv/zhihe/media/;" in block[1]
    assert "X-Content-Type-Options nosniff" in block[1], "X-Accel-Redirect loses the application's own"
