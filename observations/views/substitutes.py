"""The substitutes of the schools, and when they can come."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from people.access import require, visible_or_404
from people.models import School
from people.once import sent_once

from ..forms.covering import WEEKDAYS, DateForm, EndForm, SubstituteForm
from ..models import Substitute, SubstituteTime
from ..policy import may_change_substitute, may_keep_substitutes
from ..services.substitutes import add_date, end_substitute, remove_date, save_substitute
from .trying import confirm, done

WHO = "The principal, the front office and district admins keep the list of substitutes."


def own_schools(user):
    schools = School.objects.visible_to(user).open()
    return schools if user.standing.is_admin else schools.filter(pk__in=user.standing.offices)


def own_substitute(request, pk):
    require(may_keep_substitutes(request.user), WHO)
    one = visible_or_404(Substitute.objects.prefetch_related("schools", "times"), request.user, pk=pk)
    require(may_change_substitute(request.user, one))
    return one


@require_safe
def substitute_list(request):
    require(may_keep_substitutes(request.user), WHO)
    rows = Substitute.objects.visible_to(request.user).prefetch_related("schools", "times")
    for one in rows:
        one.weekdays = [name for number, name in enumerate(WEEKDAYS) if number in {t.weekday for t in one.times.all()}]
    return render(request, "observations/substitute_list.html", {"substitutes": rows})


@sent_once
def substitute_new(request):
    require(may_keep_substitutes(request.user), WHO)
    form = SubstituteForm(request.POST or None, schools=own_schools(request.user))
    if done(form, lambda given: save_substitute(by=request.user, **form.facts)):
        messages.success(request, f"{form.cleaned_data['name']} stands on the list.")
        return redirect("substitute_list")
    return render(request, "observations/substitute_form.html", {"form": form})


def substitute(request, pk):
    one = own_substitute(request, pk)
    form = SubstituteForm(request.POST or None, instance=one, schools=own_schools(request.user))
    if done(form, lambda given: save_substitute(one, by=request.user, **form.facts)):
        messages.success(request, "Your changes are saved.")
        return redirect("substitute", pk=pk)
    dates = [time for time in one.times.all() if time.day]
    return render(request, "observations/substitute_form.html", {"form": form, "substitute": one, "dates": dates})


@sent_once
def substitute_date_add(request, pk):
    one = own_substitute(request, pk)
    form = DateForm(request.POST or None)
    if done(form, lambda given: add_date(one, by=request.user, **given)):
        messages.success(request, "The date is noted.")
        return redirect("substitute", pk=pk)
    return render(request, "observations/substitute_date.html", {"form": form, "substitute": one})


def substitute_date_remove(request, pk, time_pk):
    one = own_substitute(request, pk)
    time = visible_or_404(SubstituteTime.objects.select_related("substitute"), request.user, pk=time_pk, substitute=one)
    return confirm(
        request,
        lambda: remove_date(time, by=request.user),
        said="The date is off the list.",
        title=f"Take this date of {one} off the list?",
        text="What is written for the weekday holds again.",
        button="Take it off",
        back=reverse("substitute", args=[pk]),
    )


def substitute_end(request, pk):
    one = own_substitute(request, pk)
    form = EndForm(request.POST or None, initial={"ended_on": one.ended_on})
    if done(form, lambda given: end_substitute(one, by=request.user, **given)):
        messages.success(request, f"{one} is not offered after that day.")
        return redirect("substitute_list")
    return render(request, "observations/substitute_end.html", {"form": form, "substitute": one})
