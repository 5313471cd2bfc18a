"""Tasks of this room. Beat wakes them; each may run twice."""

from celery import shared_task

from .services import day_sheets, letters


@shared_task
def send_day_sheets():
    day_sheets.send_day_sheets()


@shared_task
def send_letters():
    letters.send_letters()
