"""The list of walks, a walk, and having a place on it."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse

from partnerships.models import Partnership
from people.access import require, visible_or_404
from people.once import sent_once
from people.paging import page_of

from ..forms.walks import FocusForm, WalkForm
from ..models import WalkPlace
from ..policy import may_join, may_keep_place, may_set_up_walks, walks_in
from ..reads.walks import coming, earlier, walk_page, walk_rows
from ..services.walks import join_walk, leave_walk, set_focus, set_up_walk
from .trying import confirm, done, whole_number


def walk_list(request):
    mine, others = coming(request.user)
    context = {
        "mine": mine,
        "others": others,
        "page": page_of(earlier(request.user), request),
        "may_set_up": may_set_up_walks(request.user),
    }
    return render(request, "observations/walk_list.html", context)


@sent_once
def walk_new(request):
    require(may_set_up_walks(request.user), "Facilitators set up walks. Ask yours, from the menu.")
    asked = whole_number(request.GET.get("partnership", ""))
    rows = Partnership.objects.select_related("support", "school")
    partnership = visible_or_404(rows, request.user, pk=asked) if asked else None
    form = WalkForm(request.POST or None, by=request.user, partnership=partnership)
    made = []
    if done(form, lambda given: made.append(set_up_walk(by=request.user, partnership=partnership, **given))):
        messages.success(request, "The walk is set up. Now put visits on it.")
        return redirect("walk_arrange", made[0].pk)
    return render(request, "observations/walk_new.html", {"form": form, "partnership": partnership})


def walk(request, pk):
    walk = visible_or_404(walk_rows(), request.user, pk=pk)
    return render(request, "observations/walk.html", walk_page(walk, request.user))


def walk_join(request, pk):
    """Take a place; whoever has one writes their focus here."""
    walk = visible_or_404(walk_rows(), request.user, pk=pk)
    is_in = walks_in(request.user, walk)
    require(may_keep_place(request.user, walk) if is_in else may_join(request.user, walk))
    mine = WalkPlace.objects.visible_to(request.user).filter(walk=walk, person=request.user).first() if is_in else None
    form = FocusForm(request.POST if request.method == "POST" else None, initial={"focus": mine.focus if mine else ""})
    work = set_focus if is_in else join_walk
    if done(form, lambda given: work(walk, by=request.user, focus=given["focus"])):
        messages.success(
            request, "Your focus is saved." if is_in else "You have a place. It is good to have you along."
        )
        return redirect(walk)
    return render(request, "observations/walk_join.html", {"walk": walk, "form": form, "is_in": is_in})


def walk_leave(request, pk):
    walk = visible_or_404(walk_rows(), request.user, pk=pk)
    require(may_keep_place(request.user, walk))
    return confirm(
        request,
        lambda: leave_walk(walk, by=request.user),
        said="Your place is free for somebody else, and the facilitator knows.",
        title="Give your place back?",
        text="Its dates leave your calendar, and cover that you asked for it is withdrawn.",
        button="Give it back",
        back=walk.get_absolute_url(),
        to=reverse("walk_list"),
    )
