"""The learning walks of a school year that were held, as rows to count: one statement, which reads no words."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Case, DateTimeField, F, Q, Value, When
from django.utils import timezone

from observations.models import Coverage, NextTry, Walk, WalkVisit
from schedule.models import Attendance


@dataclass(frozen=True)
class Row:
    """One thing of a walk that was held at `school`.

    `kind` is "visit" (`person` is the host), "there" (who came to that visit), "round" (who came to all of them),
    "cover" (whose class was covered, at the school `of`), "step" or "tried" (who set out to try something, and who
    did). The moments are those of a visit. All but the kind and the moments are ids.
    """

    kind: str
    school: int
    walk: int
    person: int
    of: int
    starts_at: datetime | None
    ends_at: datetime | None

    @property
    def minutes(self):
        return int((self.ends_at - self.starts_at).total_seconds() // 60)


NO_MOMENT = Value(None, output_field=DateTimeField(null=True))
NO_SPAN = (NO_MOMENT, NO_MOMENT)
SPAN = ("event__starts_at", "event__ends_at")
COMING = [Attendance.Answer.ASKED, Attendance.Answer.ACCEPTED]
AT_VISIT = {"event__attendances__visited": False, "event__attendances__answer__in": COMING}
# The facilitator attends the round as well, and counts as a visitor only with a place on the walk.
ON_ROUND = {
    "round__cancelled_at": None,
    "round__attendances__answer__in": COMING,
    "participants__person": F("round__attendances__person"),
    "participants__withdrew_at": None,
}


def rows_of(year, schools):
    """A `Row` for each thing that counts, of walks on a day of the school year at these schools (ids; None: all)."""
    walks = Walk.objects.filter(held(year, schools)).order_by()
    visits = WalkVisit.objects.filter(held(year, schools, walk="walk__"), event__cancelled_at=None).order_by()
    steps = NextTry.objects.filter(held(year, schools, walk="walk__")).order_by()
    step_or_tried = Case(When(tried_on=None, then=Value("step")), default=Value("tried"))
    parts = (
        visits.values_list(Value("visit"), *of_visit("host"), *SPAN),
        visits.filter(**AT_VISIT).values_list(Value("there"), *of_visit("event__attendances__person"), *SPAN),
        walks.filter(**ON_ROUND).values_list(Value("round"), *of_walk("round__attendances__person"), *NO_SPAN),
        *(cover(walks, of_walk, event) for event in ("pre_brief", "round", "debrief")),
        cover(visits, of_visit, "event"),
        steps.values_list(step_or_tried, *of_visit("person"), *NO_SPAN),
    )
    return [Row(*columns) for columns in parts[0].union(*parts[1:], all=True)]


def held(year, schools, *, walk=""):
    """A filter on rows to which a walk is `walk`: told to its people, not called off, and over."""
    facts = {"published_at__isnull": False, "cancelled_at": None, "day__range": (year.starts_on, year.ends_on)}
    if schools is not None:
        facts["school__in"] = schools
    is_over = Q(**{f"{walk}closed_at__isnull": False}) | Q(**{f"{walk}day__lt": timezone.localdate()})
    return is_over & Q(**{f"{walk}{name}": value for name, value in facts.items()})


def of_walk(person, place="school"):
    return "school", "pk", person, place


def of_visit(person, place="walk__school"):
    """The same of a row that belongs to a walk."""
    return "walk__school", "walk", person, place


def cover(rows, of, event):
    """The classes that somebody covered, or was to, for those who went to the event of these rows."""
    going = rows.filter(**{f"{event}__coverage__state__in": Coverage.GOING})
    named = of(f"{event}__coverage__asker", f"{event}__coverage__school")
    return going.values_list(Value("cover"), *named, *NO_SPAN)
