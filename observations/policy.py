"""Who may set up and join a walk, and who asks for, decides on and names cover."""

from people.models import Role

from .models import Coverage


def may_set_up_walks(user):
    return user.standing.holds(Role.FACILITATOR)


def may_arrange(user, walk):
    """Its facilitator, or another one of the school, while it is not over."""
    return walk.closed_at is None and walk.cancelled_at is None and user.standing.facilitates(walk.school_id)


def may_join(user, walk):
    """Staff join a listed walk that is still to come; whoever evaluates that school's staff does not watch them."""
    is_open = walk.listed and walk.closed_at is None and walk.cancelled_at is None
    return is_open and bool(user.standing.schools) and not user.standing.leads(walk.school_id)


def walks_in(user, walk):
    """Does the person take part? `walk.participants` is read once, and may be prefetched."""
    return any(place.person_id == user.pk and place.withdrew_at is None for place in walk.participants.all())


def may_write_notes(user, walk):
    return walk.notes_published_at is None and walk.cancelled_at is None and walks_in(user, walk)


def may_publish_notes(user, walk):
    return walk.notes_published_at is None and walk.published_at is not None and may_arrange(user, walk)


def may_ask_for_cover(user):
    return bool(user.standing.schools)


def may_decide_on_cover(user, coverage):
    return user.standing.leads(coverage.school_id) and coverage.asker_id != user.pk


def may_name_coverer(user, coverage):
    """The principal, her deputy, or the front office once it is approved."""
    office = coverage.school_id in user.standing.schools_as(Role.FRONT_OFFICE)
    named = coverage.state in (Coverage.State.APPROVED, Coverage.State.ASSIGNED)
    return may_decide_on_cover(user, coverage) or (office and named)


def may_withdraw_cover(user, coverage):
    return coverage.asker_id == user.pk and coverage.state != Coverage.State.WITHDRAWN


def may_read_day_sheet(user, school_id):
    desk = user.standing.schools_as(Role.PRINCIPAL, Role.FRONT_OFFICE) | user.standing.deputised_schools
    return school_id in desk
