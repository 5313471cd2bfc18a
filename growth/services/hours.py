"""A person's own hours: where each line came from, and what they add up to."""

from decimal import Decimal

from django.db.models import Sum

from partnerships.models import TimeSpent

MOST = 200


def own_hours(user, year):
    """The newest 200 lines of the school year, with the sums of all: (lines, [(category, hours)], total).

    Hours are Decimal. Only the person sees them here.
    """
    lines = TimeSpent.objects.visible_to(user)
    if year:
        lines = lines.filter(on__range=(year.starts_on, year.ends_on))
    minutes = dict(lines.order_by().values_list("category").annotate(Sum("minutes")))
    sums = [(label, hours(minutes[key])) for key, label in TimeSpent.Category.choices if key in minutes]
    newest = lines.select_related("partnership__support", "step", "event")[:MOST]
    return newest, sums, hours(sum(minutes.values()))


def hours(minutes):
    return (Decimal(minutes) / 60).quantize(Decimal("0.1"))
