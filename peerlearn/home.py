"""Home: what needs me now, for each role, and nothing else."""

from django.shortcuts import render
from django.utils import timezone

from . import today


def home(request):
    now, user = timezone.now(), request.user
    waiting = today.waiting_for(user)
    context = {
        "turns": today.turns_of(user),
        "waiting": waiting[: today.MOST],
        "more_waiting": len(waiting) > today.MOST,
        "events": today.this_week(user, now),
        "calls": today.calls_for(user),
    }
    return render(request, "home.html", context)
