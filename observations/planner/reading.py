"""From the model to a plan and back: what a solver found, and where the next search begins."""

from .question import Plan, Visit


def plan_of(model, is_so):
    """The Plan in a solution; `is_so` tells of each variable whether it is chosen."""
    asked = model.question
    teams = [[p for p, t in model.team if t == one and is_so(model.team[p, t])] for one in model.teams]
    visits = []
    for (t, h, s), goes in model.goes.items():
        if is_so(goes):
            there = [p for p in teams[t] if (p, t, s) in model.there and is_so(model.there[p, t, s])]
            visits.append(Visit(asked.hosts[h].key, s, frozenset(asked.visitors[p].key for p in there)))
    return Plan(
        next(start for start, chosen in model.pre.items() if is_so(chosen)),
        next(start for start, chosen in model.deb.items() if is_so(chosen)),
        tuple(frozenset(asked.visitors[p].key for p in team) for team in teams if team),
        tuple(sorted(visits, key=lambda visit: (visit.starts, str(visit.host)))),
    )


def begin_with(model, plan):
    """Let the search begin at a plan, or near it where it is none of this model's."""
    chosen = set(_chosen(model, plan))
    model.cp.clear_hints()
    for kind in ("pre", "deb", "team", "goes", "there"):
        for key, variable in getattr(model, kind).items():
            model.cp.add_hint(variable, (kind, key) in chosen)


def _chosen(model, plan):
    asked = model.question
    places = {visitor.key: p for p, visitor in enumerate(asked.visitors)}
    hosts = {host.key: h for h, host in enumerate(asked.hosts)}
    yield "pre", plan.pre_brief
    yield "deb", plan.debrief
    teams = sorted(members for team in plan.teams if (members := sorted(places[key] for key in team if key in places)))
    for t, members in enumerate(teams):
        for p in members:
            yield "team", (p, t)
        for visit in plan.visits:
            there = [p for p in members if asked.visitors[p].key in visit.visitors]
            if there:
                yield "goes", (t, hosts.get(visit.host), visit.starts)
            for p in there:
                yield "there", (p, t, visit.starts)
