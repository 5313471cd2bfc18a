"""Managing a partnership: who takes part, when, and whether it goes on."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from people.access import require

from .. import policy
from ..forms.people import CallForm, InviteForm
from ..forms.timeline import MilestonesForm, TimelineForm
from ..reads.journey import partnership_for
from ..reads.page import taking_part
from ..reads.people import fitting
from ..services.members import call_for_partners, close_call, invite
from ..services.timeline import set_milestones, set_timeline
from .changes import CHANGES, open_to
from .posting import REFUSALS, sent, tell


def partnership_manage(request, pk):
    partnership = partnership_for(request.user, pk)
    may_invite = policy.may_invite(request.user, partnership)
    require(may_invite or policy.member_of(request.user, partnership))
    return show(request, partnership)


def show(request, partnership, *, invite=None, call=None):
    user, may_invite = request.user, policy.may_invite(request.user, partnership)
    context = {
        "partnership": partnership,
        "members": taking_part(partnership),
        "may_invite": may_invite,
        "may_steer": policy.may_steer(user, partnership),
        "invite": invite or InviteForm(asker=user),
        "call": call or CallForm(initial={"words": partnership.call}),
        "calls": bool(partnership.call and not partnership.call_closed_at),
        "people": fitting(partnership, user) if may_invite else None,
        "changes": open_to(user, partnership),
    }
    return render(request, "partnerships/manage.html", context)


@require_POST
def member_invite(request, pk):
    partnership = partnership_for(request.user, pk)
    require(policy.may_invite(request.user, partnership))
    form = InviteForm(request.POST, asker=request.user)
    if form.is_valid():
        person = form.cleaned_data["colleague"]
        try:
            invite(partnership, by=request.user, person=person)
        except REFUSALS as refusal:
            form.add_error("colleague", str(refusal))
        else:
            messages.success(request, f"{person} is asked. You are told when there is an answer.")
            return redirect("partnership_manage", pk)
    return show(request, partnership, invite=form)


@require_POST
def call_make(request, pk):
    partnership = partnership_for(request.user, pk)
    require(policy.may_invite(request.user, partnership))
    form = CallForm(request.POST)
    if form.is_valid():
        try:
            call_for_partners(partnership, by=request.user, words=form.cleaned_data["words"])
        except REFUSALS as refusal:
            form.add_error("words", str(refusal))
        else:
            messages.success(request, "Your call stands under “Looking for partners”. All the staff can read it.")
            return redirect("partnership_manage", pk)
    return show(request, partnership, call=form)


@require_POST
def call_close(request, pk):
    close_call(partnership_for(request.user, pk), by=request.user)
    messages.success(request, "Your call is closed. Nobody new can join by it.")
    return redirect("partnership_manage", pk)


def partnership_timeline(request, pk):
    partnership = partnership_for(request.user, pk)
    require(policy.may_steer(request.user, partnership))
    form = TimelineForm(sent(request), partnership=partnership)
    if form.is_valid():
        set_timeline(partnership, by=request.user, **form.cleaned_data)
        messages.success(request, "Your timeline is set, and the reminders of your open steps follow it.")
        return redirect(partnership)
    return render(request, "partnerships/timeline.html", {"partnership": partnership, "form": form})


def partnership_milestones(request, pk):
    partnership = partnership_for(request.user, pk)
    require(policy.may_steer(request.user, partnership))
    form = MilestonesForm(sent(request), partnership=partnership)
    if form.is_valid():
        set_milestones(partnership, by=request.user, milestones=form.cleaned_data["milestones"])
        messages.success(request, "Your milestones are set. You are reminded of each before it is due.")
        return redirect(partnership)
    return render(request, "partnerships/milestones.html", {"partnership": partnership, "form": form})


def partnership_change(request, pk, what):
    partnership, change = partnership_for(request.user, pk), CHANGES.get(what)
    if change is None:
        raise Http404
    require(change.may(request.user, partnership))
    form = change.form(sent(request), partnership, request.user)
    if form.is_valid():
        try:
            where = change.act(partnership, request.user, form.cleaned_data) or partnership
        except REFUSALS as refusal:
            tell(request, refusal)
            return redirect(partnership)
        messages.success(request, change.thanks)
        return redirect(where)
    return render(request, "partnerships/change.html", {"partnership": partnership, "change": change, "form": form})
