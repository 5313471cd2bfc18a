"""Who could take a class, the best first, each with the reason in words."""

from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q

from people import clock
from people.models import SchoolYear, User
from schedule.busy import blocks
from schedule.models import TeachingSlot, Timetable

from ..models import Coverage, CoverOffer, CoverRule, Substitute
from .availability import can_come, week_of

SUBSTITUTE, OFFERED, ASK_FIRST = "Substitutes", "Colleagues who offered", "Have not offered: ask them first"
GROUPS = [SUBSTITUTE, OFFERED, ASK_FIRST]
BUSY = {"class", "duty", "event", "cover"}


@dataclass(frozen=True)
class Candidate:
    """Somebody who is free then. `covered` counts this school year's classes, `this_week` those of that week."""

    who: object  # whoever has a pk, a name and words for a page
    group: str
    same_subject: bool
    covered: int
    this_week: int
    at_limit: bool = False

    @property
    def key(self):
        """What a form sends back."""
        return f"substitute:{self.who.pk}" if self.group == SUBSTITUTE else str(self.who.pk)

    @property
    def reason(self):
        times = {0: "has not covered yet this year", 1: "covered once this year"}
        parts = ["substitute"] if self.group == SUBSTITUTE else []
        parts += ["same subject"] if self.same_subject else []
        parts.append(times.get(self.covered, f"covered {self.covered} times this year"))
        if self.at_limit:
            parts.append(f"covers {self.this_week} that week already, which is the most")
        return ", ".join(parts)

    @property
    def rank(self):
        return self.at_limit, GROUPS.index(self.group), not self.same_subject, self.covered, self.who.name, self.key


def coverers_for(coverage):
    """Substitutes who can come, and colleagues who have no class, duty or date then: a constant number of queries.

    First those who may still cover that week; then substitutes, colleagues who offered, and the others; of those the
    same subject first, then who covered the fewest classes this school year.
    """
    return sorted([*substitutes_for(coverage), *colleagues_for(coverage)], key=lambda one: one.rank)


def colleagues_for(coverage):
    most = (CoverRule.objects.filter(school=coverage.school_id).first() or CoverRule()).most_a_week
    staff = User.objects.staff_of([coverage.school_id]).exclude(taken(coverage))
    offers = CoverOffer.objects.filter(person=OuterRef("pk"), school=coverage.school_id)
    staff = list(
        staff.annotate(
            offered=Exists(offers), same_subject=Exists(taught(coverage)), **counts(coverage, "coverage_given")
        )
    )
    busy = blocks(staff, coverage.day, coverage.day)
    starts_at, ends_at = (clock.at(coverage.day, time, coverage.school) for time in (coverage.starts, coverage.ends))
    own = f"coverage:{coverage.pk}"
    for one in staff:
        then = (block for block in busy[one.pk] if block.kind in BUSY and block.source != own)
        if not any(block.overlaps(starts_at, ends_at) for block in then):
            group = OFFERED if one.offered else ASK_FIRST
            yield Candidate(one, group, one.same_subject, one.covered, one.this_week, one.this_week >= most)


def substitutes_for(coverage):
    there = Substitute.objects.filter(schools=coverage.school_id).exclude(
        pk__in=others_then(coverage).named().filter(substitute__isnull=False).values("substitute")
    )
    subject = coverage.subject.casefold()
    for one in there.annotate(**counts(coverage, "coverage")).prefetch_related("times"):
        if can_come(one, coverage):
            same = bool(subject) and subject in one.subjects.casefold()
            yield Candidate(one, SUBSTITUTE, same, one.covered, one.this_week)


def others_then(coverage):
    return Coverage.objects.overlapping(coverage.day, coverage.starts, coverage.ends).exclude(pk=coverage.pk)


def taken(coverage):
    """Who is away from a class of their own at that time, or covers another."""
    then = others_then(coverage)
    given = then.named().filter(coverer__isnull=False)
    return Q(pk=coverage.asker_id) | Q(pk__in=given.values("coverer")) | Q(pk__in=then.live().values("asker"))


def taught(coverage):
    """The same subject in the timetable of that day, by the teacher of the outer row."""
    holding = Timetable.objects.holding(coverage.day).values("pk")
    slots = TeachingSlot.objects.filter(teacher=OuterRef("pk"), timetable__in=holding)
    return slots.filter(subject__iexact=coverage.subject) if coverage.subject else slots.none()


def counts(coverage, path):
    """How often somebody covers this school year and in that week, without this class itself."""
    # "Another" in two halves: a negation over many rows would leave out whoever has this one.
    another = Q(**{f"{path}__pk__lt": coverage.pk}) | Q(**{f"{path}__pk__gt": coverage.pk})
    named = Q(**{f"{path}__state__in": Coverage.NAMED}) & another
    year, week = SchoolYear.objects.holding(coverage.day), week_of(coverage.day)
    this_year = Q(**{f"{path}__day__range": (year.starts_on, year.ends_on)}) if year else Q()
    this_week = Q(**{f"{path}__day__range": week})
    return {
        "covered": Count(path, filter=named & this_year, distinct=True),
        "this_week": Count(path, filter=named & this_week, distinct=True),
    }
