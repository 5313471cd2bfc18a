"""The pre-brief of a walk: read and acknowledged by the team, written by its facilitator."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from people.access import require, visible_or_404

from ..forms.look_fors import BriefForm
from ..policy import may_acknowledge, may_arrange, may_read_brief
from ..reads.look_fors import brief_of, brief_page, lines_of, newest_versions
from ..reads.walks import walk_rows
from ..services.look_fors import acknowledge, write_brief
from .look_fors import filled
from .trying import done, tried


def walk_brief(request, pk):
    walk = visible_or_404(walk_rows(), request.user, pk=pk)
    require(may_read_brief(request.user, walk), "The pre-brief is for those who walk and their hosts.")
    return render(request, "observations/walk_brief.html", brief_page(walk, request.user))


@require_POST
def walk_brief_read(request, pk):
    walk = visible_or_404(walk_rows(), request.user, pk=pk)
    require(may_acknowledge(request.user, walk))
    tried(request, lambda: acknowledge(walk, by=request.user), "Thank you. The facilitator sees that you have read it.")
    return redirect("walk_brief", walk.pk)


def walk_brief_edit(request, pk):
    walk = visible_or_404(walk_rows(), request.user, pk=pk)
    require(may_arrange(request.user, walk), "A facilitator writes the pre-brief, until the walk is over.")
    form = brief_form(request, walk)
    names = ("purpose", "norms", "focus", "version", "lines")
    if done(form, lambda it: write_brief(walk, by=request.user, **{name: it[name] for name in names})):
        messages.success(request, "The pre-brief is saved, and the team can read it.")
        return redirect("walk_brief", walk.pk)
    return render(request, "observations/walk_brief_form.html", {"walk": walk, "form": form})


def brief_form(request, walk):
    brief = brief_of(walk, request.user)
    kept = brief.look_fors if brief else None
    pairs = [(line.kind, line.label) for line in lines_of(kept, request.user)]
    options = {"versions": newest_versions(request.user), "kept": kept, "pairs": pairs}
    if request.method != "POST":
        words = {name: getattr(brief, name) for name in ("purpose", "norms", "focus")} if brief else {}
        options["initial"] = words or {"purpose": walk.purpose}
    return filled(request, BriefForm, **options)
