"""What colleagues agreed to share, for a newsletter to pick from.

A pick is a name such as "call:12". Each source says which rows are new for the one who writes, and finds the rows of
picks as their reader may see them now: what its owner took back is in no issue any more, old ones among them.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import CharField, DateField, Q, Value
from django.db.models.functions import Coalesce, NullIf

from observations.models import OpenDoor, Walk
from partnerships.reads.calls import every_call
from partnerships.reads.words import kind_label, released_to
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
class Found:
    """The columns of a row that a newsletter shows, whatever it is of; those that a source does not need are empty."""

    pk: int
    title: str
    words: str
    by: str
    place: str
    day: dt.date | None


@dataclass(frozen=True)
class Source:
    """`rows(user)` are those that the person may see and whose owners share them; `new(since)` a Q for the new ones.

    `columns` are the fields of `Found` behind its id, and `item(found)` what an `Item` holds behind its pick.
    """

    key: str
    heading: str
    rows: Callable
    new: Callable
    columns: tuple
    item: Callable

    def found(self, user, *, picks, since):
        """What is picked, and with `since` also what is new."""
        rows = self.rows(user)
        pks = [int(pick.partition(":")[2]) for pick in picks if pick.startswith(f"{self.key}:")]
        wanted = Q(pk__in=pks) | self.new(since) if since else Q(pk__in=pks)
        newest = rows.filter(pk__in=rows.filter(wanted).values("pk")[:MOST]).select_related(None).order_by()
        return newest.values_list(Value(self.key), "pk", *self.columns)

    def item_of(self, found):
        return Item(f"{self.key}:{found.pk}", *self.item(found))


MOST = 30  # of a kind in one issue
NO_TEXT, NO_DAY = Value(""), Value(None, output_field=DateField(null=True))


def name_of(person):
    """As a person is written everywhere: by the address, as long as no name is known."""
    return Coalesce(NullIf(f"{person}__name", NO_TEXT), f"{person}__email", output_field=CharField())


def call_item(call):
    return call.title, call.words, call.place, f"/calls/#call-{call.pk}"


def door_item(door):
    return f"Open door: {door.by}, until {door.day:%a %-d %B}", door.words, door.place, f"/doors/{door.pk}/"


def session_item(session):
    where = session.place or "the whole district"
    return session.title, f"{session.day:%a %-d %B}: {session.words}", f"{session.by}, {where}", f"/pd/{session.pk}/"


def walk_item(walk):
    return f"Learning walk at {walk.place}, {walk.day:%a %-d %B}", walk.words, walk.by, f"/walks/{walk.pk}/"


def shared_item(text):
    # Its words stay behind their own door, on the page that the link leads to.
    return f"{kind_label(text.words)}: {text.title}", "", f"{text.by}, {text.place}", f"/words/{text.pk}/"


def thanks_item(shout_out):
    return f"Thank you, {shout_out.title}", shout_out.words, shout_out.by, f"/shout-outs/{shout_out.pk}/"


SOURCES = (
    Source(
        "call",
        "Looking for partners",
        lambda user: every_call(user).prefetch_related(None),  # who calls stands where the link leads
        lambda since: Q(call_made_at__gt=since),
        ("support__name", "call", NO_TEXT, "school__name", NO_DAY),
        call_item,
    ),
    Source(
        "door",
        "Open doors",
        lambda user: OpenDoor.objects.visible_to(user).standing(),
        lambda since: Q(made_at__gt=since, ends_on__gte=since.date()),
        (NO_TEXT, "doing", name_of("host"), "school__name", "ends_on"),
        door_item,
    ),
    Source(
        "walk",
        "Learning walks",
        lambda user: Walk.objects.visible_to(user).standing().filter(listed=True),
        lambda since: Q(day__gte=today(), closed_at=None),
        (NO_TEXT, "purpose", name_of("facilitator"), "school__name", "day"),
        walk_item,
    ),
    Source(
        "session",
        "PD sessions",
        lambda user: PDSession.objects.visible_to(user).on_offer(),
        lambda since: Q(held_on__gte=since.date()),
        ("title", "focus_area", name_of("leader"), Coalesce("school__name", NO_TEXT), "held_on"),
        session_item,
    ),
    Source(
        "shared",
        "Shared by colleagues",
        released_to,
        lambda since: Q(released_at__gt=since),
        ("partnership__support__name", "kind", name_of("author"), "school__name", NO_DAY),
        shared_item,
    ),
    Source(
        "thanks",
        "Thank you",
        lambda user: ShoutOut.objects.visible_to(user).shown().order_by("-shown_at", "-pk"),
        lambda since: Q(shown_at__gt=since),
        (name_of("to"), "words", name_of("author"), NO_TEXT, NO_DAY),
        thanks_item,
    ),
)


def items_by_source(user, *, picks, since=None):
    """[(source, [item])] as the person may see them now, all in one statement: what has a day by its day, else the
    newest first."""
    first, *others = [source.found(user, picks=picks, since=since) for source in SOURCES]
    found = defaultdict(list)
    for key, *columns in first.union(*others, all=True):
        found[key].append(Found(*columns))
    for rows in found.values():
        rows.sort(key=lambda row: (row.day or dt.date.min, -row.pk))
    return [(source, [source.item_of(row) for row in found[source.key]]) for source in SOURCES]


def new_items(user, *, since, picks=()):
    """[(source, [item])] to pick from: what came since, and what is picked already."""
    return items_by_source(user, picks=picks, since=since)


def picked_items(user, picks):
    """[(heading, [item])] as the reader sees them now; a heading without any is left out."""
    return [(source.heading, items) for source, items in items_by_source(user, picks=picks) if items]
