"""Days that differ: special days with bells of their own, and days without school."""

from copy import copy

from django import forms
from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse

from people import clock
from people.access import require, visible_or_404
from people.confirming import attempt
from people.models import NoSchoolDay
from people.once import sent_once
from people.policy import may_change_days_off
from people.services import places

from .. import services
from ..forms import DayOffForm, SpecialDayForm
from ..models import SpecialDay
from ..words import count, day_words
from .changing import change_page, office_of


def week_of(school, day):
    return f"{reverse('school_time', args=[school.pk])}?day={day}"


@sent_once
def special_add(request, pk):
    school = office_of(request, pk)
    form = SpecialDayForm(request.POST or None, school=school, today=clock.today(school))
    tried = attempt(request, form, lambda: services.keep_special_days(school, by=request.user, **form.special))
    if tried.done:
        days = form.special["days"]
        messages.success(request, f"{form.special['name']}: {count(len(days), 'day is', 'days are')} kept.")
        return redirect(week_of(school, days[0]))
    h1, back = f"A special day at {school}", reverse("school_time", args=[pk])
    where = "A day with other bells, such as an early release, or one that shows another day of the cycle."
    return change_page(request, form, tried, h1=h1, button="Save the day", back=back, where=where)


def special_remove(request, pk, special_pk):
    school = office_of(request, pk)
    special = visible_or_404(SpecialDay, request.user, pk=special_pk, school=school)
    form = forms.Form(request.POST)
    tried = attempt(request, form, lambda: services.remove_special_day(copy(special), by=request.user))
    if tried.done:
        messages.success(request, f"{day_words(special.day)} is a day like any other again.")
        return redirect(week_of(school, special.day))
    h1, back = f"{day_words(special.day)} as any other day", week_of(school, special.day)
    notes = [f"{special.name}: that day will have the bells and the day of the cycle that it has anyway."]
    return change_page(request, form, tried, h1=h1, button="Take it back", back=back, notes=notes, danger=True)


@sent_once
def day_off_add(request, pk):
    school = office_of(request, pk)
    form = DayOffForm(request.POST or None)
    tried = attempt(
        request, form, lambda: places.add_no_school_days(by=request.user, school=school, **form.cleaned_data)
    )
    if tried.done:
        messages.success(request, f"{form.cleaned_data['name']} is kept. Nobody is asked to meet then.")
        return redirect(week_of(school, form.cleaned_data["first"]))
    h1, back = f"No school at {school}", reverse("school_time", args=[pk])
    where = "For this school alone, such as a burst pipe. Days off for all schools are kept by the district."
    return change_page(request, form, tried, h1=h1, button="Save the day", back=back, where=where)


def day_off_remove(request, pk, off_pk):
    school = office_of(request, pk)
    off = visible_or_404(NoSchoolDay, request.user, pk=off_pk, school=school)
    require(may_change_days_off(request.user, school))
    form = forms.Form(request.POST)
    tried = attempt(request, form, lambda: places.remove_no_school_day(copy(off), by=request.user))
    if tried.done:
        messages.success(request, f"{day_words(off.day)} has school again.")
        return redirect(week_of(school, off.day))
    h1, back = f"School on {day_words(off.day)} after all", week_of(school, off.day)
    notes = [f"{off.name}: that day will have classes again."]
    return change_page(request, form, tried, h1=h1, button="There is school", back=back, notes=notes, danger=True)
