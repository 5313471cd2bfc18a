"""What a team brings to its growth meeting: chosen, agreed to, opened, taken back."""

from django.contrib import messages
from django.http import FileResponse, Http404
from django.shortcuts import redirect, render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST

from partnerships.policy import member_of
from partnerships.views.artifacts import HEADERS
from partnerships.views.posting import REFUSALS, sent, tell
from people.access import require

from .. import policy
from ..forms.meetings import BringForm
from ..models import Brought
from ..reads.meetings import brought_for, meeting_for, on_table
from ..services.bringing import agree_to_bring, bring, open_brought, take_back, things_to_bring, was_read


def meeting_bring(request, pk):
    meeting = meeting_for(request.user, pk)
    require(policy.may_bring(request.user, meeting), "Only the team brings something, until you have met.")
    there = Brought.objects.visible_to(request.user).filter(meeting=meeting)
    theirs = set(there.exclude(by=request.user).values_list("source", flat=True))
    mine = list(there.filter(by=request.user).values_list("source", flat=True))
    things = things_to_bring(meeting.partnership, request.user)
    offered = {source: thing for source, thing in things.items() if source not in theirs}
    form = BringForm(sent(request), things=offered, initial={"sources": mine})
    if form.is_valid():
        bring(meeting, by=request.user, sources=form.cleaned_data["sources"])
        messages.success(request, "It is as you chose. You can change it until you have met.")
        return redirect(meeting)
    return render(request, "growth/meeting_bring.html", {"meeting": meeting, "form": form, "offered": offered})


def brought(request, pk):
    brought = brought_for(request.user, pk)
    if request.method == "POST":
        open_brought(brought, by=request.user)
        return redirect(brought)
    is_member = member_of(request.user, brought.meeting.partnership) is not None
    if brought.opened_at and not is_member:
        was_read(brought, reader=request.user)
    line = next(one for one in on_table(brought.meeting, request.user) if one.brought == brought)
    context = {"brought": brought, "line": line, "is_member": is_member, "is_open": is_member or brought.opened_at}
    return render(request, "growth/brought.html", context)


@cache_control(private=True, no_store=True)
def brought_file(request, pk):
    brought = brought_for(request.user, pk)
    if not brought.artifact:
        raise Http404("It is a text.")
    if not brought.opened_at and not member_of(request.user, brought.meeting.partnership):
        return redirect(brought)
    if brought.artifact.link:
        return redirect(brought.artifact.link)
    try:
        file = brought.artifact.file.open()
    except FileNotFoundError as gone:
        raise Http404("The file is gone.") from gone
    kept = brought.artifact
    return FileResponse(
        file, as_attachment=True, filename=kept.file_name, content_type=kept.content_type, headers=HEADERS
    )


@require_POST
def brought_agree(request, pk):
    brought = brought_for(request.user, pk)
    try:
        agree_to_bring(brought, by=request.user)
    except REFUSALS as refusal:
        tell(request, refusal)
    else:
        messages.success(request, "You agree. Your principal can read it once all of you do.")
    return redirect(brought.meeting)


@require_POST
def brought_take_back(request, pk):
    brought = brought_for(request.user, pk)
    take_back(brought, by=request.user)
    messages.success(request, "It is off the table. The text itself stays where it was.")
    return redirect(brought.meeting)
