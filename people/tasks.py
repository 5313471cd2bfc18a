from celery import shared_task

from .services import accounts, invitations


@shared_task
def send_invitations():
    invitations.send_invitations()


@shared_task
def close_accounts_of_leavers():
    accounts.close_accounts_of_leavers()
