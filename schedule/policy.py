"""Who may do what with events, and with the periods of a school."""

from people.models import Role

from .followers import MAY_CHANGE


def may_create(user):
    """Whoever works in the district may ask colleagues to a date."""
    return user.is_active


def may_change(user, event):
    """The organizer, and those whom an upper app trusts with it."""
    return user.is_active and (event.organizer_id == user.pk or any(rule(event, user) for rule in MAY_CHANGE))


def may_move(user, event):
    """A date that was called off is not moved: who wants it back makes a new one."""
    return event.cancelled_at is None and may_change(user, event)


def may_edit_periods(user, school):
    standing = user.standing
    return standing.is_admin or standing.leads(school.pk) or school.pk in standing.schools_as(Role.FRONT_OFFICE)
