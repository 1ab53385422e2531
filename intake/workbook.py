"""Opening a workbook safely. The only door through which a spreadsheet enters the house.

Reading runs in a child process with limits on memory and time (``intake.decoder``): a hostile file can kill the
child, never the web worker. What it read lies in a temporary file and is passed on row by row.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import IO, Any

from intake.decoder.limits import AS_XLSX
from intake.reading.cells import Cell, Merge, Row

MAX_BYTES = 50 * 1024 * 1024
SECONDS = {"whole": 300, "look": 10}  # wall clock on a busy machine; the processor time is limited in the child
DECODER = Path(__file__).with_name("decoder")
# Nothing of our environment (keys, database address) goes to the process that reads strangers' bytes.
CHILD_ENV = {"PATH": os.defpath, "MALLOC_ARENA_MAX": "2", "LC_ALL": "C.UTF-8"}


class WorkbookRefused(Exception):
    """Not a workbook that we read. The text says what is wrong and what to do."""


class _TooSlow(WorkbookRefused):
    """The reader was stopped."""


@dataclass(frozen=True)
class Sheet:
    """One sheet; ``rows()`` may be walked again and again."""

    name: str
    hidden: bool
    hidden_columns: frozenset[int]
    merges: list[Merge]
    lines: IO[bytes] = field(repr=False)
    first: int
    last: int
    count: int  # of rows with text

    def rows(self) -> Iterator[Row]:
        """Rows with text of their own; cells of merged blocks going down are filled from the first of the block."""
        blocks = _Blocks(self.merges)
        place = self.first
        while place < self.last:
            self.lines.seek(place)
            line = self.lines.readline()
            place = self.lines.tell()
            number, hidden, cells = json.loads(line)
            own = {column: Cell(kind, value) for column, kind, value in cells}
            yield Row(number, hidden, own, blocks.filled(number, own))


@dataclass(frozen=True)
class Workbook:
    name: str
    sha256: str
    sheets: list[Sheet]

    @property
    def count(self) -> int:
        return sum(sheet.count for sheet in self.sheets)


@contextmanager
def opened(source: IO[bytes], name: str) -> Iterator[Workbook]:
    """The workbook ``name``; a .csv has one sheet that is called as the file. Raises :class:`WorkbookRefused`."""
    with tempfile.TemporaryFile() as copy, tempfile.TemporaryFile() as lines:
        digest = _copy(source, copy)
        _decode(copy, lines)
        yield Workbook(name, digest, _sheets(lines, name))


def look_into(source: IO[bytes]) -> None:
    """A quick look at the beginning, while somebody waits. Raises :class:`WorkbookRefused`; what takes longer is left
    to the whole reading."""
    with tempfile.TemporaryFile() as copy, tempfile.TemporaryFile() as lines:
        _copy(source, copy)
        with suppress(_TooSlow):
            _decode(copy, lines, "look")
        lines.seek(0)
        _refuse(lines.readline())


def _copy(source: IO[bytes], target: IO[bytes]) -> str:
    """By pieces, so that a large file never sits in the memory of the web process."""
    source.seek(0)
    size, digest = 0, sha256()
    while piece := source.read(64 * 1024):
        size += len(piece)
        if size > MAX_BYTES:
            raise WorkbookRefused(f"文件超过 {MAX_BYTES // 1024 // 1024} MB。请删去图片，或拆成几个文件再导入。")
        digest.update(piece)
        target.write(piece)
    if not size:
        raise WorkbookRefused("文件是空的，没有内容。请核对后重新选择文件。")
    target.seek(0)
    return digest.hexdigest()


def _decode(source: IO[bytes], target: IO[bytes], how: str = "whole") -> None:
    try:
        child = subprocess.run(
            [sys.executable, "-I", str(DECODER), how],
            stdin=source,
            stdout=target,
            stderr=subprocess.DEVNULL,
            env=CHILD_ENV,
            timeout=SECONDS[how],
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise _TooSlow(f"文件读取超时，可能已损坏。{AS_XLSX}") from None
    if child.returncode:
        raise WorkbookRefused(f"文件无法读取，可能已损坏。{AS_XLSX}")


def _sheets(lines: IO[bytes], name: str) -> list[Sheet]:
    """Objects among the lines end a sheet; only they are decoded here."""
    lines.seek(0)
    sheets: list[Sheet] = []
    first = place = rows = 0
    for line in lines:
        if line.startswith(b"{"):
            _refuse(line)
            sheets.append(_sheet(json.loads(line), name, lines, first, place, rows))
            first, rows = place + len(line), 0
        else:
            rows += 1
        place += len(line)
    if not sheets:
        raise WorkbookRefused(f"文件里没有工作表。{AS_XLSX}")
    return sheets


def _refuse(line: bytes) -> None:
    facts = json.loads(line) if line.startswith(b"{") else {}
    if "refused" in facts:
        raise WorkbookRefused(facts["refused"])


def _sheet(facts: dict[str, Any], name: str, lines: IO[bytes], first: int, last: int, rows: int) -> Sheet:
    merges = sorted(Merge(*block) for block in facts["merges"])
    title = facts["name"] or Path(name).stem
    return Sheet(title, facts["hidden"], frozenset(facts["hidden_columns"]), merges, lines, first, last, rows)


class _Blocks:
    """Merged blocks that go down, walked along with the rows. Of blocks that overlap, which no honest program writes,
    the last one of each column holds."""

    def __init__(self, merges: list[Merge]) -> None:
        self.waiting = [merge for merge in reversed(merges) if merge.last_row > merge.row]
        self.open: dict[int, tuple[Merge, Cell]] = {}

    def filled(self, number: int, own: dict[int, Cell]) -> dict[int, Cell]:
        """Cells that row ``number`` takes from the first row of a block."""
        self.open = {place: block for place, block in self.open.items() if block[0].last_row >= number}
        found = {place: cell for place, (_, cell) in self.open.items() if place not in own}
        while self.waiting and self.waiting[-1].row <= number:
            merge = self.waiting.pop()
            if merge.row == number and merge.column in own:
                self.open[merge.column] = merge, own[merge.column]
        return found
