"""A person's own hours: where each line came from, and what they add up to."""

from decimal import ROUND_HALF_UP, Decimal

from django.db.models import Exists, OuterRef, Sum

from partnerships.models import Partnership, TimeSpent


def own_lines(user, year):
    """The person's lines of time in the school year, newest first; `open` says whether they still see the work."""
    lines = TimeSpent.objects.visible_to(user).filter(on__range=(year.starts_on, year.ends_on))
    seen = Partnership.objects.visible_to(user).filter(pk=OuterRef("partnership"))
    return lines.select_related("partnership__support", "step", "event").annotate(open=Exists(seen))


def sums_of(lines):
    """Minutes by category, in the order of the categories: [(label, minutes)]."""
    minutes = dict(lines.order_by().values_list("category").annotate(Sum("minutes")))
    return [(label, minutes[key]) for key, label in TimeSpent.Category.choices if key in minutes]


def in_hours(minutes):
    """Decimal hours of 60 minutes, to one place, half up."""
    return (Decimal(minutes) / 60).quantize(Decimal("0.1"), ROUND_HALF_UP)
