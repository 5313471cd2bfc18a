"""What this room says on the pages of the menu and of PD sessions: counts of colleagues, and no names.

A count under five is not told: it would say who. Counts over the whole district are read from every partnership of
a year, or of all years, so they are kept for a while: nobody needs them to the minute.
"""

from django.core.cache import cache
from django.db.models import Count, Q
from django.utils import timezone

from supports.models import PDSession

from .models import Member, Partnership
from .policy import may_ask_for

FEWEST = 5
KEPT_SECONDS = 600


def took_part(**which):
    """{support or session id: colleagues who took part}, over the partnerships that are asked for."""
    key = which.pop("by")
    rows = Member.objects.active().filter(**which).order_by().values(key)
    return dict(rows.annotate(people=Count("person", distinct=True)).values_list(key, "people"))


def this_year():
    """{support id: colleagues who took part since the school year began}"""
    today = timezone.localdate()
    year = {"partnership__year__starts_on__lte": today, "partnership__year__ends_on__gte": today}
    return took_part(by="partnership__support", **year)


def ever(support):
    """How many colleagues took part in a support, and how much work was begun and completed."""
    people = took_part(by="partnership__support", partnership__support=support).get(support.pk, 0)
    done = Q(status=Partnership.Status.COMPLETED)
    told = Partnership.objects.filter(support=support).aggregate(all=Count("pk"), done=Count("pk", filter=done))
    return {"people": people, **told}


def on_menu(user):
    """{support id: sentence} for the cards."""
    counted = cache.get_or_set("partnerships.this_year", this_year, KEPT_SECONDS)
    return {support: f"{people} colleagues this year" for support, people in counted.items() if people >= FEWEST}


def on_support(support, user):
    """(template, context) for the support's own page: how others use it, and help with finding a partner."""
    told = cache.get_or_set(f"partnerships.ever.{support.pk}", lambda: ever(support), KEPT_SECONDS)
    counts = told if told["people"] >= FEWEST else {}
    begins_here = support.begins == support.Begins.START
    return "partnerships/_panel.html", {**counts, "may_ask": begins_here and may_ask_for(user, support)}


def on_sessions(sessions, user):
    """{session id: sentence}: how many follow up on it; its leader is told any number."""
    counted = took_part(by="partnership__session", partnership__session__in=sessions)
    mine = set(PDSession.objects.visible_to(user).filter(leader=user, pk__in=counted).values_list("pk", flat=True))
    return {
        session: f"{people} colleague{'' if people == 1 else 's'} follow{'s' if people == 1 else ''} up on it"
        for session, people in counted.items()
        if people >= FEWEST or session in mine
    }
