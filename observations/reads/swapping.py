"""Swaps: what one is asked, what one has asked, and who could be."""

from django.db.models import Q
from django.utils import timezone

from people import clock
from people.models import User

from ..models import Coverage, Swap
from .ranking import SUBSTITUTE, coverers_for

WITH = ("asker", "asked", "coverage__school", "coverage__asker", "coverage__period", "in_return__period")


def open_swaps(user):
    """What waits for an answer: asked of the person first, then what they asked themselves."""
    waiting = Swap.objects.visible_to(user).waiting().filter(coverage__day__gte=timezone.localdate())
    rows = list(waiting.select_related(*WITH))
    return {
        "to_answer": [one for one in rows if one.asked_id == user.pk],
        "waiting": [one for one in rows if one.asker_id == user.pk],
    }


def swap_rows():
    return Swap.objects.select_related(*WITH)


def could_take(coverage, user):
    """(colleagues who are free for the class and may cover more that week, the classes of colleagues at the school)."""
    ranked = coverers_for(coverage)
    free = [one.who.pk for one in ranked if one.group != SUBSTITUTE and not one.at_limit and one.who.pk != user.pk]
    ahead = Coverage.objects.named().filter(school=coverage.school, day__gte=clock.today(coverage.school))
    theirs = ahead.filter(coverer__isnull=False).exclude(Q(coverer=user) | Q(asker=user))
    return User.objects.filter(pk__in=free), theirs.select_related("coverer")
