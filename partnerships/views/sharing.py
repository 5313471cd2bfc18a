"""A text is shown to somebody by name: asked and agreed by those whose it is, and read on a page that says so."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from people.access import require, visible_or_404

from ..forms.sharing import ReaderForm
from ..models import Entry, Share
from ..reads.people import near
from ..reads.sharing import RELATED, may_read_version, shares_of, shown_versions
from ..services.sharing import agree_to_show, ask_to_show, stop_showing
from ..services.viewing import share_was_read
from ..showing import holders, may_be_given
from .posting import REFUSALS, sent, tell

WITH_ITS_PEOPLE = ("partnership__support", "step", "author", "about")


def entry_show(request, pk):
    """To whom a text is shown, who has read it and when; and naming one more reader."""
    entry = visible_or_404(Entry.objects.select_related(*WITH_ITS_PEOPLE), request.user, pk=pk)
    require(may_be_given(entry, request.user), "Only those whose text it is show it to others.")
    form = ReaderForm(sent(request), asker=request.user)
    if form.is_valid() and show(request, entry, form):
        return redirect("entry_show", entry.pk)
    context = {
        "entry": entry,
        "form": form,
        "shares": shares_of(entry, request.user),
        "people": {"near": near(request.user)},
        "alone": holders(entry) == {request.user.pk},
    }
    return render(request, "partnerships/entry_show.html", context)


def show(request, entry, form):
    """Whether they were named; if not, the form says why."""
    try:
        share = ask_to_show(entry, by=request.user, reader=form.cleaned_data["colleague"])
    except REFUSALS as refusal:
        form.add_error("colleague", str(refusal))
        return False
    share.refresh_from_db()
    done = f"{share.reader} can read it now, and is told."
    messages.success(
        request, done if share.is_shown else "Those whose text it is as well are asked. Nobody reads it yet."
    )
    return True


def shown(request, pk):
    """The version, for its reader, whose reading is logged; for those whose it is also who agreed and who has read."""
    share = visible_or_404(Share.objects.select_related(*RELATED), request.user, pk=pk)
    [told] = shown_versions([share], request.user)
    is_reader = share.reader_id == request.user.pk and share.is_shown
    if is_reader:
        share_was_read(share, holders(share.version.entry), reader=request.user)
    context = {
        "share": share,
        "told": None if is_reader else told,
        "is_reader": is_reader,
        "may_read": may_read_version(share, request.user),
    }
    return render(request, "partnerships/shown.html", context)


@require_POST
def shown_agree(request, pk):
    share = visible_or_404(Share, request.user, pk=pk)
    try:
        agree_to_show(share, by=request.user)
    except REFUSALS as refusal:
        tell(request, refusal)
    else:
        messages.success(request, f"You have agreed. {share.reader} reads it once all of you have.")
    return redirect("shown", pk)


@require_POST
def shown_take_back(request, pk):
    share = visible_or_404(Share, request.user, pk=pk)
    stop_showing(share, by=request.user)
    messages.success(request, f"{share.reader} can no longer open it.")
    return redirect("shown", pk)
