"""Asking the facilitator for help, and her queue."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from people.access import require, visible_or_404
from people.models import Role
from people.once import sent_once
from supports.models import SupportType

from ..forms.requests import AnswerRequestForm, AskForm, GatherForm
from ..models import HelpRequest
from ..policy import may_ask_for, may_take_part
from ..reads.journey import partnership_for
from ..reads.queue import stalled, told, waiting_for
from ..services.requests import answer_request, ask_for_help, gather, withdraw_request
from .posting import REFUSALS, sent, tell

Wish = HelpRequest.Wish


def help_queue(request):
    return show(request)


def show(request, *, answered=None, form=None, gathering=None):
    """`answered` is the request whose answer was refused, with its `form`; `gathering` the refused choice."""
    user = request.user
    answers = user.standing.holds(Role.FACILITATOR)
    waiting, answered_before, own = told(user)
    context = {
        "answers": answers,
        "waiting": waiting,
        "stalled": list(stalled(user)) if answers else [],
        "answered_before": answered_before,
        "own": own,
        "answered": answered,
        "form": form,
        "gathering": gathering,
    }
    return render(request, "partnerships/help_queue.html", context)


@sent_once
def help_ask(request):
    support, partnership, wish = asked_about(request)
    require(may_ask_for(request.user, support), "A post at a school comes first. A district admin can add one.")
    form = AskForm(sent(request))
    if form.is_valid():
        try:
            ask_for_help(support, by=request.user, wish=wish, partnership=partnership, **form.cleaned_data)
        except REFUSALS as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Your facilitator has your request. You are told when there is an answer.")
            return redirect(partnership or "help_queue")
    context = {"support": support, "partnership": partnership, "form": form, "wish": wish.label}
    return render(request, "partnerships/help_ask.html", context)


def asked_about(request):
    """(support, partnership or None, wish), from the address."""
    pk = request.GET.get("partnership", "")
    if pk.isdecimal() and len(pk) < 19:
        partnership = partnership_for(request.user, pk)
        require(may_take_part(request.user, partnership))
        return partnership.support, partnership, Wish.STALLED
    support = visible_or_404(SupportType, request.user, slug=request.GET.get("support", ""))
    if not support.has_workflow:
        raise Http404
    return support, None, Wish.PARTNER if support.begins == SupportType.Begins.START else Wish.SET_UP


@require_POST
def help_answer(request, pk):
    asked = visible_or_404(HelpRequest, request.user, pk=pk)
    form = AnswerRequestForm(request.POST, prefix=str(pk))
    if not form.is_valid():
        return show(request, answered=asked, form=form)
    try:
        answer_request(asked, by=request.user, answer=form.cleaned_data["answer"])
    except REFUSALS as refusal:
        tell(request, refusal)
    else:
        messages.success(request, "Your answer is on its way.")
    return redirect("help_queue")


@require_POST
def help_gather(request):
    require(request.user.standing.holds(Role.FACILITATOR))
    form = GatherForm(request.POST, requests=waiting_for(request.user))
    if form.is_valid():
        try:
            made = gather(list(form.cleaned_data["requests"]), by=request.user)
        except REFUSALS as refusal:
            form.add_error("requests", str(refusal))
        else:
            messages.success(request, "They are brought together. The first to ask leads, and the others are asked.")
            return redirect(made)
    return show(request, gathering=form)


@require_POST
def help_withdraw(request, pk):
    asked = visible_or_404(HelpRequest, request.user, pk=pk)
    try:
        withdraw_request(asked, by=request.user)
    except REFUSALS as refusal:
        tell(request, refusal)
    else:
        messages.success(request, "Your request is taken back.")
    return redirect("help_queue")
