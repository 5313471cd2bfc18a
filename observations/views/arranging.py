"""The facilitator's pages: who comes, whose classes, when, and telling everyone."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse

from people.access import require, visible_or_404
from schedule.models import Event

from ..forms.walks import ChangeForm, ParticipantForm, TalkForm, VisitForm
from ..models import WalkPlace, WalkVisit
from ..policy import may_arrange
from ..reads.draft import draft_of
from ..reads.walks import walk_page, walk_rows
from ..services.ground import people_on
from ..services.walks import (
    TALKS,
    add_participant,
    add_visit,
    cancel_walk,
    change_walk,
    close_walk,
    publish_walk,
    remove_participant,
    remove_visit,
    set_talk,
)
from .trying import confirm, done


def own_walk(request, pk):
    """The walk, for those who arrange it."""
    return arranged_by(request.user, visible_or_404(walk_rows(), request.user, pk=pk))


def arranged_by(user, walk):
    require(may_arrange(user, walk), "A facilitator of the school arranges this walk, until it is over.")
    return walk


def arrange(walk):
    return reverse("walk_arrange", args=[walk.pk])


def show(request, walk, form, *, title, where, button):
    context = {"walk": walk, "form": form, "title": title, "where": where, "button": button}
    return render(request, "observations/arrange_form.html", context)


def walk_arrange(request, pk):
    walk = own_walk(request, pk)
    page = walk_page(walk, request.user) | {"draft": draft_of(walk, request.user)}
    return render(request, "observations/arrange.html", page)


def walk_change(request, pk):
    walk = own_walk(request, pk)
    form = ChangeForm(request.POST or None, walk=walk)
    if done(form, lambda given: change_walk(walk, by=request.user, **given)):
        messages.success(request, "Your changes are saved.")
        return redirect(arrange(walk))
    where = "The day and the school stay. For another day, cancel this walk and set up a new one."
    return show(request, walk, form, title="Change the walk", where=where, button="Save")


def walk_person_add(request, pk):
    walk = own_walk(request, pk)
    form = ParticipantForm(request.POST or None, by=request.user, walk=walk)
    if done(form, lambda given: add_participant(walk, by=request.user, person=given["person"])):
        messages.success(request, f"{form.cleaned_data['person']} has a place, and is told.")
        return redirect(arrange(walk))
    where = "Ask first: people choose what they do."
    return show(request, walk, form, title="Add somebody to the walk", where=where, button="Add them")


def walk_person_remove(request, pk, place_pk):
    walk = own_walk(request, pk)
    place = visible_or_404(WalkPlace.objects.select_related("person", "walk"), request.user, pk=place_pk, walk=walk)
    return confirm(
        request,
        lambda: remove_participant(place, by=request.user),
        said=f"{place.person} is no longer on the walk, and is told.",
        title=f"Take {place.person} off the walk?",
        text="The dates leave their calendar, and cover that they asked for it is withdrawn. They are told.",
        button="Take them off",
        back=arrange(walk),
    )


def walk_visit_add(request, pk):
    walk = own_walk(request, pk)
    form = VisitForm(request.POST or None, by=request.user, walk=walk)
    fields = ("host", "room", "starts", "minutes")
    if done(form, lambda given: add_visit(walk, by=request.user, **{name: given[name] for name in fields})):
        messages.success(request, f"{form.cleaned_data['host']} has it in the calendar.")
        return redirect(arrange(walk))
    where = "One class after the other, each for part of a period."
    return show(request, walk, form, title="Add a visit", where=where, button="Add the visit")


def walk_visit_remove(request, pk, visit_pk):
    walk = own_walk(request, pk)
    visit = visible_or_404(
        WalkVisit.objects.select_related("host", "walk", "event"), request.user, pk=visit_pk, walk=walk
    )
    return confirm(
        request,
        lambda: remove_visit(visit, by=request.user),
        said=f"The visit to {visit.host} is off the walk, and {visit.host} is told.",
        title=f"Take the visit to {visit.host} off the walk?",
        text=f"It leaves the calendar of {visit.host}, who is told at once.",
        button="Take it off",
        back=arrange(walk),
    )


def walk_talk(request, pk, kind):
    """The pre-brief or the debrief."""
    walk = own_walk(request, pk)
    if kind not in TALKS.values():
        raise Http404
    what = Event.Kind(kind)
    event = getattr(walk, kind)
    event = None if event and event.cancelled_at else event
    people = [*people_on(walk), walk.facilitator]
    form = TalkForm(request.POST or None, by=request.user, walk=walk, people=people, event=event)
    if done(form, lambda given: set_talk(walk, by=request.user, kind=what, place=given["room"], **times(given))):
        messages.success(request, f"The {what.label.lower()} is in everyone's calendar.")
        return redirect(arrange(walk))
    title = f"{'Move' if event else 'Set'} the {what.label.lower()}"
    return show(request, walk, form, title=title, where="Everyone on the walk comes.", button="Put it in the calendar")


def times(given):
    return {"starts": given["starts"], "minutes": given["minutes"]}


def walk_publish(request, pk):
    walk = own_walk(request, pk)
    return confirm(
        request,
        lambda: publish_walk(walk, by=request.user),
        said="Everyone is told where to be.",
        title="Tell everyone where to be?",
        text="Visitors and hosts are told, and the visits stand in the visitors' calendars. You can still change it.",
        button="Publish the schedule",
        back=arrange(walk),
    )


def walk_cancel(request, pk):
    walk = own_walk(request, pk)
    return confirm(
        request,
        lambda: cancel_walk(walk, by=request.user),
        said="The walk is called off, and everyone is told.",
        title="Call off the walk?",
        text="Its dates leave everyone's calendar, cover that was asked for it is withdrawn, and all are told at once.",
        button="Call it off",
        back=arrange(walk),
        to=walk.get_absolute_url(),
    )


def walk_close(request, pk):
    walk = own_walk(request, pk)
    group = " Those of the group who have not looked back yet are asked to: then its work is complete."
    return confirm(
        request,
        lambda: close_walk(walk, by=request.user),
        said="The walk is closed, and the hosts are thanked.",
        title="Close the walk, and thank the hosts?",
        text="Do it after the debrief. What is written for the hosts is sent, the key between numbers and hosts is "
        "erased, and nothing more is gathered. Notes that are not on the table stay with those who wrote them."
        + (group if walk.partnership else ""),
        button="Close and thank",
        back=arrange(walk),
        to=walk.get_absolute_url(),
    )
