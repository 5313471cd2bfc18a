"""A plan in words: what it costs, and how sure the planner is that nothing is better."""

from ..planner.question import Cost

ITEMS = {
    "changes": ("One change on somebody's schedule", "{} changes on people's schedules", "No schedule changes"),
    "unmatched": (
        "One person without a visit that fits their focus",
        "{} people without a visit that fits their focus",
        "Everyone sees what they want to learn",
    ),
    "covers": ("One class needs cover", "{} classes need cover", "No class is missed"),
    "substitutes": ("One substitute to call in", "{} substitutes to call in", "No substitute is needed"),
    "uneven": (
        "The most visited host has one visit more than the least",
        "The most visited host has {} visits more than the least",
        "Hosts have as many visits as each other",
    ),
    "minutes": (
        "One minute of walking and waiting, of all together",
        "{} minutes of walking and waiting, of all together",
        "Nobody waits",
    ),
}
SHORTER = {
    "changes": ("one change", "{} changes"),
    "unmatched": ("one person without a fitting visit", "{} people without a fitting visit"),
    "covers": ("one class to cover", "{} classes to cover"),
    "substitutes": ("one substitute", "{} substitutes"),
    "uneven": ("one visit between hosts", "{} visits between hosts"),
    "minutes": ("one minute", "{} minutes"),
}


def cost_lines(cost, *, with_changes=False):
    """[sentence] in the order in which items count."""
    return [
        _counted(ITEMS[name], number) for name, number in cost._asdict().items() if with_changes or name != "changes"
    ]


def proof_of(cost, bound):
    """One sentence: proven, or what at the most another plan could spare."""
    gap = [
        _counted(SHORTER[name], number - low)
        for name, number, low in zip(Cost._fields, cost, bound, strict=True)
        if number > low
    ]
    if not gap:
        return "Proven: no plan for this half day costs less."
    return f"There was no time to prove it: a better plan could at most spare {', '.join(gap)}."


def _counted(words, number):
    one, many, *none = words
    if number == 0 and none:
        return none[0]
    return one if number == 1 else many.format(number)


def clock_words(minute):
    return f"{minute // 60}:{minute % 60:02}"


def unmatched(question, plan):
    """Visitors none of whose visits shows what they want to learn."""
    shows = {host.key: host.focus for host in question.hosts}
    return [
        one
        for one in question.visitors
        if not any(
            one.key in visit.visitors and (not one.focus or one.focus & shows.get(visit.host, frozenset()))
            for visit in plan.visits
        )
    ]
