"""What learning walks came to, for those who facilitate them."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from people.access import require

from ..forms.years import YearForm
from ..policy import may_read_walks, schools_of_walks
from ..services.layout import WHY_HIDDEN
from ..services.walk_tables import NOTES, walk_table
from ..services.walks import walks_with_names

NAME = "What walks came to"


@require_safe
def walks_report(request):
    require(may_read_walks(request.user), "This page is for facilitators. Principals and admins have the report.")
    form = YearForm(request.GET, user=request.user)
    if form.chosen_year is None:
        return render(request, "growth/no_year.html", {"name": NAME})
    walks = walks_with_names(form.chosen_year, schools=schools_of_walks(request.user))
    table = walk_table(walks) if walks.cells else None
    context = {"name": NAME, "form": form, "table": table, "notes": NOTES, "why_hidden": WHY_HIDDEN}
    return render(request, "growth/walks.html", context)
