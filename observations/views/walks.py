"""The list of walks, a walk, and having a place on it."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from partnerships.models import Partnership
from people.access import require, visible_or_404
from people.once import sent_once
from people.paging import page_of

from ..forms.walks import FocusForm, WalkForm
from ..policy import may_ask_for_walks, may_join, may_keep_place, may_set_up_walks, may_stop_waiting
from ..reads.walks import coming, earlier, own_place, walk_page, walk_rows, walk_to_ask_for
from ..services.walks import join_walk, leave_walk, set_focus, set_up_walk, stop_waiting, wait_for_place
from .trying import confirm, done, whole_number


def walk_list(request):
    mine, others = coming(request.user)
    context = {
        "mine": mine,
        "others": others,
        "page": page_of(earlier(request.user), request),
        "may_set_up": may_set_up_walks(request.user),
        "may_ask": may_ask_for_walks(request.user),
    }
    return render(request, "observations/walk_list.html", context)


@require_safe
def walk_ask(request):
    """To the form on which somebody asks a facilitator for a walk, as the menu offers it."""
    support = walk_to_ask_for(request.user)
    require(support, "A post at a school comes first. Then you ask the facilitator of your school.")
    return redirect(f"{reverse('help_ask')}?support={support.slug}")


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
    """Take a place, or wait for one; whoever has a place, or waits, writes their focus here."""
    walk = visible_or_404(walk_rows(), request.user, pk=pk)
    mine, place = own_place(walk, request.user)
    allowed = {"in": may_keep_place, "waits": may_stop_waiting}.get(place, may_join)
    require(allowed(request.user, walk))
    form = FocusForm(request.POST if request.method == "POST" else None, initial={"focus": mine.focus if mine else ""})
    wish = "wait" if mine is None and "wait" in request.POST else place
    came = []
    if done(form, lambda given: came.append(WISHES[wish](walk, by=request.user, focus=given["focus"]))):
        messages.success(request, came_to(wish, has_place=bool(came[0])))
        return redirect(walk)
    _, place = own_place(walk, request.user)  # the last place may have gone meanwhile
    return render(request, "observations/walk_join.html", {"walk": walk, "form": form, "place": place})


# A full walk is joined by nobody: the refusal says so, and the page then offers to wait.
WISHES = {"in": set_focus, "waits": wait_for_place, "wait": wait_for_place, "full": join_walk, "free": join_walk}


def came_to(wish, *, has_place):
    if wish == "free" or has_place:
        return "You have a place. It is good to have you along."
    if wish == "in":
        return "Your focus is saved."
    return "You wait for a place. When one becomes free and it is your turn, it is yours, and you are told."


def walk_wait_end(request, pk):
    walk = visible_or_404(walk_rows(), request.user, pk=pk)
    require(may_stop_waiting(request.user, walk))
    return confirm(
        request,
        lambda: stop_waiting(walk, by=request.user),
        said="You wait no more. Your turn went to the next in line.",
        title="Wait no more?",
        text="You give up your turn. If you change your mind, you begin at the end of the line.",
        button="Wait no more",
        back=walk.get_absolute_url(),
    )


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
