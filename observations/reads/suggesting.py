"""Who could take each of many classes: ranked as for one (ranking.py), in as many queries whatever their number.

Only substitutes, and colleagues who offered: others are asked first, on the page of the request.
"""

import datetime as dt
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from schedule.busy import taken_at

from ..models import CoverRule
from . import cover_rows
from .availability import times_allow, week_of
from .ranking import BUSY, OFFERED, SUBSTITUTE, Candidate

MOST = 5
YEAR = dt.timedelta(days=366)


@dataclass(frozen=True)
class Suggestion:
    """The best few candidates for a class; `pick` is the key of the first who can take it, or an empty text."""

    pick: str
    best: list


def suggest(requests):
    """{id: Suggestion} for each of these requests: three queries. Nobody is picked for two classes at one time.

    `requests` have their school with its rule of cover at hand, and the name of its `zone`; they are suggested for in
    their order.
    """
    if not requests:
        return {}
    pool = Pool(requests)
    found, given = {}, defaultdict(list)
    for one in requests:
        free, rest = [], []
        for candidate in pool.ranked(one):
            if len(free) == MOST:
                break
            if pool.can_take(candidate, one):
                is_given = any(overlap(other, one) for other in given[candidate.key, one.day])
                (rest if candidate.at_limit or is_given else free).append(candidate)
        if free:
            given[free[0].key, one.day].append(one)
        found[one.pk] = Suggestion(free[0].key if free else "", [*free, *rest][:MOST])
    return found


def overlap(one, other):
    return one.starts < other.ends and other.starts < one.ends


@dataclass(eq=False)
class Coverer:
    """A colleague who offered, or a substitute with when they can come. `taught` are (subject, first and last day)."""

    pk: int
    name: str
    email: str = ""
    subjects: str = ""
    ended_on: dt.date | None = None
    times: list = field(default_factory=list)
    taught: list = field(default_factory=list)

    def __str__(self):
        return self.name or self.email

    def teaches(self, one):
        subject = one.subject.casefold()
        return any(
            name.casefold() == subject and first <= one.day and (last is None or one.day <= last)
            for name, first, last in self.taught
        )


class Pool:
    """Everything that the candidates of some requests are ranked by, read at once."""

    def __init__(self, requests):
        days = {one.day for one in requests}
        self.read_who({one.school_id for one in requests}, min(days), max(days))
        self.spans = {one.pk: (one.day, one.starts, one.ends, one.zone) for one in requests}
        self.moments = {pk: moments_of(span) for pk, span in self.spans.items()}
        self.blocks = taken_at(self.people.values(), list(self.spans.values()))
        self.read_covered(days)
        self.known = {}

    def read_who(self, schools, first, last):
        """Colleagues and substitutes by id, and [(group, Coverer)] of each school."""
        rows = defaultdict(list)
        for row in cover_rows.who_rows(list(schools), first, last):
            rows[row.kind].append(row)
        self.people = {row.who: Coverer(row.who, row.name, row.words) for row in rows[cover_rows.OFFER]}
        self.substitutes = {
            row.who: Coverer(row.who, row.name, "", row.words, row.last) for row in rows[cover_rows.SUBSTITUTE]
        }
        for row in rows[cover_rows.TIME]:
            self.substitutes[row.who].times.append(row)
        for row in rows[cover_rows.SUBJECT]:
            self.people[row.who].taught.append((row.words, row.day, row.last))
        self.years = [(row.day, row.last) for row in rows[cover_rows.YEAR]]
        self.at_school = defaultdict(list)
        for row in rows[cover_rows.SUBSTITUTE]:
            self.at_school[row.school].append((SUBSTITUTE, self.substitutes[row.who]))
        for row in rows[cover_rows.OFFER]:
            self.at_school[row.school].append((OFFERED, self.people[row.who]))

    def read_covered(self, days):
        """By key: the classes that they cover or are away from on these days, and how many they cover on which day."""
        first, last = min(days) - YEAR, max(days) + YEAR
        self.taken, self.counts = defaultdict(list), defaultdict(Counter)
        for row in cover_rows.cover_rows(list(self.people), list(self.substitutes), sorted(days), (first, last)):
            covers = key_of(SUBSTITUTE, row.substitute) if row.substitute else key_of(OFFERED, row.coverer)
            if row.pk is None:
                self.counts[covers][row.day] += row.count
            else:
                for key in {covers, key_of(OFFERED, row.asker)}:
                    self.taken[key, row.day].append(row)

    def ranked(self, one):
        """Candidates of the school, the best first, whether or not they are free then; the same for a week."""
        week = week_of(one.day)
        year = next((year for year in self.years if within(one.day, year)), None)
        # What they teach depends on the day as well.
        key = (one.school_id, week, year, one.subject, one.day if one.subject else None)
        if key not in self.known:
            most = (getattr(one.school, "cover_rule", None) or CoverRule()).most_a_week
            found = [self.candidate(*pair, one, week, year, most) for pair in self.at_school[one.school_id]]
            self.known[key] = sorted(found, key=lambda candidate: candidate.rank)
        return self.known[key]

    def candidate(self, group, who, one, week, year, most):
        days = self.counts[key_of(group, who.pk)]
        covered = sum(n for day, n in days.items() if year is None or within(day, year))
        this_week = sum(n for day, n in days.items() if within(day, week))
        if group == SUBSTITUTE:
            same = bool(one.subject) and one.subject.casefold() in who.subjects.casefold()
            return Candidate(who, group, same, covered, this_week)
        return Candidate(who, group, who.teaches(one), covered, this_week, this_week >= most)

    def can_take(self, candidate, one):
        """Neither away from a class of their own then, nor covering another, nor busy; a substitute who can come."""
        who, pk = candidate.who, one.pk
        if any(overlap(other, one) for other in self.taken[candidate.key, one.day] if other.pk != pk):
            return False
        if candidate.group == SUBSTITUTE:
            return times_allow(who.times, who.ended_on, one)
        then = (block for block in self.blocks[who.pk] if block.overlaps(*self.moments[pk]))
        return who.pk != one.asker_id and not any(
            block.kind in BUSY and block.source != f"coverage:{pk}" for block in then
        )


def key_of(group, pk):
    """What a form sends back for them."""
    return f"substitute:{pk}" if group == SUBSTITUTE else str(pk)


def moments_of(span):
    day, starts, ends, zone = span
    return tuple(dt.datetime.combine(day, time, ZoneInfo(zone)) for time in (starts, ends))


def within(day, span):
    return span[0] <= day <= span[1]
