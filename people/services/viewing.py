"""The log of who read what: written by the pages of every room, read by those whose it is."""

from dataclasses import dataclass

from django.db.models import Count
from django.db.models.functions import TruncMonth
from django.utils import timezone

from people.models import Viewing

LEAST = 5
MONTHS = 12


@dataclass(frozen=True)
class Thing:
    """What was read: which, what its authors call it, and where they find it. None of its words."""

    what: str
    object_id: int
    title: str
    path: str
    authors: tuple = ()  # ids of the people whose it is
    school: int | None = None  # of counts that are nobody's own


def note_viewings(things, *, reader, door, at=None):
    """Write that the reader has opened these things by this door: a line for each author, once a day.

    One statement, whatever the number of things. What is the reader's own is not written.
    """
    at = at or timezone.now()
    lines = [line for thing in things for line in _lines(thing, reader, door, at)]
    if lines:
        Viewing.objects.bulk_create(lines, ignore_conflicts=True, batch_size=500)


def _lines(thing, reader, door, at):
    told = {"what": thing.what, "object_id": thing.object_id, "title": thing.title[:200], "path": thing.path}
    when = {"on": timezone.localdate(at), "viewed_at": at}
    for author in [pk for pk in thing.authors if pk != reader.pk] if thing.authors else [None]:
        yield Viewing(reader=reader, author_id=author, school_id=thing.school, door=door, **told, **when)


def viewings_for(user):
    return Viewing.objects.visible_to(user).select_related("reader", "author")


def readings_of(what, object_ids, *, author):
    """{object id: [line, ...]} of what this author may know, the first reading first."""
    found = {}
    rows = Viewing.objects.visible_to(author).filter(what=what, object_id__in=object_ids, author=author)
    for row in rows.select_related("reader").order_by("viewed_at", "pk"):
        found.setdefault(row.object_id, []).append(row)
    return found


def counts_by_month():
    """[(month, {what: "12" or "<5"})], the newest first: no names, and nothing that adds up to them."""
    rows = Viewing.objects.order_by().annotate(month=TruncMonth("on")).values_list("month", "what")
    months = {}
    for month, what, count in rows.annotate(count=Count("pk")).order_by("-month"):
        months.setdefault(month, {})[what] = str(count) if count >= LEAST else f"<{LEAST}"
    return list(months.items())[:MONTHS]
