"""What a key of the absence system reads: rows of coverage, and the files that were made of them."""

from itertools import islice

from django.db.models import Count

from ..models import CoverageExport
from .absences import line_of, requests_of

AT_MOST = 1000
FILES = 50


def page_of_lines(first, last, *, compared, school=None, since=None, whole=False, after=None):
    """(lines, the number to go on after): what there is to tell of the next thousand requests; None at the end."""
    rows = requests_of(first, last, school=school).filter(pk__gt=after or 0)
    if since:
        rows = rows.filter(changed_at__gte=since)
    found = list(rows[:AT_MOST])
    lines = [line for one in found if (line := line_of(one, compared, whole=whole))]
    return lines, found[-1].pk if len(found) == AT_MOST else None


def exports_made(*, before=None):
    """The newest files, or those made before one: number, moment, span and how many lines each has."""
    made = CoverageExport.objects.order_by("-pk").annotate(count=Count("lines")).select_related("school")
    if before:
        made = made.filter(pk__lt=before)
    return [
        {
            "export": one.pk,
            "made_at": one.made_at.isoformat(timespec="seconds"),
            "first": one.first.isoformat(),
            "last": one.last.isoformat(),
            "school_code": one.school.code if one.school else "",
            "whole": one.whole,
            "lines": one.count,
        }
        for one in islice(made, FILES)
    ]


def export_of(pk):
    """A file by its number, or None. Any key reads any file: all of them are rows of coverage."""
    return CoverageExport.objects.filter(pk=pk).first()
