"""Who may do what with events, and with the periods of a school."""

from .followers import MAY_CHANGE
from .models import Feed
from .scopes import shared_by


def may_create(user):
    """Whoever works in the district may ask colleagues to a date."""
    return user.is_active


def may_find_a_time(user):
    """Staff who choose a time with colleagues see when they are busy, and not with what."""
    return user.is_active and user.standing.is_placed


def knows_classes(user, school_id):
    """Colleagues of a school read its timetable, and so do those who serve the whole district."""
    standing = user.standing
    return standing.is_admin or standing.is_district_facilitator or school_id in standing.schools


def may_change(user, event):
    """The organizer, and those whom an upper app trusts with it."""
    return user.is_active and (event.organizer_id == user.pk or any(rule(event, user) for rule in MAY_CHANGE))


def may_move(user, event):
    """A date that was called off is not moved: who wants it back makes a new one."""
    return event.cancelled_at is None and may_change(user, event)


def may_see_school_time(user, school):
    """The staff of the school, and those who plan for the whole district."""
    standing = user.standing
    return (
        standing.is_admin
        or standing.is_district_facilitator
        or school.pk in standing.schools | standing.deputised_schools
    )


def may_edit_periods(user, school):
    """Bells, cycles, special days and terms: the school's office; also what is all schools' (None), district admins."""
    return user.standing.is_admin or (school is not None and user.standing.keeps_office_of(school.pk))


def may_follow(user, scope):
    """In a feed: one's own dates, and what one has a part in, for as long as that lasts."""
    return user.is_active and (scope == Feed.OWN or scope in shared_by(user))


def may_edit_timetable(user, school):
    """The same hands as the school's bells: its office, its principal or who stands in, and the district's admins."""
    return may_edit_periods(user, school)


def may_import_timetable(user, school):
    """A file of several schools (None) is the district's."""
    return user.standing.is_admin if school is None else may_edit_timetable(user, school)


def may_correct_slot(user, slot):
    """Teachers know best what they teach and where; when they teach is for the school to say."""
    return slot.teacher_id == user.pk or may_edit_timetable(user, slot.timetable.school)
