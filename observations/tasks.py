"""Tasks of this room. Beat wakes them; each may run twice."""

from celery import shared_task

from .services import after_walks, cover_ageing, day_sheets, letters, searching


@shared_task
def send_day_sheets():
    day_sheets.send_day_sheets()


@shared_task
def send_letters():
    letters.send_letters()


@shared_task
def look_for_plans():
    searching.look_for_plans()


@shared_task
def remind_of_walks():
    after_walks.remind_of_walks()


@shared_task
def remind_of_cover():
    cover_ageing.remind_of_cover()
