"""Where in a half day a visit, the pre-brief and the debrief can be: the moments that the planner chooses among.

Visits stand in a grid: in each period the first begins when people can be there from another room, the next follow
after a visit and a walk, as long as people can still reach their own class. A start that a pin or an earlier plan
names is a moment as well. "Best possible" means: among plans on these moments. Minutes after midnight throughout.
"""

from dataclasses import dataclass
from functools import cached_property
from itertools import combinations, product

from .question import Span

PRE_BRIEF, DEBRIEF = "pre-brief", "debrief"


@dataclass(frozen=True)
class Frame:
    """When all meet: the start of the pre-brief and that of the debrief."""

    pre_brief: int
    debrief: int


@dataclass(frozen=True)
class Layout:
    """The moments of a question's half day."""

    question: object

    @cached_property
    def starts(self):
        """Every minute at which a visit may start, in order."""
        asked, length = self.question, self.question.visit_minutes
        named = {pin.starts for pin in asked.pins if pin.starts is not None}
        named |= {visit.starts for visit in asked.earlier.visits} if asked.earlier else set()
        opens, closes = asked.half_day.opens, asked.half_day.closes
        return sorted(start for start in self._grid() | named if opens <= start and start + length <= closes)

    def _grid(self):
        length, walk = self.question.visit_minutes, self.question.walking.usual
        return {start for first, last in self._usable() for start in range(first, last - length + 1, length + walk)}

    def _usable(self):
        """Of each period what is left when people come from another room and go to the next: (first, last) minute."""
        bells, walk = self.question.half_day.bells, self.question.walking.usual
        for number, bell in enumerate(bells):
            before = bell.starts - bells[number - 1].ends if number else 0
            after = bells[number + 1].starts - bell.ends if number + 1 < len(bells) else 0
            yield bell.starts + max(0, walk - before), bell.ends - max(0, walk - after)

    @cached_property
    def frames(self):
        """Every pair of meetings with room for a visit between them."""
        asked, walk = self.question, self.question.walking.usual
        least = asked.pre_brief_minutes + asked.visit_minutes + 2 * walk
        return [
            Frame(pre, debrief) for pre, debrief in product(self.pre_briefs, self.debriefs) if pre + least <= debrief
        ]

    @cached_property
    def pre_briefs(self):
        asked, walk = self.question, self.question.walking.usual
        return self._meeting(asked.pre_brief_minutes, asked.pre_brief_at, PRE_BRIEF, asked.half_day.opens, walk)

    @cached_property
    def debriefs(self):
        asked, walk = self.question, self.question.walking.usual
        last = asked.half_day.closes - asked.debrief_minutes
        return self._meeting(asked.debrief_minutes, asked.debrief_at, DEBRIEF, last, walk)

    def _meeting(self, length, pinned, which, edge, walk):
        """Starts of a meeting: as a period begins or is over, so that it ends as one begins, or at the day's edge."""
        if pinned is not None:
            return [pinned]
        starts = {edge} | (
            {getattr(self.question.earlier, which.replace("-", "_"))} if self.question.earlier else set()
        )
        for (first, last), bell in zip(self._usable(), self.question.half_day.bells, strict=True):
            starts |= {first, last - length, bell.ends + walk, bell.starts - walk - length}
        half = self.question.half_day
        return sorted(start for start in starts if half.opens <= start and start + length <= half.closes)

    def too_close(self, one, other, walk):
        """Two visits that start then cannot be made by the same people, who need `walk` minutes in between."""
        return abs(one - other) < self.question.visit_minutes + walk

    @cached_property
    def close_pairs(self):
        """Pairs of starts that no team can both use, whatever the rooms."""
        nearest = self._nearest()
        return [(one, other) for one, other in combinations(self.starts, 2) if self.too_close(one, other, nearest)]

    def _nearest(self):
        rooms = [host.room for host in self.question.hosts]
        walks = [self.question.walking.minutes(one, other) for one, other in combinations(rooms, 2)]
        return min(walks, default=0)

    def during(self, start):
        """The span of a visit that starts then."""
        return Span("visit", start, start + self.question.visit_minutes)

    def meeting_spans(self, frame):
        asked = self.question
        return (
            Span(PRE_BRIEF, frame.pre_brief, frame.pre_brief + asked.pre_brief_minutes),
            Span(DEBRIEF, frame.debrief, frame.debrief + asked.debrief_minutes),
        )
