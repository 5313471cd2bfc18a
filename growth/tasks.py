"""Tasks of this room. Beat wakes them; each may run twice."""

from celery import shared_task
from django.utils import timezone

from .services.meeting_reminders import remind_of_meetings as remind
from .services.newsletters import send_newsletters as send_what_is_due


@shared_task
def send_newsletters():
    send_what_is_due()


@shared_task
def remind_of_meetings():
    remind(now=timezone.now())
