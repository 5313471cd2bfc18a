"""Pages of this room: my hours, and the year-end report."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from people.access import require, visible_or_404
from people.models import SchoolYear

from .charts import charts_of
from .forms import ReportForm
from .policy import may_read_report, schools_of_report
from .services.files import as_csv, as_xlsx
from .services.hours import own_hours
from .services.report import year_report
from .services.tables import tables_of


def my_hours(request):
    years = SchoolYear.objects.visible_to(request.user)
    form = ReportForm(request.GET, user=request.user, schools=set())
    year = (form.is_valid() and form.cleaned_data["year"]) or years.holding(timezone.localdate())
    lines, sums, total = own_hours(request.user, year)
    context = {"years": years, "year": year, "lines": lines, "sums": sums, "total": total}
    return render(request, "growth/my_hours.html", context)


def report(request):
    require(may_read_report(request.user), "The report is read by district admins and principals.")
    form = ReportForm(request.GET, user=request.user, schools=schools_of_report(request.user))
    year = (form.is_valid() and form.cleaned_data["year"]) or latest_year(request.user)
    if year is None:
        return render(request, "growth/no_year.html")
    figures = year_report(year, schools=form.chosen_schools(), own=schools_of_report(request.user) is not None)
    context = {
        "form": form,
        "year": year,
        "report": figures,
        "tables": tables_of(figures),
        "charts": charts_of(figures),
    }
    return render(request, "growth/report.html", context | {"query": request.GET.urlencode()})


def latest_year(user):
    years = SchoolYear.objects.visible_to(user)
    return years.holding(timezone.localdate()) or years.first()


XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def report_xlsx(request, year_pk):
    return as_file(request, year_pk, make=as_xlsx, content_type=XLSX, ending="xlsx")


def report_csv(request, year_pk):
    return as_file(request, year_pk, make=as_csv, content_type="text/csv; charset=utf-8", ending="csv")


def as_file(request, year_pk, *, make, content_type, ending):
    require(may_read_report(request.user), "The report is read by district admins and principals.")
    year = visible_or_404(SchoolYear, request.user, pk=year_pk)
    form = ReportForm(request.GET, user=request.user, schools=schools_of_report(request.user))
    if not form.is_valid():
        raise Http404
    figures = year_report(year, schools=form.chosen_schools(), own=schools_of_report(request.user) is not None)
    name = f"growth-report-{year.name}.{ending}".replace(" ", "-").replace("/", "-")
    return HttpResponse(
        make(figures),
        content_type=content_type,
        headers={"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"},
    )
