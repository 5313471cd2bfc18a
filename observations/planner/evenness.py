"""Whether all open doors can have equally many visits: counted, before anything is searched for.

Teams together make so many visits at the least and so many at the most where everybody misses no more classes than
they must. When no number in between is a multiple of the doors, some door has a visit more than another.
"""

from collections import Counter

from .question import AT_LEAST_TOGETHER


def least_unevenness(reach, frame):
    """0 or 1: what no plan with these meetings goes below, were everybody's other items at their bounds."""
    doors = len(reach.open_hosts)
    if doors < 2:
        return 0
    least, most = visits_of_teams(reach, frame)
    return 0 if most // doors * doors >= least else 1


def visits_of_teams(reach, frame):
    """(at the least, at the most): the visits of all teams, were everybody's classes missed at their bound."""
    asked, able, bound_to, visits = reach.question, Counter(), Counter(), 0
    for place, visitor in enumerate(asked.visitors):
        starts = reach.starts_at_bound(place, frame)
        able.update(starts)
        visits += min(visitor.most, len(starts))
        if len(starts) <= visitor.least:
            bound_to.update(starts)
    wanted = sum(visitor.least for visitor in asked.visitors)
    least = max(_teams(wanted, asked), sum(_teams(count, asked) for count in bound_to.values()))
    most = sum(min(count // AT_LEAST_TOGETHER, len(reach.hosts_at[start])) for start, count in able.items())
    return least, min(most, visits // AT_LEAST_TOGETHER)


def _teams(people, asked):
    return -(-people // asked.team_most)
