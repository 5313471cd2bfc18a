"""What becomes of records, for admins: how long, what must stay, who is erased. Nothing of what they hold is shown."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from people import policy
from people.access import require, visible_or_404
from people.forms.keeping import EraseForm, HoldForm, LiftForm, SpansForm
from people.models import Erasure, LegalHold, User
from people.paging import page_of
from people.retention import spans
from people.services import erasing, subject_exports
from people.services.holds import lift_hold, set_hold
from people.services.retention import keep_spans

from .asking import ask


def retention(request):
    require(policy.may_run_district(request.user))
    form = SpansForm(request.POST or None, amounts=spans())
    if request.method == "POST" and form.is_valid():
        keep_spans(form.cleaned_data, by=request.user)
        messages.success(request, "These hold from tonight on. Owners of notes are told a week before.")
        return redirect("retention")
    where = "What is older is deleted every night. A legal hold stops that."
    return ask(request, form, h1="How long records are kept", where=where, button="Save", back=reverse("district_home"))


def holds(request):
    require(policy.may_run_district(request.user))
    form = HoldForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        set_hold(by=request.user, reason=form.cleaned_data["reason"], **form.about)
        messages.success(request, "It stays from now on, until somebody lifts the hold.")
        return redirect("holds")
    rows = LegalHold.objects.visible_to(request.user).select_related("person", "set_by", "lifting__lifted_by")
    return render(request, "people/holds.html", {"form": form, "page": page_of(rows, request)})


def hold_lift(request, pk):
    require(policy.may_run_district(request.user))
    hold = visible_or_404(LegalHold.objects.standing(), request.user, pk=pk)
    form = LiftForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        lift_hold(hold, by=request.user, reason=form.cleaned_data["reason"])
        messages.success(request, "The hold is lifted. What is due is deleted from tonight on.")
        return redirect("holds")
    where = "What it kept is deleted once it is due. That it was set and lifted stays on record."
    return ask(request, form, h1="Lift this hold", where=where, button="Lift the hold", back=reverse("holds"))


def erasures(request):
    require(policy.may_run_district(request.user))
    rows = Erasure.objects.visible_to(request.user).select_related("person", "asked_by")
    return render(request, "people/erasures.html", {"page": page_of(rows, request)})


@require_POST
def erasure_undo(request, pk):
    require(policy.may_run_district(request.user))
    asked = visible_or_404(Erasure.objects.waiting(), request.user, pk=pk)
    erasing.undo_erasure(asked, by=request.user)
    messages.success(request, "Nothing is erased. Everything stays as it is.")
    return redirect("erasures")


@require_POST
def leaver_export(request, pk):
    require(policy.may_run_district(request.user))
    person = visible_or_404(User, request.user, pk=pk)
    subject_exports.ask_for_export(person, by=request.user)
    messages.success(request, f"A link to the file goes to {person.email}. Nobody else can open it, you neither.")
    return redirect("staff_person", pk=pk)


def leaver_erase(request, pk):
    require(policy.may_run_district(request.user))
    person = visible_or_404(User, request.user, pk=pk)
    require(policy.may_ask_for_erasure(request.user, person), "They are still here. Only they can ask for this.")
    form = EraseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        erasing.ask_for_erasure(person, by=request.user)
        messages.success(request, f"In a week {person.name} is forgotten here. Until then you can undo it.")
        return redirect("erasures")
    return render(request, "people/leaver_erase.html", {"form": form, "person": person, "days": erasing.WAITS.days})
