"""Who may set up and join a walk, and who asks for, decides on and names cover."""

from people.models import Role

from .models import Coverage


def may_set_up_walks(user):
    return user.standing.holds(Role.FACILITATOR)


def may_set_up_walk_at(user, school_id):
    return user.standing.facilitates(school_id)


def may_arrange(user, walk):
    """Its facilitator, or another one of the school, while it is not over."""
    return walk.is_open and user.standing.facilitates(walk.school_id)


def may_join(user, walk):
    """Staff join a listed walk that is still on; whoever evaluates that school's staff does not watch them."""
    return walk.listed and walk.is_open and bool(user.standing.schools) and may_watch(user, walk.school_id)


def may_watch(user, school_id):
    """Peers, not bosses: nobody observes staff whom they evaluate."""
    return not user.standing.leads(school_id)


def walks_in(user, walk):
    """Does the person take part? `walk.participants` is read once, and may be prefetched."""
    return any(place.person_id == user.pk and place.withdrew_at is None for place in walk.participants.all())


def may_keep_place(user, walk):
    """Say what one wants to learn, or give the place back."""
    return walk.is_open and walks_in(user, walk)


def may_read_schedule(user, walk):
    """Where the team is when, and whose class it sees: who facilitates it, and the team once it is published."""
    return user.standing.facilitates(walk.school_id) or (walk.published_at is not None and walks_in(user, walk))


def may_write_notes(user, walk):
    return walk.notes_published_at is None and walk.is_open and walks_in(user, walk)


def may_publish_notes(user, walk):
    return walk.notes_published_at is None and walk.published_at is not None and may_arrange(user, walk)


def may_read_notes(user, walk):
    """The team and the facilitator who leads it; before the notes are published, each reads their own alone."""
    return walk.facilitator_id == user.pk or walks_in(user, walk)


def may_ask_for_cover(user):
    return bool(user.standing.schools)


def may_decide_on_cover(user, coverage):
    return user.standing.leads(coverage.school_id) and coverage.asker_id != user.pk


def may_name_coverer(user, coverage):
    """The principal, her deputy, or the front office once it is approved."""
    office = coverage.school_id in user.standing.schools_as(Role.FRONT_OFFICE)
    named = coverage.state in (Coverage.State.APPROVED, Coverage.State.ASSIGNED)
    return may_decide_on_cover(user, coverage) or (office and named and coverage.asker_id != user.pk)


def may_withdraw_cover(user, coverage):
    return coverage.asker_id == user.pk and coverage.state != Coverage.State.WITHDRAWN


def may_ask_again(user, coverage):
    return coverage.asker_id == user.pk and coverage.state == Coverage.State.RETURNED


def desk_schools(user):
    """Ids of the schools whose cover the person decides on or keeps the day sheet of."""
    return user.standing.schools_as(Role.PRINCIPAL, Role.FRONT_OFFICE) | user.standing.deputised_schools


def may_read_day_sheet(user, school_id):
    return school_id in desk_schools(user)
