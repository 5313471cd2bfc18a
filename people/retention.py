"""How long records are kept: the spans that a district sets, and the rules that name what is deleted after them.

Adding a rule is a row: each room lists its own in `personal.py` and fills it into `people.registry.RULES`.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from django.apps import apps
from django.db import transaction
from django.db.models import Expression, FileField

from . import clock
from .models import RetentionSpan, SchoolYear

WEEK = dt.timedelta(days=7)
YEAR_ENDS = (6, 30)  # the day by which the notes of a school year go, whatever their span


@dataclass(frozen=True)
class Span:
    key: str
    label: str
    unit: str  # "days", "years" or "school years"
    usual: int
    help: str = ""


SPANS = {
    span.key: span
    for span in (
        Span(
            "notes",
            "Observation notes and what was prepared for visits",
            "days",
            30,
            "After they were handed to the one who was observed; on June 30 at the latest. Owners can keep theirs.",
        ),
        Span("records", "Plans, coverage and hours", "school years", 5, "After the school year in which they were."),
        Span("views", "The log of who viewed what", "years", 3, "The log itself keeps a year at least."),
        Span("changes", "The log of what was changed", "years", 7, "The log itself keeps a year at least."),
        Span("mail", "Notices, and copies of e-mails", "days", 400),
        Span("uploads", "Uploaded staff lists and timetables", "days", 30, "The rows of a file, not what it changed."),
    )
}


@dataclass(frozen=True)
class Cutoff:
    """What a rule compares its rows with: they are due when they were done with before this moment."""

    before: dt.datetime
    year_end: dt.datetime  # the start of the day after the last June 30


def erase_rows(rows):
    """Delete rows, and their files once that is certain."""
    delete_files([getattr(row, name) for name in file_fields(rows.model) for row in rows.exclude(**{name: ""})])
    rows.delete()


def file_fields(model):
    return [field.name for field in model._meta.concrete_fields if isinstance(field, FileField)]


def delete_files(files):
    for file in files:
        transaction.on_commit(partial(file.storage.delete, file.name))


@dataclass(frozen=True)
class Rule:
    """Which rows of a model are deleted after which span.

    `due` is (cutoff) -> Q. `people` are the paths to those whom a legal hold may name, `within` the paths to other
    models that one may name ({"partnerships.Partnership": "partnership"}). Where there is an `owner` (a path or
    expression), they are told a week before and may keep the row. `forget(rows)` does the deleting, in a transaction;
    what it leaves must no longer be due.
    """

    key: str
    what: str  # in the plural, as its owner calls it: "observation notes"
    model: str
    span: str
    due: Callable
    people: str = ""
    within: dict = field(default_factory=dict)
    owner: str | Expression = ""
    forget: Callable = erase_rows

    @property
    def model_class(self):
        return apps.get_model(self.model)


def spans():
    """{key: amount} as the district has set them."""
    usual = {key: span.usual for key, span in SPANS.items()}
    return usual | dict(RetentionSpan.objects.filter(key__in=SPANS).values_list("key", "amount"))


def cutoff_of(span, amount, today):
    return Cutoff(before=_start_of(_first_day_kept(span, amount, today)), year_end=_start_of(_after_june(today)))


def _first_day_kept(span, amount, today):
    if span.unit == "days":
        return today - dt.timedelta(days=amount)
    if span.unit == "years":
        return _years_before(today, amount)
    year = SchoolYear.objects.holding(today)
    return _years_before(year.starts_on if year else _after_june(today), amount)


def _years_before(day, years):
    # From 1 March where the earlier year has no 29 February.
    is_leap_day = (day.month, day.day) == (2, 29)
    return (day.replace(month=3, day=1) if is_leap_day else day).replace(year=day.year - years)


def _after_june(today):
    """The day after the last year's end that has passed."""
    first = dt.date(today.year, *YEAR_ENDS) + dt.timedelta(days=1)
    return first if first <= today else first.replace(year=today.year - 1)


def _start_of(day):
    return clock.at(day, dt.time())


def in_words(amount, unit):
    """5 school years; 1 day."""
    return f"{amount} {unit[:-1] if amount == 1 else unit}"
