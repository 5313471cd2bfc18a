"""What pages draw of a support: the journey of its steps, who undertakes what, and the menu by depth."""

from .models import SupportType

DEPTHS = {
    SupportType.Depth.NO_CONTACT: "Take it along and use it when it suits you. Nobody has to meet.",
    SupportType.Depth.LOW_STAKES: "Some company, little to prepare, and easy to step out of.",
    SupportType.Depth.VARIES: "You and your colleagues choose how far it goes: a week or a year.",
    SupportType.Depth.DEEP_DIVE: "Time to get to the bottom of something that matters to you.",
}
BEGIN_WORDS = {
    SupportType.Begins.START: "Start this",
    SupportType.Begins.REQUEST: "Ask for one",
    SupportType.Begins.ASSIGN: "Make an assignment",
}


def by_depth(supports, uses):
    """The groups of the menu, in order: each with its supports and what is said of their use."""
    groups = []
    for depth, text in DEPTHS.items():
        cards = [
            {"support": support, "uses": uses.get(support.pk, [])} for support in supports if support.depth == depth
        ]
        if cards:
            groups.append({"depth": depth, "label": depth.label, "text": text, "cards": cards})
    return groups


def journey(steps):
    """The steps as the stepper draws them, before anybody has begun."""
    return [{"title": step.title, "state": "later", "who": _who(step), "when": _when(step)} for step in steps]


def _who(step):
    return "Each of the partners" if step.each_member else step.get_actor_display()


def _when(step):
    said = ["if you like"] if step.optional else []
    if step.due_after_days is not None:
        weeks = round(step.due_after_days / 7)
        said.insert(0, f"about week {weeks}" if weeks else "in the first days")
    return ", ".join(said)


def by_part(responsibilities):
    """[(who, [what they undertake, ...]), ...] in the order in which each is first named."""
    parts = {}
    for row in responsibilities:
        parts.setdefault(row.get_part_display(), []).append(row.text)
    return list(parts.items())
