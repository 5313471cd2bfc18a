"""Terms: the district's, and those of a school that has its own."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from people.access import require, visible_or_404
from people.models import School
from people.once import sent_once
from people.views.asking import ask

from .. import policy, services
from ..forms import TermForm
from ..models import Term


@require_safe
def district_terms(request):
    require(policy.may_edit_periods(request.user, None))
    terms = Term.objects.visible_to(request.user).filter(school=None).select_related("year").order_by("-starts_on")
    return render(request, "schedule/time/terms.html", {"terms": terms})


@sent_once
def term_add(request, pk=None):
    school = visible_or_404(School, request.user, pk=pk) if pk else None
    require(policy.may_edit_periods(request.user, school))
    return _term(request, Term(school=school), h1=f"Add a term of {school or 'all schools'}")


def term_edit(request, pk):
    term = visible_or_404(Term, request.user, pk=pk)
    require(policy.may_edit_periods(request.user, term.school))
    return _term(request, term, h1=f"Edit {term.name}")


def _term(request, term, *, h1):
    form = TermForm(request.POST or None, instance=term)
    if request.method == "POST" and form.is_valid():
        services.keep_term(form.instance, by=request.user)
        messages.success(request, f"{form.instance.name} is kept.")
        return redirect(_page_of(term))
    if not term.pk:
        return ask(request, form, h1=h1, button="Add the term", back=_page_of(term))
    return render(request, "schedule/time/term.html", {"form": form, "term": term, "h1": h1, "back": _page_of(term)})


@require_POST
def term_remove(request, pk):
    term = visible_or_404(Term, request.user, pk=pk)
    services.remove_term(term, by=request.user)
    messages.success(request, f"{term.name} is deleted.")
    return redirect(_page_of(term))


def _page_of(term):
    return reverse("school_time", args=[term.school_id]) if term.school_id else reverse("district_terms")
