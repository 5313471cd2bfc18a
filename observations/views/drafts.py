"""The draft of a walk: seen with its cost and what stands against it, changed, solved again, published."""

from functools import partial

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from people.once import sent_once

from ..forms import drafts as forms
from ..reads.draft import draft_page, draft_with_walk
from ..reads.plan_published import printed
from ..services import REFUSALS, editing
from ..services.planning import replan_walk, solve_rest
from ..services.publishing import as_of_now, publish_plan
from .arranging import arranged_by, own_walk
from .trying import confirm, whole_number

CHANGES = {
    "visit": (forms.ChangeVisitForm, editing.change_visit, "The visit is changed."),
    "off": (forms.OfVisitForm, editing.take_off, "The visit is off the plan."),
    "pin": (forms.OfVisitForm, editing.pin, "The visit stays when you solve the rest again."),
    "unpin": (forms.OfVisitForm, editing.unpin, "The visit may change when you solve the rest again."),
    "forbid": (forms.OfVisitForm, editing.forbid, "The visit is off the plan, and is not planned again."),
    "allow": (forms.AllowForm, editing.allow, "This may be planned again."),
    "add": (forms.AddVisitForm, editing.add_visit, "The visit is on the plan."),
    "meetings": (forms.MeetingsForm, editing.move_meetings, "The meetings are moved."),
    "team": (forms.TeamForm, editing.change_team, "The teams are changed."),
}


def plan(request, pk):
    draft = draft_with_walk(pk, request.user)
    walk = arranged_by(request.user, draft.walk) if draft else own_walk(request, pk)
    if draft is None:
        return redirect("plan_look", pk)
    try:
        page = draft_page(walk, draft, as_of_now(draft))
    except ValueError as why:
        page = {"walk": walk, "draft": draft, "trouble": why}
    return render(request, "observations/plan.html", page | {"is_changed": "changed" in request.GET})


@require_POST
def plan_change(request, pk):
    walk = own_walk(request, pk)
    form_of, change, said = CHANGES.get(request.POST.get("act"), (None, None, ""))
    form = form_of(request.POST) if form_of else None
    if not form or not form.is_valid():
        messages.error(request, "Nothing was changed: a time or a name was missing. Write it, and try again.")
        return redirect("plan", pk)
    given = dict(form.cleaned_data)
    try:
        change_plan = partial(editing.change_plan, walk, by=request.user, version=given.pop("version"))
        change_plan(change=partial(change, **given))
        messages.success(request, said)
    except REFUSALS as refusal:
        messages.error(request, str(refusal))
    return redirect(f"{reverse('plan', args=[pk])}?changed=yes#visits")


@require_POST
@sent_once
def plan_rest(request, pk):
    """Pins stay; or, when that was asked for, as much as can be."""
    walk = own_walk(request, pk)
    solve = replan_walk if request.POST.get("act") == "fewest" else solve_rest
    try:
        return redirect(solve(walk, by=request.user))
    except REFUSALS as refusal:
        messages.error(request, str(refusal))
        return redirect("plan", pk)


def plan_publish(request, pk):
    walk = own_walk(request, pk)
    version = whole_number(request.POST.get("version") or request.GET.get("version") or "") or 0
    return confirm(
        request,
        lambda: publish_plan(walk, by=request.user, version=version),
        said="It is in everyone's calendar, and those for whom something is new are told.",
        title="Publish the plan?",
        text="Visitors and hosts get their dates, and cover is needed for the classes that these take. Once it is "
        "published, publishing again changes only what you changed.",
        button="Publish the plan",
        back=reverse("plan", args=[pk]),
        to=walk.get_absolute_url(),
    )


def plan_print(request, pk):
    """One page for each person, and one for the office."""
    walk = own_walk(request, pk)
    return render(request, "observations/plan_print.html", printed(walk, request.user))
