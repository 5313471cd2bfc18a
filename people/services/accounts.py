"""Accounts: made, claimed, corrected, closed and opened again."""

from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from people import policy
from people.access import require
from people.clock import today
from people.models import Invitation, Post, User
from people.registry import HAND_OVER

from .changing import days, differences, kept_now, note_change
from .posts import LAST_ADMIN, end_spans


@transaction.atomic
def add_person(email, *, name, by, staff_code="", at=None):
    """Make an account without a password; its owner claims it by invitation or reset mail."""
    require(policy.may_run_district(by))
    person = User(email=email.lower(), name=name, staff_code=staff_code, joined_at=at or timezone.now())
    person.set_unusable_password()
    person.full_clean()
    person.save()
    note_change("person_added", by=by, person=person, at=at)
    return person


@transaction.atomic
def edit_person(person, *, by):
    """Save a corrected name, address or staff code. A new address opens the account once its owner confirms it."""
    require(policy.may_run_district(by))
    person.email = person.email.lower()
    corrected = ["name", "email", "staff_code"]
    details = differences(person, kept_now(person), only=corrected, personal=corrected)
    person.save(update_fields=corrected)
    if details:
        note_change("person_corrected", by=by, person=person, details=details)
    forget_other_addresses([person.pk])


def forget_other_addresses(people):
    """Leave no sign-in address behind but the accounts' own. `people` are ids."""
    EmailAddress.objects.filter(user__in=people).exclude(email=F("user__email")).delete()


@transaction.atomic
def accept(person, *, at=None):
    """The person showed that the account's address is theirs: the address is confirmed, invitations are accepted."""
    address, _ = EmailAddress.objects.get_or_create(user=person, email=person.email.lower())
    if address.set_verified():
        address.set_as_primary()
    Invitation.objects.filter(user=person, accepted_at=None).update(accepted_at=at or timezone.now())


@transaction.atomic
def leave(person, *, on, by, at=None):
    """Note the day on which a person leaves. Their posts end then, and from that day the account is closed.

    What they wrote and took part in stays; `hand_over` gives unfinished work to somebody else.
    """
    require(policy.may_run_district(by))
    require(not policy.is_last_admin(person), LAST_ADMIN)
    person.left_on = on
    person.save(update_fields=["left_on"])
    note_change("person_left", by=by, person=person, details=days(None, on), at=at)
    end_spans(Post.objects.filter(user=person), on)
    end_spans(person.deputies.all(), on)
    end_spans(person.stands_in_for.all(), on)
    if on <= today(now=at):
        close_account(person)


def close_account(person):
    """No more signing in, and signed out everywhere."""
    User.objects.filter(pk=person.pk, is_active=True).update(is_active=False)
    person.is_active = False
    for session in UserSession.objects.filter(user=person):
        session.end()


@transaction.atomic
def close_accounts_of_leavers(at=None):
    """Close the accounts whose last day has come. Woken by beat; running twice changes nothing."""
    for person in User.objects.filter(is_active=True, left_on__lte=today(now=at)):
        close_account(person)


@transaction.atomic
def bring_back(person, *, by):
    """Open a closed account again, or take back an announced leaving. Posts are given anew."""
    require(policy.may_run_district(by))
    person.is_active, person.left_on = True, None
    person.save(update_fields=["is_active", "left_on"])
    note_change("person_back", by=by, person=person)


@transaction.atomic
def hand_over(person, *, to, by, at=None):
    """Give a leaver's unfinished work to a colleague, in one transaction over every room that has some."""
    require(policy.may_run_district(by))
    require(to.is_active, "Their account is closed. Choose somebody who is here.")
    for give in HAND_OVER:
        give(person, to=to, by=by, at=at or timezone.now())
    note_change("work_handed_over", by=by, person=to, at=at)
