"""What a template may ask about rights."""

from django import template
from django.conf import settings
from django.template import Context

from staff.permissions import P, may

register = template.Library()


@register.simple_tag(name="may", takes_context=True)
def may_tag(context: Context, permission: str) -> bool:
    """``{% may "deputy_edit" as can_edit %}``: does the reader's role carry it? An unknown permission is an error."""
    request = context.get("request")
    return may(getattr(request, "user", None), P(permission))


@register.simple_tag
def second_factor_required() -> bool:
    """Does this installation insist on a second factor for the three administrators?"""
    return bool(settings.MFA_REQUIRED_FOR_ADMINISTRATORS)
