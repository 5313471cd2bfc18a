"""Writing notes by visit, on the walk and without a network, and reading them by number."""

from django.contrib import messages
from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from people.access import require, visible_or_404

from ..forms.notes import NoteForm
from ..models import WalkVisit
from ..policy import may_publish_notes, may_read_notes, may_write_notes, walks_in
from ..reads.notes import look_fors_of, next_stop, notes_by_number, nudge_of, own_note, own_rows
from ..reads.walks import has_begun, is_coming, visits_of, walk_rows
from ..services import REFUSALS
from ..services.notes import Stale
from ..services.walks import publish_notes, write_note
from .trying import confirm, done


def walk_notes(request, pk):
    walk = visible_or_404(walk_rows(), request.user, pk=pk)
    require(may_read_notes(request.user, walk), "The notes are for those who walked.")
    writes = may_write_notes(request.user, walk)
    own = own_rows(walk, request.user) if writes else []
    stop, is_now = next_stop(walk, [visit for visit, _, _ in own])
    context = {
        "walk": walk,
        "is_coming": is_coming(walk),
        "writes": writes,
        "own": own,
        "stop": stop,
        "is_now": is_now,
        "numbers": [] if writes else notes_by_number(walk, request.user),
        "may_publish": may_publish_notes(request.user, walk) and has_begun(visits_of(walk, request.user)),
    }
    return render(request, "observations/walk_notes.html", context)


def visit_on(request, pk, visit_pk):
    """The walk and the visit, for those who walk."""
    walk = visible_or_404(walk_rows(), request.user, pk=pk)
    visits = WalkVisit.objects.select_related("host", "event")
    visit = visible_or_404(visits, request.user, pk=visit_pk, walk=walk)
    # A note that was being written while they were published is shown again, with why it is not saved.
    require(walks_in(request.user, walk) and (request.method == "POST" or may_write_notes(request.user, walk)))
    return walk, visit


def walk_note(request, pk, visit_pk):
    walk, visit = visit_on(request, pk, visit_pk)
    note = own_note(walk, visit, request.user)
    posted = request.POST if request.method == "POST" else None
    form, saved = NoteForm(posted, lines=look_fors_of(walk, request.user), note=note), []
    if done(form, lambda given: saved.append(write_note(walk, by=request.user, visit_number=visit.number, **given))):
        messages.success(request, "Your note is saved. You can change it until the notes are on the table.")
        if said := nudge_of(saved[0]):
            messages.info(request, said)
        return redirect("walk_notes", walk.pk)
    newer = note if posted and note and posted.get("seen") != str(note.version) else None
    if newer:
        form.show_newer(newer)
    context = {"walk": walk, "visit": visit, "form": form, "newer": newer, "note": note}
    return render(request, "observations/walk_note.html", context)


@require_POST
def walk_note_keep(request, pk, visit_pk):
    """The same from a page that saves while its reader types: answered in JSON, with what stands when it is newer."""
    walk, visit = visit_on(request, pk, visit_pk)
    form = NoteForm(request.POST, lines=look_fors_of(walk, request.user), may_be_empty=True)
    if not form.is_valid():
        return JsonResponse({"why": " ".join(text for texts in form.errors.values() for text in texts)}, status=422)
    try:
        note = write_note(walk, by=request.user, visit_number=visit.number, **form.cleaned_data)
    except Stale as stale:
        return JsonResponse({"version": stale.note.version, "words": stale.note.words}, status=409)
    except REFUSALS as refusal:
        return JsonResponse({"why": str(refusal)}, status=422)
    now = timezone.localtime()
    said = f"Saved {now.hour}:{now.minute:02}"
    return JsonResponse({"version": note.version, "said": said, "nudge": nudge_of(note)})


def walk_notes_publish(request, pk):
    walk = visible_or_404(walk_rows(), request.user, pk=pk)
    require(may_publish_notes(request.user, walk))
    early = "" if has_begun(visits_of(walk, request.user)) else "By the schedule no visit has begun yet. "
    return confirm(
        request,
        lambda: publish_notes(walk, by=request.user),
        said="The notes are on the table.",
        title="Lay the notes on the table?",
        text=f"{early}From then on everyone who walked reads all notes, by number and without names, and none can be "
        "changed. Their order is drawn by lot, and no page leads from a number to a host.",
        button="Lay them on the table",
        back=walk.get_absolute_url(),
    )
