"""The sheet of a day, for the front office and the principal."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from people.access import require

from ..policy import desk_schools
from ..reads.coverage import day_of, desk_school, today_at
from ..reads.day_sheet import day_sheet


@require_safe
def coverage_day(request):
    require(desk_schools(request.user), "The sheet of a day is for the front office and the principal.")
    school, schools = desk_school(request.user, request.GET.get("school", ""))
    asked, today = day_of(request.GET.get("day", "")), today_at(school)
    page = day_sheet(request.user, school, asked or today, today=today)
    if not asked and page["leads_on"]:
        page = day_sheet(request.user, school, page["after"], today=today)
    return render(request, "observations/coverage_day.html", page | {"schools": schools, "today": today})
