"""The pages of the calendar."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_POST, require_safe

from people.access import require, visible_or_404
from people.models import School

from . import feeds, policy, services
from .agenda import agenda, schools_of
from .forms import CancelForm, EventForm, MoveForm, PeopleForm, periods_formset
from .grid import VIEWS, asks_for_school, read_look
from .models import Attendance, Event, Feed, Period

CALENDAR_TYPE = "text/calendar; charset=utf-8"


@require_safe
def calendar(request):
    schools = schools_of(request.user) if asks_for_school(request.GET) else []
    look = read_look(request.GET, schools)
    days = agenda(request.user, look)
    shown = [day for day in days if not day.is_empty]
    page = {
        "look": look,
        "days": shown if look.view == "list" else days,
        "nothing": not any(day.rows for day in days),
        "views": [(label, look.at(view=view), view == look.view) for view, label in VIEWS.items()],
        "today": look.at(day=look.today),
        "mine": look.at(school=None, thread=""),
        "schools": [(school, look.at(school=school, thread="")) for school in schools],
        "may_edit_periods": look.school and policy.may_edit_periods(request.user, look.school),
    }
    return render(request, "schedule/calendar.html", page)


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
    }
    return render(request, "schedule/event.html", page)


@require_POST
def event_answer(request, pk):
    event = visible_or_404(Event, request.user, pk=pk)
    answer = "declined" if request.POST.get("answer") == "declined" else "accepted"
    services.answer_event(event, by=request.user, answer=answer)
    said = "You are coming." if answer == "accepted" else "You are not coming. Whoever set the date knows now."
    messages.success(request, said)
    return redirect("event", pk)


def event_new(request):
    colleagues = services.colleagues_of(request.user)
    form = EventForm(request.POST or None, person=request.user, colleagues=colleagues)
    found = []
    if request.method == "POST" and form.is_valid():
        sent_before = Event.objects.visible_to(request.user).filter(uid=form.cleaned_data["uid"]).first()
        found = services.clashes(by=request.user, leave_out=sent_before, **form.wanted)
        if _agreed(request, found):
            made = services.create_event(by=request.user, **form.event)
            messages.success(request, "It is in the calendar, and everyone you asked will hear of it.")
            return redirect("event", made.pk)
    return render(request, "schedule/event_new.html", _warned(form, found))


def event_move(request, pk):
    event = visible_or_404(Event, request.user, pk=pk)
    require(policy.may_move(request.user, event))
    form = MoveForm(request.POST or None, event=event)
    found = []
    if request.method == "POST" and form.is_valid():
        wanted = {"place": form.cleaned_data["place"], **form.span}
        people = services.expected_at(event)
        found = services.clashes(people=people, school=event.school, leave_out=event, by=request.user, **wanted)
        if _agreed(request, found):
            services.move_event(event, by=request.user, **wanted)
            messages.success(request, "It has its new date, and everyone who comes is told.")
            return redirect("event", pk)
    return render(request, "schedule/event_move.html", {"event": event, **_warned(form, found)})


def event_cancel(request, pk):
    event = visible_or_404(Event, request.user, pk=pk)
    require(policy.may_change(request.user, event))
    form = CancelForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        services.cancel_event(event, by=request.user, word=form.cleaned_data["word"])
        messages.success(request, "It is cancelled, and everyone who was to come is told.")
        return redirect("event", pk)
    return render(request, "schedule/event_cancel.html", {"event": event, "form": form})


def event_people(request, pk):
    event = visible_or_404(Event, request.user, pk=pk)
    require(policy.may_move(request.user, event))
    expected = Attendance.objects.visible_to(request.user).filter(event=event).select_related("person")
    there = {one.person_id for one in expected}
    colleagues = [one for one in services.colleagues_of(request.user) if one.pk not in there]
    form = PeopleForm(request.POST or None, person=request.user, colleagues=colleagues)
    if request.method == "POST" and form.is_valid():
        services.add_people(event, by=request.user, people=form.chosen)
        messages.success(request, "They are asked, and will hear of it.")
        return redirect("event", pk)
    return render(request, "schedule/event_people.html", {"event": event, "form": form, "expected": expected})


@require_POST
def event_leave(request, pk, attendance_pk):
    event = visible_or_404(Event, request.user, pk=pk)
    one = visible_or_404(Attendance, request.user, pk=attendance_pk, event=event)
    services.remove_people(event, by=request.user, people=[one.person])
    messages.success(request, f"{one.person.name} is no longer expected.")
    return redirect("event", pk)


@require_safe
def event_ics(request, pk):
    event = visible_or_404(Event, request.user, pk=pk)
    mine = Attendance.objects.visible_to(request.user).filter(event=event, person=request.user).first()
    response = HttpResponse(feeds.event_file(event, mine), content_type=CALENDAR_TYPE)
    response["Content-Disposition"] = f'attachment; filename="event-{event.pk}.ics"'
    response["Cache-Control"] = "private, no-cache"
    return response


@login_not_required
@require_safe
def feed(request, token):
    """The token is the key: whoever has the address reads time and place, so an unknown one says nothing at all."""
    now = timezone.now()
    state = feeds.feed_state(token, now)
    if state is None:
        raise Http404
    response = get_conditional_response(request, etag=state.etag)
    if response is None:
        response = HttpResponse(feeds.feed_of(state.person, now), content_type=CALENDAR_TYPE)
    response["ETag"] = state.etag
    response["Cache-Control"] = "private, no-cache"
    response["X-Robots-Tag"] = "noindex"
    return response


@require_safe
def feed_settings(request):
    own = Feed.objects.visible_to(request.user).first()
    return render(request, "schedule/feed_settings.html", {"feed": own, "address": own and feeds.feed_address(own)})


@require_POST
def feed_new(request):
    services.new_feed(request.user, by=request.user)
    messages.success(request, "Your private address is ready. If you had one before, it no longer works.")
    return redirect("feed_settings")


@require_POST
def feed_off(request):
    services.drop_feed(request.user, by=request.user)
    messages.success(request, "Your private address no longer works.")
    return redirect("feed_settings")


def periods(request, pk):
    school = visible_or_404(School, request.user, pk=pk)
    require(policy.may_edit_periods(request.user, school))
    usual = Period.objects.visible_to(request.user).filter(schedule__school=school, schedule__is_default=True)
    formset = periods_formset(request.POST or None, usual)
    fault = ""
    if request.method == "POST" and formset.is_valid():
        kept = formset.save(commit=False)
        try:
            services.save_periods(school, by=request.user, kept=kept, dropped=formset.deleted_objects)
        except ValidationError as error:
            fault = error.message
        else:
            messages.success(request, f"The periods of {school} are saved.")
            return redirect("periods", pk)
    return render(request, "schedule/periods.html", {"school": school, "formset": formset, "fault": fault})


def _agreed(request, found):
    """Nothing stands in the way, or the person said "save anyway" to exactly these warnings."""
    return not found or request.POST.get("seen") == services.clash_mark(found)


def _warned(form, found):
    return {"form": form, "clashes": found, "mark": services.clash_mark(found)}
