"""Who may read the year-end report, and of which schools."""

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
