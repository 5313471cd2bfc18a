"""What colleagues agreed to share, for a newsletter to pick from.

A pick is a name such as "call:12". Each source says which rows are new for the one who writes, and finds the rows of
picks as their reader may see them now: what its owner took back is in no issue any more, old ones among them.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Q

from observations.models import Walk
from partnerships.reads.calls import every_call
from partnerships.reads.words import released_to
from people.clock import today
from supports.models import PDSession

from .models import ShoutOut


@dataclass(frozen=True)
class Item:
    """One thing of a newsletter: `words` are its owner's own."""

    pick: str
    title: str
    words: str
    by: str
    url: str

    @property
    def in_a_line(self):
        return f"{self.title}: “{self.words}” ({self.by})" if self.words else f"{self.title} ({self.by})"


@dataclass(frozen=True)
class Source:
    """`rows(user)` are those that the person may see and whose owners share them; `new(since)` a Q for the new ones."""

    key: str
    heading: str
    rows: Callable
    new: Callable
    item: Callable

    def items(self, user, *, picks, since=None):
        """What is picked, and with `since` also what is new; one query and what it fetches."""
        rows = self.rows(user)
        pks = [int(pick.partition(":")[2]) for pick in picks if pick.startswith(f"{self.key}:")]
        wanted = Q(pk__in=pks) | self.new(since) if since else Q(pk__in=pks)
        return [Item(f"{self.key}:{row.pk}", *self.item(row)) for row in rows.filter(wanted)[:MOST]]


MOST = 30  # of a kind in one issue


def call_item(call):
    return call.support.name, call.call, str(call.school), f"/calls/#call-{call.pk}"


def session_item(session):
    where = session.school.name if session.school else "the whole district"
    return (
        session.title,
        f"{session.held_on:%a %-d %B}: {session.focus_area}",
        f"{session.leader}, {where}",
        f"/pd/{session.pk}/",
    )


def walk_item(walk):
    title = f"Learning walk at {walk.school}, {walk.day:%a %-d %B}"
    return title, walk.purpose, f"{walk.facilitator}", f"/walks/{walk.pk}/"


def shared_item(text):
    # Its words stay behind their own door, on the page that the link leads to.
    return (
        f"{text.get_kind_display()}: {text.partnership.support.name}",
        "",
        f"{text.author}, {text.school}",
        f"/words/{text.pk}/",
    )


def thanks_item(shout_out):
    return f"Thank you, {shout_out.to}", shout_out.words, str(shout_out.author), shout_out.get_absolute_url()


SOURCES = (
    Source(
        "call",
        "Looking for partners",
        lambda user: every_call(user).prefetch_related(None),  # who calls stands where the link leads
        lambda since: Q(call_made_at__gt=since),
        call_item,
    ),
    Source(
        "walk",
        "Learning walks with places",
        lambda user: (
            Walk.objects.visible_to(user).standing().filter(listed=True).select_related("school", "facilitator")
        ),
        lambda since: Q(day__gte=today(), closed_at=None),
        walk_item,
    ),
    Source(
        "session",
        "PD sessions",
        lambda user: PDSession.objects.visible_to(user).on_offer().select_related("leader", "school"),
        lambda since: Q(held_on__gte=since.date()),
        session_item,
    ),
    Source(
        "shared",
        "Shared by colleagues",
        released_to,
        lambda since: Q(released_at__gt=since),
        shared_item,
    ),
    Source(
        "thanks",
        "Thank you",
        lambda user: ShoutOut.objects.visible_to(user).shown().select_related("author", "to"),
        lambda since: Q(shown_at__gt=since),
        thanks_item,
    ),
)


def new_items(user, *, since, picks=()):
    """[(source, [item])] to pick from: what came since, and what is picked already."""
    return [(source, source.items(user, picks=picks, since=since)) for source in SOURCES]


def picked_items(user, picks):
    """[(heading, [item])] as the reader sees them now; a heading without any is left out."""
    wanted = {pick.partition(":")[0] for pick in picks}
    found = [(source.heading, source.items(user, picks=picks)) for source in SOURCES if source.key in wanted]
    return [(heading, items) for heading, items in found if items]
