"""The bells of a school: its usual day, and the other kinds of day."""

from copy import copy

from django import forms
from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from people.access import visible_or_404
from people.confirming import Attempt, attempt
from people.once import sent_once

from .. import services
from ..forms import BellsForm, BellsNameForm, periods_formset
from ..models import BellSchedule, Period
from .changing import change_page, office_of


def periods(request, pk):
    school = office_of(request, pk)
    usual = BellSchedule.objects.visible_to(request.user).filter(school=school, is_default=True).first()
    return _periods(request, school, usual)


def bells_edit(request, pk, bells_pk):
    school = office_of(request, pk)
    return _periods(request, school, visible_or_404(BellSchedule, request.user, pk=bells_pk, school=school))


def _periods(request, school, bells):
    """The page of one day's periods; without bells, those of the usual day to be."""
    rung = Period.objects.visible_to(request.user).filter(schedule__school=school, schedule=bells)
    formset = periods_formset(request.POST or None, rung)
    form = BellsNameForm(request.POST or None, initial={"called": bells.name if bells else "Regular day"})
    tried = Attempt()
    if request.method == "POST" and formset.is_valid():
        kept = formset.save(commit=False)
        tried = attempt(request, form, lambda: _save(request, school, bells, kept, formset.deleted_objects, form))
    if tried.done:
        messages.success(request, f"The periods of {school} are saved.")
        return redirect(request.path)
    page = {"school": school, "bells": bells, "form": form, "formset": formset, "tried": tried}
    return render(request, "schedule/periods.html", page)


def _save(request, school, bells, kept, dropped, form):
    name, kept = form.cleaned_data["called"], [copy(period) for period in kept]
    services.save_periods(school, by=request.user, bells=copy(bells), kept=kept, dropped=dropped, name=name)


@sent_once
def bells_add(request, pk):
    school, made = office_of(request, pk), []
    form = BellsForm(request.POST or None, school=school)
    tried = attempt(
        request,
        form,
        lambda: made.append(
            services.add_bells(school, by=request.user, name=form.cleaned_data["name"], periods=form.periods)
        ),
    )
    if tried.done:
        messages.success(request, f"{made[-1].name} is added. Look at its times, and change what should differ.")
        return redirect("bells_edit", pk, made[-1].pk)
    h1, back = f"Another kind of day at {school}", reverse("school_time", args=[pk])
    notes = ["A period keeps its name on every kind of day: timetables find it by that."]
    return change_page(request, form, tried, h1=h1, button="Add it", back=back, notes=notes)


@require_POST
def bells_usual(request, pk, bells_pk):
    school = office_of(request, pk)
    bells = visible_or_404(BellSchedule, request.user, pk=bells_pk, school=school)
    form = forms.Form(request.POST)
    tried = attempt(request, form, lambda: services.choose_usual(copy(bells), by=request.user))
    if tried.done:
        messages.success(request, f"{bells.name} rings on every day that names no other bells.")
        return redirect("school_time", pk)
    h1, back = f"{bells.name} as the usual day", reverse("school_time", args=[pk])
    return change_page(request, form, tried, h1=h1, button="Make it the usual day", back=back)


def bells_delete(request, pk, bells_pk):
    school = office_of(request, pk)
    bells = visible_or_404(BellSchedule, request.user, pk=bells_pk, school=school)
    form = forms.Form(request.POST)
    tried = attempt(request, form, lambda: services.delete_bells(copy(bells), by=request.user))
    if tried.done:
        messages.success(request, f"{bells.name} is deleted.")
        return redirect("school_time", pk)
    back, notes = (
        reverse("school_time", args=[pk]),
        [f"{bells.name} is a kind of day at {school}. It can go if no day needs it."],
    )
    return change_page(
        request, form, tried, h1=f"Delete {bells.name}", button="Delete it", back=back, notes=notes, danger=True
    )
