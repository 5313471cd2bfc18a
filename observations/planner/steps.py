"""The steps of a search: each asks CP-SAT one question about the half day, the most hopeful one first.

The first asks for a plan with every item at its bound: most half days have one, and it is the best. Those that hold
everybody at the bounds that they have alone prove nothing when they fail; the others leave out no plan that has the
held items at their bounds, so that what the solver proves about the next item is so.
"""

import math
import time
from dataclasses import dataclass

from ortools.sat.python import cp_model

from .costs import items
from .first_guess import first_guess
from .model import Model
from .question import Cost
from .reading import begin_with, plan_of
from .wishes import Given

FOUND = (cp_model.OPTIMAL, cp_model.FEASIBLE)
ITEMS = Cost._fields
SUBSTITUTES, UNEVEN, MINUTES, ALL = (*map(ITEMS.index, ("substitutes", "uneven", "minutes")), len(ITEMS))
SHARE = 0.5  # of the time that a step has, for one solve while others wait
LEAST_SECONDS = 0.1
HOPELESS = 4.0  # about as many seconds on an idle processor: who is not at their bounds by then never is


@dataclass(frozen=True)
class Effort:
    """Processors to use, and the seed that makes two runs alike where time does not end them."""

    workers: int = 2
    seed: int = 1


USUAL = Effort()


@dataclass(frozen=True)
class Kind:
    """`held` items are at their bounds, and of (unmatched, covers, minutes) so many are for everybody `alone`.

    It takes `share` of the time that is left, and is worth it until the first `needed` items are at their bounds.
    """

    held: int
    alone: int = 0
    share: float = 0.3
    needed: int = ALL


STEPS = (
    Kind(ALL, alone=3, share=0.5),
    Kind(UNEVEN, alone=3, share=0.5),
    Kind(MINUTES, alone=2, share=0.5),
    Kind(UNEVEN, alone=2, needed=MINUTES),
    Kind(UNEVEN, needed=MINUTES),
    Kind(MINUTES),
    Kind(SUBSTITUTES, needed=UNEVEN),
    Kind(0, share=1),
)


class Step:
    """One question of a kind, written for a search."""

    def __init__(self, search, kind):
        self.search, self.kind = search, kind
        now = time.monotonic()
        self.until = now + max(LEAST_SECONDS, (search.until - now) * kind.share)
        self.model = Model(search.reach, self._frames(), Given())
        self.items, self.alone = items(self.model)
        self.found = None
        self._hold()

    def _frames(self):
        """The meetings whose bounds allow it."""
        reach, held = self.search.reach, self.kind.held
        best = min(reach.bounds, key=reach.bounds.get)
        frames = [frame for frame, bound in reach.bounds.items() if bound[:held] == reach.bounds[best][:held]]
        return [frame for frame in frames if not self.kind.alone or self._parts(frame) == self._parts(best)]

    def _parts(self, frame):
        return [part[: self.kind.alone] for part in self.search.reach.alone[frame]]

    def _hold(self):
        for item, low in zip(self.items[: self.kind.held], self.search.low, strict=False):
            self.model.cp.add(item == low)
        for p, parts in enumerate(self.alone if self.kind.held else ()):
            for number, item in enumerate(parts):
                self._hold_part(p, number, item)

    def _hold_part(self, p, number, item):
        """A visitor's part is at its bound, or not below it: with the sum held, propagation does the rest."""
        lows = {frame: self.search.reach.alone[frame][p][number] for frame in self.model.frames}
        least = min(lows.values())
        self.model.cp.add(item == least if number < self.kind.alone else item >= least)
        for frame in [frame for frame, low in lows.items() if low > least]:
            meetings = self.model.pre[frame.pre_brief], self.model.deb[frame.debrief]
            self.model.cp.add(item >= lows[frame]).only_enforce_if(*meetings)

    def take(self):
        """Settle one item after another, and hand the search what was found."""
        if self.kind.held >= MINUTES and not self._is_begun():
            self._find()
        elif begin := self._first():
            begin_with(self.model, begin)
        for number in range(self.kind.held, ALL):
            if not isinstance(self.items[number], int) and not self._settle(number):
                break
        if self.found:
            self._keep()

    def _is_begun(self):
        """The best plan so far has the held items at their bounds."""
        cost, held = self.search.cost, self.kind.held
        return cost is not None and cost[:held] == self.search.low[:held]

    def _first(self):
        """The plan to begin at, if there is any."""
        begin = self.search.plan or self.search.reach.question.earlier
        return begin or (first_guess(self.search.reach) if self.kind.held == 0 else None)

    def _find(self):
        """Any plan with the held items at their bounds, begun at none: what is less even leads nowhere near it."""
        is_all = self.kind.held == ALL
        solver = self._solver(1 if is_all else SHARE, quick=is_all)
        if solver.solve(self.model.cp) in FOUND:
            self.found = solver
            begin_with(self.model, plan_of(self.model, solver.value))

    def _settle(self, number):
        """Minimise one item and hold it at what was found; False when there is no going on."""
        item, low = self.items[number], self.search.low[number]
        self.model.cp.add(item >= low)
        self.model.cp.minimize(item)
        for quick in (True,) if self.kind.alone else (True, False):
            is_open = self.found is None or self.found.value(item) > low
            if is_open and self._solve(number, quick=quick) == cp_model.INFEASIBLE:
                break
        self.model.cp.clear_objective()
        if self.found is None or self.kind.alone and self.found.value(item) > low:
            return False
        self.model.cp.add(item <= self.found.value(item))
        if number < SUBSTITUTES and self.found.value(item) > low:
            self.search.forget_bounds_after(number)
        return True

    def _solve(self, number, *, quick):
        """Go on from the best plan so far; keep a better one, and the bound."""
        solver = self._solver(1 if self.kind.alone or number + 1 == ALL and not quick else SHARE, quick=quick)
        status = solver.solve(self.model.cp)
        if status in FOUND:
            self.found = solver
            begin_with(self.model, plan_of(self.model, solver.value))
        if status in FOUND and not self.kind.alone:
            self.search.raise_bound(number, math.ceil(solver.best_objective_bound - 1e-6))
        if status == cp_model.INFEASIBLE and self.found is None and self.kind.held == 0:
            self.search.is_impossible = True
        return status

    def _solver(self, share, *, quick):
        """`quick` leaves linear relaxations away, on one processor: most questions are answered ten times as fast."""
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = self.search.effort.workers
        solver.parameters.random_seed = self.search.effort.seed
        solver.parameters.max_time_in_seconds = max(LEAST_SECONDS, (self.until - time.monotonic()) * share)
        if quick:
            solver.parameters.linearization_level, solver.parameters.num_workers = 0, 1
            solver.parameters.max_deterministic_time = HOPELESS if self.kind.alone else math.inf
        return solver

    def _keep(self):
        """Where time ended a solve, sums may be above what its plan costs: look at those alone before they count."""
        plan, model = plan_of(self.model, self.found.value), self.model
        if self._cost() != self.search.low:
            for kind in (model.pre, model.deb, model.team, model.goes, model.there):
                for variable in kind.values():
                    model.cp.add(variable == self.found.value(variable))
            model.cp.minimize(sum(self.items))
            self._tighten()
        self.search.keep(plan, self._cost())

    def _tighten(self):
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        if solver.solve(self.model.cp) in FOUND:
            self.found = solver

    def _cost(self):
        return Cost(*map(self.found.value, self.items))
