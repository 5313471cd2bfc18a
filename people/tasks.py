from celery import shared_task

from . import once
from .services import accounts, erasing, invitations, retention, subject_exports


@shared_task
def send_invitations():
    invitations.send_invitations()


@shared_task
def close_accounts_of_leavers():
    accounts.close_accounts_of_leavers()


@shared_task
def forget_presses():
    once.forget_presses()


@shared_task
def delete_what_is_due():
    retention.delete_what_is_due()


@shared_task
def make_exports():
    subject_exports.make_exports()


@shared_task
def erase_people():
    erasing.erase_people()
