"""The Django project: settings, urls, celery, wsgi. Wiring only, no business word."""

from liaison.celery import app as celery_app

__all__ = ["celery_app"]
