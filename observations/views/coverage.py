"""What one asked for or covers: the list, the page of one request, saying yes or no, and the lesson plan."""

from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST, require_safe

from people.access import require, visible_or_404
from people.paging import page_of

from ..models import Coverage
from ..policy import may_ask_for_cover, may_confirm_cover, may_decline_cover, may_keep_substitutes, may_withdraw_cover
from ..reads.coverage import desk, needed_of, offers_of, own
from ..reads.request import request_page, request_rows
from ..reads.swapping import open_swaps
from ..services.coverage import confirm_cover, decline_cover, withdraw_cover
from .plans import plan_file
from .trying import confirm, tried


def coverage_list(request):
    user = request.user
    page = page_of(own(user), request)
    context = {
        "page": page,
        "needed": needed_of(user),
        "swaps": open_swaps(user),
        "asked": [one for one in page if one.asker_id == user.pk],
        "given": [one for one in page if one.coverer_id == user.pk],
        "desk": desk(user),
        "offers": offers_of(user),
        "may_ask": may_ask_for_cover(user),
        "may_keep_substitutes": may_keep_substitutes(user),
    }
    return render(request, "observations/coverage_list.html", context)


def coverage(request, pk):
    one = visible_or_404(request_rows(), request.user, pk=pk)
    return render(request, "observations/coverage.html", request_page(one, request.user))


@require_POST
def coverage_confirm(request, pk):
    one = visible_or_404(request_rows(), request.user, pk=pk)
    require(may_confirm_cover(request.user, one), "Whoever covers says yes, or the office does for them.")
    tried(request, lambda: confirm_cover(one, by=request.user), f"It is settled, and {one.asker} knows.")
    return redirect(one)


def coverage_decline(request, pk):
    one = visible_or_404(request_rows(), request.user, pk=pk)
    require(may_decline_cover(request.user, one), "Whoever was named says no, before they said yes.")
    return confirm(
        request,
        lambda: decline_cover(one, by=request.user),
        said="The office knows, and names somebody else.",
        title=f"You cannot cover {one.class_name}?",
        text="The principal and the front office are told at once, and look for somebody else.",
        button="I cannot",
        back=one.get_absolute_url(),
        to=reverse("coverage_list"),
    )


def coverage_withdraw(request, pk):
    one = visible_or_404(Coverage.objects.select_related("school"), request.user, pk=pk)
    require(may_withdraw_cover(request.user, one))
    needed = one.state == Coverage.State.NEEDED
    words = NOT_NEEDED if needed else WITHDRAW
    work = {"back": one.get_absolute_url(), "to": reverse("coverage_list")}
    return confirm(request, lambda: withdraw_cover(one, by=request.user), **words, **work)


NOT_NEEDED = {
    "said": "You are not asked about this class any more.",
    "title": "This class needs no cover?",
    "text": "Say so when a colleague takes the class along, or it does not meet that day.",
    "button": "It needs no cover",
}
WITHDRAW = {
    "said": "Your request is withdrawn.",
    "title": "Withdraw your request for cover?",
    "text": "If somebody was to cover, they are told at once that they need not.",
    "button": "Withdraw it",
}


@require_safe
@cache_control(private=True, no_store=True)
def coverage_plan(request, pk):
    return plan_file(visible_or_404(Coverage, request.user, pk=pk))
