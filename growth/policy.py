"""Who may read the year-end report, and of which schools."""

from partnerships.models import Member, Partnership
from partnerships.policy import member_of
from people.models import Role


def may_read_report(user):
    return user.standing.is_admin or user.standing.holds(Role.PRINCIPAL)


def schools_of_report(user):
    """None for the whole district, or else the ids of the schools that the person leads."""
    return None if user.standing.is_admin else user.standing.schools_as(Role.PRINCIPAL)


def may_read_walks(user):
    """What walks came to, those who facilitate them read of their schools; others have the report."""
    return user.standing.holds(Role.FACILITATOR)


def schools_of_walks(user):
    """None for the whole district, or else the ids of the schools that the person facilitates."""
    return None if user.standing.is_district_facilitator else user.standing.schools_as(Role.FACILITATOR)


def may_write_newsletter(user, school=None):
    """A facilitator writes for her schools, one of the district for all; admins do too."""
    standing = user.standing
    if standing.is_admin or standing.is_district_facilitator:
        return True
    return school is not None and standing.facilitates(school.pk)


def writes_newsletters(user):
    return user.standing.holds(Role.ADMIN, Role.FACILITATOR)


def may_change_newsletter(user, newsletter):
    """As long as it has not gone out: then it stands as it was read."""
    return newsletter.sent_at is None and may_write_newsletter(user, newsletter.school)


def may_thank(user):
    return user.standing.is_placed


def may_decide_on_shout_out(user, shout_out):
    """Whether others read it, the one who is thanked decides, and may decide anew; not once its writer took it back."""
    return shout_out.to_id == user.pk and shout_out.kept_by_id != shout_out.author_id


def may_take_back_shout_out(user, shout_out):
    return user.pk in (shout_out.to_id, shout_out.author_id) and shout_out.shown_at is not None


def may_hold_meetings(user):
    """Principals hold growth meetings; whoever decides for one today may set and move their dates, and read nothing."""
    return bool(schools_of_meetings(user))


def schools_of_meetings(user):
    return user.standing.schools_as(Role.PRINCIPAL) | user.standing.deputised_schools


def may_schedule_meeting(user, partnership):
    """With a team of one's own school in which one takes no part; withdrawn work has no year to look back on."""
    led = schools_of_meetings(user)
    here = any(member.school_id in led for member in partnership.members.all() if member.state == Member.State.ACTIVE)
    return here and not member_of(user, partnership) and partnership.status != Partnership.Status.CANCELLED


def holds(user, meeting):
    """The principal whom the team meets, as long as she leads the school."""
    return meeting.principal_id == user.pk and meeting.school_id in user.standing.schools_as(Role.PRINCIPAL)


def may_bring(user, meeting, at=None):
    """Each of the team what is theirs, until the meeting has been held."""
    return meeting.has_date and not meeting.is_held(at) and bool(member_of(user, meeting.partnership))


def may_take_back(user, brought):
    return may_bring(user, brought.meeting) and (brought.by_id == user.pk or brought.joint)


def may_write_record(user, meeting, at=None):
    """Either side, from the beginning of the meeting on."""
    return meeting.has_begun(at) and (holds(user, meeting) or bool(member_of(user, meeting.partnership)))


def may_decide_next_year(user, meeting, at=None):
    """The team alone, once they have met."""
    return meeting.is_held(at) and bool(member_of(user, meeting.partnership))


def may_read_model(user):
    """How it went at their schools, in counts: principals and facilitators, who talk of it with the coaching team."""
    return user.standing.holds(Role.PRINCIPAL, Role.FACILITATOR)


def schools_of_model(user):
    """None for the whole district, or else the ids of the schools that the person leads or facilitates."""
    if user.standing.is_district_facilitator:
        return None
    return user.standing.schools_as(Role.PRINCIPAL, Role.FACILITATOR)
