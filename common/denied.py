"""Refusals: a rule says no, in words for the user."""

from collections.abc import Callable


class Denied(Exception):
    """A rule forbids this now. The text is shown to the user (HTTP 409) and says what to do."""


class Stale(Denied):
    """Somebody else saved the record after the form was drawn (HTTP 409, nothing is overwritten)."""


def refusal(check: Callable[..., None], *args: object, **kwargs: object) -> str:
    """Why not, for a place that tells it instead of showing the button; nothing if it is allowed."""
    try:
        check(*args, **kwargs)
    except Denied as denied:
        return str(denied)
    return ""


def allowed(check: Callable[..., None], *args: object, **kwargs: object) -> bool:
    """Turn any ``check_can_*`` into the bool that a template needs, so button and action share one rule."""
    try:
        check(*args, **kwargs)
    except Denied:
        return False
    return True
