"""Workbook on stdin, JSON lines on stdout: rows as arrays, each sheet as an object after its last row.

Every refusal is a sentence in the last line; a crash is an exit code. With ``look`` only the beginning is read: is
this a workbook at all?
"""

import json
import os
import resource
import sys
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import IO

sys.path.append(str(Path(__file__).resolve().parents[2]))  # isolated: the folder of the project is not on the path

from intake.decoder import delimited, xls, xlsx
from intake.decoder.limits import BROKEN, TOO_LARGE, Refused, RowCount, RowOut, SheetOut, checked, readable

MEMORY = 1024 * 1024 * 1024
CPU_SECONDS = 90
LOOK_ROWS = 200
MAGIC = [
    (b"%PDF", "PDF 文件"),
    (b"\xff\xd8\xff", "图片"),
    (b"\x89PNG", "图片"),
    (b"Rar!", "压缩包"),
    (b"7z", "压缩包"),
]


def main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    decode(sys.stdin.buffer, sys.stdout, only_look="look" in sys.argv)


def decode(source: IO[bytes], target: IO[str], *, only_look: bool = False) -> None:
    try:
        if only_look:
            list(islice(_items(source), LOOK_ROWS))
        else:
            _pass_on(_items(source), target)
    except Refused as refusal:
        _say(target, {"refused": str(refusal)})
    except MemoryError:
        _say(target, {"refused": TOO_LARGE})
    except Exception:  # a reader fed with broken bytes raises anything
        _say(target, {"refused": BROKEN})


def _pass_on(items: Iterator[RowOut | SheetOut], target: IO[str]) -> None:
    pending: list[RowOut] = []
    count = RowCount()
    for item in items:
        if isinstance(item, SheetOut):
            _say(target, checked(item)._asdict())
            pending = []
        elif row := readable(item):
            count.check(row)
            pending = [row]
            _say(target, [row.number, row.hidden, row.cells])
    if pending:
        raise Refused(BROKEN)


def _items(source: IO[bytes]) -> Iterator[RowOut | SheetOut]:
    """Which reader: by the first bytes, never by the file's name."""
    size = os.fstat(source.fileno()).st_size
    head = source.read(8)
    source.seek(0)
    for magic, name in MAGIC:
        if head.startswith(magic):
            raise Refused(f"这是{name}，不是表格。请上传 .xlsx、.xls 或 .csv 文件。")
    if head.startswith(b"PK"):
        return xlsx.read(source, size)
    if head.startswith(xls.OLE):
        return xls.read(source, size)
    return delimited.read(source, size)


def _say(target: IO[str], value: object) -> None:
    target.write(json.dumps(value, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8", errors="surrogatepass")  # type: ignore[union-attr]
    main()
