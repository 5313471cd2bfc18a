"""The absence file for the district's admins: made, listed, downloaded; its columns, and the keys of systems."""

from django.contrib import messages
from django.http import StreamingHttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST, require_safe

from people.access import require, visible_or_404
from people.once import sent_once
from people.paging import page_of
from people.policy import may_run_district
from people.spreadsheets import csv_lines

from ..forms.exporting import ExportForm, TokenForm, columns_formset, is_usual
from ..models import ApiToken, CoverageExport
from ..reads.absences import count_lines, file_lines
from ..services.exporting import end_token, make_export, make_token, set_columns
from .trying import done


@sent_once
def absence_exports(request):
    require(may_run_district(request.user))
    form = ExportForm(request.POST or None, by=request.user)
    if request.method == "POST" and form.is_valid():
        made = make_export(by=request.user, **form.cleaned_data)
        messages.success(request, "The file is ready below." if made else "Nothing has changed since the last file.")
        return redirect("absence_exports")
    made = CoverageExport.objects.visible_to(request.user).select_related("made_by", "token", "school")
    page = page_of(made, request)
    count_lines(page)
    return render(request, "observations/absences.html", {"form": form, "page": page})


@require_safe
@cache_control(private=True, no_store=True)
def absence_file(request, pk):
    require(may_run_district(request.user))
    made = visible_or_404(CoverageExport, request.user, pk=pk)
    return csv_file(made.columns, lines_told(made), name=f"absences-{made.made_at:%Y-%m-%d}-{made.pk}.csv")


def lines_told(made):
    """The facts of each line as they were told then."""
    for line in made.lines.iterator(chunk_size=2000):
        yield {**line.values, "change": line.change}


def csv_file(head, lines, *, name, **headers):
    """A file that leaves line by line, however long it is."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"', **headers}
    return StreamingHttpResponse(
        csv_lines(file_lines(head, lines)), content_type="text/csv; charset=utf-8", headers=headers
    )


def absence_columns(request):
    require(may_run_district(request.user))
    formset = columns_formset(request.POST or None)
    if request.method == "POST" and formset.is_valid():
        set_columns(formset.chosen, by=request.user)
        messages.success(request, "The files to come have these columns. Those made before stay as they were.")
        return redirect("absence_columns")
    return render(request, "observations/absence_columns.html", {"formset": formset, "is_usual": is_usual()})


@require_POST
def absence_columns_usual(request):
    require(may_run_district(request.user))
    set_columns([], by=request.user)
    messages.success(request, "The files to come have the usual columns.")
    return redirect("absence_columns")


@cache_control(private=True, no_store=True)
def absence_keys(request):
    require(may_run_district(request.user))
    form, made = TokenForm(request.POST or None), {}
    # The key stands in this answer and nowhere else: to show it after a redirect it would have to be kept somewhere.
    # Sent again, the name is taken.
    if done(form, lambda given: made.update(key=make_token(given["name"], by=request.user)[0])):
        form = TokenForm()
    keys = ApiToken.objects.visible_to(request.user).select_related("made_by").order_by("ended_at", "-made_at", "-pk")
    page = page_of(keys, request)
    return render(request, "observations/absence_keys.html", {"form": form, "page": page, "key": made.get("key")})


@require_POST
def absence_key_end(request, pk):
    require(may_run_district(request.user))
    token = visible_or_404(ApiToken, request.user, pk=pk)
    end_token(token, by=request.user)
    messages.success(request, f"The key of {token.name} opens nothing any more.")
    return redirect("absence_keys")
