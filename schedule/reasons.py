"""Why an opening stands where it stands, in words."""

from .busy import CLASS
from .words import count, listed


class Reasons:
    """Says it for one reader: `names` are people's names by id, `tell(block)` is a class in words, or "" if the
    reader may not know it; `bells` are {date: [(period, starts, ends)]}.
    """

    def __init__(self, party, own, *, names, tell, bells):
        self.party, self.own, self.names, self.tell, self.bells = party, own, names, tell, bells

    def of(self, opening, starts_at, ends_at):
        """The sentences of an opening, whose moments are given on the school's clock."""
        return (
            self.cost(opening),
            *self.place_in_the_day(opening, starts_at, ends_at),
            *(f"A co-teacher stays with {self.class_of(*pair)}." for pair in opening.kept),
            *(f"{self.class_of(*pair)} is on then." for pair in opening.seen),
            *self.in_the_way(opening),
        )

    def class_of(self, pk, block):
        return f"{self.names[pk]}'s {self.tell(block) or 'class'}"

    def cost(self, opening):
        if not opening.classes:
            return "Nobody misses a class."
        of = count(len(opening.classes), "class", "classes")
        minutes = count(opening.class_minutes, "minute", "minutes")
        return (
            f"Takes {minutes} of {of}: {listed(list(dict.fromkeys(self.class_of(*pair) for pair in opening.classes)))}."
        )

    def place_in_the_day(self, opening, starts_at, ends_at):
        """Before the bells, after them, or in a period in which all who teach that day are free."""
        periods = self.bells.get(starts_at.date(), ())
        begins, ends = starts_at.time(), ends_at.time()
        if periods and begins >= max(end for _, _, end in periods):
            yield "After the last bell."
        elif periods and ends <= min(start for _, start, _ in periods):
            yield "Before the first bell."
        elif self.is_planning(opening, starts_at.date()) and any(a <= begins and ends <= z for _, a, z in periods):
            yield "In everyone's planning period."

    def is_planning(self, opening, date):
        return not (opening.classes or opening.kept or opening.seen) and all(
            any(block.kind == CLASS and block.starts_at.date() == date for block in self.own[pk])
            for pk in self.party.needed
        )

    def in_the_way(self, opening):
        for pk, why in opening.in_the_way:
            if why == "unsure":
                yield f"{self.names[pk]} was asked to another date then, and has not answered."
            else:
                yield f"{self.names[pk]} is busy then, but need not come."
