"""What a plan of a learning walk costs, reckoned from the plan alone: for the checker, not the planner's own reckoning.

The items and their order are `planner.question.Cost`; source: issue 4, line 2. Minutes after midnight throughout.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass

from .planner.question import Cost


class Sight:
    """A question and a plan, looked at once: who is whom, everybody's day, and what it takes from classes."""

    def __init__(self, question, plan):
        self.question, self.plan = question, plan
        self.visitors = {visitor.key: visitor for visitor in question.visitors}
        self.hosts = {host.key: host for host in question.hosts}
        self.visits = sorted(plan.visits, key=lambda visit: visit.starts)
        self.of = {key: [visit for visit in self.visits if key in visit.visitors] for key in self.visitors}
        self.at = {key: [visit for visit in self.visits if visit.host == key] for key in self.hosts}
        self.opens = plan.pre_brief + question.pre_brief_minutes
        self.covers = [
            (key, lesson) for key, one in self.visitors.items() for lesson in one.lessons if self.misses(key, lesson)
        ]

    def ends(self, visit):
        return visit.starts + self.question.visit_minutes

    def day_of(self, key):
        """(start, end, room) of all that the visitor attends."""
        asked = self.question
        yield self.plan.pre_brief, self.opens, asked.meeting_room
        yield self.plan.debrief, self.plan.debrief + asked.debrief_minutes, asked.meeting_room
        for visit in self.of[key]:
            yield visit.starts, self.ends(visit), self.room_of(visit)

    def room_of(self, visit):
        return self.hosts[visit.host].room if visit.host in self.hosts else ""

    def misses(self, key, lesson):
        """Something of the visitor's day overlaps the class, with the walk from it and to it."""
        for starts, ends, room in self.day_of(key):
            walk = self.question.walking.minutes(lesson.room, room)
            if starts - walk < lesson.ends and lesson.starts < ends + walk:
                return True
        return False

    def name(self, key):
        one = self.visitors.get(key) or self.hosts.get(key)
        return one.name or str(key) if one else str(key)

    def names(self, keys):
        return " and ".join(sorted(map(self.name, keys)))


@dataclass(frozen=True)
class Covering:
    """How many substitutes to call in, and classes that nobody is left for: {period: how many}."""

    called: int
    missing: dict


def cost_of(seen):
    """The Cost of a plan, of one that breaks rules too."""
    return Cost(
        changes_of(seen),
        sum(not is_matched(seen, visitor) for visitor in seen.question.visitors),
        len(seen.covers),
        covering(seen).called,
        unevenness_of(seen),
        sum(minutes_of(seen, visitor) for visitor in seen.question.visitors),
    )


def changes_of(seen):
    """Entries of schedules that are gone or new, of those who were on the earlier plan and still come."""
    earlier = seen.question.earlier
    if earlier is None:
        return 0
    here = {key for team in earlier.teams for key in team} & set(seen.visitors)
    before, now = (
        {(key, v.host, v.starts) for v in plan.visits for key in v.visitors & here} for plan in (earlier, seen.plan)
    )
    moved = (earlier.pre_brief != seen.plan.pre_brief) + (earlier.debrief != seen.plan.debrief)
    return len(before ^ now) + moved * len(here)


def is_matched(seen, visitor):
    hosts = [seen.hosts[visit.host] for visit in seen.of[visitor.key] if visit.host in seen.hosts]
    return any(not visitor.focus or visitor.focus & host.focus for host in hosts)


def unevenness_of(seen):
    """Only of doors that are open for a whole visit at some time of the half day."""
    half, length = seen.question.half_day, seen.question.visit_minutes
    counts = [
        len(seen.at[key])
        for key, host in seen.hosts.items()
        if host.most and any(min(span.ends, half.closes) - max(span.starts, half.opens) >= length for span in host.open)
    ]
    return max(counts, default=0) - min(counts, default=0)


def minutes_of(seen, visitor):
    """Between the meetings, without visits and without the classes that the visitor teaches."""
    first, last = seen.opens, seen.plan.debrief
    covered = {lesson for key, lesson in seen.covers if key == visitor.key}
    taught = [
        lesson for lesson in visitor.lessons if lesson not in covered and first <= lesson.starts and lesson.ends <= last
    ]
    visiting = len(seen.of[visitor.key]) * seen.question.visit_minutes
    return last - first - visiting - sum(lesson.ends - lesson.starts for lesson in taught)


def covering(seen):
    """How few substitutes are enough when colleagues help where they can: tried from none upwards."""
    asked, needed = seen.question, Counter(lesson.period for _, lesson in seen.covers)
    for called in range(max(needed.values(), default=0) + 1):
        left = {period: count - min(called, asked.substitutes.get(period, 0)) for period, count in needed.items()}
        missing = without_colleague(asked.colleagues, left)
        if not missing:
            break
    return Covering(called, missing)


def without_colleague(colleagues, left):
    """{period: classes} that nobody takes when colleagues take as many as they can: by changing places."""
    takes, missing = defaultdict(set), Counter()
    for period, count in left.items():
        for _ in range(count):
            if not _is_taken(period, colleagues, takes, set()):
                missing[period] += 1
    return dict(missing)


def _is_taken(period, colleagues, takes, tried):
    """Find a colleague for a class of the period, moving one to another colleague where that makes room."""
    for one in colleagues:
        own = takes[one.key]
        if period not in one.periods or period in own or one.key in tried:
            continue
        tried.add(one.key)
        if len(own) < one.most:
            own.add(period)
            return True
        for other in sorted(own):
            if _is_taken(other, colleagues, takes, tried):
                own.symmetric_difference_update({other, period})
                return True
    return False
