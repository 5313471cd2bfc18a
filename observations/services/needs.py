"""Which classes an event takes, by the timetable: each becomes a request that waits for its teacher to ask.

Called inside the transaction of the fact, with the event held, and worked out anew whenever the event, its people or
the school's days change: what is still taken stays as it is, what is not is withdrawn, and a class that became another
is asked for anew with the note that was written. A class whose co-teacher stays needs nobody.
"""

import datetime as dt
from collections import defaultdict

from people import clock
from people.models import School
from schedule.models import Attendance, Event

from ..models import Coverage
from ..reads.along import classes_missed
from .coverage import ask_anew, partnership_of
from .giving import drop, keep, release, settle_event
from .holding import hold, hold_coverage
from .shifting import facts_of, shifted
from .telling import tell_needed

State = Coverage.State
DAY = dt.timedelta(days=1)


def follow_event(event, by, at):
    """For followers of events: after it was made, moved, or its people changed."""
    if event.cancelled_at is None and event.ends_at > at:
        work_out(event, at)


def follow_cancelled_event(event, by, at):
    """Cover goes with the event that it was for, and whoever was to cover is told."""
    rows = [row for row in held(event) if row.state != State.WITHDRAWN]
    for row in rows:
        drop(row, at=at)
    work_out_others([(key_of(row), row.school) for row in rows], event, at)


def work_out(event, at):
    """Bring the requests of an event, whose row is held, in line with the timetable. Run twice it changes nothing."""
    rows, there = held(event), expected_at(event)
    days = today_at({row.school_id for row in rows}, at)
    rows = [row for row in rows if row.day >= days[row.school_id]]
    taken = classes_of(event, there, at)
    for row in rows:
        if row.state == State.WITHDRAWN and row.decided_by_id == row.asker_id:
            taken.pop(key_of(row), None)  # its teacher said that none is needed
    live = [row for row in rows if row.state != State.WITHDRAWN]
    left = [row for row in live if not stays(row, taken, event)]
    were = {row.pk: (key_of(row), row.school) for row in left}
    taken = without_asked(taken, Coverage.objects.exclude(event=event))
    gone = go_along(left, taken, there, used={key_of(row) for row in live if row not in left}, at=at)
    make_needed(event, without_asked(taken, Coverage.objects.filter(event=event)), at)
    for row in gone:
        drop(row, at=at)
    freed = [were[row.pk] for row in left if row.state == State.WITHDRAWN or key_of(row) != were[row.pk][0]]
    work_out_others(freed, event, at)
    settle_event(event, at)


def held(event):
    """All requests of the event that still stand or were withdrawn, with their schools held; the event is this one."""
    rows = Coverage.objects.filter(event=event).values_list("pk", "school_id")
    hold(schools=[school for _, school in rows])
    rows = hold_coverage([pk for pk, _ in rows]) if rows else []
    for row in rows:
        row.event = event
    return rows


def expected_at(event):
    """Who comes or may, by id: their attendance."""
    expected = event.attendances.exclude(answer=Attendance.Answer.DECLINED).select_related("person")
    return {one.person_id: one for one in expected.order_by("person")}


def today_at(schools, at):
    return {school.pk: clock.today(school, at) for school in School.objects.filter(pk__in=schools)} if schools else {}


def classes_of(event, there, at):
    """The classes that need somebody, by `key_of`: of those who have to come, and whose own class is not visited."""
    going = [one.person for one in there.values() if one.required and not one.visited]
    found = [one for one in classes_missed(event, going) if not one.co_teachers]
    days = today_at({one.school_id for one in found}, at)
    return {(one.person.pk, one.day, one.starts): one for one in found if one.day >= days[one.school_id]}


def key_of(coverage):
    """As the database keeps it: a class needs cover once per event."""
    return coverage.asker_id, coverage.day, coverage.starts


def stays(row, taken, event):
    """The class is still the one that is taken: its request is left alone, whatever its state."""
    one = taken.get(key_of(row))
    if one is None or row.ends != one.ends or (row.worked_out and row.class_name != facts_of(one)["class_name"]):
        return False
    Coverage.objects.filter(pk=row.pk).update(slot=taken.pop(key_of(row)).slot_id, event_at=event.starts_at)
    return True


def without_asked(taken, others):
    """The classes that no request of another date, or by hand, has asked somebody to take."""
    if not taken:
        return {}
    live = others.live().filter(asker__in={pk for pk, _, _ in taken}, day__in={day for _, day, _ in taken})
    spans = defaultdict(list)
    for asker, day, starts, ends in live.values_list("asker", "day", "starts", "ends"):
        spans[asker, day].append((starts, ends))
    return {
        key: one
        for key, one in taken.items()
        if not any(starts < one.ends and ends > one.starts for starts, ends in spans[key[:2]])
    }


def go_along(rows, taken, there, *, used, at):
    """Send requests whose class is not taken any more to one that is, or as far as their event moved.

    Returns those that have nowhere to go. What `taken` loses has a request now; `used` are the keys of those that stay.
    """
    targets = [(row, target_of(row, taken, there)) for row in rows]
    gone = [row for row, target in targets if target is None]
    going = [(row, target) for row, target in targets if target]
    # Out of the way first: two may change places, and the database looks at one after the other.
    Coverage.objects.filter(pk__in=[row.pk for row, _ in going]).update(state=State.WITHDRAWN)
    for row, target in going:
        release(row, at=at)
        for name, value in target.items():
            setattr(row, name, value)
        if key_of(row) in used:
            gone.append(row)
        else:
            used.add(key_of(row))
            ask_for_it(row, at)
    return gone


def target_of(row, taken, there):
    """The facts that a request takes on; empty to stay as it is, None for nowhere.

    One that was asked by hand, of a teacher without a timetable, moves as far as its event.
    """
    moved, by_hand = row.event_at != row.event.starts_at, not row.worked_out
    if by_hand and row.asker_id not in {*there, row.event.organizer_id}:
        return None
    if by_hand and not moved:
        return {}
    own = [key for key in taken if key[0] == row.asker_id]
    if own:
        return facts_of(taken.pop(min(own, key=lambda key: (taken[key].class_name != row.class_name, key))))
    return shifted(row) if by_hand else None


def ask_for_it(row, at):
    if row.state != State.NEEDED:
        return ask_anew(row, at=at)
    row.event_at = row.event.starts_at
    keep(row, at=at)


def make_needed(event, taken, at):
    """A request for each class, and one notice for each teacher."""
    by_person = defaultdict(list)
    shared = {"event": event, "event_at": event.starts_at, "state": State.NEEDED, "asked_at": at, "changed_at": at}
    if taken:
        shared["partnership"] = partnership_of(event)
    for one in sorted(taken.values(), key=lambda one: (one.day, one.starts)):
        by_person[one.person].append(Coverage(asker=one.person, **facts_of(one), **shared))
    Coverage.objects.bulk_create([row for rows in by_person.values() for row in rows])
    for person, rows in by_person.items():
        tell_needed(event, person, rows, at)


def work_out_others(freed, event, at):
    """Where another date takes a class that this event does not any more, that one needs it covered now.

    `freed` are pairs of the class, as `key_of` gives it, and its school. A date that somebody else is changing at this
    moment is worked out by them.
    """
    if not freed:
        return
    askers, days = {asker for (asker, *_), _ in freed}, [day for (_, day, _), _ in freed]
    first = clock.at(min(days), dt.time(0), freed[0][1]) - DAY
    near = Event.objects.standing().between(first, first + (max(days) - min(days)) + 3 * DAY)
    near = near.filter(pk__in=Attendance.objects.filter(person__in=askers).values("event"), ends_at__gt=at)
    for other in near.exclude(pk=event.pk).order_by("pk").select_for_update(skip_locked=True):
        work_out(other, at)
