import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def _no_tries_remembered() -> None:
    """The limits of tries count in the cache, which outlives a test."""
    cache.clear()
