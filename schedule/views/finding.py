"""The pages that look for a time, and show the week of a team."""

import datetime as dt
import re
from urllib.parse import urlencode

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from people.access import require
from people.models import School

from .. import policy, services
from ..forms import FindForm, usual_search
from ..team import LEGEND, team_week
from .checking import people_in

# A page of an upper room that takes the time that was chosen: the step of a partnership that sets dates, or the date
# of a growth meeting.
BACK = re.compile(r"/partnerships/[0-9]{1,18}/steps/[0-9]{1,18}/|/growth-meetings/new/[0-9]{1,18}/")


@require_safe
def find_a_time(request):
    require(policy.may_find_a_time(request.user))
    asked = people_in(request.GET, request.user)
    known = list(dict.fromkeys([*asked, *services.colleagues_of(request.user)]))
    known = [one for one in known if one != request.user]
    is_sent = "first" in request.GET
    begun = usual_search(request.user) | {"colleagues": [one.pk for one in asked], **_carried(request.GET)}
    form = FindForm(request.GET if is_sent else None, person=request.user, colleagues=known, initial=begun)
    page = {"form": form, "is_sent": is_sent, "back": _back(request.GET), "people": _numbers(asked)}
    if is_sent and form.is_valid():
        page |= _found(request, form)
    return render(request, "schedule/find.html", page)


@require_safe
def team(request):
    """The week of some colleagues: people down, days and periods across."""
    require(policy.may_find_a_time(request.user))
    people = people_in(request.GET, request.user) or [request.user]
    monday = _monday(request.GET.get("week"))
    own = School.objects.visible_to(request.user).filter(pk__in=request.user.standing.schools).first()
    known = services.look(people, monday, monday + dt.timedelta(days=4), school=own)
    page = _week(people, monday, known) | {"people": _numbers(people)}
    return render(request, "schedule/team.html", page)


def _found(request, form):
    wanted = form.wanted
    # Whole weeks, so that the one of the best time can be shown of the same.
    span = _week_of(wanted["first"])[0], _week_of(wanted["last"])[1]
    known = services.look(wanted["people"], *span, school=wanted["school"])
    slots = services.find_a_time(by=request.user, known=known, **wanted)
    first = slots[0].starts_at.date() if slots else wanted["first"]
    offers = [(slot, _address(request, form, slot)) for slot in slots]
    week = _week(wanted["people"], _week_of(first)[0], known)
    return {"offers": offers, **week, "people": _numbers(wanted["people"])}


def _week(people, monday, known):
    days, rows = team_week(people, monday, known)
    around = {name: monday + dt.timedelta(days=days) for name, days in (("before", -7), ("after", 7))}
    heading = f"{days[0].name} to {days[-1].name}"
    return {"days": days, "rows": rows, "legend": LEGEND, "heading": heading, "monday": monday, **around}


def _week_of(day):
    monday = day - dt.timedelta(days=day.weekday())
    return monday, monday + dt.timedelta(days=6)


def _address(request, form, slot):
    """Where a time that is chosen goes: back to the step that asked, or into a new date with the same people."""
    given = {"day": slot.starts_at.date().isoformat(), "starts": f"{slot.starts_at:%H:%M}"}
    if back := _back(request.GET):
        visited = form.cleaned_data["visited"]
        more = {"observed": visited, "kind": "observation"} if visited else {}
        return f"{back}?{urlencode(given | more | {'minutes': form.cleaned_data['minutes']})}"
    school = form.cleaned_data["school"]
    more = {"ends": f"{slot.ends_at:%H:%M}", "people": _numbers(form.chosen), "school": school.pk if school else ""}
    return f"/events/new/?{urlencode(given | more, safe=',')}"


def _numbers(people):
    return ",".join(str(one.pk) for one in people)


def _back(params):
    back = params.get("back", "")
    return back if BACK.fullmatch(back) else ""


def _carried(params):
    """The length and the school that the link brought along, where they are numbers."""
    return {name: params[name] for name in ("minutes", "school", "visited") if params.get(name, "").isdecimal()}


def _monday(text):
    try:
        day = dt.date.fromisoformat(text or "")
    except ValueError:
        day = timezone.localdate() + dt.timedelta(days=2)  # at the weekend, the week to come
    day = min(max(day, dt.date(2000, 1, 8)), dt.date(2099, 12, 20))
    return _week_of(day)[0]
