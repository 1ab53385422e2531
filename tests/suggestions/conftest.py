"""The day on which these tests are told."""

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    """Monday, 23 November 2026: whatever the machine's clock says, the same deadlines are overdue."""
    with time_machine.travel(NOW, tick=True):
        yield
