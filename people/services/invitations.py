"""Invitations: rows that a worker mails. Each mail carries a link with which its reader chooses a password."""

import logging

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from people import policy
from people.access import require
from people.clock import district
from people.models import Invitation, User

log = logging.getLogger(__name__)

MOST_TRIES = 5
AT_ONCE = 100


@transaction.atomic
def invite(person, *, by, at=None):
    """Ask a person to sign in for the first time, or once more. One that still waits to be sent is not doubled."""
    require(policy.may_run_district(by))
    require(person.is_active, "This account is closed. Bring the person back first.")
    waiting = Invitation.objects.filter(user=person, sent_at=None, attempts__lt=MOST_TRIES).first()
    return waiting or Invitation.objects.create(
        email=person.email, user=person, invited_by=by, made_at=at or timezone.now()
    )


@transaction.atomic
def invite_all(*, by, at=None):
    """Invite everybody who holds a post, has no password and was never invited. Returns how many."""
    require(policy.may_run_district(by))
    return len(
        Invitation.objects.bulk_create(
            [
                Invitation(email=person.email, user=person, invited_by=by, made_at=at or timezone.now())
                for person in never_invited()
            ]
        )
    )


def never_invited():
    return User.objects.placed().filter(password__startswith=UNUSABLE_PASSWORD_PREFIX, invitations=None)


def send_invitations(at=None):
    """Mail what waits. A row is claimed as its mail is written, in one transaction: a worker that is killed loses
    nothing, and a second one passes it by.
    """
    waiting = Invitation.objects.filter(sent_at=None, attempts__lt=MOST_TRIES, user__is_active=True)
    for invitation in waiting.order_by("attempts", "made_at").select_related("user", "invited_by")[:AT_ONCE]:
        try:
            send_invitation(invitation, at=at or timezone.now())
        except OSError as trouble:  # every fault of a mail server is one
            log.warning("Invitation %s was not sent: %s", invitation.pk, type(trouble).__name__)
            Invitation.objects.filter(pk=invitation.pk).update(attempts=invitation.attempts + 1)


@transaction.atomic
def send_invitation(invitation, *, at):
    claim = Invitation.objects.filter(pk=invitation.pk, sent_at=None)
    if claim.update(sent_at=at, attempts=invitation.attempts + 1):
        mail_claim_link(invitation.user, invited_by=invitation.invited_by)


def claim_path(person):
    """The path at which the person chooses a password: it works once, for PASSWORD_RESET_TIMEOUT seconds."""
    key = {"uidb36": user_pk_to_url_str(person), "key": default_token_generator.make_token(person)}
    return reverse("account_reset_password_from_key", kwargs=key)


def mail_claim_link(person, *, invited_by=None):
    """Send the link to the account's own address. Whoever reads that mailbox, and nobody else, can claim it."""
    facts = {
        "person": person,
        "invited_by": invited_by,
        "district": district(),
        "link": settings.SITE_URL + claim_path(person),
        "days": settings.PASSWORD_RESET_TIMEOUT // 86400,
        "reset_link": settings.SITE_URL + reverse("account_reset_password"),
    }
    subject = render_to_string("people/mail/invitation_subject.txt", facts).strip()
    mail = EmailMultiAlternatives(subject, render_to_string("people/mail/invitation.txt", facts), to=[person.email])
    mail.attach_alternative(render_to_string("people/mail/invitation.html", facts), "text/html")
    mail.send()
