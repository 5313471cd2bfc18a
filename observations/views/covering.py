"""Who covers: the offer of one's own, the duty roster that everyone reads, and the rules of a school."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from people.access import require, visible_or_404
from people.models import School

from ..forms.covering import CoverRuleForm
from ..models import CoverRule
from ..policy import may_offer_to_cover, may_read_ledger, may_set_cover_rules
from ..reads.ledger import SORTS, ledger
from ..services.substitutes import offer_to_cover, set_cover_rules
from .trying import done


@require_POST
def cover_offer(request, pk):
    school = visible_or_404(School, request.user, pk=pk)
    require(may_offer_to_cover(request.user, school.pk), "You offer to cover where you work.")
    offers = request.POST.get("offers") == "yes"
    offer_to_cover(school, by=request.user, offers=offers)
    said = (
        "You stand among those who can be asked." if offers else "You are not asked any more. What you promised stands."
    )
    messages.success(request, said)
    return redirect("coverage_list")


@require_safe
def cover_ledger(request, pk):
    school = visible_or_404(School, request.user, pk=pk)
    require(may_read_ledger(request.user, school.pk), "The duty roster is for those who work at the school.")
    sort = request.GET.get("sort", "name")
    year, people = ledger(school, sort)
    total = sum(one.covered for one in people)
    context = {
        "school": school,
        "year": year,
        "people": people,
        "sort": sort if sort in SORTS else "name",
        "total": total,
    }
    return render(request, "observations/cover_ledger.html", context)


def cover_rules(request, pk):
    school = visible_or_404(School, request.user, pk=pk)
    require(may_set_cover_rules(request.user, school.pk), "The principal and the front office set the rules of cover.")
    rule = CoverRule.objects.visible_to(request.user).filter(school=school).first() or CoverRule(school=school)
    form = CoverRuleForm(request.POST or None, instance=rule)
    if done(form, lambda given: set_cover_rules(school, by=request.user, **given)):
        messages.success(request, "The rules are saved. They hold for what is decided from now on.")
        return redirect("cover_rules", pk=school.pk)
    return render(request, "observations/cover_rules.html", {"school": school, "form": form})
