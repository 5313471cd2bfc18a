"""A timetable by hand: begun, a slot added, changed, taken out."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from people.access import require, visible_or_404
from people.models import School, User
from people.once import sent_once

from .. import policy
from ..forms.timetables import BeginForm, OwnSlotForm, SlotForm
from ..frames import frame
from ..models import TeachingSlot, Timetable
from ..services import timetables as services


@sent_once
def timetable_begin(request, pk):
    school = visible_or_404(School, request.user, pk=pk)
    require(policy.may_edit_timetable(request.user, school))
    form = BeginForm(request.POST or None, initial={"starts_on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        table = services.begin_timetable(school, by=request.user, **form.cleaned_data)
        messages.success(request, "The timetable is begun. Choose a teacher, and add their classes.")
        return redirect(f"{reverse('school_timetable', args=[pk])}?timetable={table.pk}")
    return render(request, "schedule/timetables/begin.html", {"school": school, "form": form})


@sent_once
def slot_add(request, table_pk, person_pk):
    table = visible_or_404(Timetable, request.user, pk=table_pk)
    require(policy.may_edit_timetable(request.user, table.school))
    person = visible_or_404(User, request.user, pk=person_pk)
    slot = TeachingSlot(timetable=table, teacher=person)
    at = {"position": request.GET.get("day"), "period": request.GET.get("period")}
    form = SlotForm(request.POST or None, instance=slot, initial=at, frame=frame(table.school, table.starts_on))
    if request.method == "POST" and form.is_valid() and _saved(form, request.user):
        messages.success(request, f"It stands in the timetable of {person.name}.")
        return _to_week(slot)
    return render(request, "schedule/timetables/slot.html", {"form": form, "slot": slot, "may_edit": True})


def slot_edit(request, pk):
    slot = _visible_slot(request, pk)
    require(policy.may_correct_slot(request.user, slot))
    school, may_edit = slot.timetable.school, policy.may_edit_timetable(request.user, slot.timetable.school)
    given = {"data": request.POST or None, "instance": slot}
    form = SlotForm(**given, frame=frame(school, slot.timetable.starts_on)) if may_edit else OwnSlotForm(**given)
    if request.method == "POST" and form.is_valid() and _saved(form, request.user):
        messages.success(request, "It is changed.")
        return _to_week(slot)
    return render(request, "schedule/timetables/slot.html", {"form": form, "slot": slot, "may_edit": may_edit})


@require_POST
def slot_remove(request, pk):
    slot = _visible_slot(request, pk)
    week = _to_week(slot)
    services.remove_slot(slot, by=request.user)
    messages.success(request, f"{slot.what} is taken out.")
    return week


def _visible_slot(request, pk):
    slots = TeachingSlot.objects.visible_to(request.user).select_related("timetable__school", "teacher")
    return get_object_or_404(slots, pk=pk)


def _saved(form, by):
    """Whether the slot could be written; if not, the form says why."""
    try:
        with transaction.atomic():
            services.save_slot(form.instance, by=by)
    except ValidationError as fault:
        form.add_error(None, fault)
        return False
    return True


def _to_week(slot):
    return redirect(f"{reverse('person_timetable', args=[slot.teacher_id])}?timetable={slot.timetable_id}")
