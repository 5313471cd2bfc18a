"""Fill a fresh database with history, by PostgreSQL itself: 300,000 partnerships in a few minutes."""

import math
from dataclasses import dataclass
from pathlib import Path

import psycopg

HISTORY = Path(__file__).with_name("history.sql")

# The rows are written by hand-made INSERTs, which name only the columns that matter here.
DEFAULTS = {
    "character varying": "''",
    "text": "''",
    "boolean": "false",
    "jsonb": "'{}'",
    "smallint": "0",
    "integer": "0",
    "timestamp with time zone": "now()",
}
REQUIRED_COLUMNS = """
    SELECT table_name, column_name, data_type FROM information_schema.columns
    WHERE table_schema = 'public' AND is_nullable = 'NO' AND is_identity = 'NO' AND column_default IS NULL
"""
PLAIN_INDEXES = """
    SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' AND tablename = ANY(%s)
    AND NOT EXISTS (SELECT FROM pg_constraint WHERE conname = indexname) AND indexdef NOT LIKE 'CREATE UNIQUE%%'
"""
IDENTITIES = """
    SELECT table_name, pg_get_serial_sequence(table_name, column_name) FROM information_schema.columns
    WHERE table_schema = 'public' AND is_identity = 'YES'
"""
LARGE = [
    "partnerships_step",
    "partnerships_member",
    "partnerships_happening",
    "partnerships_entry",
    "partnerships_timespent",
    "partnerships_quickreflection",
    "partnerships_selfassessment",
    "schedule_event",
    "schedule_attendance",
    "schedule_booking",
    "schedule_schoolday",
    "schedule_teachingslot",
    "observations_coverage",
    "notices_notice",
]


@dataclass(frozen=True)
class District:
    """How large the district is, and who in it is measured."""

    rows: int

    @property
    def schools(self):
        """Both the district and each school's history grow: 40 schools of 250 partnerships, 219 of 1,370."""
        return max(4, int(0.4 * math.sqrt(self.rows)))

    @property
    def people(self):
        staff = self.schools * 50
        return {"principal": 1, "teacher": 5, "facilitator": staff + 1, "admin": staff + 2}


def seed(database, district):
    """Write the history. Foreign keys are not checked on the way in: the statements keep them by construction."""
    with psycopg.connect(database, autocommit=True, cursor_factory=psycopg.ClientCursor) as connection:
        connection.execute(
            "SET session_replication_role = replica; SET synchronous_commit = off; SET work_mem = '256MB'"
        )
        for table, column, kind in connection.execute(REQUIRED_COLUMNS).fetchall():
            if kind in DEFAULTS:
                connection.execute(f'ALTER TABLE "{table}" ALTER COLUMN "{column}" SET DEFAULT {DEFAULTS[kind]}')
        indexes = connection.execute(PLAIN_INDEXES, [LARGE]).fetchall()
        for name, _ in indexes:
            connection.execute(f'DROP INDEX "{name}"')
        facts = {"rows": district.rows, "schools": district.schools}
        for statement in statements():
            connection.execute(statement, facts)
        connection.execute("SET maintenance_work_mem = '512MB'")
        for _, definition in indexes:
            connection.execute(definition)
        settle(connection)


def statements():
    return [part for part in HISTORY.read_text().split(";\n") if part.strip()]


def settle(connection):
    """What a database has after years of use: sequences past the last row, and statistics."""
    for table, sequence in connection.execute(IDENTITIES).fetchall():
        connection.execute(f"SELECT setval('{sequence}', coalesce((SELECT max(id) FROM \"{table}\"), 0) + 1)")
    connection.execute("VACUUM (ANALYZE)")
