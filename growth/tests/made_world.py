"""A small district made through the services, and its figures worked out again from the plan alone."""

from collections import Counter
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from partnerships.models import Step
from partnerships.services import closing, members, progress, starting


@dataclass
class Planned:
    """One partnership as it is to be made: who takes part (the first leads), who leaves, and how it ends."""

    support: str
    people: str
    fate: str = "completed"
    leaves: str = ""
    asked: str = ""

    @property
    def names(self):
        return self.people.split()


PLAN = [
    Planned("try", "M1 M2 M3 M7", leaves="M7"),
    Planned("try", "M4 M5 R1"),
    Planned("try", "M1 M6", fate="withdrawn"),
    Planned("try", "R1 R2", fate="active"),
    Planned("try", "R3 R4 R5 R6"),
    Planned("try", "H1 H2 H3 H4 H5 H6"),
    Planned("talk", "M1 M2", asked="R6"),
    Planned("talk", "R1 R2 R3 R4 R5"),
    Planned("talk", "H1 H2 H3 H4 H5"),
]
SCHOOL_OF = {"M": "Maple Grove Elementary", "R": "Riverside Middle", "H": "Hill High"}
SUPPORTS = {"try": "Try it together", "talk": "Talk it over"}


def told_by(planned, name):
    """What a person answers: level before, level after, fingers, minutes."""
    number = int(name[1]) + len(planned.people)
    return 1 + number % 3, 3 + number % 3, number % 6, 10 + 7 * number


def make(planned, support, people, *, at):
    """Carry one planned partnership through the services."""
    lead, *others = (people[name] for name in planned.names)
    work = starting.start(support, by=lead, at=at)
    for name, person in zip(planned.names[1:], others, strict=True):
        invitation = members.invite(work, by=lead, person=person, at=at)
        members.accept(invitation, by=person, level=told_by(planned, name)[0], at=at)
    for name in planned.asked.split():
        members.invite(work, by=lead, person=people[name], at=at)
    for name in planned.leaves.split():
        members.leave(work, by=people[name], at=at)
    level = told_by(planned, planned.names[0])[0]
    progress.finish(work.steps.get(key="goal"), by=lead, answers={"goal": "To listen.", "level": level}, at=at)
    if planned.fate == "withdrawn":
        closing.withdraw(work, by=lead, reason="Secret reason.", at=at)
    if planned.fate == "completed":
        reflect(planned, work, people, at=at)
    work.refresh_from_db()
    return work


def reflect(planned, work, people, *, at):
    for name in planned.names:
        for step in Step.objects.current().filter(partnership=work, member__person=people[name]):
            _, after, fingers, minutes = told_by(planned, name)
            answers = {"texts": [("How?", "A secret word.")], "level": after, "fist_to_five": fingers}
            progress.finish(step, by=people[name], answers={**answers, "minutes": minutes}, at=at)


def expected(initial=None, support=None):
    """The figures of a school (by initial) and support, or of all: plain counting over the plan."""
    works = [planned for planned in PLAN if support in (None, planned.support)]
    started = [planned for planned in works if initial in (None, planned.people[0])]
    here = [(planned, name) for planned in works for name in planned.names if initial in (None, name[0])]
    ended = [(p, name) for p, name in here if p.fate == "completed" and name not in p.leaves.split()]
    return {
        "started": len(started),
        "fates": Counter(planned.fate for planned in started),
        "people": len({name for _, name in here}),
        "minutes": sum(told_by(p, name)[3] for p, name in ended),
        "before": Counter(told_by(p, name)[0] for p, name in here),
        "after": Counter(told_by(p, name)[1] for p, name in ended),
        "fingers": Counter(told_by(p, name)[2] for p, name in ended),
        "after_people": len({name for _, name in ended}),
    }


def hours(minutes):
    return (Decimal(minutes) / Decimal(60)).quantize(Decimal("0.1"), ROUND_HALF_UP)
