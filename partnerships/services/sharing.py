"""Showing a text to somebody by name: one version, with the consent of those whose it is, until one takes it back."""

from django.db import transaction
from django.utils import timezone

from people.access import require
from people.models import User

from ..models import Entry, Share, ShareConsent, Version
from ..showing import holders, may_be_given, why_not_shown_to
from .ground import NotNow, lock, tell_of


@transaction.atomic
def ask_to_show(entry, *, by, reader, at=None):
    """Ask those whose text it is to show it, as it stands now, to this reader; who asks agrees by asking.

    Nothing is shown before all of them agree. Raises NotNow with the reason when this reader cannot be named or is
    named already.
    """
    at = at or timezone.now()
    partnership = lock(entry.partnership)
    entry = Entry.objects.get(pk=entry.pk)
    entry.partnership = partnership
    require(may_be_given(entry, by), "Only those whose text it is show it to others.")
    if refusal := why_not_shown_to(reader, entry):
        raise NotNow(refusal)
    version = version_of(entry, at=at)
    if Share.objects.open().filter(version=version, reader=reader).exists():
        raise NotNow(f"{reader} is named for this text already.")
    share = Share.objects.create(version=version, reader=reader, asked_by=by, asked_at=at)
    asked = [
        ShareConsent(share=share, person_id=pk, given_at=at if pk == by.pk else None) for pk in sorted(holders(entry))
    ]
    ShareConsent.objects.bulk_create(asked)
    tell_asked(share, entry, by=by, at=at)
    show_if_agreed(share, entry, at=at)
    return share


def version_of(entry, *, at):
    """The text as it stands, under its number: the last version where nothing has changed since."""
    last = Version.objects.filter(entry=entry).order_by("-number").first()
    if last and (last.body, last.prompt) == (entry.body, entry.prompt):
        return last
    number = last.number + 1 if last else 1
    return Version.objects.create(entry=entry, number=number, prompt=entry.prompt, body=entry.body, made_at=at)


def tell_asked(share, entry, *, by, at):
    people = User.objects.filter(pk__in=waiting(share).values("person"))
    key, facts = f"show-asked:{share.pk}", {"who": by, "whom": share.reader}
    tell_of(entry.partnership, people, "show_asked", key=key, path=share.get_absolute_url(), at=at, **facts)


def waiting(share):
    return ShareConsent.objects.filter(share=share, given_at=None)


def show_if_agreed(share, entry, *, at):
    """Let the reader in once nobody is left to ask. An older version that they read is replaced by this one."""
    if waiting(share).exists():
        return
    if not Share.objects.open().filter(pk=share.pk, agreed_at=None).update(agreed_at=at):
        return
    older = Share.objects.shown_to(share.reader).filter(version__entry=entry).exclude(pk=share.pk)
    older.update(ended_at=at, ended_by=share.asked_by)
    path, who = share.get_absolute_url(), share.asked_by
    tell_of(entry.partnership, [share.reader], "words_shown", key=f"shown:{share.pk}", path=path, who=who, at=at)


@transaction.atomic
def agree_to_show(share, *, by, at=None):
    """Agree that this version is shown to this reader; a second press changes nothing."""
    at = at or timezone.now()
    share = locked(share)
    require(ShareConsent.objects.filter(share=share, person=by).exists(), "You were not asked about this text.")
    if share.ended_at:
        raise NotNow("It was taken back meanwhile. Nobody reads it.")
    ShareConsent.objects.filter(share=share, person=by, given_at=None).update(given_at=at)
    show_if_agreed(share, share.version.entry, at=at)


@transaction.atomic
def stop_showing(share, *, by, at=None):
    """Take it back, or say no to it: anyone whose consent it takes, at any time, and at once."""
    at = at or timezone.now()
    share = locked(share)
    require(ShareConsent.objects.filter(share=share, person=by).exists(), "Only those whose text it is take it back.")
    Share.objects.open().filter(pk=share.pk).update(ended_at=at, ended_by=by)


def locked(share):
    """The share as it is now, with its partnership locked until the transaction ends."""
    share = Share.objects.select_related("version__entry", "reader", "asked_by").get(pk=share.pk)
    share.version.entry.partnership = lock(share.version.entry.partnership)
    share.refresh_from_db(fields=["agreed_at", "ended_at"])
    return share


def stop_asking(partnership, *, at):
    """Somebody has left: what not all had agreed to show is not shown. Silence is no consent."""
    open_yet = Share.objects.open().filter(version__entry__partnership=partnership, agreed_at=None)
    open_yet.update(ended_at=at)
