"""Uploaded photos become plain JPEGs. The only door through which a picture enters the house.

Decoding runs in a child process with limits on memory and time (``common.photo_decoder``): a hostile
file can kill the child, never the web worker, and the memory of a 40-megapixel photo goes with it.
"""

import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import IO, Any

from common.files import write_whole

MAX_BYTES = 20 * 1024 * 1024
SECONDS = 20
DECODER = Path(__file__).with_name("photo_decoder.py")
AGAIN = "请用手机重新拍照，或另存为 JPG 后再上传。"
# Nothing of our environment (keys, database address) goes to the process that reads strangers' bytes.
CHILD_ENV = {"PATH": os.defpath, "MALLOC_ARENA_MAX": "2", "LC_ALL": "C.UTF-8"}


class PhotoRefused(Exception):
    """Not a photo that we keep. The text says what is wrong and what to do."""


@dataclass(frozen=True)
class Prepared:
    """Two JPEGs without any metadata; ``sha256`` and the measures are those of the print size."""

    print_jpeg: bytes
    thumb_jpeg: bytes
    width: int
    height: int
    sha256: str


def prepare(upload: IO[bytes]) -> Prepared:
    """Check, turn upright, shrink and re-encode ``upload``, or raise :class:`PhotoRefused`."""
    with tempfile.TemporaryFile() as source:
        _copy(upload, source)
        answer = _decode(source)
    head, _, body = answer.partition(b"\n")
    facts = json.loads(head)
    if "refused" in facts:
        raise PhotoRefused(f"{facts['refused']}{AGAIN}")
    print_jpeg, thumb_jpeg = body[: facts["split"]], body[facts["split"] :]
    return Prepared(print_jpeg, thumb_jpeg, facts["width"], facts["height"], sha256(print_jpeg).hexdigest())


def keep(upload: IO[bytes], folder: str) -> dict[str, Any]:
    """Prepare ``upload`` and write both sizes below ``folder``: what the row of the photo must know.

    Not for the inside of a transaction: nobody waits for a picture. Named by content, so that a second try writes
    the same files.
    """
    prepared = prepare(upload)
    path = f"{folder}/{prepared.sha256[:2]}/{prepared.sha256}"
    files = {"print_file": f"{path}-print.jpg", "thumb_file": f"{path}-thumb.jpg"}
    write_whole(files["print_file"], prepared.print_jpeg)
    write_whole(files["thumb_file"], prepared.thumb_jpeg)
    return {**files, "sha256": prepared.sha256, "width": prepared.width, "height": prepared.height}


def _copy(upload: IO[bytes], target: IO[bytes]) -> None:
    """By pieces, so that a large file never sits in the memory of the web process."""
    upload.seek(0)
    size = 0
    while piece := upload.read(64 * 1024):
        size += len(piece)
        if size > MAX_BYTES:
            raise PhotoRefused(f"照片超过 {MAX_BYTES // 1024 // 1024} MB。{AGAIN}")
        target.write(piece)
    if not size:
        raise PhotoRefused(f"文件是空的，没有内容。{AGAIN}")
    target.seek(0)


def _decode(source: IO[bytes]) -> bytes:
    try:
        child = subprocess.run(
            [sys.executable, "-I", str(DECODER)],
            stdin=source,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=CHILD_ENV,
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise PhotoRefused(f"照片处理超时，文件可能已损坏。{AGAIN}") from None
    if child.returncode:
        raise PhotoRefused(f"照片无法读取，文件可能已损坏。{AGAIN}")
    return child.stdout
