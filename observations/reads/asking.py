"""What the form of a request begins with: the event that it is for, or what was asked before."""

from django.http import Http404

from people import clock

from ..models import Coverage
from ..policy import may_ask_for_needed
from .along import also_away


def needed_for(user, event_pk):
    """(the event, its classes that the person may ask cover for, the first first); 404 where there never were any.

    Each class has `also_away`, those who teach it as well and are away then too.
    """
    rows = Coverage.objects.filter(event=event_pk).select_related("asker", "school", "period", "event")
    own = [one for one in rows if may_ask_for_needed(user, one)]
    if not own:
        raise Http404("No class of yours is taken by this date.")
    needed = [one for one in own if one.state == Coverage.State.NEEDED]
    away = also_away(needed) if needed else {}
    for one in needed:
        one.also_away = away[one.pk]
    return own[0].event, needed


def asked_for(event, school, periods):
    """The day of the event, and the periods that it touches, by the clock of the school whose class it is."""
    if event is None:
        return {}
    zone = clock.zone_of(school)
    starts, ends = event.starts_at.astimezone(zone), event.ends_at.astimezone(zone)
    touched = [one.pk for one in periods if one.starts < ends.time() and one.ends > starts.time()]
    hours = {"periods": touched} if touched else {"starts": starts.time(), "ends": ends.time()}
    return {"day": starts.date(), **hours}


def again_as_before(one, periods):
    """The day that the principal offered, and the period or hours of before."""
    begin = {"day": one.other_day or one.day, "note": one.note}
    if one.period_id in {period.pk for period in periods}:
        return begin | {"periods": [one.period_id]}
    return begin | {"starts": one.starts, "ends": one.ends}
