"""What the district's absence system asks for, with a key of its own: docs/absence-export.md.

No page of ours: nobody is signed in here, and a session counts for nothing. So the key is asked, not a cookie, and
there is nothing that another site could press in a reader's name.
"""

from functools import wraps

from django.contrib.auth.decorators import login_not_required
from django.http import JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from ..forms.exporting import ApiForm
from ..reads.absences import columns
from ..reads.api import export_of, exports_made, page_of_lines
from ..services.exporting import make_export, token_of
from .exporting import csv_file, lines_told

NO_KEY = "Send a key that works: “Authorization: Bearer …”. An admin of the district makes one."


def with_key(view):
    """Whoever shows a key that works; everybody else is told how to send one, and nothing more."""

    @login_not_required
    @csrf_exempt
    @wraps(view)
    def asked(request, *args, **kwargs):
        scheme, _, key = request.headers.get("Authorization", "").partition(" ")
        token = token_of(key.strip()) if scheme.lower() == "bearer" else None
        if token is None:
            headers = {"WWW-Authenticate": 'Bearer realm="coverage"'}
            return answer_json({"errors": {"authorization": [NO_KEY]}}, status=401, headers=headers)
        return view(request, token, *args, **kwargs)

    return asked


def answer_json(facts, *, status=200, headers=None):
    return JsonResponse(facts, status=status, headers={"Cache-Control": "private, no-store", **(headers or {})})


def wants_csv(request, form):
    if form.cleaned_data.get("format"):
        return form.cleaned_data["format"] == "csv"
    return request.get_preferred_type(["application/json", "text/csv"]) == "text/csv"


@with_key
@require_safe
def api_coverage(request, token):
    """What the next file would tell. It marks nothing, and can be asked as often as one likes."""
    form = ApiForm(request.GET)
    if not form.is_valid():
        return answer_json({"errors": form.faults}, status=400)
    head = columns()
    first, last = form.span
    given = {name: form.cleaned_data[name] for name in ("school", "since", "whole", "after")}
    lines, after = page_of_lines(first, last, compared={fact for _, fact in head}, **given)
    return answer(request, form, head, lines, {"first": first, "last": last, "next": after})


@with_key
@require_http_methods(["GET", "HEAD", "POST"])
def api_exports(request, token):
    """The files made so far; or, with POST, a new one, whose lines count as told from now on."""
    form = ApiForm(request.POST if request.method == "POST" else request.GET)
    if not form.is_valid():
        return answer_json({"errors": form.faults}, status=400)
    if request.method != "POST":
        return answer_json({"exports": exports_made(before=form.cleaned_data["after"])})
    first, last = form.span
    wanted = {name: form.cleaned_data[name] for name in ("school", "whole")}
    made = make_export(first=first, last=last, token=token, **wanted)
    if made is None:
        return answer(request, form, columns(), [], {"export": None})
    return answer(request, form, made.columns, lines_told(made), {"export": made.pk}, status=201)


@with_key
@require_safe
def api_export(request, token, pk):
    """A file as it was, for a system that lost the answer."""
    form = ApiForm(request.GET)
    if not form.is_valid():
        return answer_json({"errors": form.faults}, status=400)
    made = export_of(pk)
    if made is None:
        return answer_json({"errors": {"export": ["There is no file of this number."]}}, status=404)
    return answer(request, form, made.columns, lines_told(made), {"export": made.pk})


def answer(request, form, head, lines, facts, *, status=200):
    """The same lines as CSV or JSON, as the address or the Accept header says."""
    if wants_csv(request, form):
        told = {f"X-Coverage-{name.title()}": str(fact) for name, fact in facts.items() if fact is not None}
        file = csv_file(head, lines, name="coverage.csv", **told, **{"Cache-Control": "private, no-store"})
        file.status_code = status
        return file
    rows = [{fact: line.get(fact, "") for _, fact in head} for line in lines]
    headings = [{"heading": heading, "fact": fact} for heading, fact in head]
    return answer_json({**facts, "columns": headings, "rows": rows}, status=status)
