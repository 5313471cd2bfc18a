"""To whom words may be shown by name, and whose consent that takes: the cells of TRUST's table that say "S".

Rights come from a person's relation to the words. Whoever has none of these relations cannot be named.
"""

from enum import Enum

from people.models import Role

from .models import Entry, Member
from .policy import facilitates


class Relation(Enum):
    PARTNER = "takes part in it"
    PRINCIPAL = "leads the school of one of those who take part"
    ADMIN = "runs the district"
    FACILITATOR = "helps with it as its facilitator"
    COLLEAGUE = "is another teacher"
    NONE = "is none of these"


PAIR, OWN = "what tells of a colleague or is said between partners", "what one writes about one's own work"
SHOWN_TO = {
    PAIR: {Relation.PRINCIPAL, Relation.ADMIN},
    OWN: {Relation.PRINCIPAL, Relation.ADMIN, Relation.COLLEAGUE},
}
TEACHING = (Role.TEACHER, Role.TEACHER_LEADER, Role.COACH, Role.PRINCIPAL)
WHY_NOT = {
    Relation.PARTNER: "{name} takes part in this work. Choose “My partners and me” instead.",
    Relation.FACILITATOR: "{name} is the facilitator of this work, whose help needs none of your words.",
    Relation.COLLEAGUE: "Notes about a colleague and messages can be shown to the principal or a district admin, "
    "and to nobody else.",
    Relation.NONE: "{name} does not teach here. Name a teacher, your principal or a district admin.",
}


def relation_of(person, partnership):
    """The nearest relation of the person to the work; posts count only where no nearer one does."""
    active = [member for member in partnership.members.all() if member.state == Member.State.ACTIVE]
    standing = person.standing
    if person.pk in {member.person_id for member in active}:
        return Relation.PARTNER
    if standing.schools_as(Role.PRINCIPAL) & {member.school_id for member in active}:
        return Relation.PRINCIPAL
    if standing.is_admin:
        return Relation.ADMIN
    if facilitates(person, partnership):
        return Relation.FACILITATOR
    return Relation.COLLEAGUE if standing.holds(*TEACHING) else Relation.NONE


def why_not_shown_to(reader, entry):
    """A sentence, or "" where this text may be shown to this person."""
    relation = relation_of(reader, entry.partnership)
    sort = PAIR if entry.is_of_the_pair else OWN
    return "" if relation in SHOWN_TO[sort] else WHY_NOT[relation].format(name=reader.name)


def holders(entry):
    """Ids of those whose consent it takes: the author; with a colleague it tells of; or all who wrote it together."""
    if entry.is_of_the_pair and entry.about_id:
        return {entry.author_id, entry.about_id}
    if entry.joint or entry.is_of_the_pair:
        active = entry.partnership.members.active().values_list("person", flat=True)
        return {entry.author_id, *active}
    return {entry.author_id}


def may_be_given(entry, user):
    """Whether the person may ask to show this text: it is theirs today, or theirs as well and they can read it."""
    if entry.handed_over_at or entry.audience == Entry.Audience.PRIVATE:
        return entry.owner_id == user.pk
    return user.pk in holders(entry)
