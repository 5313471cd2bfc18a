"""Opening one's door for visitors, changing, pausing and closing it; and telling a host whose class has moved."""

from django.db import transaction
from django.utils import timezone

from notices.services import tell
from people import clock
from people.access import require
from schedule.frames import frame
from schedule.services.timetables.holding import hold
from schedule.words import day_words

from ..models import DoorTime, OpenDoor
from ..policy import may_change_door, may_open_door
from ..reads.door_words import when_words
from ..reads.doors import days_of
from . import NotNow

WHEN = ("starts_on", "ends_on")
WORDS = ("doing", "look_for", "seats", "visitors", "most_visits", "may_talk")


@transaction.atomic
def open_door(*, by, school, times, at=None, **facts):
    """Let colleagues watch some classes: `times` are DoorTimes not yet saved, `facts` the fields in WHEN and WORDS.

    Raises NotNow when there is no such class in that span, or another door of theirs has it already.
    """
    require(may_open_door(by, school.pk))
    at = at or timezone.now()
    hold([school.pk])
    door = OpenDoor(host=by, school=school, made_at=at, changed_at=at, **facts)
    fit(door, times, at)
    door.save()
    put(door, times)
    return door


@transaction.atomic
def change_door(door, *, by, times, at=None, **facts):
    """Write the door anew, with the classes as they are now. Raises NotNow as `open_door` does."""
    at = at or timezone.now()
    door = lock(door)
    require(may_change_door(by, door))
    for name, value in facts.items():
        setattr(door, name, value)
    fit(door, times, at)
    door.changed_at = at
    door.save(update_fields=[*facts, "changed_at"])
    door.times.all().delete()
    put(door, times)
    return door


@transaction.atomic
def pause_door(door, *, by, at=None):
    """Take the door off the list for now; visits that are arranged stand."""
    door = lock(door)
    require(may_change_door(by, door))
    OpenDoor.objects.filter(pk=door.pk, paused_at=None).update(paused_at=at or timezone.now())


@transaction.atomic
def resume_door(door, *, by, at=None):
    """Put it on the list again. Raises NotNow when its time is over."""
    at = at or timezone.now()
    door = lock(door)
    require(may_change_door(by, door))
    if door.ends_on < clock.today(door.school, at):
        raise NotNow(f"It was open until {day_words(door.ends_on)}. Change the door to open it for longer.")
    OpenDoor.objects.filter(pk=door.pk).update(paused_at=None)


@transaction.atomic
def end_door(door, *, by, at=None):
    """Close it for good; visits that are arranged stand."""
    door = lock(door)
    require(may_change_door(by, door))
    OpenDoor.objects.filter(pk=door.pk).update(ended_at=at or timezone.now())


def lock(door):
    """The door as it is now, after whoever changes the timetables of its school."""
    hold([door.school_id])
    rows = OpenDoor.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("host", "school").get(pk=door.pk)


def put(door, times):
    for time in times:
        time.door = door
    DoorTime.objects.bulk_create(times)


def fit(door, times, at):
    """Each class has to be there on some date of the span that is to come, and to be open in no other door then.

    Where it is known already that it goes before the door does, that is noted.
    """
    first = max(door.starts_on, clock.today(door.school, at))
    if not times:
        raise NotNow("Say which class is open.")
    if door.ends_on < first:
        raise NotNow(f"{day_words(door.ends_on)} is over. Choose a day to come.")
    days, names = days_of([door.school_id], [door.host_id], first, door.ends_on), frame(door.school, first).days
    for time in times:
        if not any(days.open(door, time, first, door.ends_on)):
            raise NotNow(f"{when_words(time, names)}: there is no such class {span_words(first, door.ends_on)}.")
        if open_elsewhere(door, time):
            raise NotNow(f"{when_words(time, names)} is open already in another door of yours. Change that one.")
        time.moved_on = days.moved_on(door, time, first)


def open_elsewhere(door, time):
    others = DoorTime.objects.filter(door__host=door.host, door__school=door.school, door__ended_at=None)
    others = others.filter(door__starts_on__lte=door.ends_on, door__ends_on__gte=door.starts_on).exclude(door=door.pk)
    same = {"position": time.position, "period": time.period}
    return others.filter(**same, **({"starts": time.starts} if time.is_by_hand else {})).exists()


def span_words(first, last):
    return f"on {day_words(first)}" if first == last else f"from {day_words(first)} to {day_words(last)}"


def follow_days(school, days, at):
    """For followers of the school's days: look again whether each open class is there, and tell who has to change."""
    today = clock.today(school, at)
    doors = OpenDoor.objects.not_over(max(today, min(days))).filter(school=school, starts_on__lte=max(days))
    times = list(DoorTime.objects.filter(door__in=doors).select_related("door__host").order_by("door", "pk"))
    if not times:
        return
    last = max(time.door.ends_on for time in times)
    known = days_of([school.pk], {time.door.host_id for time in times}, today, last)
    moved = {}
    for time in times:
        found = known.moved_on(time.door, time, today)
        if found != time.moved_on:
            DoorTime.objects.filter(pk=time.pk).update(moved_on=found)
        if found and not time.moved_on:
            time.moved_on = found
            moved.setdefault(time.door, []).append(time)
    for door, gone in moved.items():
        tell_moved(door, school, gone, at)


def tell_moved(door, school, gone, at):
    """One notice for all classes of a door that moved at once."""
    first = min(gone, key=lambda time: time.moved_on)
    others = f" and {len(gone) - 1} more" if len(gone) > 1 else ""
    facts = {"class": f"{first.what or 'your class'}{others}", "day": day_words(first.moved_on), "school": school.name}
    key = f"door-moved:{door.pk}:{at:%Y%m%d%H%M%S%f}"
    tell(door.host, "door_moved", key=key, path=door.get_absolute_url(), thread=door.thread, facts=facts, at=at)
