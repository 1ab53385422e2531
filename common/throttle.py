"""How often may somebody knock? Counted in the cache: a guard against guessing, not a book of record."""

import time

from django.core.cache import cache
from redis.exceptions import RedisError


def is_over(who: str, *, limit: int, seconds: int = 60) -> bool:
    """Has ``who`` come more than ``limit`` times in this stretch of ``seconds``? A cache that is down bars nobody."""
    key = f"throttle:{who}:{int(time.time()) // seconds}"
    try:
        cache.add(key, 0, 2 * seconds)
        return cache.incr(key) > limit
    except (RedisError, OSError, ValueError):
        return False
