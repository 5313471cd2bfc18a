"""The pages of an event: seen, made, moved, called off, and who comes."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from people.access import require, visible_or_404

from .. import policy, services
from ..followers import EVENT_PANELS
from ..forms import AskForm, CancelForm, EventForm, MoveForm
from ..models import Attendance, Event
from ..rooms import rooms_at
from ..words import day_words
from .checking import (
    agreed,
    clashes_before,
    clashes_of_more,
    clashes_of_move,
    sent_before,
    unless_taken,
    warned,
    wishes,
)


@require_safe
def event(request, pk):
    seen = Event.objects.visible_to(request.user).marked_for(request.user)
    event = get_object_or_404(seen.select_related("school", "organizer"), pk=pk)
    expected = list(event.attendances.select_related("person").order_by("-required", "person__name"))
    mine = next((one for one in expected if one.person_id == request.user.pk), None)
    may_answer = mine and not event.cancelled_at and event.ends_at > timezone.now()
    page = {
        "event": event,
        "expected": expected,
        "mine": mine,
        "may_answer": may_answer,
        "is_asked": may_answer and mine.answer == "asked",
        "may_change": policy.may_move(request.user, event),
        "later": list(services.later_in_series(event)),
        "panels": [panel for ask in EVENT_PANELS if (panel := ask(event, request.user))],
    }
    return render(request, "schedule/event.html", page)


@require_POST
def event_answer(request, pk):
    event = visible_or_404(Event, request.user, pk=pk)
    answer = "declined" if request.POST.get("answer") == "declined" else "accepted"
    said = "You are coming." if answer == "accepted" else "You are not coming. Whoever set the date knows now."
    service = services.answer_series if request.POST.get("scope") == "later" else services.answer_event
    try:
        service(event, by=request.user, answer=answer)
    except services.DoubleBooked as taken:
        messages.error(request, f"{taken.message} Take one of the two off first.")
    else:
        messages.success(request, said)
    return redirect("event", pk)


def event_new(request):
    colleagues = services.colleagues_of(request.user)
    initial = wishes(request.GET, request.user)
    form = EventForm(request.POST or None, person=request.user, colleagues=colleagues, initial=initial)
    found = []
    if request.method == "POST" and form.is_valid():
        if sent := sent_before(request.user, form.cleaned_data["uid"]):
            return redirect("event", sent.pk)
        weeks = form.cleaned_data["weeks"]
        found = clashes_before(request.user, weeks, form.wanted)
        if agreed(request, form, found) and (made := unless_taken(form, _make, request, form, weeks)):
            return redirect("event", made.pk)
    rooms = rooms_at(request.user, request.user.standing.schools)
    return render(request, "schedule/event_new.html", {"rooms": rooms, **warned(form, found)})


def _make(request, form, weeks):
    """One date, or one for each week; says what became of it."""
    if not weeks:
        made = services.create_event(by=request.user, **form.event)
        messages.success(request, "It is in the calendar, and everyone you asked will hear of it.")
        return made
    events, left_out = services.repeat_event(by=request.user, weeks=weeks, **form.event)
    said = [f"It is in the calendar {len(events)} times, and everyone you asked will hear of it."]
    said += [f"There is no school on {day_words(day)}: {why}." for day, why in left_out.items()]
    messages.success(request, " ".join(said))
    return events[0]


def event_move(request, pk):
    event = visible_or_404(Event, request.user, pk=pk)
    require(policy.may_move(request.user, event))
    later = list(services.later_in_series(event))
    form = MoveForm(request.POST or None, event=event, has_later=bool(later))
    found = []
    if request.method == "POST" and form.is_valid():
        wanted = {"place": form.cleaned_data["place"], **form.span}
        found = clashes_of_move(request.user, event, wanted, of_all=form.of_all)
        move = services.move_series if form.of_all else services.move_event
        if agreed(request, form, found) and unless_taken(form, move, event, by=request.user, **wanted):
            messages.success(request, "It has its new date, and everyone who comes is told.")
            return redirect("event", pk)
    rooms = rooms_at(request.user, [event.school_id])
    return render(request, "schedule/event_move.html", {"event": event, "rooms": rooms, **warned(form, found)})


def event_cancel(request, pk):
    event = visible_or_404(Event, request.user, pk=pk)
    require(policy.may_change(request.user, event))
    form = CancelForm(request.POST or None, has_later=services.later_in_series(event).exists())
    if request.method == "POST" and form.is_valid():
        cancel = services.cancel_series if form.of_all else services.cancel_event
        cancel(event, by=request.user, word=form.cleaned_data["word"])
        messages.success(request, "It is cancelled, and everyone who was to come is told.")
        return redirect("event", pk)
    return render(request, "schedule/event_cancel.html", {"event": event, "form": form})


def event_people(request, pk):
    event = visible_or_404(Event, request.user, pk=pk)
    require(policy.may_move(request.user, event))
    expected = Attendance.objects.visible_to(request.user).filter(event=event).select_related("person")
    there = {one.person_id for one in expected}
    colleagues = [one for one in services.colleagues_of(request.user) if one.pk not in there]
    form, found = AskForm(request.POST or None, person=request.user, colleagues=colleagues), []
    if request.method == "POST" and form.is_valid():
        found = clashes_of_more(request.user, event, form.chosen)
        if agreed(request, form, found):
            required = not form.cleaned_data["are_welcome"]
            services.add_people(event, by=request.user, people=form.chosen, required=required)
            messages.success(request, "They are asked, and will hear of it.")
            return redirect("event", pk)
    page = {"event": event, "expected": expected, **warned(form, found)}
    return render(request, "schedule/event_people.html", page)


@require_POST
def event_leave(request, pk, attendance_pk):
    event = visible_or_404(Event, request.user, pk=pk)
    one = visible_or_404(Attendance, request.user, pk=attendance_pk, event=event)
    services.remove_people(event, by=request.user, people=[one.person])
    messages.success(request, f"{one.person.name} is no longer expected.")
    return redirect("event", pk)
