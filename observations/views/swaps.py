"""Swaps: asking a colleague to take a class, and answering."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from people.access import require, visible_or_404
from people.once import sent_once

from ..forms.covering import SwapForm
from ..models import Swap
from ..policy import may_swap
from ..reads.request import request_rows
from ..reads.swapping import could_take, swap_rows
from ..services.swaps import accept_swap, ask_to_swap, decline_swap, take_back_swap
from .trying import confirm, done, tried


@sent_once
def swap_ask(request, pk):
    one = visible_or_404(request_rows(), request.user, pk=pk)
    require(may_swap(request.user, one), "Whoever covers this class can ask a colleague to swap.")
    free, theirs = could_take(one, request.user)
    form = SwapForm(request.POST or None, free=free, theirs=theirs)
    if done(form, lambda given: ask_to_swap(one, by=request.user, **given)):
        messages.success(request, f"{form.cleaned_data['asked']} is asked. Until then you cover.")
        return redirect("coverage_list")
    return render(request, "observations/swap_ask.html", {"coverage": one, "form": form, "free": free})


@require_safe
def swap(request, pk):
    one = visible_or_404(swap_rows(), request.user, pk=pk)
    return render(request, "observations/swap.html", {"swap": one, "is_asked": one.asked_id == request.user.pk})


@require_POST
def swap_answer(request, pk):
    one = visible_or_404(swap_rows(), request.user, pk=pk)
    require(one.asked_id == request.user.pk, "Whoever was asked answers.")
    if request.POST.get("answer") == "yes":
        tried(request, lambda: accept_swap(one, by=request.user), f"You cover it now, and {one.asker} knows.")
    else:
        tried(request, lambda: decline_swap(one, by=request.user), f"{one.asker} knows that you cannot.")
    return redirect("coverage_list")


def swap_take_back(request, pk):
    one = visible_or_404(Swap.objects.select_related("asked"), request.user, pk=pk)
    require(one.asker_id == request.user.pk)
    return confirm(
        request,
        lambda: take_back_swap(one, by=request.user),
        said="Taken back. You still cover.",
        title=f"Not ask {one.asked} any more?",
        text="You still cover the class, and can ask somebody else.",
        button="Take it back",
        back=reverse("coverage_list"),
    )
