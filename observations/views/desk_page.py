"""The principal's desk: what waits by date, and approving several at once."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from people.access import require

from ..forms.desk import ApproveSeveralForm
from ..policy import decided_schools, desk_schools
from ..reads.desk import desk_page, waiting_for
from ..services.deciding import approve_several

NOT_YOURS = "The desk is for those who decide on cover, and for the front office."


@require_safe
def coverage_desk(request):
    require(desk_schools(request.user), NOT_YOURS)
    return render(request, "observations/desk.html", desk_page(request.user, request.GET.get("page")))


@require_POST
def coverage_desk_approve(request):
    """What can be approved is; what cannot stands there again, with the reason and what was chosen."""
    user = request.user
    require(decided_schools(user), NOT_YOURS)
    form = ApproveSeveralForm(request.POST, rows=waiting_for(user).filter(school__in=decided_schools(user)))
    refused = form.faults | approve_several(form.wanted, by=user)
    say(request, form, approved=len(form.wanted) - sum(one.pk in refused for one, _ in form.wanted))
    if not refused:
        return redirect(reverse("coverage_desk") + (f"?page={form.page}" if form.page else ""))
    shown = desk_page(user, form.page, refused=refused, picked=form.picked)
    return render(request, "observations/desk.html", shown)


def say(request, form, *, approved):
    if approved:
        what = "1 request is" if approved == 1 else f"{approved} requests are"
        messages.success(request, f"{what} approved, and everybody concerned is told.")
    if form.gone:
        messages.warning(request, "Some that you ticked wait no more: answered, moved or withdrawn.")
    if not form.chosen:
        messages.error(request, "Tick what you want to approve first.")
