"""Run the benches and write ``bench/results.json``: see ``bench/README.md``.

    python bench/run.py            all
    python bench/run.py pdf jobs   those whose file name holds one of the words

Exit 1 if a bench fell over or missed a goal.
"""

import importlib
import json
import os
import re
import sys
import time
import traceback
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent
sys.path[:0] = [str(FOLDER.parent), str(FOLDER.parent / "bin")]
NOT_A_BENCH = {"run", "settings", "__init__"}
COMPARE = {
    ">=": lambda value, bar: value >= bar,
    "<=": lambda value, bar: value <= bar,
    "=": lambda value, bar: value == bar,
}

Row = dict[str, Any]


def met(row: Row) -> bool | None:
    """Is the goal reached? The ratio is compared if there is one, else our own figure. None: no goal, or in words."""
    found = re.match(r"^(>=|<=|=)\s*(\d+(?:\.\d+)?)", str(row["goal"] or ""))
    if not found:
        return None
    value = row["ours"] if row["ratio"] is None else row["ratio"]
    return bool(COMPARE[found[1]](value, float(found[2])))


def run(name: str) -> list[Row]:
    print(f"── {name} ──", flush=True)
    started = time.monotonic()
    rows: list[Row] = importlib.import_module(f"bench.{name}").bench()
    for row in rows:
        verdict = {True: "达到", False: "未达到", None: ""}[met(row)]
        other = "" if row["other"] is None else f"  对照 {row['other']:g}"
        ratio = "" if row["ratio"] is None else f"  {row['ratio']:.2f} 倍"
        print(
            f"  {row['name']}：{row['ours']:g} {row['unit']}{other}{ratio}  目标 {row['goal']}  {verdict}", flush=True
        )
    print(f"  用时 {time.monotonic() - started:.0f} 秒", flush=True)
    return rows


def save(rows: list[Row]) -> None:
    """Merge into what was measured before, so that one bench can be repeated alone."""
    file = FOLDER / "results.json"
    results = json.loads(file.read_text()) if file.is_file() else {}
    results |= {row["name"]: {key: row[key] for key in ("ours", "other", "ratio", "goal", "unit")} for row in rows}
    new = file.with_suffix(".new")
    new.write_text(json.dumps(results, ensure_ascii=False, indent=2) + "\n")
    os.replace(new, file)


def main(words: list[str]) -> int:
    names = sorted(file.stem for file in FOLDER.glob("*.py") if file.stem not in NOT_A_BENCH)
    names = [name for name in names if not words or any(word in name for word in words)]
    rows: list[Row] = []
    broken = []
    for name in names:
        try:
            rows += run(name)
        except Exception:
            traceback.print_exc()
            broken.append(name)
    save(rows)
    missed = [row["name"] for row in rows if met(row) is False]
    print(
        "结果在 bench/results.json。",
        *[f"没有跑完：{name}" for name in broken],
        *[f"未达到：{name}" for name in missed],
    )
    return 1 if broken or missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
