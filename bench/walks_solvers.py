"""CP-SAT against HiGHS on the same questions; HiGHS in a process of its own, for the two cannot be loaded together.

The questions are those of `observations/planner/steps.py`; HiGHS gets them as a linear program in whole numbers, read
off the model that CP-SAT is given. One thread each. highspy is no package of ours: install it beside, for this alone.
"""

import json
import subprocess
import sys
import time
from pathlib import Path

from ortools.sat.python import cp_model

from bench.walk_schools import question
from observations.planner.reach import Reach
from observations.planner.solving import Search
from observations.planner.steps import STEPS, USUAL, Step

INFINITE = 1e30  # as HiGHS has it
QUESTIONS = {"everybody at their bounds": 0, "fewest classes missed": 4}
SIZES = (10, 20)


def solvers(schools, seconds):
    """Markdown rows: whether each solver answered, and its processor seconds."""
    yield "| school | visitors | question | CP-SAT | HiGHS |"
    yield "|---|--:|---|---|---|"
    for school in schools:
        for size in SIZES:
            for words, step in QUESTIONS.items():
                if size * 8 // 5 <= len(school.teachers):
                    asked = question(school, school.days[0], "morning", 0, size, size * 3 // 5)
                    ours, theirs = _cp_sat(asked, step, seconds), _highs(_written(asked, step), seconds)
                    yield f"| {school.name} | {size} | {words} | {ours} | {theirs} |"


def _step(asked, number):
    step = Step(Search(Reach(asked), time.monotonic() + 1000, USUAL), STEPS[number])
    step.model.cp.minimize(step.items.uneven if number == 0 else step.items.covers)
    return step


def _cp_sat(asked, number, seconds):
    step, solver = _step(asked, number), cp_model.CpSolver()
    solver.parameters.num_workers, solver.parameters.linearization_level = 1, 0
    solver.parameters.max_time_in_seconds = seconds
    before = time.process_time()
    status = solver.solve(step.model.cp)
    return f"{solver.status_name(status).lower()}, {time.process_time() - before:.2f} s"


def _written(asked, number):
    """(bounds of the variables, {variable: cost}, rows of (low, high, {variable: coefficient})), all plain numbers."""
    proto = _step(asked, number).model.cp.proto
    bounds = [(list(one.domain)[0], list(one.domain)[-1]) for one in proto.variables]
    rows = [row for constraint in proto.constraints for row in _rows(constraint, bounds)]
    cost = dict(zip(proto.objective.vars, proto.objective.coeffs, strict=True))
    return bounds, {_plain(v): (c if v >= 0 else -c) for v, c in cost.items()}, rows


def _plain(v):
    """The variable of a literal: -1 says that the first is not."""
    return v if v >= 0 else -v - 1


def _sum_of(literals):
    """({variable: coefficient}, constant) of how many of the literals hold."""
    terms, constant = {}, 0
    for v in literals:
        terms[_plain(v)] = terms.get(_plain(v), 0) + (1 if v >= 0 else -1)
        constant += v < 0
    return terms, constant


def _rows(constraint, bounds):
    only_if = list(constraint.enforcement_literal)
    if constraint.has_bool_or():
        terms, constant = _sum_of([*constraint.bool_or.literals, *(-v - 1 for v in only_if)])
        yield 1 - constant, INFINITE, terms
    elif constraint.has_at_most_one() or constraint.has_exactly_one():
        exactly = constraint.has_exactly_one()
        terms, constant = _sum_of((constraint.exactly_one if exactly else constraint.at_most_one).literals)
        yield (1 - constant if exactly else -INFINITE), 1 - constant, terms
    elif constraint.has_bool_and():
        for v in constraint.bool_and.literals:
            terms, constant = _sum_of([v, *(-other - 1 for other in only_if)])
            yield 1 - constant, INFINITE, terms
    elif constraint.has_linear():
        yield from _linear(constraint.linear, only_if, bounds)


def _linear(linear, only_if, bounds):
    """A sum between two numbers; where it holds only if something does, by as much as it could be off otherwise."""
    terms = {}
    for v, coefficient in zip(linear.vars, linear.coeffs, strict=True):
        terms[v] = terms.get(v, 0) + coefficient
    low, high = list(linear.domain)[0], list(linear.domain)[-1]
    ends = [sorted((c * bounds[v][0], c * bounds[v][1])) for v, c in terms.items()]
    least, most = sum(one[0] for one in ends), sum(one[1] for one in ends)
    if low > least:
        yield _unless(terms, low, least - low, only_if, lower=True)
    if high < most:
        yield _unless(terms, high, most - high, only_if, lower=False)


def _unless(terms, limit, off, only_if, *, lower):
    extra, constant = _sum_of([-v - 1 for v in only_if])
    terms = dict(terms)
    for v, c in extra.items():
        terms[v] = terms.get(v, 0) - off * c
    limit += off * constant
    return (limit, INFINITE, terms) if lower else (-INFINITE, limit, terms)


def _highs(written, seconds):
    command = [sys.executable, Path(__file__).with_name("walks_highs.py")]
    asked = json.dumps([*written, seconds])
    return subprocess.run(command, input=asked, check=True, stdout=subprocess.PIPE, text=True).stdout.strip()
