"""Starting a partnership: the menu's steps become its own."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from people import clock
from people.access import require
from people.models import School, SchoolYear
from supports.models import StepTemplate

from ..models import Happening, Member, Partnership, Plan, Step
from ..policy import may_start
from .ground import NotYet, note
from .progress import move_on

LONGEST = dt.timedelta(days=365)


def year_of(day):
    """The school year that a day falls in. Raises NotYet when no admin has set one up."""
    year = SchoolYear.objects.holding(day)
    if year is None:
        raise NotYet("No school year is set up yet. A district admin can add one under District, School years.")
    return year


def school_of(person):
    """The school where a person works first, or None."""
    return School.objects.filter(posts__in=person.posts.current()).order_by("posts__pk").first()


def home_school(person):
    """The school where a person works first. Raises NotYet for somebody without a post."""
    school = school_of(person)
    if school is None:
        raise NotYet(f"{person} has no post at a school yet. A district admin can add one.")
    return school


def span(starts_on, wanted_end):
    """A timeline of at most a year: (end, day to revisit it or None)."""
    if wanted_end - starts_on <= LONGEST:
        return max(wanted_end, starts_on), None
    return starts_on + LONGEST, starts_on + LONGEST


def working_day(day):
    """The day itself, or the Friday before a weekend: nothing falls due when nobody works."""
    return day - dt.timedelta(days=max(day.weekday() - 4, 0))


@transaction.atomic
def start(support, *, by, lead=None, session=None, ends_on=None, renewed_from=None, at=None):
    """Start a support and copy its steps; `lead` is `by` unless a facilitator sets it up for somebody.

    Raises PermissionDenied, or NotYet when there is no school year or the lead has no school.
    """
    require(renewed_from or may_start(by, support), "A facilitator sets this one up: ask from its page on the menu.")
    at, lead = at or timezone.now(), lead or by
    school = home_school(lead)
    partnership = begin(support, school, by=by, session=session, ends_on=ends_on, renewed_from=renewed_from, at=at)
    Member.objects.create(
        partnership=partnership,
        person=lead,
        school=school,
        part=Member.Part.LEAD,
        state=Member.State.ACTIVE,
        invited_at=at,
        answered_at=at,
    )
    Plan.objects.create(partnership=partnership, changed_at=at, goal=session.goal if session else "")
    copy_steps(partnership)
    note(partnership, Happening.Verb.STARTED, by=by, at=at)
    move_on(partnership, by=by, at=at)
    return partnership


def begin(support, school, *, by, session, ends_on, renewed_from, at):
    """The partnership's own row; without a wanted end its timeline is as long as the support usually takes."""
    today = clock.today(school, at)
    end, revisit_on = span(today, ends_on or today + dt.timedelta(days=support.usual_days))
    return Partnership.objects.create(
        support=support,
        school=school,
        year=year_of(today),
        session=session,
        renewed_from=renewed_from,
        started_by=by,
        started_at=at,
        changed_at=at,
        starts_on=today,
        ends_on=end,
        revisit_on=revisit_on,
    )


def copy_steps(partnership):
    """Copy the menu's steps, words and all: from here on the menu may change without moving this work."""
    templates = list(StepTemplate.objects.filter(support=partnership.support))
    longest = max((t.due_after_days or 0 for t in templates), default=0) or 1
    members = list(partnership.members.filter(state=Member.State.ACTIVE))
    days = (partnership.ends_on - partnership.starts_on).days
    steps = []
    for number, template in enumerate(templates, start=1):
        share = (template.due_after_days or longest * number / len(templates)) / longest
        due_on = working_day(partnership.starts_on + dt.timedelta(days=round(days * share)))
        for member in members if template.each_member else [None]:
            steps.append(Step(partnership=partnership, member=member, share=share, due_on=due_on, **template.words()))
    Step.objects.bulk_create(steps)
