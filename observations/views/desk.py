"""Deciding on one request for cover, and naming who covers."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from people.access import require, visible_or_404

from ..forms.coverage import ReturnForm
from ..policy import may_decide_on_cover, may_name_coverer
from ..reads.request import request_page, request_rows
from ..services.coverage import approve_cover, name_coverer, return_cover
from .trying import done


@require_POST
def coverage_approve(request, pk):
    one = visible_or_404(request_rows(), request.user, pk=pk)
    require(may_decide_on_cover(request.user, one))
    page = request_page(one, request.user, approving=request.POST)
    if done(page["approve_form"], lambda given: approve_cover(one, by=request.user, coverer=given["coverer"])):
        named = page["approve_form"].cleaned_data["coverer"]
        messages.success(request, f"Approved. {one.asker} knows" + (f", and so does {named}." if named else "."))
        return redirect("coverage_desk")
    return render(request, "observations/coverage.html", page)


@require_POST
def coverage_name(request, pk):
    one = visible_or_404(request_rows(), request.user, pk=pk)
    require(may_name_coverer(request.user, one))
    page = request_page(one, request.user, naming=request.POST)
    if done(page["name_form"], lambda given: name_coverer(one, by=request.user, coverer=given["coverer"])):
        named = page["name_form"].cleaned_data["coverer"]
        said = "You cover it" if named == request.user else f"{named} is asked to cover"
        messages.success(request, f"{said}, and {one.asker} is told.")
        return redirect("coverage_desk")
    return render(request, "observations/coverage.html", page)


def coverage_return(request, pk):
    one = visible_or_404(request_rows(), request.user, pk=pk)
    require(may_decide_on_cover(request.user, one))
    form = ReturnForm(request.POST or None, coverage=one)
    if done(form, lambda given: return_cover(one, by=request.user, **given)):
        messages.success(request, f"{one.asker} has it back, with your reason.")
        return redirect("coverage_desk")
    return render(request, "observations/coverage_return.html", {"coverage": one, "form": form})
