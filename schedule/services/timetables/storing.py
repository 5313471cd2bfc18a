"""Writing many slots: what a timetable should hold is compared with what it holds, and only the difference is written.

The one place that treats the databases differently. On PostgreSQL the rows go by COPY into a temporary table and the
database compares: `bulk_create` took three times as long for 100,000 rows. SQLite has no COPY, and compares in Python.
A slot that stays keeps its row, since requests for coverage point to it.
"""

from typing import NamedTuple

from django.db import connection

from schedule.models import TeachingSlot

KEY = ("timetable_id", "teacher_id", "position", "period", "class_name", "subject", "room")
COLUMNS = (*KEY, "kind")
BATCH = 1000

NAMES = ", ".join(COLUMNS)
# On a busy server a hundred thousand rows take longer than a statement of a page may. A task ends after five minutes.
PATIENCE = "SET LOCAL statement_timeout = '4min'"
INCOMING = """
    CREATE TEMPORARY TABLE incoming (timetable_id bigint, teacher_id bigint, position smallint, period varchar(20),
        class_name varchar(80), subject varchar(80), room varchar(40), kind varchar(5))
"""
COPY = f"COPY incoming ({NAMES}) FROM STDIN"
# A slot without an incoming row is gone, an incoming row without a slot is new. A full join can only be done by hash,
# so that it is quick without statistics of the temporary table.
DIFFERENCE = f"""
    CREATE TEMPORARY TABLE difference AS
    SELECT slot.id AS slot_id, incoming.*
    FROM (SELECT * FROM schedule_teachingslot WHERE timetable_id = ANY(%s)) slot
    FULL JOIN incoming ON {" AND ".join(f"slot.{name} = incoming.{name}" for name in KEY)}
    WHERE slot.id IS NULL OR incoming.timetable_id IS NULL OR slot.kind <> incoming.kind
"""
GONE = "SELECT slot_id FROM difference WHERE timetable_id IS NULL"
OTHER_KIND = """
    UPDATE schedule_teachingslot slot SET kind = difference.kind FROM difference
    WHERE slot.id = difference.slot_id AND difference.timetable_id IS NOT NULL
"""
NEW = f"INSERT INTO schedule_teachingslot ({NAMES}) SELECT {NAMES} FROM difference WHERE slot_id IS NULL"


class Stored(NamedTuple):
    """How many slots came and went, and how many became a duty or a class."""

    added: int
    removed: int
    changed: int


def store(slots, timetables):
    """Make these timetables hold exactly these slots, and say what that changed. The caller holds the lock.

    `slots` are tuples in the order of COLUMNS, no two with the same KEY, all of the timetables given (pks). No
    statement writes a row that stays as it is.
    """
    if connection.vendor == "postgresql":
        return _store_by_copy(slots, timetables)
    return _store_by_rows(slots, timetables)


def _store_by_copy(slots, timetables):
    with connection.cursor() as cursor:
        cursor.execute(PATIENCE)
        cursor.execute(INCOMING)
        with cursor.copy(COPY) as copy:
            for slot in slots:
                copy.write_row(slot)
        cursor.execute(DIFFERENCE, [list(timetables)])
        gone = [pk for (pk,) in cursor.execute(GONE).fetchall()]
        _remove(gone)
        changed = cursor.execute(OTHER_KIND).rowcount
        added = cursor.execute(NEW).rowcount
        cursor.execute("DROP TABLE incoming, difference")
    return Stored(added, len(gone), changed)


def _store_by_rows(slots, timetables):
    rows = TeachingSlot.objects.filter(timetable__in=timetables).order_by()
    here = {tuple(row[1:-1]): row for row in rows.values_list("pk", *COLUMNS)}
    wanted = {slot[:-1]: slot for slot in slots}
    gone = [row[0] for key, row in here.items() if key not in wanted]
    other_kind = [(here[key][0], slot[-1]) for key, slot in wanted.items() if key in here and here[key][-1] != slot[-1]]
    new = [TeachingSlot(**dict(zip(COLUMNS, slot, strict=True))) for key, slot in wanted.items() if key not in here]
    _remove(gone)
    changed = [TeachingSlot(pk=pk, kind=kind) for pk, kind in other_kind]
    TeachingSlot.objects.bulk_update(changed, ["kind"], batch_size=BATCH)
    TeachingSlot.objects.bulk_create(new, batch_size=BATCH)
    return Stored(len(new), len(gone), len(changed))


def _remove(slots):
    """By Django, which lets go of what points to them: the foreign keys of upper apps are not known here."""
    for start in range(0, len(slots), BATCH):
        TeachingSlot.objects.filter(pk__in=slots[start : start + BATCH]).delete()
