"""Notes change hands, and a text is thrown away: each is a page that says what will happen, and asks once."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone

from people.access import require, visible_or_404

from .. import policy
from ..forms.people import SureForm
from ..forms.sharing import HandOverNotesForm
from ..models import Entry
from ..reads.handing import last_talk
from ..services.handing import hand_over, throw_away
from .keeping import let_go
from .posting import REFUSALS, sent, tell
from .words import back

WITH_ITS_PEOPLE = ("partnership__support", "step", "author", "about")


def entry_hand_over(request, pk):
    entry = visible_or_404(Entry.objects.select_related(*WITH_ITS_PEOPLE), request.user, pk=pk)
    require(policy.may_hand_over(request.user, entry), "Only the person who wrote these notes hands them over.")
    form = HandOverNotesForm(sent(request), entry=entry)
    if form.is_valid():
        try:
            done = hand_over(entry, by=request.user, to=form.cleaned_data["to"])
        except REFUSALS as refusal:
            tell(request, refusal)
        else:
            let_go(request)
            messages.success(request, f"The notes are {done.to}’s now. You keep only that you handed them over.")
        return back(request, entry)
    context = {"entry": entry, "form": form, "talk": last_talk(entry.partnership), "now": timezone.now()}
    return render(request, "partnerships/entry_hand_over.html", context)


def entry_throw_away(request, pk):
    entry = visible_or_404(Entry.objects.select_related(*WITH_ITS_PEOPLE), request.user, pk=pk)
    require(policy.may_throw_away(request.user, entry), "Only the person whose text it is throws it away.")
    if request.method == "POST":
        try:
            throw_away(entry, by=request.user)
        except REFUSALS as refusal:
            tell(request, refusal)
        else:
            messages.success(request, "It is gone, with every version of it that was shown.")
        return redirect("my_words")
    return render(request, "partnerships/entry_throw_away.html", {"entry": entry, "form": SureForm()})
