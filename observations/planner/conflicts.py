"""Why no plan is possible: the smallest set of wishes that cannot all be met, in words that a facilitator understands.

Every wish gets a switch. What must be switched off in some plan is a correction; a set of wishes in conflict has one of
each correction, so that the smallest set which hits all of them, once it is impossible itself, is the smallest there is
(implicit hitting sets: Ignatiev et al., "Smallest MUS Extraction with Minimal Hitting Set Dualization", CP 2015).
Spans in which people are busy are taken for classes here, so that they too can be switched off.
"""

import time
from dataclasses import replace

from ortools.sat.python import cp_model

from .model import Model
from .question import Answer, Lesson
from .reach import Reach
from .sentences import sentence
from .wishes import Switched

FOUND = (cp_model.OPTIMAL, cp_model.FEASIBLE)
UNLIMITED = 1_000
TURN_SECONDS = 1.0


def conflict_of(question, until, effort):
    """An Answer without a plan. `until` is a moment of time.monotonic(); past it the set may not be the smallest."""
    nothing_fits = without_wishes(question)
    if nothing_fits:
        return Answer(conflict=(nothing_fits,), conflict_is_smallest=True)
    model = with_switches(question)
    core, is_smallest = smallest_core(model, until, effort)
    if core is None:
        return Answer()
    return Answer(
        conflict=tuple(sentence(question, *wish) for wish in sorted(core, key=str)) or (TOO_MUCH,),
        conflict_is_smallest=is_smallest,
    )


TOO_MUCH = "Even without anybody's wishes, these teams cannot be with these hosts at one time."


def without_wishes(question):
    """What is in the way whatever anybody wishes, in a sentence; empty when nothing is."""
    reach = Reach(relaxed(question))
    if len(question.visitors) < question.team_least:
        return f"A team needs at least {question.team_least} visitors, and there are {len(question.visitors)}."
    if not reach.layout.frames:
        return "The half day is too short for a pre-brief, a visit and a debrief."
    if not reach.open_hosts:
        return "Nobody's door is open for a whole visit in this half day."
    sizes = range(question.team_least, question.team_most + 1)
    if not any(-(-len(question.visitors) // size) <= len(question.visitors) // question.team_least for size in sizes):
        return f"{len(question.visitors)} visitors cannot be parted into teams of {sizes[0]} to {sizes[-1]}."
    return ""


def relaxed(question):
    """The same with every busy span as a class that can be covered by anybody."""
    visitors, substitutes = [], dict(question.substitutes)
    for p, visitor in enumerate(question.visitors):
        spans = [Lesson(f"busy {p} {n}", span.starts, span.ends) for n, span in enumerate(visitor.busy)]
        substitutes |= {span.period: UNLIMITED for span in spans}
        lessons = (*visitor.lessons, *spans)
        visitors.append(replace(visitor, lessons=lessons, busy=(), may_be_covered=True))
    return replace(question, visitors=tuple(visitors), substitutes=substitutes, earlier=None)


def with_switches(question):
    """The model in which every wish can be switched off."""
    reach = Reach(relaxed(question))
    model = Model(reach, reach.layout.frames, Switched())
    for p, visitor in enumerate(question.visitors):
        for n in range(len(visitor.lessons)):
            if not visitor.may_be_covered:
                model.wishes.forbid(model.cp, ("no cover", p), model.cover[p, n])
        for n in range(len(visitor.busy)):
            model.wishes.forbid(model.cp, ("busy", p, n), model.cover[p, len(visitor.lessons) + n])
    return model


def smallest_core(model, until, effort):
    """(wishes in conflict, whether no smaller set is); None for the wishes when time ran out before any was found."""
    known = first_core(model, until, effort)
    if known is None:
        return None, False
    corrections = []
    while time.monotonic() < until:
        core = smallest_hitting(corrections)
        if len(core) >= len(known):
            return known, True
        off = switched_off(model, core, until, effort)
        if off is None:
            return core, True
        if not off:
            break
        corrections.append(off)
    return known, False


def first_core(model, until, effort):
    """Some wishes that stand against each other, and none of which can be left out, as far as time allows."""
    core = impossible(model, set(model.wishes.switches), until, effort)
    for wish in sorted(core or (), key=str):
        if wish in core and time.monotonic() < until:
            core = impossible(model, core - {wish}, until, effort) or core
    return core


def impossible(model, wishes, until, effort):
    """Those of the wishes that make a plan impossible together; None when there is one, or time is over."""
    by_index = {model.wishes.switches[wish].index: wish for wish in wishes}
    model.cp.clear_assumptions()
    model.cp.add_assumptions([model.wishes.switches[wish] for wish in wishes])
    solver = _solver(until, effort)
    status = solver.solve(model.cp)
    model.cp.clear_assumptions()
    if status != cp_model.INFEASIBLE:
        return None
    return {by_index[index] for index in solver.sufficient_assumptions_for_infeasibility()}


def switched_off(model, core, until, effort):
    """Wishes to give up, as few as can be found soon, when these are kept; None when they cannot all be kept."""
    switches = model.wishes.switches
    model.cp.add_assumptions([switches[wish] for wish in core])
    model.cp.maximize(sum(switches.values()))
    solver = _solver(min(until, time.monotonic() + TURN_SECONDS), effort)
    status = solver.solve(model.cp)
    model.cp.clear_assumptions()
    model.cp.clear_objective()
    if status == cp_model.INFEASIBLE:
        return None
    return {wish for wish, switch in switches.items() if not solver.value(switch)} if status in FOUND else set()


def smallest_hitting(corrections):
    """The smallest set of wishes that has one of each correction."""
    cp = cp_model.CpModel()
    chosen = {wish: cp.new_bool_var("") for wish in sorted(set().union(*corrections), key=str)}
    for correction in corrections:
        cp.add_bool_or(chosen[wish] for wish in correction)
    cp.minimize(sum(chosen.values()))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.solve(cp)
    return {wish for wish, variable in chosen.items() if solver.value(variable)}


def _solver(until, effort):
    solver = cp_model.CpSolver()
    solver.parameters.num_workers, solver.parameters.random_seed = 1, effort.seed
    solver.parameters.linearization_level = 0
    solver.parameters.max_time_in_seconds = max(0.1, until - time.monotonic())
    return solver
