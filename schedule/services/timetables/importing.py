"""Bringing in a file of a timetable: read and kept, its words matched, looked at, then applied whole or not at all.

The timetable of each school in the file is replaced from a date on: the one before ends the day before; one that
starts on that date holds afterwards what the file says. The same file on the same date changes nothing the second time.
"""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from people.access import require
from people.models import School
from people.services.csv_files import Trouble
from schedule import policy
from schedule.models import TimetableImport

from .comparing import look_at
from .holding import announce, hold, timetables_from
from .matching import guesses, words_of
from .reading import Sheet, read_sheet
from .storing import store

KEPT = dt.timedelta(days=60)


class ChangedMeanwhile(Exception):
    """The file would now bring in something else than what the person looked at, or was brought in already."""


@transaction.atomic
def keep_file(content, *, file_name, starts_on, school, by, at=None):
    """Read a file's bytes and keep its rows. Without a `school` its column says which row is of which.

    Returns (TimetableImport, []) or (None, troubles), each trouble with its line. Raises NotReadable.
    """
    require(policy.may_import_timetable(by, school))
    at = at or timezone.now()
    sheet, troubles = read_sheet(content, several_schools=school is None)
    troubles += _place(sheet, school)
    if troubles:
        return None, sorted(troubles, key=lambda trouble: trouble.line)
    matches = guesses(words_of(sheet), starts_on=starts_on, several_schools=school is None)
    TimetableImport.objects.filter(made_at__lt=at - KEPT, applied_at=None).delete()
    kept = TimetableImport.objects.create(
        school=school,
        starts_on=starts_on,
        file_name=file_name[:200],
        content=sheet.packed(),
        row_count=len(sheet.lines),
        matches=matches,
        made_by=by,
        made_at=at,
    )
    return kept, []


def _place(sheet, school):
    """Put the school's id at each row. Returns the troubles with schools that are not here."""
    if school:
        own = {word.casefold() for word in ("", school.code, school.name)}
        known = {word: school.pk for word in set(sheet.schools) if word.casefold() in own}
    else:
        ids = {}
        for pk, code, name in School.objects.open().values_list("pk", "code", "name"):
            ids |= {code.casefold(): pk, name.casefold(): pk}
        known = {word: ids[word.casefold()] for word in set(sheet.schools) if word.casefold() in ids}
    wrong = f"This line is of another school than {school}" if school else "No open school has the code or name"
    troubles = [
        Trouble(line, f"{wrong}: “{word[:60]}”.")
        for line, word in zip(sheet.lines, sheet.schools, strict=True)
        if word not in known
    ]
    sheet.schools = [known.get(word) for word in sheet.schools]
    return troubles


@transaction.atomic
def keep_matches(kept, matches, *, by):
    """Keep what the words of the file mean, unless it was brought in or is being so. Raises ChangedMeanwhile."""
    require(policy.may_import_timetable(by, kept.school))
    free = TimetableImport.objects.filter(pk=kept.pk, applied_at=None, wanted_at=None)
    if not free.update(matches=matches, refused=""):
        raise ChangedMeanwhile("This file is being brought in. Upload it again to match it in another way.")
    kept.matches = matches


def bring_in(kept, *, looked_at, by, at=None):
    """Apply a file at once, or hand a large one to the workers. Raises ChangedMeanwhile, and nothing is written."""
    require(policy.may_import_timetable(by, kept.school))
    if not kept.is_large:
        return apply(kept, looked_at=looked_at, by=by, at=at)
    asked = {"wanted_at": at or timezone.now(), "wanted_by": by, "looked_at": looked_at[:64], "refused": ""}
    if not TimetableImport.objects.filter(pk=kept.pk, applied_at=None, wanted_at=None).update(**asked):
        raise ChangedMeanwhile("This file is being brought in, or was already.")


@transaction.atomic
def apply(kept, *, looked_at, by, at=None):
    """Write what a file says, once. `looked_at` is the fingerprint of the look that the person took.

    Raises ChangedMeanwhile, and then nothing is written.
    """
    require(policy.may_import_timetable(by, kept.school))
    at = at or timezone.now()
    if not kept.content:
        raise ChangedMeanwhile("This file was brought in already.")
    sheet = Sheet.unpacked(kept.content)
    schools = hold(set(sheet.schools))
    look = look_at(kept, sheet)
    if look.troubles or look.fingerprint != looked_at:
        raise ChangedMeanwhile("Something changed while you looked. This is what the file would bring in now.")
    tables = timetables_from(schools, kept.starts_on, by=by, at=at, file_name=kept.file_name)
    ids = {school: table.pk for school, table in tables.items()}
    stored = store([(ids[slot[0]], *slot[1:]) for slot in look.slots], list(ids.values()))
    claimed = TimetableImport.objects.filter(pk=kept.pk, applied_at=None).update(
        applied_at=at, applied_by=by, content=b"", **stored._asdict()
    )
    if not claimed:
        raise ChangedMeanwhile("This file was brought in already.")
    if any(stored):
        announce(tables.values(), at=at)
    return stored
