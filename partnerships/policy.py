"""What a person may do to a partnership that they see. Rights come from the relation to it, not from a post."""

from people.models import Role, User
from supports.models import StepWords, SupportType

from .models import Entry, Member, Partnership
from .models.emergency import those_concerning


def member_of(user, partnership):
    """The person's row among the active members, or None."""
    return next(
        (m for m in partnership.members.all() if m.person_id == user.pk and m.state == Member.State.ACTIVE), None
    )


def facilitates(user, partnership):
    return user.standing.is_district_facilitator or any(
        user.standing.facilitates(member.school_id) for member in partnership.members.all()
    )


def may_start(user, support):
    """Staff start what anyone starts; what needs a facilitator is started by one."""
    if support.begins == SupportType.Begins.START:
        return bool(user.standing.schools) or user.standing.is_district_facilitator
    return support.has_workflow and user.standing.holds(Role.FACILITATOR)


def may_ask_for(user, support):
    return support.has_workflow and bool(user.standing.schools)


def evaluates(user, school_id):
    """Whoever evaluates a school's staff is nobody's partner, observer or coach there."""
    return user.standing.leads(school_id)


def may_work_with(user, partnership):
    """A person may become a partner where neither they nor one of the others evaluates the other."""
    others = [m for m in partnership.members.all() if m.state == Member.State.ACTIVE and m.person_id != user.pk]
    return not any(
        evaluates(user, member.school_id) or any(evaluates(member.person, school) for school in user.standing.schools)
        for member in others
    )


def may_invite(user, partnership):
    return partnership.is_active and bool(member_of(user, partnership) or facilitates(user, partnership))


def may_answer_invitation(user, member):
    return member.person_id == user.pk and member.state == Member.State.INVITED and member.partnership.is_active


def may_take_back_invitation(user, member):
    return member.state == Member.State.INVITED and may_invite(user, member.partnership)


def may_join_call(user, partnership):
    calling = partnership.is_active and partnership.call and not partnership.call_closed_at
    return bool(
        calling and user.standing.schools and not member_of(user, partnership) and may_work_with(user, partnership)
    )


def may_leave(user, partnership):
    """Anyone but the lead, who hands over first or withdraws the whole."""
    member = member_of(user, partnership)
    return bool(partnership.is_active and member and member.part != Member.Part.LEAD)


def may_take_part(user, partnership):
    """Write, add files, talk: members of work that is under way."""
    return partnership.is_active and bool(member_of(user, partnership))


def may_hand_over(user, entry):
    """The author of a note, to somebody else who takes part: also once the work is over, or they have left it."""
    return entry.author_id == user.pk and entry.kind == Entry.Kind.NOTE and entry.handed_over_at is None


def may_throw_away(user, entry):
    """Whose it is today. What was written together is not one person's to delete, and a thread keeps its messages."""
    return entry.owner_id == user.pk and not entry.joint and entry.kind != Entry.Kind.MESSAGE


def may_know_of_emergencies(user):
    return user.is_active and (user.is_superuser or user.standing.is_admin)


def may_ask_for_emergency(user, partnership):
    """The operator, where no word of it is by or about them."""
    return user.is_active and user.is_superuser and not concerns(user, partnership)


def may_approve_emergency(user, reading):
    """An admin: never who asked, and never somebody whose words would be opened."""
    return user.standing.is_admin and user.pk != reading.asked_by_id and not concerns(user, reading.partnership)


def may_end_emergency(user, reading):
    """Either of the two, and any admin."""
    return user.pk == reading.asked_by_id or user.standing.is_admin


def concerns(user, partnership):
    return Partnership.objects.filter(pk=partnership.pk, pk__in=those_concerning(user)).exists()


def may_steer(user, partnership):
    """The timeline and the milestones belong to everyone who takes part."""
    return may_take_part(user, partnership)


def may_lead(user, partnership):
    member = member_of(user, partnership)
    return bool(partnership.is_active and member and member.part == Member.Part.LEAD)


def may_reopen(user, partnership):
    member = member_of(user, partnership)
    return bool(not partnership.is_active and member and member.part == Member.Part.LEAD)


def may_renew(user, partnership):
    return partnership.status == Partnership.Status.COMPLETED and bool(member_of(user, partnership))


def may_do_step(user, step):
    """Is this step the person's to do, if it is the current one? An approval is decided elsewhere."""
    partnership = step.partnership
    if not partnership.is_active:
        return False
    if step.member_id:
        return step.member.person_id == user.pk and step.member.state == Member.State.ACTIVE
    member = member_of(user, partnership)
    actors = {
        StepWords.Actor.MEMBERS: lambda: bool(member),
        StepWords.Actor.LEAD: lambda: bool(member and member.part == Member.Part.LEAD),
        StepWords.Actor.COACH: lambda: bool(member and member.pk in {m.pk for m in coaches(partnership)}),
        StepWords.Actor.FACILITATOR: lambda: facilitates(user, partnership),
        StepWords.Actor.TEACHER_LEADER: lambda: bool(member and member.pk in {m.pk for m in leaders(partnership)}),
        StepWords.Actor.PRINCIPAL: lambda: False,
    }
    return actors[step.actor]()


def holding(partnership, part):
    """The active members with this part, or the lead where nobody has it."""
    active = [member for member in partnership.members.all() if member.state == Member.State.ACTIVE]
    return [m for m in active if m.part == part] or [m for m in active if m.part == Member.Part.LEAD]


def coaches(partnership):
    return holding(partnership, Member.Part.COACH)


def leaders(partnership):
    return holding(partnership, Member.Part.TEACHER_LEADER)


def deciders(school_id, partnership, leading=User.objects.leading, holding=User.objects.holding):
    """Who decides on a plan for a school today: its principals and their deputies who take no part in the work.

    Where nobody is left, the district's admins do.
    """
    taking_part = {m.person_id for m in partnership.members.all() if m.state == Member.State.ACTIVE}
    found = [person for person in leading(school_id) if person.pk not in taking_part]
    return found or [person for person in holding(Role.ADMIN) if person.pk not in taking_part]


def may_decide(user, approval):
    return (
        approval.decision == ""
        and approval.partnership.is_active
        and (user.standing.leads(approval.school_id) or user.standing.is_admin)
        and user in deciders(approval.school_id, approval.partnership)
    )


def may_answer_request(user, request):
    return request.answered_at is None and request.withdrawn_at is None and user.standing.facilitates(request.school_id)


def may_withdraw_request(user, request):
    return request.answered_at is None and request.withdrawn_at is None and request.asker_id == user.pk
