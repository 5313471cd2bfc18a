"""The words of the pair: private until their author shares them, and jointly theirs where they wrote together."""

from django.db import transaction
from django.utils import timezone

from people.access import require

from ..models import Consent, Entry, Partnership
from ..policy import may_take_part, member_of
from .ground import NotNow, lock, people_of, tell_of

STAYS_WITH_THE_PAIR = "Notes about a colleague and messages stay with those who take part."


@transaction.atomic
def write(
    partnership,
    *,
    by,
    kind,
    body,
    prompt="",
    step=None,
    on=None,
    about=None,
    audience=Entry.Audience.PRIVATE,
    joint=False,
    at=None,
):
    """Write one text. It is private unless its author shares it."""
    at = at or timezone.now()
    require(may_take_part(by, partnership))
    leaves = audience == Entry.Audience.SCHOOL  # and then the others are asked, under the lock
    entry = Entry.objects.create(
        partnership=partnership,
        step=step,
        author=by,
        school=member_of(by, partnership).school,
        kind=kind,
        prompt=prompt[:200],
        body=body,
        on=on,
        about=about,
        joint=joint,
        audience=Entry.Audience.PRIVATE if leaves else audience,
        made_at=at,
        changed_at=at,
    )
    if leaves:
        share(entry, by=by, audience=audience, at=at)
    return entry


@transaction.atomic
def rewrite(entry, *, by, body, at=None):
    """Change one's own text. What the others agreed to was the old one: it comes back inside, and all are asked."""
    at = at or timezone.now()
    lock(entry.partnership)
    own = Entry.objects.written_by(by).filter(pk=entry.pk)
    require(own.exists())
    own.update(body=body, changed_at=at)
    entry = Entry.objects.select_related("partnership__support").get(pk=entry.pk)
    if entry.joint and entry.audience == Entry.Audience.SCHOOL:
        ask_consent(entry, by=by, at=at)


@transaction.atomic
def share(entry, *, by, audience, at=None):
    """Choose who reads one's own text; a second press changes nothing.

    A joint text leaves the pair only when every partner has agreed.
    """
    at = at or timezone.now()
    lock(entry.partnership)
    own = Entry.objects.written_by(by).filter(pk=entry.pk)
    require(own.exists())
    require(audience != Entry.Audience.SCHOOL or not entry.is_of_the_pair, STAYS_WITH_THE_PAIR)
    if not own.exclude(audience=audience).update(audience=audience, released_at=None):
        return
    Consent.objects.filter(entry=entry).delete()
    if audience == Entry.Audience.SCHOOL and entry.joint:
        ask_consent(entry, by=by, at=at)
    elif audience == Entry.Audience.SCHOOL:
        Entry.objects.filter(pk=entry.pk).update(released_at=at)


def ask_consent(entry, *, by, at):
    """Ask all the partners about the text as it stands; its author agrees by asking."""
    partnership = entry.partnership
    Entry.objects.filter(pk=entry.pk).update(released_at=None)
    Consent.objects.filter(entry=entry).delete()
    Consent.objects.create(entry=entry, person=by, given_at=at)
    tell_of(
        partnership,
        people_of(partnership, but=by),
        "consent_asked",
        key=f"consent:{entry.pk}:{at:%Y%m%d%H%M%S}",
        path=f"{partnership.get_absolute_url()}words/#entry-{entry.pk}",
        who=by,
        at=at,
    )
    release_if_agreed(entry, at=at)


@transaction.atomic
def consent(entry, *, by, at=None):
    """Agree that a joint text leaves the partnership; a second press changes nothing."""
    at = at or timezone.now()
    partnership = lock(entry.partnership)
    require(entry.joint and member_of(by, partnership))
    entry = Entry.objects.select_related("partnership").get(pk=entry.pk)
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
    inside = Entry.objects.filter(pk=entry.pk, handed_over_at=None)
    inside.update(audience=Entry.Audience.PARTNERS, released_at=None)


def bring_back_unagreed(partnership):
    """Somebody has left: joint texts that not all had agreed to share stay inside. Silence is no consent."""
    waiting = Entry.objects.filter(
        partnership=partnership, joint=True, audience=Entry.Audience.SCHOOL, released_at=None
    )
    Consent.objects.filter(entry__in=waiting).delete()
    waiting.update(audience=Entry.Audience.PARTNERS)


def release_if_agreed(entry, *, at):
    """Let a joint text out once every partner of today has agreed."""
    agreed = Consent.objects.filter(entry=entry).values("person")
    if not entry.partnership.members.active().exclude(person__in=agreed).exists():
        Entry.objects.filter(pk=entry.pk, released_at=None).update(released_at=at)


@transaction.atomic
def send_message(partnership, *, by, body, at=None):
    """Say something to the partners, in their own thread. The notice never says what."""
    at = at or timezone.now()
    entry = write(partnership, by=by, kind=Entry.Kind.MESSAGE, body=body, audience=Entry.Audience.PARTNERS, at=at)
    tell_of(
        partnership,
        people_of(partnership, but=by),
        "message",
        key=f"message:{entry.pk}",
        path=f"{partnership.get_absolute_url()}messages/",
        who=by,
        at=at,
    )
    Partnership.objects.filter(pk=partnership.pk).update(changed_at=at)
    return entry
