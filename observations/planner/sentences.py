"""Wishes in words, for a facilitator who has to ask somebody to give way."""


def sentence(question, kind, *where):
    """One wish as a sentence: its kind, and the places in the question that it is about."""
    return WORDS[kind](question, *where)


def clock(minute):
    """8:05 for 485."""
    return f"{minute // 60}:{minute % 60:02}"


def times(count, what):
    return f"{count} {what}{'' if count == 1 else 's'}"


def visitor(question, place):
    return question.visitors[place].name or str(question.visitors[place].key)


def host(question, place):
    return question.hosts[place].name or str(question.hosts[place].key)


def named(people, key):
    return next((one.name for one in people if one.key == key and one.name), str(key))


def _busy(question, p, n):
    span = question.visitors[p].busy[n]
    return f"{visitor(question, p)} cannot come from {clock(span.starts)} to {clock(span.ends)}: {span.name}."


def _substitutes(question, period):
    count = question.substitutes.get(period, 0)
    return f"There {'is' if count == 1 else 'are'} {times(count, 'substitute')} in period {period}."


def _visit(question, wish):
    there = f" to {named(question.hosts, wish.host)}" if wish.host is not None else ""
    at = f" at {clock(wish.starts)}" if wish.starts is not None else ""
    return f"a visit of {named(question.visitors, wish.visitor)}{there}{at}"


WORDS = {
    "least": lambda q, p: f"{visitor(q, p)} wants at least {times(q.visitors[p].least, 'visit')}.",
    "most": lambda q, p: f"{visitor(q, p)} wants at most {times(q.visitors[p].most, 'visit')}.",
    "no cover": lambda q, p: f"No class of {visitor(q, p)}'s is to be covered.",
    "busy": _busy,
    "most of host": lambda q, h: f"{host(q, h)} takes at most {times(q.hosts[h].most, 'visit')}.",
    "chairs": lambda q, h: f"{host(q, h)} has room for {times(q.hosts[h].capacity, 'visitor')}.",
    "substitutes": _substitutes,
    "pin": lambda q, n: f"There is to be {_visit(q, q.pins[n])}.",
    "forbid": lambda q, n: f"There is not to be {_visit(q, q.forbids[n])}.",
}
