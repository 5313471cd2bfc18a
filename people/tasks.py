from celery import shared_task

from . import once
from .services import accounts, invitations


@shared_task
def send_invitations():
    invitations.send_invitations()


@shared_task
def close_accounts_of_leavers():
    accounts.close_accounts_of_leavers()


@shared_task
def forget_presses():
    once.forget_presses()
