"""The words of the pair: private until their author shares them, and jointly theirs where they wrote together."""

from django.db import transaction
from django.utils import timezone

from notices.services import tell_all
from people.access import require
from people.models import User

from ..models import Consent, Entry, Partnership
from ..policy import may_take_part, member_of
from .ground import NotNow, facts_of, lock


@transaction.atomic
def write(
    partnership, *, by, kind, body, prompt="", step=None, on=None, audience=Entry.Audience.PRIVATE, joint=False, at=None
):
    """Write one text. It is private unless its author shares it."""
    at = at or timezone.now()
    require(may_take_part(by, partnership))
    entry = Entry.objects.create(
        partnership=partnership,
        step=step,
        author=by,
        school=member_of(by, partnership).school,
        kind=kind,
        prompt=prompt[:200],
        body=body,
        on=on,
        joint=joint,
        made_at=at,
        changed_at=at,
    )
    if audience != Entry.Audience.PRIVATE:
        share(entry, by=by, audience=audience, at=at)
    return entry


@transaction.atomic
def rewrite(entry, *, by, body, at=None):
    """Change one's own text. What others agreed to was the old one: their consent lapses and it comes back inside."""
    require(entry.author_id == by.pk)
    Consent.objects.filter(entry=entry).exclude(person=by).delete()
    changes = {"body": body, "changed_at": at or timezone.now()}
    if entry.joint:
        changes["released_at"] = None
    Entry.objects.filter(pk=entry.pk).update(**changes)


@transaction.atomic
def share(entry, *, by, audience, at=None):
    """Choose who reads one's own text. A joint text leaves the pair only when every partner has agreed."""
    at = at or timezone.now()
    require(entry.author_id == by.pk)
    lock(entry.partnership)
    Consent.objects.filter(entry=entry).delete()
    Entry.objects.filter(pk=entry.pk).update(audience=audience, released_at=None)
    if audience != Entry.Audience.SCHOOL:
        return
    Consent.objects.create(entry=entry, person=by, given_at=at)
    if entry.joint:
        ask_consent(entry, by=by, at=at)
    release_if_agreed(entry, at=at)


def ask_consent(entry, *, by, at):
    partnership = entry.partnership
    tell_all(
        User.objects.filter(memberships__in=partnership.members.active()).exclude(pk=by.pk),
        "consent_asked",
        key=f"consent:{entry.pk}:{at:%Y%m%d%H%M%S}",
        path=f"{partnership.get_absolute_url()}words/#entry-{entry.pk}",
        facts=facts_of(partnership, who=by),
        thread=partnership.thread,
        at=at,
    )


@transaction.atomic
def consent(entry, *, by, at=None):
    """Agree that a joint text leaves the partnership; a second press changes nothing."""
    at = at or timezone.now()
    partnership = lock(entry.partnership)
    require(member_of(by, partnership))
    entry = Entry.objects.get(pk=entry.pk)
    if entry.audience != Entry.Audience.SCHOOL:
        raise NotNow("Its author keeps it among you after all.")
    Consent.objects.get_or_create(entry=entry, person=by, defaults={"given_at": at})
    release_if_agreed(entry, at=at)


@transaction.atomic
def take_back(entry, *, by):
    """Bring a shared text back inside: its author or, for a joint one, any partner may."""
    partnership = lock(entry.partnership)
    require(entry.author_id == by.pk or (entry.joint and member_of(by, partnership)))
    Consent.objects.filter(entry=entry).delete()
    Entry.objects.filter(pk=entry.pk).update(audience=Entry.Audience.PARTNERS, released_at=None)


def release_if_agreed(entry, *, at):
    agreed = set(Consent.objects.filter(entry=entry).values_list("person_id", flat=True))
    members = entry.partnership.members.active()
    asked = set(members.values_list("person_id", flat=True)) if entry.joint else {entry.author_id}
    if asked <= agreed:
        Entry.objects.filter(pk=entry.pk, released_at=None).update(released_at=at)


@transaction.atomic
def send_message(partnership, *, by, body, at=None):
    """Say something to the partners, in their own thread. The notice never says what."""
    at = at or timezone.now()
    entry = write(partnership, by=by, kind=Entry.Kind.MESSAGE, body=body, audience=Entry.Audience.PARTNERS, at=at)
    tell_all(
        User.objects.filter(memberships__in=partnership.members.active()).exclude(pk=by.pk),
        "message",
        key=f"message:{entry.pk}",
        path=f"{partnership.get_absolute_url()}messages/",
        facts=facts_of(partnership, who=by),
        thread=partnership.thread,
        at=at,
    )
    Partnership.objects.filter(pk=partnership.pk).update(changed_at=at)
    return entry
