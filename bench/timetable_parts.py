"""One part of bench/timetable_import.py in a process of its own: python -m bench.timetable_parts fill|keep|apply|base.

Prints what the next part needs, or of a measured one processor seconds, MB of write-ahead log, MiB at the most.
"""

import csv
import datetime as dt
import os
import resource
import sys
from contextlib import contextmanager
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "peerlearn.settings")
django.setup()

from django.db import connection, transaction  # noqa: E402 -- Django is there only now

from bench.server import spent  # noqa: E402 -- as above
from people.models import Post, Role, School, User  # noqa: E402 -- as above
from schedule.models import BellSchedule, Period, TimetableImport  # noqa: E402 -- as above
from schedule.plausible import plausible  # noqa: E402 -- as above
from schedule.services.timetables import keep_file, look_at  # noqa: E402 -- as above
from schedule.services.timetables.importing import apply  # noqa: E402 -- as above

SCHOOLS, ROWS_OF_ONE, DAY = 60, 32, dt.date(2026, 8, 17)
NAMES = "timetable_id, teacher_id, position, period, class_name, subject, room, kind"
BASE_TABLE = """
    CREATE TABLE base_slot (LIKE schedule_teachingslot INCLUDING ALL);
    ALTER TABLE base_slot ADD FOREIGN KEY (timetable_id) REFERENCES schedule_timetable DEFERRABLE INITIALLY DEFERRED;
    ALTER TABLE base_slot ADD FOREIGN KEY (teacher_id) REFERENCES people_user DEFERRABLE INITIALLY DEFERRED
"""


def fill(rows):
    """Schools with bells and staff; their timetables as a file of so many rows."""
    admin = User.objects.create(email="admin@bench.example", name="Admin")
    Post.objects.create(user=admin, role=Role.ADMIN)
    lines = [["school", "teacher", "day", "period", "class", "room", "subject"]]
    for number in range(SCHOOLS):
        school = School.objects.create(name=f"School {number}", code=f"s{number}")
        plan = plausible("middle", hire(school, -(-int(rows) // SCHOOLS // ROWS_OF_ONE) + 1), seed=number)
        usual = BellSchedule.objects.create(school=school)
        rings = plan.bells["Regular day"]
        Period.objects.bulk_create([Period(schedule=usual, name=n, starts=s, ends=e) for n, s, e in rings])
        lines += [[school.code, *row[:-1]] for row in plan.rows]
    with open(file(), "w", newline="") as out:
        csv.writer(out).writerows(lines[: int(rows) + 1])
    with connection.cursor() as cursor:
        cursor.execute(BASE_TABLE)
    return [len(lines) - 1]


def hire(school, count):
    codes = [f"{school.code}-{number}" for number in range(count)]
    people = [User(email=f"{code}@bench.example", name=f"Teacher {code}", staff_code=code) for code in codes]
    made = User.objects.bulk_create(people)
    Post.objects.bulk_create([Post(user=user, role=Role.TEACHER, school=school) for user in made])
    return codes


def file():
    return Path(os.environ["DATA_DIR"]) / "timetable.csv"


def keep(what):
    """The file uploaded and looked at, before a new or an unchanged import."""
    with connection.cursor() as cursor:
        if what == "new":
            cursor.execute("TRUNCATE base_slot; TRUNCATE schedule_timetable CASCADE")
        cursor.execute("CHECKPOINT")
    admin = User.objects.get(email="admin@bench.example")
    with measured() as taken:
        kept, troubles = keep_file(file().read_bytes(), file_name="tt.csv", starts_on=DAY, school=None, by=admin)
    look = look_at(kept)
    if troubles or look.troubles:
        sys.exit(f"The file is not right: {(troubles or look.troubles)[:3]}")
    return [kept.pk, look.fingerprint, *taken]


def ours(pk, fingerprint):
    kept, admin = TimetableImport.objects.get(pk=pk), User.objects.get(email="admin@bench.example")
    with measured() as taken:
        apply(kept, looked_at=fingerprint, by=admin)
    return taken


def base():
    """The least that the database has to do: the same rows, finished."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {NAMES} FROM schedule_teachingslot")
        rows = cursor.fetchall()
        with measured() as taken, transaction.atomic():
            cursor.execute(f"CREATE TEMPORARY TABLE given ON COMMIT DROP AS SELECT {NAMES} FROM base_slot LIMIT 0")
            with cursor.copy(f"COPY given ({NAMES}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
            cursor.execute(f"INSERT INTO base_slot ({NAMES}) SELECT {NAMES} FROM given ON CONFLICT DO NOTHING")
    return taken


def settle():
    """What autovacuum does in between, so that it does not happen in the middle of a measure."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE) schedule_teachingslot, base_slot, schedule_timetable")


@contextmanager
def measured():
    """Processor seconds of this process and of its connection in PostgreSQL, MB of log, MiB at the most."""
    taken = []
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (backend,) = cursor.fetchone()
    log, before = log_position(), spent(backend) + spent(os.getpid())
    yield taken
    seconds = (spent(backend) + spent(os.getpid()) - before) / 1000
    taken += [seconds, float(log_position() - log) / 1e6, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024]


def log_position():
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_wal_lsn() - '0/0'::pg_lsn")
        return cursor.fetchone()[0]


PARTS = {"fill": fill, "keep": keep, "ours": ours, "base": base, "settle": settle}

if __name__ == "__main__":
    print(*(PARTS[sys.argv[1]](*sys.argv[2:]) or []))
