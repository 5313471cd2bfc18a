"""Who may read the year-end report, and of which schools."""

from people.models import Role


def may_read_report(user):
    return user.standing.is_admin or user.standing.holds(Role.PRINCIPAL)


def schools_of_report(user):
    """None for the whole district, or else the ids of the schools that the person leads."""
    return None if user.standing.is_admin else user.standing.schools_as(Role.PRINCIPAL)
