"""How the model went, in counts, for the coaching team to talk about before a second year."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from people.access import require

from ..forms.years import ReportForm
from ..policy import may_read_model, schools_of_model
from ..services.layout import WHY_HIDDEN
from ..services.model_tables import model_report

NAME = "How it went, in counts"


@require_safe
def model_counts(request):
    require(may_read_model(request.user), "This page is for principals and facilitators.")
    schools = schools_of_model(request.user)
    form = ReportForm(request.GET, user=request.user, own_schools=schools)
    if form.chosen_year is None:
        return render(request, "growth/no_year.html", {"name": NAME})
    school = form.chosen_school
    report, tables = model_report(form.chosen_year, schools=schools, school=school and school.pk)
    context = {"name": NAME, "form": form, "report": report, "tables": tables, "why_hidden": WHY_HIDDEN}
    return render(request, "growth/model.html", context)
