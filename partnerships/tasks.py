"""Tasks of this room. Beat wakes them; each may run twice."""

from celery import shared_task

from .services.reminders import remind as remind_of_what_is_due
from .services.time import count_past_events


@shared_task
def remind():
    remind_of_what_is_due()


@shared_task
def count_time():
    count_past_events()
