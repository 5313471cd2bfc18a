"""The three best half days of many, by the order of costs, as fast as two processors allow (issue 4, line 3).

Every half day first gets its bounds, which cost little. Then those that promise most are planned, two at a time, until
no other one can be among the best. Half days that differ in nothing but their date are planned once.
"""

import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

from .question import Answer, Cost
from .reach import Reach
from .solving import Search
from .steps import USUAL, Effort

BEST = 3
SHARE = 0.5  # of the time that is left, for two half days while others wait


@dataclass(frozen=True)
class Choice:
    """A half day that can be had. `question` is about those who can come, `away` are the keys of the others.

    `cost` counts those who are away as people left without a matching visit.
    """

    question: object
    answer: Answer
    away: frozenset = frozenset()

    @property
    def cost(self):
        return self.answer.cost._replace(unmatched=self.answer.cost.unmatched + len(self.away))


@dataclass(frozen=True)
class Choices:
    """The best half days, best first. When `is_proven`, no other half day and no other plan of these is better.

    Otherwise `open_bounds` has what the half days that were not settled might cost at the least.
    """

    best: tuple
    planned: int
    skipped: int
    impossible: int
    open_bounds: tuple = ()
    seconds: float = 0.0

    @property
    def is_proven(self):
        return not self.open_bounds and all(choice.answer.is_best_possible for choice in self.best)


class Candidate:
    """A half day while it is looked at: what it could cost at the least, and what was found."""

    def __init__(self, number, question):
        self.number, self.asked = number, question
        self.reach, self.away = who_can_come(question)
        low = self.reach.bound if self.reach else None
        self.bound = low and low._replace(unmatched=low.unmatched + len(self.away))
        self.answer, self.is_impossible = None, low is None

    def plan(self, until, effort):
        """A first plan, which is the best one more often than not."""
        self.search = Search(self.reach, until, effort).run(until_found=True)
        self.answer, self.is_impossible = self.search.answer(), self.search.is_impossible

    def improve(self, until, effort):
        """Ask all again with another seed: half the half days that one seed is slow with, another answers at once."""
        self.search.until, self.search.effort = until, replace(effort, seed=effort.seed + 1)
        self.answer = self.search.run().answer()

    def copy_for(self, number, question):
        """The same half day on another date: nothing is worked out again."""
        other = object.__new__(Candidate)
        other.__dict__ |= self.__dict__ | {"number": number, "asked": question}
        return other

    @property
    def choice(self):
        here = tuple(visitor for visitor in self.asked.visitors if visitor.key not in self.away)
        return Choice(replace(self.asked, visitors=here), self.answer, self.away)


def three_best(questions, *, seconds=10.0, effort=USUAL, progress=None):
    """Choices among Questions, one for each half day, within `seconds` and a little.

    `progress(done, total)` is called from this thread, twice for each half day; what it raises ends the search.
    """
    started = time.monotonic()
    say = progress or (lambda done, total: None)
    found, total = _with_bounds(questions, say), 2 * len(questions)
    possible = sorted((one for one in found if not one.is_impossible), key=lambda one: (one.bound, one.number))
    waiting, looked = list(possible), []
    with ThreadPoolExecutor(effort.workers) as pool:
        while waiting and _may_be_better(waiting[0], looked) and time.monotonic() < started + seconds:
            looked += _plan_next(pool, waiting, started + seconds, effort)
            say(total - len(waiting), total)
        _improve(pool, looked, started + seconds, effort)
    say(total, total)
    return _choices(found, looked, waiting, time.monotonic() - started)


def _with_bounds(questions, say):
    found, total = [], 2 * len(questions)
    for number, question in enumerate(questions):
        alike = next((one for one in found if _dateless(one.asked) == _dateless(question)), None)
        found.append(alike.copy_for(number, question) if alike else Candidate(number, question))
        say(number + 1, total)
    return found


def _dateless(question):
    return replace(question, half_day=replace(question.half_day, day=None, half=""))


def who_can_come(question):
    """(Reach of the question without those who cannot come, their keys): as many come as can, to the best meetings."""
    reach = Reach(question)
    if reach.bound:
        return reach, frozenset()
    frames = [(sum(part is None for part in alone), frame) for frame, alone in reach.alone.items()]
    best = min(frames, key=lambda one: (one[0], _sum(reach.alone[one[1]])), default=None)
    if best is None:
        return None, frozenset()
    alone = reach.alone[best[1]]
    here = tuple(one for one, part in zip(question.visitors, alone, strict=True) if part is not None)
    away = frozenset(one.key for one in question.visitors) - {one.key for one in here}
    if len(here) < question.team_least or not away:
        return None, frozenset()
    return Reach(replace(question, visitors=here)), away


def _sum(alone):
    return tuple(map(sum, zip(*(part for part in alone if part is not None), strict=True)))


def _may_be_better(candidate, looked):
    """By its bound it could still be among the best."""
    costs = sorted(one.choice.cost for one in looked if one.answer.plan)
    return len(costs) < BEST or candidate.bound < costs[BEST - 1]


def _plan_next(pool, waiting, until, effort):
    """Plan the most promising ones, as many at a time as there are workers, and their likes along with them."""
    turn, alike = [], []
    while waiting and len(turn) < effort.workers:
        candidate = waiting.pop(0)
        twin = next((one for one in turn if one.reach is candidate.reach), None)
        alike.append((candidate, twin)) if twin else turn.append(candidate)
    alike += [(one, twin) for one in waiting for twin in turn if one.reach is twin.reach]
    waiting[:] = [one for one in waiting if all(one is not other for other, _ in alike)]
    now = time.monotonic()
    until = now + (until - now) * (SHARE if waiting else 1)
    alone = Effort(workers=1, seed=effort.seed)
    list(pool.map(lambda one: one.plan(until, alone), turn))
    for one, twin in alike:
        one.answer, one.is_impossible, one.search = twin.answer, twin.is_impossible, twin.search
    return [*turn, *(one for one, _ in alike)]


def _improve(pool, looked, until, effort):
    """What time is left goes to the best ones that are not proven yet, then to those that might still be better."""
    for wanted in (_best_of, _perhaps_better):
        # Those that are alike have one search.
        searches = {id(one.search): one for one in wanted(looked) if not one.answer.is_best_possible}
        if time.monotonic() < until:
            list(pool.map(lambda one: one.improve(until, effort), searches.values()))
        for one in looked:
            one.answer = one.search.answer()


def _best_of(looked):
    return sorted((one for one in looked if one.answer.plan), key=_rank)[:BEST]


def _perhaps_better(looked):
    """Not among the best as far as is known, but their bounds would allow it."""
    best = _best_of(looked)
    worst = best[-1].choice.cost if len(best) == BEST else None
    return [
        one for one in looked if one not in best and not one.is_impossible and (worst is None or _lowest(one) < worst)
    ]


def _rank(candidate):
    return candidate.choice.cost, candidate.number


def _choices(found, looked, waiting, seconds):
    best = _best_of(looked)
    worst = best[-1].choice.cost if len(best) == BEST else None
    lowest = [_lowest(one) for one in _perhaps_better(looked) if not one.answer.is_best_possible]
    lowest += [one.bound for one in waiting if worst is None or one.bound < worst]
    return Choices(
        tuple(one.choice for one in best),
        sum(one.answer.plan is not None for one in looked),
        len(waiting),
        sum(one.is_impossible for one in found),
        tuple(sorted(lowest)),
        seconds,
    )


def _lowest(candidate):
    bound = candidate.answer.bound
    return Cost(*bound)._replace(unmatched=bound.unmatched + len(candidate.away))
