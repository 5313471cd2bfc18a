"""Pages of this room: my hours, and the year-end report."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.text import slugify

from people.access import require, visible_or_404
from people.models import SchoolYear
from people.paging import page_of, query_without_page

from ..charts import charts_of
from ..forms.years import ReportForm, YearForm
from ..policy import may_read_report, schools_of_report
from ..services.files import as_csv, as_walks_csv, as_xlsx
from ..services.hours import own_lines, sums_of
from ..services.layout import WHY_HIDDEN
from ..services.notes import notes_of
from ..services.readings import report_was_read
from ..services.report import year_report
from ..services.tables import tables_of

NOT_YOURS = "The report is for district admins and principals. Your own hours are on the page “My hours”."


def my_hours(request):
    form = YearForm(request.GET, user=request.user)
    if form.chosen_year is None:
        return render(request, "growth/no_year.html", {"name": "My hours"})
    lines = own_lines(request.user, form.chosen_year)
    sums = sums_of(lines)
    context = {
        "form": form,
        "sums": sums,
        "total": sum(minutes for _, minutes in sums),
        "page": page_of(lines, request),
        "query": query_without_page(request),
    }
    return render(request, "growth/my_hours.html", context)


def report(request):
    require(may_read_report(request.user), NOT_YOURS)
    form = ReportForm(request.GET, user=request.user, own_schools=schools_of_report(request.user))
    if form.chosen_year is None:
        return render(request, "growth/no_year.html", {"name": "Year-end report"})
    figures = report_of(form)
    note_reading(form, request.user, "the page of the report")
    charts = charts_of(figures)
    context = {
        "form": form,
        "report": figures,
        "tables": [(table, charts.get(table.key)) for table in tables_of(figures)],
        "notes": notes_of(figures, at=timezone.localtime()),
        "has_walks": figures.school in figures.walks.cells,
        "why_hidden": WHY_HIDDEN,
        "query": f"?school={form.chosen_school.pk}" if form.chosen_school else "",
    }
    return render(request, "growth/report.html", context)


def note_reading(form, user, door):
    schools = [form.chosen_school.pk] if form.chosen_school else form.own_schools
    report_was_read(form.chosen_year, schools=schools, reader=user, door=door)


def report_of(form):
    school = form.chosen_school
    return year_report(form.chosen_year, own_schools=form.own_schools, school=school and school.pk)


CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def report_xlsx(request, year_pk):
    return as_file(request, year_pk, make=as_xlsx, content_type=XLSX, ending="xlsx")


def report_csv(request, year_pk):
    return as_file(request, year_pk, make=as_csv, content_type=CSV, ending="csv")


def report_walks_csv(request, year_pk):
    return as_file(request, year_pk, make=as_walks_csv, content_type=CSV, ending="csv", what="learning walks")


def as_file(request, year_pk, *, make, content_type, ending, what="year-end report"):
    require(may_read_report(request.user), NOT_YOURS)
    year = visible_or_404(SchoolYear, request.user, pk=year_pk)
    asked = {"year": str(year.pk), "school": request.GET.get("school")}
    form = ReportForm(asked, user=request.user, own_schools=schools_of_report(request.user))
    if form.errors:
        raise Http404
    note_reading(form, request.user, "a file of the report")
    name = slugify(f"{what} {year} {form.chosen_school.code if form.chosen_school else ''}")
    headers = {
        "Content-Disposition": content_disposition_header(True, f"{name}.{ending}"),
        "Cache-Control": "private, no-store",
    }
    return HttpResponse(make(report_of(form), at=timezone.localtime()), content_type=content_type, headers=headers)
