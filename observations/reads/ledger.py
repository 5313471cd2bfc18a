"""The duty roster of a school: who has covered how many classes this school year. No other facts, and no rating."""

from django.db.models import Count, Max, Q

from people import clock
from people.models import SchoolYear, User

from ..models import Coverage

SORTS = {"name": ("name", "pk"), "count": ("-covered", "name", "pk"), "fewest": ("covered", "name", "pk")}


def ledger(school, sort):
    """(the school year or None, the staff with `covered` and `last`): two queries. What is promised counts as well."""
    year = SchoolYear.objects.holding(clock.today(school))
    given = Q(coverage_given__school=school, coverage_given__state__in=Coverage.NAMED)
    if year:
        given &= Q(coverage_given__day__range=(year.starts_on, year.ends_on))
    staff = User.objects.staff_of([school]).annotate(
        covered=Count("coverage_given", filter=given), last=Max("coverage_given__day", filter=given)
    )
    return year, list(staff.order_by(*SORTS.get(sort, SORTS["name"])))
