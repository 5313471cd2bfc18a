"""What a file of a timetable would bring in: every row as a slot of somebody here, and what stands in the way.

Whole columns are matched at once. Only where two rows meet (the same slot, or one person at one time) is each looked
at: a hundred thousand rows take a fraction of a second.
"""

import hashlib
import json
from collections import defaultdict
from dataclasses import dataclass
from itertools import compress
from typing import NamedTuple

from people.services.csv_files import Trouble
from schedule.frames import frames
from schedule.models import Timetable

from .matching import CLASS, LEFT_OUT, names_of
from .reading import Sheet
from .staffing import Staff


class Slot(NamedTuple):
    """A row of the file as it would stand here; the columns as those of `storing`."""

    school: int
    teacher: int
    position: int
    period: str
    class_name: str
    subject: str
    room: str
    kind: str

    @property
    def time(self):
        return self[1:4]

    @property
    def what(self):
        return self.class_name or self.subject or "nobody named"


@dataclass
class Look:
    """`slots` are what would stand, `lines` where in the file. With a trouble nothing is brought in; warnings pass.
    What cannot be matched makes no slots.

    `tables` are the timetables that the schools have now, `staff` the people among whom teachers were found.
    """

    slots: list
    lines: list
    tables: list
    staff: Staff
    left_out: int
    troubles: list
    warnings: list
    fingerprint: str


def look_at(kept, sheet=None):
    """What a TimetableImport would bring in now; `sheet` are its rows, where somebody unpacked them already."""
    sheet = sheet or Sheet.unpacked(kept.content)
    schools = sorted(set(sheet.schools))
    staff = Staff(schools, sheet)
    columns = _columns(sheet, staff, _matches(kept, schools))
    troubles, warnings, slots, lines = _unmatched(sheet, columns) + staff.unknown(), [], [], []
    stay = [LEFT_OUT not in row for row in zip(columns[2], columns[3], columns[7], strict=True)]
    if not troubles:
        lines = list(compress(sheet.lines, stay))
        slots = list(map(Slot._make, compress(zip(*columns, strict=True), stay)))
        found, warnings = _at_one_time(slots, lines)
        troubles = _doubles(slots, lines) + found
    troubles.sort(key=lambda trouble: trouble.line)
    tables = list(Timetable.objects.filter(school__in=schools).select_related("school").order_by("school__name", "pk"))
    mark = _fingerprint(kept, tables, staff, len(troubles))
    return Look(slots, lines, tables, staff, stay.count(False), troubles, warnings, mark)


def _columns(sheet, staff, words):
    """The columns of the sheet as those of Slot; None where a word means nothing here."""
    return [
        sheet.schools,
        staff.found,
        list(map(words["days"].get, zip(sheet.schools, sheet.days, strict=True))),
        list(map(words["periods"].get, zip(sheet.schools, sheet.periods, strict=True))),
        sheet.classes,
        sheet.subjects,
        sheet.rooms,
        [words["kinds"].get(name, CLASS) for name in names_of(sheet)],
    ]


def _matches(kept, schools):
    """What words mean, as (school, word) for days and periods and (class, subject) for kinds.

    A day or a period that the school does not have any more is left away, and so is told as not matched.
    """
    here, matches = frames(schools, kept.starts_on), kept.matches
    days, periods = {}, {}
    for school in schools:
        positions, names = {*range(len(here[school].days)), LEFT_OUT}, {*here[school].periods, LEFT_OUT}
        for word, position in matches.get("days", {}).get(str(school), {}).items():
            if position in positions:
                days[school, word] = position
        for word, name in matches.get("periods", {}).get(str(school), {}).items():
            if name in names:
                periods[school, word] = name
    kinds = {(name, subject): kind for name, subject, kind in matches.get("names", [])}
    return {"days": days, "periods": periods, "kinds": kinds}


def _unmatched(sheet, columns):
    """One trouble for each day and period that means nothing here."""
    troubles, told = [], set()
    for what, words, found in (("day", sheet.days, columns[2]), ("period", sheet.periods, columns[3])):
        if None not in found:
            continue
        for line, school, word, one in zip(sheet.lines, sheet.schools, words, found, strict=True):
            if one is None and (what, school, word) not in told:
                told.add((what, school, word))
                troubles.append(Trouble(line, f"The school has no {what} that “{word[:60]}” is matched with."))
    return troubles


def _doubles(slots, lines):
    if len(set(slots)) == len(slots):
        return []
    first, troubles = {}, []
    for line, slot in zip(lines, slots, strict=True):
        if (said := first.setdefault(slot, line)) != line:
            troubles.append(Trouble(line, f"Says the same as line {said}."))
    return troubles


def _at_one_time(slots, lines):
    """(troubles, warnings) where somebody is in two rooms at one time.

    Classes that are taught together are no trouble: when they share a class or a subject, or when one of them has a
    co-teacher, who is with the students in the other room.
    """
    if len({slot.time for slot in slots}) == len(slots):
        return [], []
    times, classes = defaultdict(list), defaultdict(set)
    for line, slot in zip(lines, slots, strict=True):
        times[slot.time].append((line, slot))
        classes[slot.school, slot.position, slot.period, slot.class_name].add(slot.teacher)
    troubles, warnings = [], []
    for there in times.values():
        (first, one), *others = there
        for line, slot in others:
            if slot.room and one.room and slot.room != one.room:
                words = f"In {slot.room} with {slot.what}, and by line {first} in {one.room} with {one.what} then."
                together = _are_together(slot, one, classes)
                (warnings if together else troubles).append(Trouble(line, words))
    return troubles, warnings


def _are_together(slot, one, classes):
    shared = slot.class_name == one.class_name or slot.subject == one.subject
    keys = [(each.school, each.position, each.period, each.class_name) for each in (slot, one) if each.class_name]
    return shared or any(len(classes[key]) > 1 for key in keys)


def _fingerprint(kept, tables, staff, troubles):
    """Two looks that would write the same have the same one. The rows of the file never change."""
    here = [(table.pk, table.starts_on, table.ends_on, table.edited_at) for table in tables]
    matches = json.dumps(kept.matches, sort_keys=True)  # a database may keep the words in another order
    told = (kept.pk, kept.starts_on, matches, staff.fingerprint, troubles, here)
    return hashlib.sha256(repr(told).encode()).hexdigest()
