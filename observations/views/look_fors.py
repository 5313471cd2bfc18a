"""The district's sets of look-fors: a form builder that can make no rating."""

from django.contrib import messages
from django.shortcuts import redirect, render

from people.access import require, visible_or_404
from people.once import sent_once

from ..forms.look_fors import LookForSetForm
from ..models import LookForSet
from ..policy import may_keep_look_fors
from ..reads.look_fors import sets_with_counts, versions_of
from ..services.look_fors import change_set, make_set
from .trying import done

WHY = "Facilitators keep the sets of look-fors. Ask yours for the ones that you miss."


def look_for_list(request):
    require(may_keep_look_fors(request.user), WHY)
    return render(request, "observations/look_for_list.html", {"sets": sets_with_counts(request.user)})


def look_for_set(request, pk):
    require(may_keep_look_fors(request.user), WHY)
    one = visible_or_404(LookForSet, request.user, pk=pk)
    (newest, lines), *earlier = versions_of(one, request.user)
    context = {"set": one, "newest": newest, "lines": lines, "earlier": earlier}
    return render(request, "observations/look_for_set.html", context)


def filled(request, form_class, **options):
    """The form as it was sent; with more lines, and nothing lost, where that was asked for."""
    if "more" not in request.POST:
        return form_class(request.POST if request.method == "POST" else None, **options)
    typed = request.POST.dict()
    rows = int(typed["rows"]) if typed.get("rows", "").isdecimal() else 0
    return form_class(initial=typed | {"rows": min(rows, 99) + 3}, **options)


@sent_once
def look_for_new(request):
    require(may_keep_look_fors(request.user), WHY)
    form, made = filled(request, LookForSetForm), []
    if done(form, lambda it: made.append(make_set(by=request.user, name=it["name"], lines=it["lines"]))):
        messages.success(request, "The set is there. Walks can take it along.")
        return redirect(made[0])
    return render(request, "observations/look_for_form.html", {"form": form})


def look_for_edit(request, pk):
    require(may_keep_look_fors(request.user), WHY)
    one = visible_or_404(LookForSet, request.user, pk=pk)
    newest, lines = versions_of(one, request.user)[0]
    form = filled(request, LookForSetForm, version=newest, pairs=[(line.kind, line.label) for line in lines])
    if done(form, lambda it: change_set(one, by=request.user, lines=it["lines"], seen=it["seen"])):
        messages.success(request, "Saved as a new version. Walks keep the one that they chose.")
        return redirect(one)
    return render(request, "observations/look_for_form.html", {"form": form, "set": one})
