"""Plans as rows keep them: people by id, visits as [host, minute, visitors]."""

from ..planner.question import Cost, Plan, Visit


def packed(plan):
    return {
        "pre_brief": plan.pre_brief,
        "debrief": plan.debrief,
        "teams": [sorted(team) for team in plan.teams],
        "visits": [[visit.host, visit.starts, sorted(visit.visitors)] for visit in plan.visits],
    }


def unpacked(given):
    return Plan(
        given["pre_brief"],
        given["debrief"],
        tuple(frozenset(team) for team in given["teams"]),
        tuple(Visit(host, starts, frozenset(visitors)) for host, starts, visitors in given["visits"]),
    )


def cost_of(given):
    return Cost(*given)
