"""Is the house in order? One reading per thing that can break by itself, each with its own short time limit.

A reading never raises: whatever goes wrong becomes its sentence. The sentences name no version, address or path.
"""

import secrets
import shutil
import time
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.http import HttpRequest
from django.utils import timezone

from common import fonts
from common.jobs.models import Job

LONGEST_QUEUE = timedelta(minutes=5)
LEAST_DISK = 1024**3


@dataclass(frozen=True)
class Reading:
    """``ok`` decides between 200 and 503; ``detail`` is for the system administrator's eyes."""

    name: str
    ok: bool
    detail: str


def database() -> str:
    started = time.perf_counter()
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return f"{(time.perf_counter() - started) * 1000:.0f} 毫秒应答"


def shared_cache() -> str:
    word = secrets.token_hex(8)
    cache.set("health", word, 30)
    # Two checks at once may overwrite each other; a cache that lost the key altogether is broken.
    if cache.get("health") is None:
        raise RuntimeError("写入后读不到")
    return "可读可写"


def broker() -> str:
    if not settings.REDIS_URL:
        return "嵌入式运行，不需要"
    import redis

    with redis.Redis.from_url(settings.REDIS_URL, socket_timeout=2, socket_connect_timeout=2) as client:
        client.ping()
    return "有应答"


def queue(now: datetime) -> str:
    """The job that could have begun longest ago and that nobody took: old means that no worker is alive."""
    due_at = Job.objects.due().order_by("due_at").values_list("due_at", flat=True).first()
    if due_at is None:
        return "没有等待的任务"
    waiting = now - due_at
    if waiting > LONGEST_QUEUE:
        raise RuntimeError(f"最早的任务已等待 {waiting.total_seconds() / 60:.0f} 分钟，后台进程可能停了")
    return f"最早的任务等待 {waiting.total_seconds():.0f} 秒"


def disk() -> str:
    folder = settings.MEDIA_ROOT
    while not folder.exists():
        folder = folder.parent
    free = shutil.disk_usage(folder).free
    if free < LEAST_DISK:
        raise RuntimeError(f"只剩 {free / 1024**2:.0f} MB")
    return f"剩余 {free / 1024**3:.0f} GB"


def typefaces() -> str:
    found = fonts.in_use()
    if not found.complete:
        raise RuntimeError(found.words)
    return found.words


def readings(now: datetime) -> list[Reading]:
    checks: Iterable[tuple[str, Callable[[], str]]] = [
        ("数据库", database),
        ("缓存", shared_cache),
        ("消息队列", broker),
        ("任务等待", lambda: queue(now)),
        ("磁盘", disk),
        ("字体", typefaces),
    ]
    return [_read(name, check) for name, check in checks]


def _read(name: str, check: Callable[[], str]) -> Reading:
    try:
        return Reading(name, True, check())
    except RuntimeError as problem:  # our own sentences
        return Reading(name, False, str(problem))
    except Exception as problem:  # a driver's words may hold an address or a password: only its kind is told
        return Reading(name, False, f"没有应答（{type(problem).__name__}）")


def report() -> tuple[dict[str, Any], int]:
    """The body and the status of ``/readyz``."""
    found = readings(timezone.now())
    ok = all(reading.ok for reading in found)
    return {"ok": ok, "checks": [asdict(reading) for reading in found]}, 200 if ok else 503


def carries_token(request: HttpRequest) -> bool:
    """``Authorization: Bearer …`` with the site's HEALTH_TOKEN; without a configured token nobody carries it."""
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    return bool(settings.HEALTH_TOKEN) and secrets.compare_digest(given.encode(), settings.HEALTH_TOKEN.encode())
