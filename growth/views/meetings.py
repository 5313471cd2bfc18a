"""Growth meetings: the principal's list of teams, setting a date, and the page of those who meet."""

from urllib.parse import urlencode

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from partnerships.reads.journey import partnership_for
from partnerships.views.posting import REFUSALS, sent, tell
from people.access import require
from people.once import sent_once
from people.paging import page_of

from .. import policy
from ..forms.meetings import MINUTES, MeetingDateForm, NextYearForm, RecordForm, chosen_in
from ..models import GrowthMeeting
from ..reads.meetings import STATES, has_date, meeting_for, meeting_page, record_of, teams_of
from ..services.meetings import principal_for, schedule_meeting, school_of
from ..services.next_year import decide_next_year
from ..services.record import agree, write_record

NOT_YOURS = "Principals plan the growth meetings. Yours stands on the page of your work, once it has a date."


def meeting_list(request):
    require(policy.may_hold_meetings(request.user), NOT_YOURS)
    state = request.GET.get("state") if request.GET.get("state") in STATES else "open"
    page = page_of(teams_of(request.user, state=state), request)
    led = policy.schools_of_meetings(request.user)
    context = {"page": page, "state": state, "states": STATES, "query": f"state={state}", "led": led}
    return render(request, "growth/meeting_list.html", context)


@sent_once
def meeting_new(request, pk):
    team = partnership_for(request.user, pk)
    require(policy.may_schedule_meeting(request.user, team), NOT_YOURS)
    if has_date(team):
        messages.info(request, "This team has a date already. You can move it, or call it off, on the date's own page.")
        return redirect("meeting_list")
    form, people = date_form(request, team)
    if form.is_valid():
        try:
            schedule_meeting(team, by=request.user, **form.date)
        except REFUSALS as refusal:
            tell(request, refusal)
        else:
            messages.success(request, "It is in the calendar. The team is told, and can choose what to bring.")
        return redirect("meeting_list")
    find = urlencode(way_to_find(form, people, request), safe=",/")
    return render(request, "growth/meeting_new.html", {"form": form, "team": team, "people": people, "find": find})


def date_form(request, team):
    """The form, with a time that was found on another page, and who would come."""
    school = school_of(request.user, team)
    principal = principal_for(request.user, school) or request.user
    people = [principal, *(member.person for member in team.members.all() if member.state == "active")]
    given = {"initial": chosen_in(request.GET), "school": school, "people": people, "by": request.user}
    return MeetingDateForm(sent(request), **given), people


def way_to_find(form, people, request):
    others = ",".join(str(person.pk) for person in people if person != request.user)
    return {"people": others, "minutes": MINUTES, "school": form.school.pk, "back": request.path}


def meeting(request, pk):
    return render(request, "growth/meeting.html", meeting_page(meeting_for(request.user, pk), request.user))


@sent_once
def meeting_record(request, pk):
    meeting = meeting_for(request.user, pk)
    require(policy.may_write_record(request.user, meeting), "You write it down once the meeting has begun.")
    told, refusal = record_of(meeting, request.user), ""
    form = RecordForm(sent(request), initial=start_of(told["record"]))
    if form.is_valid():
        try:
            write_record(meeting, by=request.user, **form.cleaned_data)
        except REFUSALS as said:
            refusal, told = str(said), record_of(meeting, request.user)
            form = RecordForm(form.cleaned_data | {"version": told["record"].version})
        else:
            messages.success(request, "It is written down. It counts once all of you agree.")
            return redirect(meeting)
    return render(request, "growth/meeting_record.html", {"meeting": meeting, "form": form, "refusal": refusal, **told})


def start_of(record):
    return {"body": record.body, "version": record.version} if record else {"version": 0}


@require_POST
def meeting_agree(request, pk):
    meeting, version = meeting_for(request.user, pk), request.POST.get("version", "")
    try:
        record = agree(meeting, by=request.user, version=int(version) if version.isdecimal() else 0)
    except REFUSALS as refusal:
        tell(request, refusal)
    else:
        all_agree = record and record.is_agreed
        messages.success(request, "All of you agree: it counts." if all_agree else "You agree. The others are asked.")
    return redirect(meeting)


def meeting_decide(request, pk):
    meeting = meeting_for(request.user, pk)
    require(policy.may_decide_next_year(request.user, meeting), "The team decides, once you have met.")
    may_renew = meeting.partnership.status == meeting.partnership.Status.COMPLETED
    form = NextYearForm(sent(request), may_renew=may_renew, initial={"decision": meeting.decision})
    if form.is_valid():
        try:
            renewed = decide_next_year(meeting, by=request.user, decision=form.cleaned_data["decision"])
        except REFUSALS as refusal:
            tell(request, refusal)
            return redirect(meeting)
        messages.success(request, thanks_for(form.cleaned_data["decision"]))
        return redirect(renewed or meeting)
    return render(request, "growth/meeting_decide.html", {"meeting": meeting, "form": form, "may_renew": may_renew})


def thanks_for(decision):
    said = {
        GrowthMeeting.Decision.RENEW: "Your second year begins. The others are asked whether they join you again.",
        GrowthMeeting.Decision.CHANGE: "It is decided. Start with what is new from the menu, whenever you like.",
        GrowthMeeting.Decision.END: "It is decided. What you wrote stays yours.",
    }
    return said[decision]
