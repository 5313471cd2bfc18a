"""The question as CP-SAT reads it: what is to be decided, and the rules. Built of yes-or-no variables.

Each group of rules is a function that says one rule of issue 4, line 2, in its docstring. A rule that somebody wished
for holds only with its wish (`wishes.Wishes`); the planner takes all of them as given, the search for conflicts not.
Places in the question stand for people: `p` a visitor, `h` a host, `t` a team, `s` the minute at which a visit starts.
"""

from collections import defaultdict
from itertools import combinations

from ortools.sat.python import cp_model

from .layout import PRE_BRIEF
from .question import AT_LEAST_TOGETHER


class Model:
    """Variables, all by name of what they mean: `team[p, t]`, `goes[t, h, s]`, `there[p, t, s]`, `cover[p, lesson]`."""

    def __init__(self, reach, frames, wishes):
        self.reach, self.frames, self.wishes = reach, frames, wishes
        self.question, self.layout = reach.question, reach.layout
        self.cp = cp_model.CpModel()
        wishes.enter(self.cp)
        self._choose()
        for rule in RULES:
            rule(self)

    def _choose(self):
        asked, new = self.question, self.cp.new_bool_var
        people, starts = range(len(asked.visitors)), self._starts_in_use()
        self.people, self.starts = people, starts
        self.teams = range(len(asked.visitors) // asked.team_least)
        self.pre = {start: new("") for start in sorted({frame.pre_brief for frame in self.frames})}
        self.deb = {start: new("") for start in sorted({frame.debrief for frame in self.frames})}
        self.team = {(p, t): new("") for p in people for t in self.teams if t <= p}
        self.goes = {(t, h, s): new("") for s in starts for h in self.reach.hosts_at[s] for t in self.teams}
        self.out = {(t, s): new("") for s in starts for t in self.teams}
        able = {(p, s) for p, _, s in self.reach.visits}
        self.there = {(p, t, s): new("") for p, t in self.team for s in starts if (p, s) in able}
        self.cover = {(p, n): new("") for p in people for n in range(len(asked.visitors[p].lessons))}
        self.there_of, self.cover_of = self.by(self.there, 0), self.by(self.cover, 0)

    def _starts_in_use(self):
        first = min(frame.pre_brief for frame in self.frames) + self.question.pre_brief_minutes
        last = max(frame.debrief for frame in self.frames) - self.question.visit_minutes
        return [start for start in self.layout.starts if first <= start <= last and self.reach.hosts_at[start]]

    def by(self, variables, *which):
        """{values at these places of the key: variables}."""
        found = defaultdict(list)
        for key, variable in variables.items():
            found[tuple(key[place] for place in which)].append(variable)
        return found


def meet_once(model):
    """One pre-brief and one debrief, of those pairs that are possible."""
    model.cp.add_exactly_one(model.pre.values())
    model.cp.add_exactly_one(model.deb.values())
    pairs = {(frame.pre_brief, frame.debrief) for frame in model.frames}
    for pre in model.pre:
        for deb in model.deb:
            if (pre, deb) not in pairs:
                model.cp.add_bool_or(~model.pre[pre], ~model.deb[deb])


def all_attend_the_meetings(model):
    """Who would miss a class for a meeting needs cover; who cannot come keeps it from being then."""
    for (p, which, start), missed in model.reach.meetings.items():
        chosen = (model.pre if which == PRE_BRIEF else model.deb).get(start)
        if chosen is None:
            continue
        if missed is None:
            model.wishes.forbid(model.cp, ("busy", p), chosen)
        for lesson in missed or ():
            model.cp.add_implication(chosen, model.cover[p, lesson])


def visits_lie_between(model):
    """A visit begins when people can have walked there from the pre-brief and ends in time for the debrief."""
    length, asked = model.question.visit_minutes, model.question
    for t, h, s in model.goes:
        way = model.reach.way_to(h)
        after = [v for start, v in model.pre.items() if start + asked.pre_brief_minutes + way <= s]
        before = [v for start, v in model.deb.items() if s + length + way <= start]
        model.cp.add_bool_or(*after, ~model.goes[t, h, s])
        model.cp.add_bool_or(*before, ~model.goes[t, h, s])


def teams_part_the_visitors(model):
    """Everybody is in one team, and no team is smaller or larger than asked. Teams are numbered by their first."""
    in_team, of_team = model.by(model.team, 0), model.by(model.team, 1)
    for p in range(len(model.question.visitors)):
        model.cp.add_exactly_one(in_team[p,])
    for t in model.teams:
        used, members = model.cp.new_bool_var(""), sum(of_team[t,])
        model.cp.add(members <= model.question.team_most * used)
        model.cp.add(members >= model.question.team_least * used)
    for (p, t), member in model.team.items():
        if t:
            model.cp.add_bool_or(*[model.team[q, t - 1] for q in range(t - 1, p)], ~member)


def a_team_is_in_one_place(model):
    """A team is in one room at a time, can walk from each to the next, and sees no host twice."""
    at = model.by(model.goes, 0, 2)
    for (t, s), out in model.out.items():
        model.cp.add(sum(at[t, s]) == out)
    for one, other in model.layout.close_pairs:
        for t in model.teams:
            if (t, one) in model.out and (t, other) in model.out:
                model.cp.add_bool_or(~model.out[t, one], ~model.out[t, other])
    for goes in model.by(model.goes, 0, 1).values():
        model.cp.add_at_most_one(goes)
    _walks_further(model)


def _walks_further(model):
    """Rooms that are further apart than the nearest ones."""
    asked, nearest = model.question, set(model.layout.close_pairs)
    for one, other in combinations(model.starts, 2):
        if (one, other) in nearest:
            continue
        for h in model.reach.hosts_at[one]:
            for k in model.reach.hosts_at[other]:
                walk = asked.walking.minutes(asked.hosts[h].room, asked.hosts[k].room)
                if h != k and model.layout.too_close(one, other, walk):
                    for t in model.teams:
                        model.cp.add_bool_or(~model.goes[t, h, one], ~model.goes[t, k, other])


def visitors_go_with_their_team(model):
    """Who is on a visit is there with their own team; at least two of it are, or it does not go."""
    for (p, t, s), there in model.there.items():
        model.cp.add_implication(there, model.team[p, t])
        model.cp.add_implication(there, model.out[t, s])
    there = model.by(model.there, 1, 2)
    for (t, s), out in model.out.items():
        model.cp.add(sum(there[t, s]) >= AT_LEAST_TOGETHER * out)
    # Follows from everybody's being in one team, and said again it makes an even plan ten times as quick to find.
    for at_once in model.by(model.there, 0, 2).values():
        model.cp.add_at_most_one(at_once)


def rooms_hold_them(model):
    """One team in a room at a time, and no more of it than the host has chairs for."""
    there, at_host = model.by(model.there, 1, 2), model.by(model.goes, 1, 2)
    for (_h, _s), goes in at_host.items():
        model.cp.add_at_most_one(goes)
    for one, other in combinations(model.starts, 2):
        if model.layout.too_close(one, other, 0):
            for h in set(model.reach.hosts_at[one]) & set(model.reach.hosts_at[other]):
                model.cp.add_at_most_one(at_host[h, one] + at_host[h, other])
    for (t, h, s), goes in model.goes.items():
        capacity = model.question.hosts[h].capacity
        if capacity < model.question.team_most:
            limit = model.cp.add(sum(there[t, s]) <= capacity)
            limit.only_enforce_if(goes, *model.wishes.literals("chairs", h))


def hosts_are_not_overrun(model):
    """No host has more visits than they offered."""
    for (h,), goes in model.by(model.goes, 1).items():
        model.wishes.add(model.cp, ("most of host", h), sum(goes) <= model.question.hosts[h].most)


def visitors_have_their_visits(model):
    """Everybody has as many visits as they asked for, and no more than they have time for."""
    there = model.by(model.there, 0)
    for p, visitor in enumerate(model.question.visitors):
        model.wishes.add(model.cp, ("least", p), sum(there[p,]) >= visitor.least)
        model.wishes.add(model.cp, ("most", p), sum(there[p,]) <= visitor.most)


def nobody_visits_while_they_teach(model):
    """Who would miss a class for a visit needs cover for it; who cannot be there does not come."""
    for (p, t, s), there in model.there.items():
        hosts = model.reach.hosts_at[s]
        missed = {h: model.reach.visits.get((p, h, s)) for h in hosts}
        always = frozenset.intersection(*(lessons for lessons in missed.values() if lessons is not None))
        for lesson in always:
            model.cp.add_implication(there, model.cover[p, lesson])
        for h, lessons in missed.items():
            if lessons is None:
                model.cp.add_bool_or(~there, ~model.goes[t, h, s])
            for lesson in (lessons or frozenset()) - always:
                model.cp.add_bool_or(~there, ~model.goes[t, h, s], model.cover[p, lesson])


def hosts_are_in_their_room(model):
    """Who visits and is visited is in their own room then: on no visit, and no one covers their class."""
    asked, places = model.question, {host.key: h for h, host in enumerate(model.question.hosts)}
    at_host, there = model.by(model.goes, 1, 2), model.by(model.there, 0, 2)
    for p, visitor in enumerate(asked.visitors):
        h = places.get(visitor.key)
        for s in model.starts if h is not None else ():
            for other in model.starts:
                if model.layout.too_close(s, other, asked.walking.usual) and at_host[h, s] and there[p, other]:
                    model.cp.add_at_most_one(at_host[h, s] + there[p, other])
            for n, lesson in enumerate(visitor.lessons):
                if lesson.starts < s + asked.visit_minutes and s < lesson.ends:
                    model.cp.add_at_most_one([*at_host[h, s], model.cover[p, n]])


def somebody_covers(model):
    """Each missed class is taken by a colleague within what they offered, or by a substitute who can be had then."""
    asked, needed = model.question, defaultdict(list)
    for (p, n), cover in model.cover.items():
        needed[asked.visitors[p].lessons[n].period].append(cover)
    helps = {(c, period): model.cp.new_bool_var("") for c, one in enumerate(asked.colleagues) for period in one.periods}
    for (c,), taken in model.by(helps, 0).items():
        model.cp.add(sum(taken) <= asked.colleagues[c].most)
    model.substitutes = model.cp.new_int_var(0, sum(map(len, needed.values())), "")
    by_period = model.by(helps, 1)
    for period, covers in needed.items():
        called = sum(covers) - sum(by_period[period,])
        model.cp.add(called <= model.substitutes)
        model.wishes.add(model.cp, ("substitutes", period), called <= asked.substitutes.get(period, 0))


def pins_hold(model):
    """What is pinned is in the plan, and what is forbidden is not."""
    for number, pin in enumerate(model.question.pins):
        model.wishes.add_any(model.cp, ("pin", number), visits_as(model, pin))
    for number, wish in enumerate(model.question.forbids):
        for visit in visits_as(model, wish):
            model.wishes.forbid(model.cp, ("forbid", number), visit)


def visits_as(model, wish):
    """Variables that say of each visit that fits a wish whether it is in the plan."""
    asked = model.question
    places = [p for p, visitor in enumerate(asked.visitors) if visitor.key == wish.visitor]
    hosts = [h for h, host in enumerate(asked.hosts) if wish.host in (None, host.key)]
    starts = [s for s in model.starts if wish.starts in (None, s)]
    return [visit_of(model, p, h, s) for p in places for h in hosts for s in starts if (p, h, s) in model.reach.visits]


def visit_of(model, p, h, s):
    """Visitor p is in the room of host h from s on."""
    made = model.__dict__.setdefault("visit", {})
    if (p, h, s) not in made:
        made[p, h, s] = model.cp.new_bool_var("")
        both = []
        for t in model.teams:
            if (p, t, s) in model.there:
                one = model.cp.new_bool_var("")
                there, goes = model.there[p, t, s], model.goes[t, h, s]
                model.cp.add_implication(one, there)
                model.cp.add_implication(one, goes)
                model.cp.add_bool_or(~there, ~goes, one)
                both.append(one)
        model.cp.add(sum(both) == made[p, h, s])
    return made[p, h, s]


RULES = (
    meet_once,
    all_attend_the_meetings,
    visits_lie_between,
    teams_part_the_visitors,
    a_team_is_in_one_place,
    visitors_go_with_their_team,
    rooms_hold_them,
    hosts_are_not_overrun,
    visitors_have_their_visits,
    nobody_visits_while_they_teach,
    hosts_are_in_their_room,
    somebody_covers,
    pins_hold,
)
