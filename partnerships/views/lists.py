"""Lists: my work, the work at my schools, and who is looking for partners."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from ..policy import evaluates, may_join_call
from ..reads.calls import calls_for, room_in
from ..reads.listing import STATES, chosen, page_of, sees_schools
from ..reads.paging import Slice
from ..services.members import join_call
from .posting import REFUSALS, tell


def partnership_list(request):
    schools, state = chosen(request.user, request.GET)
    rows, more = page_of(request.user, schools=schools, state=state, after=request.GET.get("after", ""))
    context = {
        "rows": rows,
        "invitations": [row for row in rows if row["invitation"]],
        "more": more,
        "state": state,
        "states": STATES,
        "schools": schools,
        "sees_schools": sees_schools(request.user),
        "later": bool(request.GET.get("after")),
    }
    return render(request, "partnerships/partnership_list.html", context)


def open_calls(request):
    page = Slice(calls_for(request.user), request.GET.get("page"), 30)
    calls = [(call, room_in(call), not leads_one_of(request.user, call)) for call in page]
    return render(request, "partnerships/open_calls.html", {"page": page, "calls": calls})


def leads_one_of(user, call):
    return any(evaluates(user, member.school_id) for member in call.members.all())


@require_POST
def call_join(request, pk):
    call = get_object_or_404(calls_for(request.user), pk=pk)
    if not may_join_call(request.user, call):
        tell(request, "One of you leads the school of another, and peers are not bosses.")
        return redirect("open_calls")
    try:
        join_call(call, by=request.user)
    except REFUSALS as refusal:
        tell(request, refusal)
        return redirect("open_calls")
    messages.success(request, "You have joined. Say hello to your partners, and look at what is next.")
    return redirect(call)
