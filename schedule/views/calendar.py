"""The page of the calendar: days, and what stands in them."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from .. import policy
from ..agenda import agenda, schools_of
from ..grid import VIEWS, asks_for_school, read_look


@require_safe
def calendar(request):
    schools = schools_of(request.user) if asks_for_school(request.GET) else []
    look = read_look(request.GET, schools)
    days = agenda(request.user, look)
    shown = [day for day in days if not day.is_empty]
    page = {
        "look": look,
        "days": shown if look.view == "list" else days,
        "nothing": not any(day.rows for day in days),
        "views": [(label, look.at(view=view), view == look.view) for view, label in VIEWS.items()],
        "today": look.at(day=look.today),
        "mine": look.at(school=None, thread=""),
        "schools": [(school, look.at(school=school, thread="")) for school in schools],
        "may_edit_periods": look.school and policy.may_edit_periods(request.user, look.school),
    }
    return render(request, "schedule/calendar.html", page)
