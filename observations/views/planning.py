"""Looking for the best half days of a walk: what is asked, how far it is, what was found."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from people.access import visible_or_404
from people.once import sent_once

from ..forms.planning import SearchForm
from ..models import WalkSearch
from ..reads.planning import doors_of, offers_page, people_of
from ..services.planning import ask_for_plans, choose_offer
from .arranging import own_walk
from .trying import done, tried, whole_number


@sent_once
def plan_look(request, pk):
    walk = own_walk(request, pk)
    people, hosts = people_of(walk, request.user), doors_of(walk)
    form = SearchForm(request.POST or None, walk=walk, people=people, hosts=hosts)
    made = []
    if done(form, lambda given: made.append(ask_for_plans(walk, by=request.user, **given))):
        return redirect(made[0])
    past = WalkSearch.objects.visible_to(request.user).filter(walk=walk)[:5]
    facts = {"walk": walk, "form": form, "past": past, "is_ready": len(people) > 1 and hosts}
    return render(request, "observations/plan_look.html", facts)


def own_search(request, pk, search_pk):
    walk = own_walk(request, pk)
    rows = WalkSearch.objects.select_related("walk__school", "walk__facilitator")
    return visible_or_404(rows, request.user, pk=search_pk, walk=walk)


def plan_offers(request, pk, search_pk):
    search = own_search(request, pk, search_pk)
    return render(request, "observations/plan_offers.html", offers_page(search))


@require_POST
def plan_choose(request, pk, search_pk):
    search = own_search(request, pk, search_pk)
    number = whole_number(request.POST.get("number", ""))
    if number is None:
        messages.error(request, "Choose one of the plans.")
        return redirect(search)
    said = "This is the draft now. Nobody is told until you publish it."
    tried(request, lambda: choose_offer(search, number, by=request.user), said)
    return redirect("plan", pk)
