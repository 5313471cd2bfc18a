"""The project: settings, addresses, the queue, and home. It may look into every room; no room looks into it."""

from .celery import app as celery_app

__all__ = ["celery_app"]
