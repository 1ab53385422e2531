"""The portrait's filters as a newcomer would do without them: the text goes to the engine as it is."""

from django import template
from django.utils.html import linebreaks
from django.utils.safestring import mark_safe

from profiles.templatetags import portrait

register = template.Library()
register.filters |= portrait.register.filters
register.filter("squeeze", lambda text: str(text))
register.filter("lines", lambda text, measure: mark_safe(linebreaks(text, autoescape=True)))
register.filter("block", lambda text, measure: mark_safe(linebreaks(text, autoescape=True)))
