"""The debrief: one page for the group, and a form for each thing that is written on it."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from people import clock
from people.access import require, visible_or_404
from people.once import sent_once

from ..forms.debrief import LineForm, ReflectForm, TryForm, WordsForm
from ..models import HostThanks, NextTry, Pattern, StaffNote, ThanksDraft
from ..policy import may_debrief, may_read_debrief, may_reflect, may_speak, walks_in
from ..reads.debrief import debrief_page, own_reflection, staff_note_of
from ..reads.walks import walk_rows
from ..services.debrief import add_line, change_line, draft_thanks, mark_tried, reflect, set_try, write_staff_note
from .trying import done, tried

WHY = "The debrief is for those who walked, once the notes are on the table."


def walk_of(request, pk, *, may=may_debrief):
    walk = visible_or_404(walk_rows(), request.user, pk=pk)
    require(may(request.user, walk), WHY)
    return walk


@sent_once
def debrief(request, pk):
    """Reading it, and adding a line."""
    walk = walk_of(request, pk, may=may_debrief if request.method == "POST" else may_read_debrief)
    form = LineForm(request.POST if request.method == "POST" else None)
    if done(form, lambda given: add_line(walk, by=request.user, **given)):
        return redirect("debrief", walk.pk)
    return render(request, "observations/debrief.html", {"form": form, **debrief_page(walk, request.user)})


def ask(request, walk, form, work, *, said, row=None, **words):
    """A form of the debrief. Words that somebody changed meanwhile are shown beside what was sent."""
    if done(form, work):
        messages.success(request, said)
        return redirect("debrief", walk.pk)
    newer = row if request.method == "POST" and row and request.POST.get("seen") != str(row.version) else None
    if newer:
        form.show_newer(newer)
    return render(request, "observations/debrief_form.html", {"walk": walk, "form": form, "newer": newer, **words})


def posted(request):
    return request.POST if request.method == "POST" else None


def debrief_line(request, pk, line_pk):
    walk = walk_of(request, pk)
    line = visible_or_404(Pattern.objects.select_related("walk"), request.user, pk=line_pk, walk=walk)
    hint = "Empty it to take the line away."
    form = WordsForm(posted(request), label=line.get_kind_display(), row=line, hint=hint, may_go=True)
    return ask(
        request, walk, form, lambda given: change_line(line, by=request.user, **given),
        said="The line is saved.", row=line, title="Change the line", readers="Those who walked and their facilitator",
    )  # fmt: skip


def debrief_try(request, pk):
    walk = walk_of(request, pk, may=may_speak)
    step = NextTry.objects.visible_to(request.user).filter(walk=walk, person=request.user).first()
    form = TryForm(posted(request), today=clock.today(walk.school), step=step)
    return ask(
        request, walk, form, lambda given: set_try(walk, by=request.user, **given),
        said="Saved. You are reminded on that day.", title="What will you try?",
        readers="Those who walked with you and their facilitator",
    )  # fmt: skip


@require_POST
def debrief_tried(request, pk):
    walk = walk_of(request, pk, may=may_read_debrief)
    require(walks_in(request.user, walk))
    tried(request, lambda: mark_tried(walk, by=request.user), "It is noted that you tried it.")
    return redirect("debrief", walk.pk)


def debrief_thanks(request, pk, number):
    walk = walk_of(request, pk)
    draft = ThanksDraft.objects.visible_to(request.user).filter(walk=walk, number=number).first()
    hint = "One thing that you saw and learned, in a sentence that the host would like to read."
    form = WordsForm(posted(request), label="We noticed", row=draft, hint=hint)
    return ask(
        request, walk, form, lambda given: draft_thanks(walk, by=request.user, number=number, **given),
        said="The note is saved. The facilitator sends it.", row=draft, title=f"To the host of visit {number}",
        readers="Those who walked and their facilitator read it; once it was sent, the host alone",
    )  # fmt: skip


def debrief_staff(request, pk):
    walk = walk_of(request, pk)
    note = staff_note_of(walk, request.user)
    hint = "What you saw across rooms, without numbers and names. It is sent once everybody who walked agrees."
    form = WordsForm(posted(request), label="We noticed", row=note, hint=hint, longest=2000)
    return ask(
        request, walk, form, lambda given: write_staff_note(walk, by=request.user, **given),
        said="The note is saved. Each who walked is asked to agree.", row=note, title="A note to the staff",
        readers="Those who walked and their facilitator; the staff of the school once all agree and it was sent",
    )  # fmt: skip


def debrief_reflect(request, pk):
    walk = walk_of(request, pk, may=may_reflect)
    form = ReflectForm(posted(request), initial={"words": own_reflection(walk, request.user)})
    return ask(
        request, walk, form, lambda given: reflect(walk, by=request.user, **given),
        said="Saved, for you alone.", title="Look back", readers="You alone",
    )  # fmt: skip


def debrief_noticed(request, pk):
    """What a host was thanked with: nobody else can open it."""
    thanks = visible_or_404(HostThanks.objects.select_related("walk__school"), request.user, walk=pk)
    return render(request, "observations/debrief_noticed.html", {"thanks": thanks})


def debrief_note(request, pk):
    """The note to the staff, once it was sent."""
    sent = StaffNote.objects.select_related("walk__school").filter(sent_on__isnull=False).visible_to(request.user)
    note = visible_or_404(sent, request.user, walk=pk)
    return render(request, "observations/debrief_note.html", {"note": note})
