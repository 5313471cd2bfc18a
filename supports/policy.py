"""May they do this to a thing that they see?"""

from people.models import Role

from .models import SupportType


def may_edit_menu(user):
    """The menu and who approves are the district's, and so its admins'."""
    return user.standing.is_admin


def may_add_session(user):
    return user.standing.holds(Role.ADMIN, Role.FACILITATOR, Role.TEACHER_LEADER)


def may_name_leader(user):
    """A teacher leader enters sessions of their own; the others keep the catalogue for everyone."""
    return user.standing.holds(Role.ADMIN, Role.FACILITATOR)


def may_keep_session(user, session):
    """Admins and district facilitators any, a school's facilitator those of the school, leaders their own."""
    if user.standing.is_admin or user.standing.facilitates(session.school_id):
        return True
    return session.leader_id == user.pk and user.standing.holds(Role.TEACHER_LEADER)


def is_offered_start(user, support):
    """Whether the menu shows the person a way to begin; what begins is then asked of partnerships."""
    if support.begins == SupportType.Begins.ASSIGN:
        return user.standing.holds(Role.COACH, Role.FACILITATOR, Role.PRINCIPAL)
    return support.has_workflow
