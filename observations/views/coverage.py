"""Asking for cover, and what one asked for or covers."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse

from people.access import require, visible_or_404
from people.models import School
from people.once import sent_once
from people.paging import page_of
from schedule.models import Event

from ..forms.coverage import AskAgainForm, AskForm
from ..models import Coverage
from ..policy import may_ask_again, may_ask_for_cover, may_withdraw_cover
from ..reads.asking import again_as_before, asked_for
from ..reads.coverage import desk, own
from ..reads.drawing import usual_periods
from ..reads.request import request_page, request_rows
from ..services.coverage import ask_again, ask_for_several, withdraw_cover
from .trying import confirm, done, whole_number


def coverage_list(request):
    page = page_of(own(request.user), request)
    context = {
        "page": page,
        "asked": [one for one in page if one.asker_id == request.user.pk],
        "given": [one for one in page if one.coverer_id == request.user.pk],
        "desk": desk(request.user),
        "may_ask": may_ask_for_cover(request.user),
    }
    return render(request, "observations/coverage_list.html", context)


def coverage(request, pk):
    one = visible_or_404(request_rows(), request.user, pk=pk)
    return render(request, "observations/coverage.html", request_page(one, request.user))


@sent_once
def coverage_ask(request):
    user = request.user
    require(may_ask_for_cover(user), "A post at a school comes first. A district admin can add one.")
    event_pk = whole_number(request.GET.get("event", ""))
    event = visible_or_404(Event, user, pk=event_pk) if event_pk else None
    schools = list(School.objects.visible_to(user).filter(pk__in=user.standing.schools))
    school = next((one for one in schools if str(one.pk) == request.GET.get("school")), schools[0])
    periods = usual_periods(school)
    form = AskForm(request.POST or None, school=school, periods=periods, initial=asked_for(event, school, periods))
    fields = ("day", "spans", "class_name", "room", "note")
    asked = {"by": user, "school": school, "event": event}
    if done(form, lambda given: ask_for_several(**asked, **{name: given[name] for name in fields})):
        messages.success(request, "Your principal has your request. You are told when there is an answer.")
        return redirect("coverage_list")
    context = {"form": form, "school": school, "schools": schools, "event": event}
    return render(request, "observations/coverage_ask.html", context)


def coverage_again(request, pk):
    one = visible_or_404(request_rows(), request.user, pk=pk)
    require(may_ask_again(request.user, one))
    periods = usual_periods(one.school)
    start = again_as_before(one, periods)
    form = AskAgainForm(request.POST or None, coverage=one, school=one.school, periods=periods, initial=start)
    if done(form, lambda given: ask_again(one, by=request.user, note=given["note"], **span_of(given))):
        messages.success(request, "Your principal has it again.")
        return redirect(one)
    return render(request, "observations/coverage_again.html", {"coverage": one, "form": form})


def span_of(given):
    period, starts, ends = given["spans"][0]
    return {"day": given["day"], "period": period, "starts": starts, "ends": ends}


def coverage_withdraw(request, pk):
    one = visible_or_404(Coverage.objects.select_related("school"), request.user, pk=pk)
    require(may_withdraw_cover(request.user, one))
    return confirm(
        request,
        lambda: withdraw_cover(one, by=request.user),
        said="Your request is withdrawn.",
        title="Withdraw your request for cover?",
        text="If a colleague was to cover, they are told at once that they need not.",
        button="Withdraw it",
        back=one.get_absolute_url(),
        to=reverse("coverage_list"),
    )
