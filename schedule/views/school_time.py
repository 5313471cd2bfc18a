"""School time: which school, and its page for everybody who works there."""

import datetime as dt

from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from people import clock
from people.access import require, visible_or_404
from people.models import School
from people.paging import query_without_page

from .. import policy
from ..agenda import schools_of
from ..grid import read_day
from ..hub import lost_periods, school_time
from ..weeks import monday_of, week_at, weeks

WEEK = dt.timedelta(days=7)


@require_safe
def school_time_list(request):
    schools = schools_of(request.user)
    if len(schools) == 1:
        return redirect("school_time", schools[0].pk)
    page = Paginator(schools, 50).get_page(request.GET.get("page"))
    return render(request, "schedule/time/schools.html", {"page": page, "query": query_without_page(request)})


@require_safe
def school_time_page(request, pk):
    school = visible_or_404(School, request.user, pk=pk)
    require(policy.may_see_school_time(request.user, school))
    today = clock.today(school)
    monday = monday_of(read_day(request.GET.get("day"), week_at(today)))
    may_edit = policy.may_edit_periods(request.user, school)
    page = {
        "school": school,
        "week": weeks(school, monday, today=today)[0],
        "monday": monday,
        "earlier": monday - WEEK,
        "later": monday + WEEK,
        "may_edit": may_edit,
        "lost": lost_periods(school, today) if may_edit else [],
    }
    return render(request, "schedule/time/school.html", page | school_time(school, today))
