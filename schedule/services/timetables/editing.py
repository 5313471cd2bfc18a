"""A timetable by hand: begun, a slot added, changed, taken out; and rows that a programme made."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from people.access import require
from schedule import policy
from schedule.frames import frame
from schedule.models import TeachingSlot

from .holding import announce, hold, timetables_from
from .storing import store

TEACHERS_OWN = ("class_name", "subject", "room")
TWICE = "This stands there already."
GONE = "This was taken out of the timetable meanwhile. Look at the timetable as it is now."


@transaction.atomic
def write_timetable(school, rows, *, starts_on, by, at=None, file_name=""):
    """Make the school's timetable from a date on hold exactly these rows, as a file of them would.

    `rows` are like those of `schedule.plausible`: teacher (a person or an id), day (as the school's cycle names it),
    period, class_name, room, subject, kind. Raises ValueError for a day that the school does not have.
    """
    require(policy.may_edit_timetable(by, school))
    at = at or timezone.now()
    hold([school.pk])
    days = {name: position for position, name in enumerate(frame(school, starts_on).days)}
    if unknown := sorted({row.day for row in rows} - days.keys()):
        raise ValueError(f"{school} has no day {unknown[0]}; it has {', '.join(days)}.")
    table = timetables_from([school], starts_on, by=by, at=at, file_name=file_name)[school.pk]
    slots = [
        (table.pk, getattr(r.teacher, "pk", r.teacher), days[r.day], r.period, r.class_name, r.subject, r.room, r.kind)
        for r in rows
    ]
    if any(store(slots, [table.pk])):
        announce([table], at=at)
    return table


@transaction.atomic
def begin_timetable(school, *, starts_on, by, at=None):
    """An empty timetable from a date on, to fill by hand; the one that starts on that date already, if there is one."""
    require(policy.may_edit_timetable(by, school))
    hold([school.pk])
    return timetables_from([school], starts_on, by=by, at=at or timezone.now())[school.pk]


@transaction.atomic
def save_slot(slot, *, by, at=None):
    """Write a new slot, or what changed of one.

    Raises ValidationError when it would stand twice, or was taken out meanwhile.
    """
    if slot.pk is None:
        require(policy.may_edit_timetable(by, slot.timetable.school))
    else:
        require(policy.may_correct_slot(by, slot))
    hold([slot.timetable.school_id])
    if slot.pk and not TeachingSlot.objects.filter(pk=slot.pk).exists():
        raise ValidationError(GONE)
    if _is_twice(slot):
        raise ValidationError(TWICE)
    if slot.pk and not policy.may_edit_timetable(by, slot.timetable.school):
        slot.save(update_fields=TEACHERS_OWN)
    else:
        slot.save()
    announce([slot.timetable], at=at or timezone.now())
    return slot


@transaction.atomic
def remove_slot(slot, *, by, at=None):
    require(policy.may_edit_timetable(by, slot.timetable.school))
    hold([slot.timetable.school_id])
    slot.delete()
    announce([slot.timetable], at=at or timezone.now())


def _is_twice(slot):
    same = {name: getattr(slot, name) for name in ("timetable_id", "teacher_id", "position", "period", *TEACHERS_OWN)}
    return TeachingSlot.objects.filter(**same).exclude(pk=slot.pk).exists()
