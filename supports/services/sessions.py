"""The catalogue of PD sessions, kept by facilitators and by the teachers who led them."""

from django.db import transaction
from django.utils import timezone

from people.access import require

from .. import policy
from ..models import PDSession


@transaction.atomic
def add_session(*, by, at=None, **words):
    """Add a session to the catalogue; without a `leader` it is the actor's own."""
    session = PDSession(made_at=at or timezone.now(), **{"leader": by, **words})
    require(policy.may_add_session(by) and policy.may_keep_session(by, session))
    session.save()
    return session


@transaction.atomic
def edit_session(session, *, by, **words):
    """Change what the catalogue says of a session."""
    require(policy.may_keep_session(by, session))
    for name, value in words.items():
        setattr(session, name, value)
    require(policy.may_keep_session(by, session), "You can keep sessions of your own school.")
    session.save()


def withdraw_session(session, *, by, at=None):
    """Take a session out of the list; those who follow up on it go on."""
    require(policy.may_keep_session(by, session))
    PDSession.objects.filter(pk=session.pk, withdrawn_at=None).update(withdrawn_at=at or timezone.now())


def offer_session_again(session, *, by):
    """Put a withdrawn session back into the list."""
    require(policy.may_keep_session(by, session))
    PDSession.objects.filter(pk=session.pk).update(withdrawn_at=None)
