"""Starting a support from the menu, or asking for it where a facilitator sets it up."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render

from people.access import visible_or_404
from people.once import sent_once
from supports.models import PDSession, SupportType

from ..forms.people import SureForm
from ..forms.requests import AskForm, AssignForm, SetUpForm
from ..models import HelpRequest
from ..policy import may_ask_for, may_start
from ..services.requests import ask_for_help, assign
from ..services.starting import start
from .posting import REFUSALS, sent

Begins = SupportType.Begins


@sent_once
def partnership_start(request, slug):
    """One address for every support; what stands there follows from how it begins and from who asks."""
    support = visible_or_404(SupportType, request.user, slug=slug)
    if support.begins == Begins.TAKE:
        raise Http404
    if not may_start(request.user, support):
        return ask(request, support)
    if support.begins == Begins.START:
        return begin(request, support, session_of(request, support))
    return set_up(request, support)


def session_of(request, support):
    pk = request.GET.get("session", "")
    if support.follows_session and pk.isdecimal() and len(pk) < 19:
        return visible_or_404(PDSession.objects.select_related("leader"), request.user, pk=pk)


def begin(request, support, session):
    form = SureForm(sent(request))
    if form.is_valid():
        try:
            started = start(support, by=request.user, session=session)
        except REFUSALS as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "It has begun. The first step is below.")
            return redirect(started)
    return page(request, support, "partnerships/start.html", form, session=session)


def ask(request, support):
    """A request to the facilitators of the asker's school."""
    form = AskForm(sent(request))
    if form.is_valid():
        try:
            ask_for_help(support, by=request.user, wish=HelpRequest.Wish.SET_UP, **form.cleaned_data)
        except REFUSALS as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Your facilitator has your request. You are told when there is an answer.")
            return redirect("help_queue")
    return page(request, support, "partnerships/start_ask.html", form, may_ask=may_ask_for(request.user, support))


def set_up(request, support):
    """What a facilitator fills: who leads it, or which coach works with whom."""
    form = (AssignForm if support.begins == Begins.ASSIGN else SetUpForm)(sent(request), asker=request.user)
    if form.is_valid():
        try:
            if support.begins == Begins.ASSIGN:
                made = assign(support, by=request.user, **form.cleaned_data)
            else:
                made = start(support, by=request.user, **form.cleaned_data)
        except REFUSALS as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "It is set up, and the people in it are told.")
            return redirect(made)
    return page(request, support, "partnerships/start_set_up.html", form)


def page(request, support, template, form, **more):
    steps = [{"title": step.title, "state": "later"} for step in support.steps.all()]
    return render(request, template, {"support": support, "steps": steps, "form": form, **more})
