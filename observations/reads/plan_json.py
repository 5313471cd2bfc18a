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


def absent_from(draft):
    """Ids of those who cannot come on the half day that was chosen, and whom nobody has put into a team since."""
    offers = (one for one in draft.search.found if (one["day"], one["half"]) == (str(draft.walk.day), draft.walk.half))
    return {pk for one in offers for pk in one["absent"]} - {pk for team in draft.plan["teams"] for pk in team}


def cost_of(given):
    return Cost(*given)
