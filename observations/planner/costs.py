"""The items of a plan's cost as sums over the model's variables, in the order of `Cost` (issue 4, line 2)."""

from .model import visit_of
from .question import Cost


def items(model):
    """Cost of linear expressions, each at least 0, and what each visitor takes part in it with."""
    alone = [(without(model, p), sum(model.cover_of[p,]), minutes_of(model, p)) for p in model.people]
    unmatched, covers, minutes = map(sum, zip(*alone, strict=True))
    return Cost(changes(model), unmatched, covers, model.substitutes, uneven(model), minutes), alone


def changes(model):
    """Visits of the earlier plan that are lost to those still here, those that are new, and meetings moved for all."""
    earlier, asked = model.question.earlier, model.question
    if earlier is None:
        return 0
    places = {visitor.key: p for p, visitor in enumerate(asked.visitors)}
    hosts = {host.key: h for h, host in enumerate(asked.hosts)}
    had = {(places.get(key), hosts.get(visit.host), visit.starts) for visit in earlier.visits for key in visit.visitors}
    known = {who for visit in earlier.visits for who in visit.visitors} | {
        who for team in earlier.teams for who in team
    }
    kept = [visit_of(model, *one) for one in had if one in model.reach.visits and one[2] in model.starts]
    lost = sum(1 for p, _, _ in had if p is not None) - sum(kept)
    there = [v for (p, _, _), v in model.there.items() if asked.visitors[p].key in known]
    moved = [model.pre.get(earlier.pre_brief, 0), model.deb.get(earlier.debrief, 0)]
    return lost + sum(there) - sum(kept) + len(known & set(places)) * (2 - sum(moved))


def without(model, p):
    """1 when the visitor has no visit that shows what they want to learn."""
    found = model.cp.new_bool_var("")
    model.cp.add_bool_or(*_matching_visits(model, p), found)
    return found


def _matching_visits(model, p):
    for t, s in [(t, s) for q, t, s in model.there if q == p]:
        hosts = [h for h in model.reach.hosts_at[s] if (p, h, s) in model.reach.visits and model.reach.matches(p, h)]
        matching = model.cp.new_bool_var("")
        model.cp.add_implication(matching, model.there[p, t, s])
        model.cp.add_bool_or(*[model.goes[t, h, s] for h in hosts], ~matching)
        yield matching


def uneven(model):
    """Visits of the most visited open door less those of the least visited one."""
    asked, doors = model.question, model.reach.open_hosts
    if len(doors) < 2:
        return 0
    highest = max(asked.hosts[h].most for h in doors)
    most, least = model.cp.new_int_var(0, highest, ""), model.cp.new_int_var(0, highest, "")
    visits = model.by(model.goes, 1)
    for h in doors:
        model.cp.add(sum(visits[h,]) <= most)
        model.cp.add(sum(visits[h,]) >= least)
    return most - least


def minutes_of(model, p):
    """From the pre-brief's end to the debrief's start, less visits and classes that the visitor teaches."""
    asked = model.question
    span = sum(start * v for start, v in model.deb.items()) - sum(start * v for start, v in model.pre.items())
    visits = sum(model.there_of[p,])
    return span - asked.pre_brief_minutes - asked.visit_minutes * visits - _taught(model, p)


def _taught(model, p):
    """Minutes of classes between the meetings that nobody covers."""
    asked, found = model.question, []
    for n, lesson in enumerate(asked.visitors[p].lessons):
        kept = model.cp.new_bool_var("")
        after = [v for start, v in model.pre.items() if start + asked.pre_brief_minutes <= lesson.starts]
        before = [v for start, v in model.deb.items() if lesson.ends <= start]
        model.cp.add_implication(kept, ~model.cover[p, n])
        model.cp.add_bool_or(*after, ~kept)
        model.cp.add_bool_or(*before, ~kept)
        found.append((lesson.ends - lesson.starts) * kept)
    return sum(found)
