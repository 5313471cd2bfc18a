"""The pages of timetables: one's own, a colleague's, a school's."""

import csv

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from people.access import require, visible_or_404
from people.models import School, User
from people.paging import page_of, query_without_page
from people.spreadsheets import harmless

from .. import policy
from ..frames import frame
from ..models import TeachingSlot
from ..teaching_weeks import chosen, schools_of, tables_of, teachers, weeks

CSV_COLUMNS = ["teacher", "name", "day", "period", "class", "room", "subject", "kind"]


@require_safe
def my_timetable(request):
    return person_timetable(request, request.user.pk)


@require_safe
def person_timetable(request, pk):
    """Whose schools the reader sees the timetables of; one's own is there even before there is one."""
    person = request.user if pk == request.user.pk else visible_or_404(User, request.user, pk=pk)
    today = timezone.localdate()
    tables = tables_of(schools_of(person), seen_by=request.user, today=today)
    table = chosen(tables, request.GET.get("timetable"), today)
    if table is None and person != request.user:
        raise Http404
    week = weeks([person], table)[0] if table else None
    facts = {
        "person": person,
        "is_own": person == request.user,
        "tables": tables,
        "week": week,
        "shown": week and week.day_at(request.GET.get("day")),
        "may_edit": table and policy.may_edit_timetable(request.user, table.school),
    }
    return render(request, "schedule/timetables/person.html", facts)


@require_safe
def school_timetable(request, pk):
    school, tables, table = _of_school(request, pk)
    query = request.GET.get("q", "").strip()[:60].replace("\0", "")
    people = teachers(table, school, seen_by=request.user)
    page = page_of(people.filter(name__icontains=query) if query else people, request)
    facts = {
        "school": school,
        "tables": tables,
        "table": table,
        "page": page,
        "query": query_without_page(request),
        "q": query,
        "may_edit": policy.may_edit_timetable(request.user, school),
    }
    return render(request, "schedule/timetables/school.html", facts)


@require_safe
def school_timetable_print(request, pk):
    school, _, table = _of_school(request, pk)
    people = teachers(table, school, seen_by=request.user)
    shown = [week for week in weeks(list(people), table) if week.classes or week.duties] if table else []
    return render(request, "schedule/timetables/print.html", {"school": school, "table": table, "weeks": shown})


@require_safe
def school_timetable_csv(request, pk):
    school, _, table = _of_school(request, pk)
    slots = TeachingSlot.objects.visible_to(request.user).filter(timetable=table).select_related("teacher")
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="timetable-{school.code}.csv"'
    writer = csv.writer(response)
    writer.writerow(CSV_COLUMNS)
    days = dict(enumerate(frame(school, table.starts_on).days)) if table else {}
    for slot in slots.order_by("teacher__name", "teacher", "position", "period", "pk"):
        day = days.get(slot.position, f"Day {slot.position + 1}")
        cells = [slot.teacher.email, slot.teacher.name, day, slot.period, slot.class_name, slot.room, slot.subject]
        writer.writerow([harmless(cell) for cell in (*cells, slot.kind)])
    return response


def _of_school(request, pk):
    """The school, its timetables that hold now or will, and the one that is asked for, if there is any."""
    today = timezone.localdate()
    tables = tables_of([pk], seen_by=request.user, today=today)
    school = tables[0].school if tables else visible_or_404(School, request.user, pk=pk)
    require(policy.may_see_school_time(request.user, school))
    return school, tables, chosen(tables, request.GET.get("timetable"), today)
