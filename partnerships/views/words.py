"""The words of the pair: their thread, what they wrote in the steps, and what they chose to share."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from people.access import require, visible_or_404
from people.once import sent_once

from .. import policy
from ..forms.words import EntryForm, MessageForm
from ..models import Entry
from ..reads.journey import partnership_for
from ..reads.paging import Slice
from ..reads.sharing import handed_over_in, shares_for
from ..reads.words import entries_in, messages_in, own, released_to
from ..services.viewing import released_words_were_read
from ..services.words import consent, rewrite, send_message, share, take_back
from .posting import REFUSALS, sent, tell


@sent_once
def partnership_messages(request, pk):
    partnership = partnership_for(request.user, pk)
    require(policy.member_of(request.user, partnership), "The thread belongs to those who take part.")
    form = MessageForm(sent(request))
    if form.is_valid():
        send_message(partnership, by=request.user, body=form.cleaned_data["body"])
        return redirect("partnership_messages", pk)
    context = {
        "partnership": partnership,
        "form": form,
        "page": Slice(messages_in(partnership, request.user), request.GET.get("page"), 50),
        "may_write": policy.may_take_part(request.user, partnership),
    }
    return render(request, "partnerships/messages.html", context)


def partnership_words(request, pk):
    partnership = partnership_for(request.user, pk)
    require(policy.member_of(request.user, partnership), "These words belong to those who take part.")
    context = {
        "partnership": partnership,
        "steps": entries_in(partnership, request.user),
        "handed_over": handed_over_in(partnership, request.user),
    }
    return render(request, "partnerships/words.html", context)


def entry(request, pk):
    """One's own text: change it, or choose who reads it."""
    entry = visible_or_404(Entry.objects.select_related("partnership", "step"), request.user, pk=pk)
    if entry.handed_over_at:  # its owner reads it and shows it; nobody changes what a colleague wrote
        return redirect("entry_show", entry.pk)
    require(entry.author_id == request.user.pk, "Only the person who wrote this changes it.")
    form = EntryForm(sent(request), entry=entry)
    if form.is_valid():
        keep(entry, request.user, form)
        messages.success(request, "Your text is as you want it.")
        return back(request, entry)
    return render(request, "partnerships/entry.html", {"entry": entry, "form": form})


def keep(entry, user, form):
    if "body" in form.changed_data:
        rewrite(entry, by=user, body=form.cleaned_data["body"])
    if "audience" in form.changed_data:
        share(entry, by=user, audience=form.cleaned_data["audience"])


@require_POST
def entry_consent(request, pk):
    entry = visible_or_404(Entry.objects.select_related("partnership"), request.user, pk=pk)
    try:
        consent(entry, by=request.user)
    except REFUSALS as refusal:
        tell(request, refusal)
    else:
        messages.success(request, "You have agreed. It is shared once all of you have.")
    return back(request, entry)


@require_POST
def entry_take_back(request, pk):
    entry = visible_or_404(Entry.objects.select_related("partnership"), request.user, pk=pk)
    take_back(entry, by=request.user)
    messages.success(request, "It is back among you. The staff of the school no longer read it.")
    return back(request, entry)


def back(request, entry):
    """To the words of the partnership, or, for somebody who has left it, to their own."""
    if policy.member_of(request.user, entry.partnership):
        return redirect("partnership_words", entry.partnership_id)
    return redirect("my_words")


def my_words(request):
    page = Slice(own(request.user), request.GET.get("page"), 30)
    return render(request, "partnerships/my_words.html", {"page": page})


def shared_words(request):
    page = Slice(released_to(request.user), request.GET.get("page"), 20)
    released_words_were_read(page.rows, reader=request.user, door="the page “Shared with you”")
    asked, shown = shares_for(request.user)
    return render(request, "partnerships/shared.html", {"page": page, "asked": asked, "shown": shown})
