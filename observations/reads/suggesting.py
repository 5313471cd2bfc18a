"""Who could take each of many classes: ranked as for one (ranking.py), in as many queries whatever their number.

Only substitutes, and colleagues who offered: others are asked first, on the page of the request.
"""

import datetime as dt
from collections import Counter, defaultdict
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.db.models import Count, Q

from people import clock
from people.models import SchoolYear
from schedule.busy import blocks
from schedule.models import TeachingSlot

from ..models import Coverage, CoverOffer, CoverRule, Substitute
from .availability import can_come, week_of
from .ranking import BUSY, OFFERED, SUBSTITUTE, Candidate

MOST = 5


@dataclass(frozen=True)
class Suggestion:
    """The best few candidates for a class; `pick` is the key of the first who can take it, or an empty text."""

    pick: str
    best: list


def suggest(requests):
    """{id: Suggestion} for each of these requests. Nobody is picked for two classes at one time.

    `requests` have their school at hand, and are suggested for in their order.
    """
    if not requests:
        return {}
    pool = Pool(requests)
    found, given = {}, []
    for one in requests:
        ranked = sorted(pool.candidates(one), key=lambda candidate: candidate.rank)
        free = [each for each in ranked if not each.at_limit and not clashes(each, one, given)]
        best = [*free, *(each for each in ranked if each not in free)][:MOST]
        if free:
            given.append((free[0].key, one))
        found[one.pk] = Suggestion(free[0].key if free else "", best)
    return found


def clashes(candidate, one, given):
    """Whether they are suggested for another class at that time already."""
    return any(
        key == candidate.key and other.day == one.day and other.starts < one.ends and other.ends > one.starts
        for key, other in given
    )


class Pool:
    """Everything that the candidates of some requests are ranked by, read at once."""

    def __init__(self, requests):
        self.schools = {one.school_id for one in requests}
        self.days = {one.day for one in requests}
        self.first, self.last = min(self.days), max(self.days)
        self.substitutes = list(
            Substitute.objects.filter(schools__in=self.schools).distinct().prefetch_related("times", "schools")
        )
        offers = CoverOffer.objects.filter(school__in=self.schools, person__is_active=True).select_related("person")
        self.offers = list(offers)
        self.people = list({offer.person for offer in self.offers})
        self.rules = {rule.school_id: rule for rule in CoverRule.objects.filter(school__in=self.schools)}
        usual = clock.zone_of()
        self.spans = {one.pk: span_of(one, usual) for one in requests}
        self.blocks = blocks(self.people, self.first, self.last)
        self.taken = self.read_taken()
        self.counts = self.read_counts()
        self.subjects = self.read_subjects()

    def read_taken(self):
        """{key: [(id, day, starts, ends)]}: what the candidates cover on these days, or are away from."""
        mine = Q(coverer__in=self.people) | Q(substitute__in=self.substitutes) | Q(asker__in=self.people)
        rows = Coverage.objects.live().filter(mine, day__in=self.days)
        taken = defaultdict(list)
        for one in rows.only("pk", "asker", "coverer", "substitute", "day", "starts", "ends", "state"):
            for key in {str(one.asker_id), *keys_of(one.coverer_id, one.substitute_id)}:
                taken[key].append(one)
        return taken

    def read_counts(self):
        """{key: Counter of days on which they cover}, over the school years of these days: one query more."""
        years = [year for year in SchoolYear.objects.all() if any(holds(year, day) for day in self.days)]
        self.years = years
        first = min([self.first, *(year.starts_on for year in years)])
        last = max([week_of(self.last)[1], *(year.ends_on for year in years)])
        mine = Q(coverer__in=self.people) | Q(substitute__in=self.substitutes)
        rows = Coverage.objects.named().filter(mine, day__range=(first, last)).order_by()
        counts = defaultdict(Counter)
        for coverer, substitute, day, n in rows.values_list("coverer", "substitute", "day").annotate(n=Count("pk")):
            for key in keys_of(coverer, substitute):
                counts[key][day] += n
        return counts

    def read_subjects(self):
        """{person: {(subject, first day, last day)}} of what they teach."""
        slots = TeachingSlot.objects.filter(teacher__in=self.people).exclude(subject="").order_by()
        found = defaultdict(set)
        spans = slots.values_list("teacher", "subject", "timetable__starts_on", "timetable__ends_on").distinct()
        for teacher, subject, first, last in spans:
            found[teacher].add((subject.casefold(), first, last))
        return found

    def candidates(self, one):
        for substitute in self.substitutes:
            here = one.school_id in {school.pk for school in substitute.schools.all()}
            if here and can_come(substitute, one) and self.is_free(f"substitute:{substitute.pk}", one):
                same = bool(one.subject) and one.subject.casefold() in substitute.subjects.casefold()
                yield self.candidate(substitute, f"substitute:{substitute.pk}", SUBSTITUTE, one, same=same)
        for offer in self.offers:
            person = offer.person
            here = offer.school_id == one.school_id and person.pk != one.asker_id
            if here and self.is_free(str(person.pk), one) and not self.is_busy(person, one):
                yield self.candidate(person, str(person.pk), OFFERED, one, same=self.teaches(person, one))

    def candidate(self, who, key, group, one, *, same):
        monday, sunday = week_of(one.day)
        year = next((year for year in self.years if holds(year, one.day)), None)
        days = self.counts[key]
        covered = sum(n for day, n in days.items() if year is None or holds(year, day))
        this_week = sum(n for day, n in days.items() if monday <= day <= sunday)
        most = (self.rules.get(one.school_id) or CoverRule()).most_a_week
        at_limit = group == OFFERED and this_week >= most
        return Candidate(who, group, same, covered, this_week, at_limit)

    def is_free(self, key, one):
        """Neither away from a class of their own then, nor covering another."""
        then = (other for other in self.taken[key] if other.day == one.day and other.pk != one.pk)
        return not any(other.starts < one.ends and other.ends > one.starts for other in then)

    def is_busy(self, person, one):
        starts_at, ends_at = self.spans[one.pk]
        mine = (block for block in self.blocks[person.pk] if block.kind in BUSY)
        return any(block.overlaps(starts_at, ends_at) for block in mine if block.source != f"coverage:{one.pk}")

    def teaches(self, person, one):
        return any(
            subject == one.subject.casefold() and first <= one.day and (last is None or one.day <= last)
            for subject, first, last in self.subjects[person.pk]
        )


def span_of(one, usual):
    """The moments of the class by the clock of its school; `usual` is the district's zone, asked for once."""
    zone = ZoneInfo(one.school.time_zone) if one.school.time_zone else usual
    return tuple(dt.datetime.combine(one.day, time, zone) for time in (one.starts, one.ends))


def holds(year, day):
    return year.starts_on <= day <= year.ends_on


def keys_of(coverer, substitute):
    return [*([str(coverer)] if coverer else []), *([f"substitute:{substitute}"] if substitute else [])]
