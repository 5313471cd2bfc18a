"""Tasks of this room. Beat wakes them; each may run twice."""

from celery import shared_task

from .services.newsletters import send_newsletters as send_what_is_due


@shared_task
def send_newsletters():
    send_what_is_due()
