"""The private address of a person's calendar: made, made anew, taken away."""

import secrets

from django.db import transaction
from django.utils import timezone

from people.access import require

from ..models import Feed


@transaction.atomic
def new_feed(person, *, by, at=None):
    """A new private address of 256 random bits; the one before it stops working."""
    require(by == person and person.is_active)
    made = {"token": secrets.token_urlsafe(32), "made_at": at or timezone.now()}
    return Feed.objects.update_or_create(person=person, defaults=made)[0]


@transaction.atomic
def drop_feed(person, *, by):
    """Take the private address away: it answers as if it had never been."""
    require(by == person)
    Feed.objects.filter(person=person).delete()
