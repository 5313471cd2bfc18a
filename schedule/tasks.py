from celery import shared_task
from django.conf import settings

from . import services
from .mailboxes import work_through_mailbox
from .services import timetables


@shared_task
def remind():
    services.remind()


@shared_task
def send_invitations():
    services.send_invitations()


@shared_task
def take_calendar_replies():
    work_through_mailbox(settings.INBOUND_EMAIL_URL, services.is_reply_taken)


@shared_task
def lay_out_days():
    services.lay_out_days()


@shared_task
def bring_in_timetables():
    timetables.bring_in_waiting()
