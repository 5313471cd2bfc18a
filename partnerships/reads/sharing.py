"""Texts that are shown by name: to whom, who has agreed, and who has read them when."""

from people.models import Viewing
from people.services.viewing import readings_of

from ..models import HandOver, Share, ShareConsent
from .people import names

RELATED = ("version__entry__author", "version__entry__partnership__support", "reader", "asked_by", "ended_by")


class Shown:
    """A share as one of those whose text it is meets it."""

    def __init__(self, share, consents, readings, user):
        self.share, self.user = share, user
        self.readings = [line for line in readings if line.reader_id == share.reader_id]
        self.asked = [row.person for row in consents if row.given_at is None]
        self.agreed = [row.person for row in consents if row.given_at]
        self.waits_for_me = user in self.asked and share.ended_at is None

    @property
    def in_words(self):
        if self.share.ended_at:
            return "Taken back." if self.share.agreed_at else "Not shown."
        if self.share.agreed_at:
            return f"Shown. Agreed: {names(self.agreed, self.user)}."
        return f"Shown to nobody yet. Still asked: {names(self.asked, self.user)}."

    @property
    def is_changed_since(self):
        """Whether the text says something else by now than the version that is shown."""
        version = self.share.version
        return version.entry.body != version.body


def shown_versions(shares, user):
    """Each share with its consents and its readings: two queries, whatever the number."""
    shares = list(shares)
    consents = {}
    rows = ShareConsent.objects.visible_to(user).filter(share__in=shares).select_related("person")
    for row in rows.order_by("person__name"):
        consents.setdefault(row.share_id, []).append(row)
    texts = {share.version.entry_id for share in shares}
    readings = readings_of(Viewing.What.WORDS, texts, author=user)
    return [Shown(s, consents.get(s.pk, []), readings.get(s.version.entry_id, []), user) for s in shares]


def shares_of(entry, user):
    entry.is_shown = Share.objects.of_entry(entry).exists()
    rows = Share.objects.visible_to(user).filter(version__entry=entry).select_related(*RELATED)
    return shown_versions(rows[:50], user)


def shares_for(user):
    """(what waits for this person's word, what others show to them by name), newest first."""
    rows = Share.objects.visible_to(user).select_related(*RELATED)
    return list(rows.asked_of(user)[:50]), list(rows.shown_to(user)[:200])


def may_read_version(share, user):
    """The reader, and those whose text it is; not the observer once the notes are handed over."""
    entry = share.version.entry
    return not (entry.handed_over_at and user.pk == entry.author_id)


def handed_over_in(partnership, user):
    rows = HandOver.objects.visible_to(user).filter(partnership=partnership, by=user)
    return rows.select_related("to", "step")
