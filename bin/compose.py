"""Is docker-compose.yml sound? Asks Compose itself where it is installed; always checks the shape that we promise."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parent.parent
SERVICES = {"db", "redis", "migrate", "web", "worker", "beat", "standby", "proxy"}
MUST_TELL_HEALTH = {"db", "redis", "web", "worker", "proxy"}
# So that ${SECRET_KEY:?…} has something to be.
FILLED = dict.fromkeys(
    [
        "SECRET_KEY",
        "ALLOWED_HOSTS",
        "HOUSE_NAME",
        "HOUSE_SHORT",
        "OWNER_DB_PASSWORD",
        "APP_DB_PASSWORD",
        "REDIS_PASSWORD",
    ],
    "x",
)


def compose_command() -> list[str] | None:
    if (
        shutil.which("docker")
        and subprocess.run(["docker", "compose", "version"], capture_output=True).returncode == 0
    ):
        return ["docker", "compose"]
    return ["docker-compose"] if shutil.which("docker-compose") else None


def problems_of_service(name: str, service: dict[str, Any], whole: dict[str, Any]) -> list[str]:
    problems = []
    if not {"image", "build"} & service.keys():
        problems.append("没有 image 也没有 build")
    if "ports" in service and name != "proxy":
        problems.append("不该对外开放端口")
    if name in MUST_TELL_HEALTH and "test" not in service.get("healthcheck", {}):
        problems.append("没有健康检查")
    problems += [f"depends_on 里没有服务 {other}" for other in set(service.get("depends_on", [])) - SERVICES]
    problems += problems_of_mounts(service, whole)
    command = service.get("command", [])
    if command and command[0].startswith("bin/") and not os.access(ROOT / command[0], os.X_OK):
        problems.append(f"{command[0]} 不存在或不可执行")
    return [f"{name}：{problem}" for problem in problems]


def problems_of_mounts(service: dict[str, Any], whole: dict[str, Any]) -> list[str]:
    problems = []
    for mount in service.get("volumes", []):
        source = re.sub(r"\$\{[A-Z_]+:-([^}]*)\}", r"\1", mount).split(":")[0]
        if source.startswith("."):
            if source != "./deploy/tls" and not (ROOT / source).exists():
                problems.append(f"挂载的 {source} 不存在")
        elif source not in whole["volumes"]:
            problems.append(f"没有声明卷 {source}")
    return problems


def problems() -> list[str]:
    whole = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
    services = whole["services"]
    found = [f"服务应为 {sorted(SERVICES)}"] if set(services) != SERVICES else []
    for name, service in services.items():
        found += problems_of_service(name, service, whole)
    return found


def main() -> int:
    if found := problems():
        print("\n".join(found))
        return 1
    if command := compose_command():
        arguments = ["--env-file", ".env.example", "config", "--quiet"]
        return subprocess.run([*command, *arguments], cwd=ROOT, env=os.environ | FILLED).returncode
    print("本机没有 docker compose，只检查了结构。")
    return 0


if __name__ == "__main__":
    sys.exit(main())
