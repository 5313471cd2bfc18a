"""What each visitor would miss where, and the bounds that follow without solving anything.

A visitor misses a class (and needs cover for it) when a meeting or a visit, with the walk from and to that class,
overlaps it; whatever else is in the way by the same reckoning keeps them out. Minutes after midnight throughout.
"""

from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

from .evenness import least_unevenness
from .layout import Layout
from .question import Cost

NOT_AT_ALL = None


@dataclass(frozen=True)
class Reach:
    """The facts of a question that both the bounds and the model rest on."""

    question: object

    @cached_property
    def layout(self):
        return Layout(self.question)

    @cached_property
    def hosts_at(self):
        """{start: hosts whose door is open for a whole visit from then}, by their place in the question."""
        return {
            start: [number for number, host in enumerate(self.question.hosts) if self._is_open(host, start)]
            for start in self.layout.starts
        }

    def _is_open(self, host, start):
        ends = start + self.question.visit_minutes
        return host.most > 0 and any(span.starts <= start and ends <= span.ends for span in host.open)

    @cached_property
    def open_hosts(self):
        """Those whose door is open for a whole visit at some time of the half day, be it on no moment of the grid."""
        half = self.question.half_day
        return [
            number
            for number, host in enumerate(self.question.hosts)
            if host.most > 0
            and any(self._fits(max(span.starts, half.opens), min(span.ends, half.closes)) for span in host.open)
        ]

    def _fits(self, starts, ends):
        return starts + self.question.visit_minutes <= ends

    def missed(self, visitor, starts, ends, room):
        """The numbers of the visitor's lessons that this takes; NOT_AT_ALL if they cannot come."""
        walking = self.question.walking
        if any(span.starts < ends + walking.usual and span.ends > starts - walking.usual for span in visitor.busy):
            return NOT_AT_ALL
        lessons = frozenset(
            number
            for number, lesson in enumerate(visitor.lessons)
            if lesson.starts < ends + walking.minutes(room, lesson.room)
            and lesson.ends > starts - walking.minutes(room, lesson.room)
        )
        return lessons if visitor.may_be_covered or not lessons else NOT_AT_ALL

    @cached_property
    def visits(self):
        """{(visitor, host, start): numbers of lessons missed}, by places in the question, of all who can come."""
        asked, found = self.question, {}
        for start, hosts in self.hosts_at.items():
            for place, visitor in enumerate(asked.visitors):
                for number in hosts:
                    host = asked.hosts[number]
                    missed = self.missed(visitor, start, start + asked.visit_minutes, host.room)
                    if missed is not NOT_AT_ALL and host.key != visitor.key:
                        found[place, number, start] = missed
        return found

    @cached_property
    def meetings(self):
        """{(visitor, "pre-brief" or "debrief", start): lessons missed}; the value is NOT_AT_ALL if they cannot come."""
        found, room = {}, self.question.meeting_room
        for frame in self.layout.frames:
            for span, start in zip(self.layout.meeting_spans(frame), (frame.pre_brief, frame.debrief), strict=True):
                for place, visitor in enumerate(self.question.visitors):
                    if (place, span.name, start) not in found:
                        found[place, span.name, start] = self.missed(visitor, span.starts, span.ends, room)
        return found

    def matches(self, place, number):
        """The host shows what the visitor wants to learn."""
        focus = self.question.visitors[place].focus
        return not focus or bool(focus & self.question.hosts[number].focus)

    @cached_property
    def bounds(self):
        """{frame: Cost} that no plan with these meetings goes below; impossible ones are left out.

        Each visitor by themselves: who shares a room or a team with whom is left aside. As with every bound, an item's
        holds for plans that have the items before it at theirs.
        """
        found = {frame: self._bound(frame) for frame in self.layout.frames}
        return {frame: bound for frame, bound in found.items() if bound}

    def _bound(self, frame):
        alone = self.alone[frame]
        meetings = self._called(frame) if all(alone) else None
        if meetings is None:
            return None
        unmatched, covers, minutes = map(sum, zip(*alone, strict=True))
        substitutes = max(meetings, self._spread(covers))
        return Cost(0, unmatched, covers, substitutes, least_unevenness(self, frame), minutes)

    @cached_property
    def alone(self):
        """{frame: [(unmatched, classes missed, minutes)]}: what each visitor alone cannot go below, or None."""
        people = range(len(self.question.visitors))
        return {frame: [self._alone(place, frame) for place in people] for frame in self.layout.frames}

    def _spread(self, covers):
        """Substitutes for so many classes, were they spread evenly over the periods."""
        periods = {lesson.period for visitor in self.question.visitors for lesson in visitor.lessons}
        left = covers - sum(min(one.most, len(one.periods & periods)) for one in self.question.colleagues)
        return -(-max(0, left) // max(1, len(periods)))

    def both_meetings(self, place, frame):
        """Lessons that a visitor misses for the meetings alone; NOT_AT_ALL if they cannot be there."""
        missed = [self.meetings[place, span.name, span.starts] for span in self.layout.meeting_spans(frame)]
        return NOT_AT_ALL if NOT_AT_ALL in missed else frozenset().union(*missed)

    def _alone(self, place, frame):
        """(0 or 1 unmatched, classes missed, minutes) at the least; None when the visitor cannot have their visits."""
        base = self.both_meetings(place, frame)
        if base is NOT_AT_ALL:
            return None
        options = self._options(place, frame)
        more = sorted({lesson for missed, _, _ in options for lesson in missed - base})
        for unmatched in (0, 1):
            for count in range(len(more) + 1):
                ways = [
                    self._minutes(place, frame, options, base.union(one), unmatched)
                    for one in combinations(more, count)
                ]
                if any(minutes is not None for minutes in ways):
                    return unmatched, len(base) + count, min(minutes for minutes in ways if minutes is not None)
        return None

    def _minutes(self, place, frame, options, missed, unmatched):
        """Minutes that the visitor neither visits nor teaches, missing these lessons; None if that is not enough."""
        visitor, asked = self.question.visitors[place], self.question
        visits = min(visitor.most, self._most_of({start for lessons, start, _ in options if lessons <= missed}))
        if visits < visitor.least or not unmatched and not any(fits and one <= missed for one, _, fits in options):
            return None
        first, last = frame.pre_brief + asked.pre_brief_minutes, frame.debrief
        taught = sum(
            lesson.ends - lesson.starts
            for number, lesson in enumerate(visitor.lessons)
            if number not in missed and first <= lesson.starts and lesson.ends <= last
        )
        return last - first - taught - visits * asked.visit_minutes

    def starts_at_bound(self, place, frame):
        """When the visitor can be on a visit without missing more classes than they must."""
        base, (_, covers, _) = self.both_meetings(place, frame), self.alone[frame][place]
        options = self._options(place, frame)
        return {start for missed, start, _ in options if len(base | missed) <= covers}

    def _options(self, place, frame):
        """(lessons missed, start, matching) of each visit between the meetings."""
        asked = self.question
        opens = frame.pre_brief + asked.pre_brief_minutes
        return [
            (missed, start, self.matches(place, number))
            for (who, number, start), missed in self.visits_of[place]
            if opens + self.way_to(number) <= start
            and start + asked.visit_minutes + self.way_to(number) <= frame.debrief
        ]

    @cached_property
    def visits_of(self):
        """The items of `visits` of each visitor."""
        found = [[] for _ in self.question.visitors]
        for item in self.visits.items():
            found[item[0][0]].append(item)
        return found

    def way_to(self, number):
        """Minutes between the meeting room and a host's."""
        return self.question.walking.minutes(self.question.meeting_room, self.question.hosts[number].room)

    def _most_of(self, starts):
        """How many visits one person can make at the most among these starts."""
        count, free_from = 0, 0
        for start in sorted(starts):
            if start >= free_from:
                count, free_from = count + 1, start + self.question.visit_minutes
        return count

    def _called(self, frame):
        """Substitutes that the meetings alone make necessary; None when there are not so many."""
        needed = {}
        for place, visitor in enumerate(self.question.visitors):
            for lesson in self.both_meetings(place, frame):
                period = visitor.lessons[lesson].period
                needed[period] = needed.get(period, 0) + 1
        called = 0
        for period, count in needed.items():
            by_others = count - sum(period in one.periods and one.most > 0 for one in self.question.colleagues)
            if by_others > self.question.substitutes.get(period, 0):
                return None
            called = max(called, by_others)
        return called

    @cached_property
    def bound(self):
        """What no plan of this half day goes below; None when none is possible for somebody alone."""
        return min(self.bounds.values(), default=None)
