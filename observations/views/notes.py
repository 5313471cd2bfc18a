"""Writing notes by visit, and reading them by number."""

from django.contrib import messages
from django.shortcuts import redirect, render

from people.access import require, visible_or_404

from ..forms.walks import NoteForm
from ..models import WalkVisit
from ..policy import may_publish_notes, may_read_notes, may_write_notes, walks_in
from ..reads.notes import notes_by_number, own_note, own_notes
from ..reads.walks import is_coming, walk_rows
from ..services.walks import publish_notes, write_note
from .trying import confirm, done


def walk_notes(request, pk):
    walk = visible_or_404(walk_rows(), request.user, pk=pk)
    require(may_read_notes(request.user, walk), "The notes are for those who walked.")
    writes = may_write_notes(request.user, walk)
    context = {
        "walk": walk,
        "is_coming": is_coming(walk),
        "writes": writes,
        "own": own_notes(walk, request.user) if writes else [],
        "numbers": [] if writes else notes_by_number(walk, request.user),
        "may_publish": may_publish_notes(request.user, walk) and not is_coming(walk),
    }
    return render(request, "observations/walk_notes.html", context)


def walk_note(request, pk, visit_pk):
    walk = visible_or_404(walk_rows(), request.user, pk=pk)
    visits = WalkVisit.objects.select_related("host", "event")
    visit = visible_or_404(visits, request.user, pk=visit_pk, walk=walk)
    # A note that was being written while they were published is shown again, with why it is not saved.
    require(walks_in(request.user, walk) and (request.method == "POST" or may_write_notes(request.user, walk)))
    note = own_note(walk, visit, request.user)
    words = {name: getattr(note, name) for name in ("saw", "wondered", "idea")} if note else {}
    form = NoteForm(request.POST if request.method == "POST" else None, initial=words)
    if done(form, lambda given: write_note(walk, by=request.user, visit_number=visit.number, **given)):
        messages.success(request, "Your note is saved. You can change it until the notes are on the table.")
        return redirect("walk_notes", walk.pk)
    return render(request, "observations/walk_note.html", {"walk": walk, "visit": visit, "form": form})


def walk_notes_publish(request, pk):
    walk = visible_or_404(walk_rows(), request.user, pk=pk)
    require(may_publish_notes(request.user, walk))
    return confirm(
        request,
        lambda: publish_notes(walk, by=request.user),
        said="The notes are on the table.",
        title="Lay the notes on the table?",
        text="From then on everyone who walked reads all notes, by number and without names, and none can be changed. "
        "The key to the numbers is erased.",
        button="Lay them on the table",
        back=walk.get_absolute_url(),
    )
