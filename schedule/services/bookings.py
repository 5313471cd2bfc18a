"""The time that events and cover take: the one place that writes bookings.

A firm booking of a holder leaves no room for another at that time. On PostgreSQL the database itself refuses it; here
it is looked for first, with the people's rows and the rooms held, so that whoever comes second is told who has it.
"""

from django.db import IntegrityError, OperationalError, connection, transaction
from django.utils import timezone

from people.clock import zone_of
from people.models import User

from ..models import Attendance, Booking, Event
from ..words import DoubleBooked, taken_words

# What PostgreSQL says when two who did not see each other meet: an exclusion violation, or a deadlock over it.
REFUSED = {"23P01", "40P01"}
BESIDE = ("person", "event__organizer", "event__school")


def person_holder(person):
    return f"person:{person.pk}"


def room_holder(school, place):
    """Rooms have no rows of their own: the same words at the same school are the same room."""
    # Without its capitals a name may be three times as long as it is written, and longer than a holder's.
    return f"room:{school.pk}:{' '.join(place.split()).casefold()[:120]}"


def substitute_holder(pk):
    return f"substitute:{pk}"


@transaction.atomic
def book(holder, *, source, starts_at, ends_at, person=None, event=None, firm=True, by=None):
    """Book a span of time of a holder in place of what this source had booked of it.

    The caller holds the person's row. Raises DoubleBooked when it is firm and another firm one is there; `by` is who
    asks, and is told the title of a date that they may see.
    """
    span = {"starts_at": starts_at, "ends_at": ends_at}
    row = Booking(holder=holder, source=source, person=person, event=event, firm=firm, **span)
    before = Booking.objects.filter(holder=holder, source=source)
    _refuse_taken([row], by)
    _write(before, [row], by)


def unbook(source, *, holder=None):
    """Give the time back that this source booked; of one holder, when one is named."""
    rows = Booking.objects.filter(source=source)
    (rows.filter(holder=holder) if holder else rows).delete()


@transaction.atomic
def rebook_event(event, *, by=None):
    """Book what the event takes as it now is: firm of those who said yes and of its room, and nothing once it is off.

    The caller holds the event's row. Raises DoubleBooked as `book` does.
    """
    before = Booking.objects.filter(source=_source(event))
    wanted = [] if event.cancelled_at else _wanted(event)
    _hold(wanted)
    had = {(row.holder, row.starts_at, row.ends_at, row.firm): row.pk for row in before}
    kept = [had.get((row.holder, row.starts_at, row.ends_at, row.firm)) for row in wanted]
    new = [row for row, pk in zip(wanted, kept, strict=True) if not pk]
    _refuse_taken(new, by)
    _write(before.exclude(pk__in=[pk for pk in kept if pk]), new, by)


def _source(event):
    return f"event:{event.pk}"


def _wanted(event):
    given = {"event": event, "source": _source(event), "starts_at": event.starts_at, "ends_at": event.ends_at}
    expected = event.attendances.exclude(answer=Attendance.Answer.DECLINED)
    rows = [
        Booking(
            holder=person_holder(one.person),
            person=one.person,
            firm=one.answer == Attendance.Answer.ACCEPTED,
            **given,
        )
        for one in expected.select_related("person").order_by("person")
    ]
    if event.school and event.place.strip():
        rows.append(Booking(holder=room_holder(event.school, event.place), **given))
    return rows


def _hold(rows):
    """People in the order of their keys, then the room: two who want the same wait for each other here."""
    people = [row.person_id for row in rows if row.person_id]
    list(User.objects.select_for_update(no_key=True).filter(pk__in=people).order_by("pk").values_list("pk"))
    rooms = [row.holder for row in rows if not row.person_id]
    if rooms and connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", rooms)


def _refuse_taken(rows, by):
    if taken := _standing_in_the_way([row for row in rows if row.firm]).first():
        raise DoubleBooked(_words(taken, by))


def _standing_in_the_way(rows):
    """Firm bookings of others that overlap these, which are of one source and one span."""
    if not rows:
        return Booking.objects.none()
    first = rows[0]
    there = Booking.objects.firm().overlapping(first.starts_at, first.ends_at).exclude(source=first.source)
    return there.filter(holder__in=[row.holder for row in rows]).select_related(*BESIDE)


def _write(before, rows, by):
    try:
        with transaction.atomic():
            before.delete()
            Booking.objects.bulk_create(rows)
    except (IntegrityError, OperationalError) as fault:
        if getattr(fault.__cause__, "sqlstate", None) not in REFUSED:
            raise
        _refuse_taken(rows, by)
        raise DoubleBooked("Somebody took that time at the same moment. Choose another, or try again.") from fault


def _words(taken, by):
    event = taken.event
    is_open = bool(event and by) and Event.objects.visible_to(by).filter(pk=event.pk).exists()
    return taken_words(taken, zone_of(event.school if event else None), at=timezone.now(), by=by, is_open=is_open)
