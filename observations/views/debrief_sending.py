"""What leaves a debrief: thanks to the hosts, and a note to the staff to which all have agreed."""

from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from people.access import require

from ..policy import may_arrange, may_speak
from ..services.debrief import agree_to_staff_note, send_staff_note, send_thanks
from .debrief import walk_of
from .trying import confirm, tried, whole_number


def debrief_send(request, pk):
    walk = walk_of(request, pk)
    require(may_arrange(request.user, walk))
    return confirm(
        request,
        lambda: send_thanks(walk, by=request.user),
        said="The notes are on their way to the hosts.",
        title="Send the notes to the hosts?",
        text="Each host reads the note on their own visit, and nobody learns which that was. The drafts are gone then.",
        button="Send them",
        back=reverse("debrief", args=[walk.pk]),
    )


@require_POST
def debrief_staff_agree(request, pk):
    walk = walk_of(request, pk, may=may_speak)
    seen = whole_number(request.POST.get("seen", "")) or 0
    tried(request, lambda: agree_to_staff_note(walk, by=request.user, seen=seen), "You agree to the note as it stands.")
    return redirect("debrief", walk.pk)


def debrief_staff_send(request, pk):
    walk = walk_of(request, pk)
    require(may_arrange(request.user, walk))
    return confirm(
        request,
        lambda: send_staff_note(walk, by=request.user),
        said="The staff of the school is told of the note.",
        title="Send the note to the staff?",
        text="All staff of the school read it, principals too. Everybody who walked has agreed to it.",
        button="Send it",
        back=reverse("debrief", args=[walk.pk]),
    )
