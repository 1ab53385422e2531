"""The table behind the access walk: which role may call which URL with which method.

Each app lists its URLs in ``tests/<app>/access.py`` as ``ROWS: list[Row]``; ``tests/test_access_walk.py`` walks them
all and fails on a URL without a row and on a row without a URL.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from staff.models import Role
from staff.permissions import GRANTS, P
from tests.world import World

Kwargs = Callable[[World], dict[str, Any]]
# "everyone" = every role that is logged in; "anonymous" = also without a log-in.
Who = set[Role] | Literal["everyone", "anonymous"]


@dataclass(frozen=True)
class Row:
    """One URL.

    ``own`` gives the URL's arguments for an object of the walking handler's department (or for any object that all
    named roles may see); ``foreign`` those of another department's object, which is 404 for ``foreign_roles`` and
    allowed for the other named roles. ``data`` is what POST sends: empty is right for most (422 is "allowed" too).
    ``reveals`` marks the one answer that may carry a whole phone number, ``for_programs`` a URL that refuses with
    403 instead of sending to the log-in page.
    """

    url_name: str
    methods: Mapping[str, Who]
    own: Kwargs | None = None
    foreign: Kwargs | None = None
    foreign_roles: frozenset[Role] = frozenset()
    data: Kwargs | None = None
    reveals: bool = False
    for_programs: bool = False

    def allows(self, method: str, role: Role | None) -> bool:
        """Is ``role`` (None: nobody logged in) let in by ``method``?"""
        who = self.methods.get(method, set())
        if who == "anonymous":
            return True
        return role is not None and (who == "everyone" or role in who)


def holding(permission: P) -> set[Role]:
    """The roles of one permission: ``Row("deputies:list", {"GET": holding(P.DEPUTY_VIEW)})``."""
    return {role for role, granted in GRANTS.items() if permission in granted}
