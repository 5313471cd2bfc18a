"""What the use cases of walks stand on: the lock, who is on it, and what its notices say."""

from people import clock
from people.models import User
from schedule.models import Event
from schedule.words import day_words

from ..models import Walk
from . import NotNow

WITH = ("school", "facilitator", "partnership", "pre_brief", "round", "debrief")


def lock(walk):
    """The walk as it is now, held until the transaction ends. Rows that only point to it need not wait."""
    # First held, then read: what is joined to a row that was waited for is from before the wait.
    Walk.objects.select_for_update(no_key=True).values_list("pk").get(pk=walk.pk)
    return Walk.objects.select_related(*WITH).get(pk=walk.pk)


def refuse_past(walk, at):
    if clock.today(walk.school, at) > walk.day:
        raise NotNow(f"The walk was on {day_words(walk.day)}.")


def refuse_future(walk, at):
    if clock.today(walk.school, at) < walk.day:
        raise NotNow(f"The walk is still to come, on {day_words(walk.day)}.")


def people_on(walk):
    return list(User.objects.filter(walk_places__walk=walk, walk_places__withdrew_at=None))


def people_waiting(walk):
    return list(User.objects.filter(walk_waits__walk=walk))


def hosts_of(walk):
    return list(User.objects.filter(visits_hosted__walk=walk).distinct())


def dates_ahead(walk, person, at):
    """What somebody on the walk still has before them: what all attend, and the visits of a plan that are theirs."""
    own = Event.objects.standing().filter(walk_visit__walk=walk, attendances__person=person, attendances__visited=False)
    return [event for event in (*walk.shared_events, *own.order_by("pk")) if event.starts_at > at]


def minute_of(walk, at):
    """How far the walk's day is then, in minutes after midnight: None before it, 1440 once it is over."""
    local = at.astimezone(clock.zone_of(walk.school))
    if local.date() != walk.day:
        return None if local.date() < walk.day else 1440
    return local.hour * 60 + local.minute


def fact(walk, verb, at, *, path="", **more):
    """What a notice of a walk says: the school and the day, and never what it is about."""
    return {
        "key": f"walk-{verb}:{walk.pk}:{at:%Y%m%d%H%M%S}",
        "path": path or walk.get_absolute_url(),
        "thread": walk.thread,
        "at": at,
        "facts": {"school": walk.school.name, "day": day_words(walk.day), **more},
    }
