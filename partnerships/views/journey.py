"""The page of a partnership."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from people.access import visible_or_404

from ..models import Milestone
from ..reads.journey import partnership_for
from ..reads.page import page
from ..services.timeline import reach_milestone
from ..services.viewing import plans_were_read
from .keeping import mark_of


def partnership(request, pk):
    partnership = partnership_for(request.user, pk)
    context = page(partnership, request.user)
    if context["plan"]:
        plans_were_read([partnership], reader=request.user, door="the page of your work")
    if context["step"]:
        context["writer"] = mark_of(request.user, context["step"].pk)
    return render(request, "partnerships/partnership.html", context)


@require_POST
def milestone_reach(request, pk, milestone_pk):
    milestone = visible_or_404(Milestone, request.user, partnership=pk, pk=milestone_pk)
    reach_milestone(milestone, by=request.user)
    messages.success(request, f"“{milestone.title}” is reached.")
    return redirect(milestone.partnership)
