"""What a careful person with a spreadsheet would do: meetings at the edges, then team after team, cheapest first.

A search that has found nothing begins here, and the benchmark compares with it. It may break rules.
"""

from .question import Plan, Visit


def first_guess(reach):
    """A Plan, or None; it may miss visits that somebody wants, and the checker will say so."""
    asked = reach.question
    frames = sorted(reach.layout.frames, key=lambda frame: (_missed(reach, frame), frame.pre_brief, -frame.debrief))
    if not frames or _missed(reach, frames[0]) is None:
        return None
    teams, taken, visits = _teams(reach), set(), []
    for team in teams:
        visits += _round(reach, frames[0], team, taken)
    names = [frozenset(asked.visitors[p].key for p in team) for team in teams]
    return Plan(frames[0].pre_brief, frames[0].debrief, tuple(names), tuple(visits))


def _missed(reach, frame):
    missed = [reach.both_meetings(p, frame) for p in range(len(reach.question.visitors))]
    return 10_000 if None in missed else sum(map(len, missed))


def _teams(reach):
    """Those who are free in the same periods go together, three at a time."""
    people = reach.question.visitors
    order = sorted(range(len(people)), key=lambda p: sorted(lesson.period for lesson in people[p].lessons))
    cut = [order[start : start + 3] for start in range(0, len(order), 3)]
    if len(cut) > 1 and len(cut[-1]) == 1:
        cut[-2:] = [cut[-2] + cut[-1]]
    return cut


def _round(reach, frame, team, taken):
    """The team's visits, each at the least cost that is left, until everybody has as many as they want."""
    asked, made = reach.question, []
    for _ in range(max(asked.visitors[p].least for p in team)):
        options = [
            (len(set().union(*(reach.visits[p, h, s] for p in team))), -_matches(reach, team, h), s, h)
            for s in reach.layout.starts
            for h in reach.hosts_at[s]
            if (h, s) not in taken and _fits(reach, frame, team, h, s, made)
        ]
        if not options:
            return made
        *_, s, h = min(options)
        taken.add((h, s))
        made.append(Visit(asked.hosts[h].key, s, frozenset(asked.visitors[p].key for p in team)))
    return made


def _matches(reach, team, h):
    return sum(reach.matches(p, h) for p in team)


def _fits(reach, frame, team, h, s, made):
    asked, walk = reach.question, reach.question.walking.usual
    between = frame.pre_brief + asked.pre_brief_minutes + walk <= s <= frame.debrief - asked.visit_minutes - walk
    apart = all(not reach.layout.too_close(s, visit.starts, walk) for visit in made)
    new = all(visit.host != asked.hosts[h].key for visit in made)
    return between and apart and new and all((p, h, s) in reach.visits for p in team)
