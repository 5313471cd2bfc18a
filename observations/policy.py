"""Who may set up and join a walk, and who asks for, decides on and names cover."""

from django.utils import timezone

from people.models import Role

from .models import Coverage

HOSTS = (Role.TEACHER, Role.TEACHER_LEADER, Role.COACH)


def may_set_up_walks(user):
    return user.standing.holds(Role.FACILITATOR)


def may_ask_for_walks(user):
    """Staff of a school, of the facilitator who sets them up."""
    return bool(user.standing.schools) and not may_set_up_walks(user)


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


def waits_for(user, walk):
    """Does the person wait for a place? `walk.waiting` is read once, and may be prefetched."""
    return any(wait.person_id == user.pk for wait in walk.waiting.all())


def may_stop_waiting(user, walk):
    """Who waits; and who has just moved up, so that the service can say so."""
    return walk.is_open and (waits_for(user, walk) or walks_in(user, walk))


def may_keep_place(user, walk):
    """Say what one wants to learn, or give the place back."""
    return walk.is_open and walks_in(user, walk)


def may_read_schedule(user, walk):
    """Where the team is when, and whose class it sees: who facilitates it, and the team once it is published."""
    return user.standing.facilitates(walk.school_id) or (walk.published_at is not None and walks_in(user, walk))


def may_keep_look_fors(user):
    """Facilitators, and admins, keep the district's sets of look-fors."""
    return user.standing.holds(Role.FACILITATOR, Role.ADMIN)


def may_read_brief(user, walk):
    """The team, its facilitator, and its hosts: whoever is watched may know what for."""
    hosts = any(visit.host_id == user.pk for visit in walk.visits.all())
    return walks_in(user, walk) or user.standing.facilitates(walk.school_id) or hosts


def may_acknowledge(user, walk):
    return walk.is_open and walks_in(user, walk)


def may_write_notes(user, walk):
    is_young = walk.is_open and not walk.is_keyless(timezone.now())
    return walk.notes_published_at is None and is_young and walks_in(user, walk)


def may_publish_notes(user, walk):
    return walk.notes_published_at is None and walk.published_at is not None and may_arrange(user, walk)


def may_read_notes(user, walk):
    """The team and the facilitator who leads it; before the notes are published, each reads their own alone."""
    return walk.facilitator_id == user.pk or walks_in(user, walk)


def may_open_door(user, school_id):
    """Whoever teaches at the school, by their own choice."""
    return school_id in user.standing.schools_as(*HOSTS)


def may_change_door(user, door):
    """The host alone, until it is closed."""
    return door.host_id == user.pk and door.ended_at is None


def may_read_moved(user, door):
    """That the timetable has another class by now: the host, and who sets up walks there."""
    return door.host_id == user.pk or user.standing.facilitates(door.school_id)


def may_read_debrief(user, walk):
    """Those who walked and the facilitator who leads it, once the notes are on the table."""
    return walk.notes_published_at is not None and may_read_notes(user, walk)


def may_debrief(user, walk):
    """Write on the group's page, until it is closed."""
    return walk.is_open and may_read_debrief(user, walk)


def may_speak(user, walk):
    """For oneself at the debrief: what one will try, and a yes to the note to the staff."""
    return may_debrief(user, walk) and walks_in(user, walk)


def may_reflect(user, walk):
    """Look back, for oneself alone, once the debrief is closed too."""
    return may_read_debrief(user, walk) and walks_in(user, walk)


def may_ask_for_cover(user):
    return bool(user.standing.schools)


def may_ask_for_date(user, event):
    """Whoever goes there, or set the date."""
    return event.organizer_id == user.pk or event.attendances.filter(person=user).exists()


def may_decide_on_cover(user, coverage):
    return user.standing.leads(coverage.school_id) and coverage.asker_id != user.pk


def arranges_cover(user, school_id):
    """Principal, deputy or front office of the school."""
    return school_id in desk_schools(user)


def may_name_coverer(user, coverage):
    """The principal, her deputy, or the front office once it is approved."""
    named = coverage.state in (Coverage.State.APPROVED, Coverage.State.ASSIGNED, Coverage.State.CONFIRMED)
    office = arranges_cover(user, coverage.school_id) and named and coverage.asker_id != user.pk
    return may_decide_on_cover(user, coverage) or office


def may_confirm_cover(user, coverage):
    """Whoever covers; for them, and for a substitute who has no account, those who arrange cover."""
    return coverage.coverer_id == user.pk or may_name_coverer(user, coverage)


def may_decline_cover(user, coverage):
    """One who was named says no; after a yes they ask a colleague to swap, or the office."""
    return coverage.coverer_id == user.pk and coverage.state == Coverage.State.ASSIGNED


def may_withdraw_cover(user, coverage):
    return coverage.asker_id == user.pk and coverage.state != Coverage.State.WITHDRAWN


def may_ask_again(user, coverage):
    return coverage.asker_id == user.pk and coverage.state == Coverage.State.RETURNED


def may_write_note(user, coverage):
    return coverage.asker_id == user.pk and coverage.state != Coverage.State.WITHDRAWN


def may_ask_for_needed(user, coverage):
    """Its teacher, and for the teachers on a walk the facilitator who set its dates."""
    leads_walk = coverage.event.thread.startswith("walk:") and coverage.event.organizer_id == user.pk
    return coverage.asker_id == user.pk or (leads_walk and user.standing.facilitates(coverage.event.school_id))


def may_offer_to_cover(user, school_id):
    return school_id in user.standing.schools


def may_swap(user, coverage):
    """Whoever covers asks a colleague."""
    return coverage.coverer_id == user.pk and coverage.is_named


def may_keep_substitutes(user):
    return bool(desk_schools(user)) or user.standing.is_admin


def may_set_cover_rules(user, school_id):
    return arranges_cover(user, school_id) or user.standing.is_admin


def may_read_ledger(user, school_id):
    """A duty roster: everyone at the school reads it, and the facilitator whose walks need cover there."""
    at_school = school_id in user.standing.schools or user.standing.facilitates(school_id)
    return at_school or arranges_cover(user, school_id) or user.standing.is_admin


def decided_schools(user):
    """Ids of the schools whose requests for cover the person answers."""
    return user.standing.schools_as(Role.PRINCIPAL) | user.standing.deputised_schools


def desk_schools(user):
    """Ids of the schools whose cover the person decides on or keeps the day sheet of."""
    return user.standing.offices


def may_change_substitute(user, substitute):
    """Who arranges cover at a school that they come to, and admins."""
    if user.standing.is_admin:
        return True
    return any(school.pk in desk_schools(user) for school in substitute.schools.all())
