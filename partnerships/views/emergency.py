"""Emergency reading: an operator asks, an admin agrees, one page opens for an hour, and its people are told."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST

from people.access import require, visible_or_404
from people.once import sent_once

from .. import policy
from ..forms.sharing import EmergencyForm
from ..models import EmergencyReading
from ..reads.emergency import opened_words, readings_for
from ..reads.paging import Slice
from ..services.emergency import approve_reading, ask_to_read, end_reading
from ..services.viewing import opened_words_were_read
from .posting import REFUSALS, sent, tell

ITS_PEOPLE = ("partnership__support", "asked_by", "approved_by", "ended_by")


def emergency_list(request):
    require(policy.may_know_of_emergencies(request.user), "Operators and district admins do this.")
    page = Slice(readings_for(request.user), request.GET.get("page"), 20)
    return render(request, "partnerships/emergency_list.html", {"page": page, "now": timezone.now()})


@sent_once
def emergency_ask(request):
    require(request.user.is_superuser, "The operator asks for this. Tell them the number of the work.")
    form = EmergencyForm(sent(request))
    if form.is_valid():
        try:
            answers = form.cleaned_data
            return redirect(ask_to_read(answers["number"], by=request.user, reason=answers["reason"]))
        except REFUSALS as refusal:
            form.add_error(None, str(refusal))
    return render(request, "partnerships/emergency_ask.html", {"form": form})


def emergency(request, pk):
    reading = visible_or_404(EmergencyReading.objects.select_related(*ITS_PEOPLE), request.user, pk=pk)
    now = timezone.now()
    waits = reading.is_waiting(now)
    context = {
        "reading": reading,
        "waits": waits,
        "is_open": reading.is_open(now),
        "may_approve": waits and policy.may_approve_emergency(request.user, reading),
        "may_end": (waits or reading.is_open(now)) and policy.may_end_emergency(request.user, reading),
    }
    return render(request, "partnerships/emergency.html", context)


@require_POST
def emergency_approve(request, pk):
    reading = visible_or_404(EmergencyReading.objects.select_related("partnership"), request.user, pk=pk)
    try:
        approve_reading(reading, by=request.user)
    except REFUSALS as refusal:
        tell(request, refusal)
    else:
        messages.success(request, "It is open for an hour. Those whose words it opens are told.")
    return redirect(reading)


@require_POST
def emergency_end(request, pk):
    reading = visible_or_404(EmergencyReading, request.user, pk=pk)
    end_reading(reading, by=request.user)
    messages.success(request, "It is closed.")
    return redirect(reading)


@cache_control(private=True, no_store=True)
def emergency_words(request, pk):
    """The one page that shows them. Each text on it is logged, for its author."""
    reading = visible_or_404(EmergencyReading.objects.select_related(*ITS_PEOPLE), request.user, pk=pk)
    require(reading.asked_by_id == request.user.pk, "Only the person who asked reads this.")
    if not reading.is_open(timezone.now()):
        messages.info(request, "It is not open, or its hour is over.")
        return redirect(reading)
    page = Slice(opened_words(reading, request.user), request.GET.get("page"), 30)
    opened_words_were_read(page.rows, reading, reader=request.user)
    return render(request, "partnerships/emergency_words.html", {"reading": reading, "page": page})
