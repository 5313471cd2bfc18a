"""What a person sees before a file is brought in: counts, people, and what would change."""

from collections import Counter
from dataclasses import dataclass

from schedule.models import TeachingSlot

from .comparing import Look, look_at
from .matching import CLASS, DUTY
from .storing import COLUMNS


@dataclass
class Preview:
    """`people` are (name, classes, duties), `without` teachers of the schools who are not in the file.

    `same_day` are the schools whose timetable of that date is rewritten; `ending` the timetables that end before it.
    """

    look: Look
    people: list
    without: list
    classes: int
    duties: int
    added: int
    removed: int
    same_day: list
    ending: list

    @property
    def changes_anything(self):
        return bool(self.added or self.removed or self.ending)


def preview(kept):
    """The Preview of a TimetableImport. Writes nothing, and asks the same few questions for any number of rows."""
    look = look_at(kept)
    start, schools = kept.starts_on, {slot.school for slot in look.slots}
    same_day = [table for table in look.tables if table.starts_on == start and table.school_id in schools]
    fresh = schools - {table.school_id for table in same_day}
    earlier = [table for table in look.tables if table.school_id in fresh and table.starts_on < start]
    added, removed = _difference(look.slots, same_day)
    # What cannot be matched makes no slots; who is in the file is known all the same.
    there = {slot.teacher for slot in look.slots} or set(look.staff.known.values())
    kinds = Counter((slot.teacher, slot.kind) for slot in look.slots)
    return Preview(
        look=look,
        people=_people(kinds, look.staff),
        without=sorted(look.staff.names[pk] for pk in look.staff.teaching - there),
        classes=len({(slot.school, slot.class_name, slot.subject) for slot in look.slots if slot.kind == CLASS}),
        duties=sum(count for (_, kind), count in kinds.items() if kind == DUTY),
        added=added,
        removed=removed,
        same_day=[table.school for table in same_day],
        ending=[table for table in earlier if table.ends_on is None or table.ends_on >= start],
    )


def _difference(slots, tables):
    """How many slots would come, and how many would go from these timetables; a change of kind is both."""
    school_of = {table.pk: table.school_id for table in tables}
    wanted, here = {tuple(slot) for slot in slots}, set()
    if school_of:
        rows = TeachingSlot.objects.filter(timetable__in=school_of).order_by().values_list(*COLUMNS)
        here = {(school_of[table], *rest) for table, *rest in rows}
    return len(wanted - here), len(here - wanted)


def _people(kinds, staff):
    people = sorted((staff.names[pk], pk) for pk in {person for person, _ in kinds})
    return [(name, kinds[pk, CLASS], kinds[pk, DUTY]) for name, pk in people]
