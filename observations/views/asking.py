"""Asking for cover: by hand, for all classes that a date takes, and once more; the note and the plan."""

from django.contrib import messages
from django.shortcuts import redirect, render

from people.access import require, visible_or_404
from people.models import School
from people.once import sent_once
from schedule.models import Event

from ..forms.coverage import AskAgainForm, AskForm
from ..forms.plans import NeededForm, NoteForm
from ..policy import may_ask_again, may_ask_for_cover, may_ask_for_date, may_write_note
from ..reads.asking import again_as_before, asked_for, needed_for
from ..reads.drawing import usual_periods
from ..reads.request import request_rows
from ..services.asking import ask_again, ask_for_needed
from ..services.coverage import ask_for_several, change_note
from .trying import done, whole_number


@sent_once
def coverage_ask(request):
    user = request.user
    require(may_ask_for_cover(user), "A post at a school comes first. A district admin can add one.")
    event_pk = whole_number(request.GET.get("event", ""))
    event = visible_or_404(Event, user, pk=event_pk) if event_pk else None
    require(event is None or may_ask_for_date(user, event), "Whoever goes there asks for cover of their own classes.")
    schools = list(School.objects.visible_to(user).filter(pk__in=user.standing.schools))
    school = next((one for one in schools if str(one.pk) == request.GET.get("school")), schools[0])
    periods = usual_periods(school)
    start = asked_for(event, school, periods)
    form = AskForm(request.POST or None, request.FILES or None, school=school, periods=periods, initial=start)
    fields = ("day", "spans", "class_name", "room", "note", "plan")
    asked = {"by": user, "school": school, "event": event}
    if done(form, lambda given: ask_for_several(**asked, **{name: given[name] for name in fields})):
        messages.success(request, "Your principal has your request. You are told when there is an answer.")
        return redirect("coverage_list")
    context = {"form": form, "school": school, "schools": schools, "event": event}
    return render(request, "observations/coverage_ask.html", context)


@sent_once
def coverage_needed(request, event_pk):
    """All classes that a date takes. Who asks sees the classes that they may ask for, and no more of the date."""
    event, needed = needed_for(request.user, event_pk)
    form = NeededForm(request.POST or None, request.FILES or None, needed=needed)
    if needed and done(form, lambda given: ask_for_needed(event, by=request.user, **form.answers)):
        said = "The principal has your request. You are told when there is an answer."
        messages.success(request, said if form.answers["asked"] else "You are not asked about these classes any more.")
        return redirect("coverage_list")
    return render(request, "observations/coverage_needed.html", {"event": event, "needed": needed, "form": form})


def coverage_again(request, pk):
    one = visible_or_404(request_rows(), request.user, pk=pk)
    require(may_ask_again(request.user, one))
    periods = usual_periods(one.school)
    start, school = again_as_before(one, periods), {"school": one.school, "periods": periods}
    form = AskAgainForm(request.POST or None, request.FILES or None, coverage=one, initial=start, **school)
    again = ("note", "plan")
    if done(form, lambda given: ask_again(one, by=request.user, **{n: given[n] for n in again}, **span_of(given))):
        messages.success(request, "Your principal has it again.")
        return redirect(one)
    return render(request, "observations/coverage_again.html", {"coverage": one, "form": form})


def span_of(given):
    period, starts, ends = given["spans"][0]
    return {"day": given["day"], "period": period, "starts": starts, "ends": ends}


def coverage_note(request, pk):
    one = visible_or_404(request_rows(), request.user, pk=pk)
    require(may_write_note(request.user, one), "Its teacher writes the note.")
    form = NoteForm(request.POST or None, request.FILES or None, initial={"note": one.note})
    if done(form, lambda given: change_note(one, by=request.user, **given)):
        messages.success(request, "The note is saved.")
        return redirect(one)
    return render(request, "observations/coverage_note.html", {"coverage": one, "form": form})
