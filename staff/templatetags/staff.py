"""What a template may ask about rights."""

from django import template
from django.conf import settings
from django.template import Context

from staff import words
from staff.models import AuditEvent, Role
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


@register.filter
def action_word(event: AuditEvent) -> str:
    return words.action_word(event.action)


@register.filter
def thing_word(event: AuditEvent) -> str:
    return words.thing_word(event.target_type)


@register.filter
def changed_fields(event: AuditEvent) -> str:
    """「单位、职务」: which fields, never what was in them."""
    return "、".join(words.field_words(event.target_type, list(event.changes)))


@register.filter
def role_word(value: str) -> str:
    return Role(value).label if value in Role.values else ""
