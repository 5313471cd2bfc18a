"""Before a date is set: what stands in the way, what was agreed to, and who was quicker."""

import datetime as dt
import re

from django.core.exceptions import ValidationError
from django.db.models import Q

from people.models import User

from .. import services
from ..models import Event

FIELDS = {"room": "place", "person": "starts"}
NUMBERS = re.compile(r"[0-9]{1,18}(,[0-9]{1,18}){0,30}")


def sent_before(user, uid):
    """The date that this very form has made already: it was sent twice."""
    rows = Event.objects.visible_to(user)
    return rows.filter(Q(uid=uid) | Q(series=uid), organizer=user).order_by("starts_at").first()


def clashes_before(user, weeks, wanted):
    return services.clashes_of_weeks(by=user, weeks=weeks, **wanted) if weeks else services.clashes(by=user, **wanted)


def clashes_of_move(user, event, wanted, *, of_all):
    if of_all:
        return services.clashes_of_series(event, by=user, **wanted)
    people, visited = services.expected_at(event), services.visited_at(event)
    return services.clashes(people=people, visited=visited, school=event.school, leave_out=event, by=user, **wanted)


def clashes_of_more(user, event, people):
    """What stands in the way of these people's coming as well."""
    given = {"starts_at": event.starts_at, "ends_at": event.ends_at, "school": event.school, "leave_out": event}
    return services.clashes(people=people, by=user, **given)


def agreed(request, form, found):
    """Nothing refuses it, and nothing warns, or the person said "save anyway" to exactly these warnings."""
    for clash in services.refusals(found):
        form.add_error(FIELDS[clash.kind], clash.sentence)
    mark = services.clash_mark(services.warnings(found))
    return form.is_valid() and (not mark or request.POST.get("seen") == mark)


def unless_taken(form, work, *args, **given):
    """What the service gives, or nothing when somebody was quicker: then the form says who has it."""
    try:
        return work(*args, **given)
    except ValidationError as taken:
        form.add_error(None, taken)


def warned(form, found):
    mild = services.warnings(found)
    return {"form": form, "clashes": mild, "mark": "" if form.errors else services.clash_mark(mild)}


def wishes(params, user):
    """What the address asks to have filled in: a day, hours and people, as "find a time" gives them. Nonsense is left
    out.
    """
    given = {name: value for name, kind in KINDS.items() if (value := _read(kind, params.get(name)))}
    return given | ({"others": _names(params.get("people"), user)} if params.get("people") else {})


KINDS = {"day": dt.date.fromisoformat, "starts": dt.time.fromisoformat, "ends": dt.time.fromisoformat, "school": int}


def _read(kind, text):
    try:
        return kind(text) if text else None
    except ValueError:
        return None


def people_in(params, user):
    """The colleagues whose numbers stand in the address, in the order of their names."""
    text = params.get("people", "")
    if not NUMBERS.fullmatch(text):
        return []
    return list(User.objects.visible_to(user).filter(is_active=True, pk__in=text.split(",")).order_by("name", "pk"))


def _names(text, user):
    return ", ".join(one.email for one in people_in({"people": text}, user) if one != user)
