"""Constraints by name, so that the database refuses nonsense. Django's ``choices`` alone do not constrain."""

from django.db.models import CheckConstraint, F, Q, TextChoices


def one_of(field: str, choices: type[TextChoices], *, table: str, or_blank: bool = False) -> CheckConstraint:
    """``field`` holds one of ``choices``."""
    known = [*choices.values, *([""] if or_blank else [])]
    return CheckConstraint(condition=Q(**{f"{field}__in": known}), name=f"{table}_{field}_known")


def together(first: str, second: str, *, table: str) -> CheckConstraint:
    """Both fields are null or neither is (``withdrawn_at`` with ``withdrawn_by``)."""
    both_null = Q(**{f"{first}__isnull": True, f"{second}__isnull": True})
    neither = Q(**{f"{first}__isnull": False, f"{second}__isnull": False})
    return CheckConstraint(condition=both_null | neither, name=f"{table}_{first}_with_{second}")


def not_before(later: str, earlier: str, *, table: str) -> CheckConstraint:
    """``later`` is null or on/after ``earlier``."""
    return CheckConstraint(
        condition=Q(**{f"{later}__isnull": True}) | Q(**{f"{later}__gte": F(earlier)}),
        name=f"{table}_{later}_not_before_{earlier}",
    )


def not_blank(field: str, *, table: str) -> CheckConstraint:
    """``field`` is not the empty string."""
    return CheckConstraint(condition=~Q(**{field: ""}), name=f"{table}_{field}_not_blank")
