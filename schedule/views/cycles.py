"""The days cycle of a school: set with a look at what the next two weeks would be."""

from copy import copy

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.urls import reverse

from people import clock
from people.access import visible_or_404
from people.confirming import Attempt, attempt, mark_of

from .. import services
from ..forms import PRESETS, CycleForm, cycle_days
from ..models import DayCycle
from ..weeks import weeks
from ..words import day_words
from .changing import change_page, office_of


def cycle_new(request, pk):
    school = office_of(request, pk)
    chosen = next((one for one in PRESETS if one[0] == request.GET.get("preset")), PRESETS[0])
    starts_on = services.next_school_day(school, clock.today(school))
    cycle = DayCycle(school=school, starts_on=starts_on, follows=chosen[2])
    return _cycle(request, school, cycle, [(name, None) for name in chosen[3]], chosen[0])


def cycle_edit(request, pk, cycle_pk):
    school = office_of(request, pk)
    cycle = visible_or_404(DayCycle, request.user, pk=cycle_pk, school=school)
    days = cycle.days.select_related("bell_schedule")
    return _cycle(request, school, cycle, [(day.name, day.bell_schedule) for day in days])


def _cycle(request, school, cycle, names, preset=""):
    """Each save is asked for twice: first the page shows the next two weeks, then they are kept."""
    form = CycleForm(request.POST or None, instance=cycle)
    sent = form.is_valid() if request.method == "POST" else False
    formset = cycle_days(request.POST or None, school=school, names=names, follows=sent and form.instance.follows)
    tried, preview = Attempt(), []
    if sent and formset.is_valid():
        tried, preview = _unless_refused(request, school, form, formset.days)
    if tried.done:
        messages.success(request, "The days of the cycle are kept.")
        return redirect("school_time", school.pk)
    presets = [(label, f"?preset={key}", key == preset) for key, label, *_ in PRESETS] if preset else []
    page = {"school": school, "form": form, "formset": formset, "tried": tried, "preview": preview}
    return render(request, "schedule/time/cycle.html", page | {"presets": presets, "cycle": cycle})


def _unless_refused(request, school, form, days):
    try:
        return _tried(request, school, form, days)
    except ValidationError as fault:
        form.add_error("starts_on", fault)
        return Attempt(), []


def _tried(request, school, form, days):
    today = clock.today(school)
    first = max(today, form.instance.starts_on)

    def keep():
        services.keep_cycle(copy(form.instance), by=request.user, days=days)

    breaks, preview = services.rehearse(keep, by=request.user, look=lambda: weeks(school, first, today=today, count=2))
    mark = mark_of([str(form.cleaned_data), str(days), *breaks])
    if request.POST.get("seen") != mark:
        return Attempt(breaks=tuple(breaks), mark=mark), preview
    keep()
    return Attempt(done=True), preview


def cycle_remove(request, pk, cycle_pk):
    school = office_of(request, pk)
    cycle = visible_or_404(DayCycle, request.user, pk=cycle_pk, school=school)
    form = forms.Form(request.POST)
    tried = attempt(request, form, lambda: services.remove_cycle(copy(cycle), by=request.user))
    if tried.done:
        messages.success(request, "That cycle is deleted.")
        return redirect("school_time", pk)
    h1, back = f"Delete the cycle from {day_words(cycle.starts_on)}", reverse("school_time", args=[pk])
    notes = ["The cycle before it holds on from that day; without any, the days are those of the week."]
    return change_page(request, form, tried, h1=h1, button="Delete the cycle", back=back, notes=notes, danger=True)
