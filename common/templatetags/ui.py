"""The small kit of components that pages are built from."""

from django import template

register = template.Library()
