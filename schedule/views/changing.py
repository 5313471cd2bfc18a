"""What the pages that change a school's time have in common."""

from django.shortcuts import render

from people.access import require, visible_or_404
from people.models import School

from .. import policy


def office_of(request, pk):
    """The school, for those who keep its days in order."""
    school = visible_or_404(School, request.user, pk=pk)
    require(policy.may_edit_periods(request.user, school))
    return school


def change_page(request, form, tried, *, h1, button, back, where="", notes=(), danger=False):
    """A page of one form whose change may break dates. `notes` are sentences above the fields."""
    words = {"h1": h1, "button": button, "back": back, "where": where, "notes": notes, "danger": danger}
    return render(request, "schedule/time/change.html", {"form": form, "tried": tried} | words)
