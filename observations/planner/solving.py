"""Finds the best plan of one half day, item of cost after item, with a bound that proves it (CP-SAT of OR-tools).

Why this solver: docs/decisions/0013-planning-walks.md. The bounds of `reach` are met nearly always, and what meets them
is proven; so the search first asks whether they can be met, which is quick, and minimises only where they cannot.
"""

import time
from dataclasses import replace

from .conflicts import conflict_of
from .question import Answer, Cost
from .reach import Reach
from .steps import MINUTES, STEPS, USUAL, Step


def plan_walk(question, *, seconds=10.0, effort=USUAL):
    """The Answer for a Question. It comes back within `seconds`, and a little, whatever the size."""
    started = time.monotonic()
    search = Search(Reach(question), started + seconds, effort).run()
    answer = search.answer()
    if search.is_impossible:
        answer = conflict_of(question, started + seconds, effort)
    return replace(answer, seconds=time.monotonic() - started)


class Search:
    """A search for one half day; `run` it, then take its `answer`. `until` is a moment of time.monotonic().

    `low` is what no plan goes below, each item where those before it are at theirs.
    """

    def __init__(self, reach, until, effort=USUAL):
        self.reach, self.until, self.effort = reach, until, effort
        self.low = reach.bound or Cost()
        self.plan, self.cost, self.is_impossible = None, None, reach.bound is None

    def run(self, *, until_found=False):
        """Take steps until the plan is proven, or there is one (`until_found`), or time is over. Returns itself."""
        steps = STEPS
        if self.reach.question.earlier is not None:
            self.low, steps = Cost(), STEPS[-1:]
        for kind in steps:
            if not self.is_impossible and self.wants(kind) and not (until_found and self.plan):
                Step(self, kind).take()
        return self

    def wants(self, kind):
        """There is nothing yet, or the step may find what is better; and there is time to, or nothing else is left."""
        if time.monotonic() > self.until:
            return self.cost is None and kind.held == 0
        if self.cost is None:
            return kind.held != MINUTES
        return kind.held > 0 and self.cost[: kind.needed] != self.low[: kind.needed]

    def keep(self, plan, cost):
        if self.cost is None or cost < self.cost:
            self.plan, self.cost = plan, cost

    def raise_bound(self, number, bound):
        """Nothing goes below this in the item with that number, where those before it are at theirs."""
        self.low = Cost(*(max(low, bound) if place == number else low for place, low in enumerate(self.low)))

    def forget_bounds_after(self, number):
        """The item cannot be at its bound, on which those of the later items rest."""
        self.low = Cost(*(0 if place > number else low for place, low in enumerate(self.low)))

    def answer(self):
        """The best plan so far; one without a plan when none was found."""
        bound = self.low if self.cost is None else Cost(*map(min, self.cost, self.low))
        return Answer(self.plan, self.cost, bound)
