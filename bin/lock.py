"""``lock.py check``: the lock files fit pyproject.toml, name no host and hash every line. No network.

``lock.py make``: resolve anew with uv, which is installed into ``.venv-tools`` for this only.
"""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).resolve().parent.parent
UV = "uv==0.13.9"
SETS: dict[str, list[str]] = {"runtime": [], "dev": ["--extra", "dev", "--constraint", "requirements/runtime.txt"]}
PIN = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==([^ ;\\]+)", re.MULTILINE)


def lock_text(name: str) -> str:
    return (ROOT / "requirements" / f"{name}.txt").read_text()


def wanted(name: str) -> list[Requirement]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    lines = list(project["dependencies"])
    if name == "dev":
        lines += project["optional-dependencies"]["dev"]
    return [Requirement(line) for line in lines]


def problems_of_text(name: str, text: str) -> list[str]:
    """A host in a lock file would send every office to that one server; a line without a hash is not locked."""
    problems = []
    if re.search(r"https?:|--(extra-)?index-url|--find-links|file:", text):
        problems.append(f"requirements/{name}.txt 含有网址或软件源")
    blocks = re.split(r"\n(?=[^\s])", text.strip())
    unhashed = [block.split("==")[0] for block in blocks if block[:1] != "#" and "--hash=sha256:" not in block]
    problems += [f"requirements/{name}.txt：{package} 没有哈希" for package in unhashed]
    return problems


def problems_of_pins(name: str, text: str, requirements: list[Requirement]) -> list[str]:
    pins = {canonicalize_name(package): Version(version) for package, version in PIN.findall(text)}
    problems = []
    for requirement in requirements:
        pinned = pins.get(canonicalize_name(requirement.name))
        if pinned is None:
            problems.append(f"requirements/{name}.txt 缺少 {requirement.name}：请运行 make lock")
        elif pinned not in requirement.specifier:
            problems.append(f"requirements/{name}.txt 锁定 {requirement.name} {pinned}，与 {requirement} 不符")
    return problems


def check() -> int:
    problems: list[str] = []
    for name in SETS:
        text = lock_text(name)
        problems += problems_of_text(name, text) + problems_of_pins(name, text, wanted(name))
    print("\n".join(problems) or "锁定文件与 pyproject.toml 一致。")
    return 1 if problems else 0


def make() -> int:
    tools = ROOT / ".venv-tools"
    if not (tools / "bin" / "uv").is_file():
        subprocess.run([sys.executable, "-m", "venv", str(tools)], check=True)
        pip = [str(tools / "bin" / "python"), "-m", "pip", "--disable-pip-version-check", "--quiet"]
        subprocess.run([*pip, "install", UV], check=True)
    # Universal and for the oldest Python we run on: Debian 12's 3.11.2 needs packages that 3.11.7 does not.
    options = ["--quiet", "--universal", "--python-version", "3.11", "--generate-hashes", "--no-annotate"]
    options += ["--no-header", "--no-emit-index-url", "--no-emit-find-links"]
    for name, extra in SETS.items():
        command = [str(tools / "bin" / "uv"), "pip", "compile", *options, *extra, "pyproject.toml"]
        subprocess.run([*command, "-o", f"requirements/{name}.txt"], cwd=ROOT, check=True)
    return check()


if __name__ == "__main__":
    sys.exit({"check": check, "make": make}[sys.argv[1]]())
