"""Who changed what in the district, for its admins: a page, and the same as a file."""

from django.http import StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from people import clock, policy
from people.access import require
from people.forms.changes import ChangeFilter
from people.models import Change
from people.paging import page_of, query_without_page
from people.spreadsheets import csv_lines

HEADINGS = ["When", "Who", "What happened", "Particulars", "About", "Person", "School", "Number"]


@require_safe
def changes(request):
    require(policy.may_run_district(request.user))
    found = filtered(request)
    facts = {"filter": found, "page": page_of(found.qs, request), "query": query_without_page(request)}
    facts["narrowed"] = any(found.form.data.get(name) for name in found.filters)
    return render(request, "people/changes.html", facts)


@require_safe
@cache_control(private=True, no_store=True)
def changes_file(request):
    require(policy.may_run_district(request.user))
    name = {"Content-Disposition": f'attachment; filename="changes-{clock.today():%Y-%m-%d}.csv"'}
    lines = csv_lines(rows_of(filtered(request).qs))
    return StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8", headers=name)


def filtered(request):
    return ChangeFilter(request.GET, queryset=Change.objects.visible_to(request.user).with_names())


def rows_of(found):
    """The headings and a row for each change, read in parts whatever their number."""
    yield HEADINGS
    zone = clock.zone_of()
    for change in found.iterator(chunk_size=2000):
        when = change.made_at.astimezone(zone).isoformat(" ", "seconds")
        about = (change.kind.label, change.person or "", change.school or "", change.number or "")
        yield [when, change.who, change.sentence, "; ".join(change.particulars), *map(str, about)]
