"""Who may do what to the district's people and places. Seeing is decided in the querysets."""

from .models import Role, User


def may_run_district(user):
    """Schools, years, posts, accounts, files of staff: district admins."""
    return user.standing.is_admin


def may_change_days_off(user, school):
    """Days without classes: of one school its office, when a pipe bursts; of all schools (None) a district admin."""
    return user.standing.is_admin or (school is not None and user.standing.keeps_office_of(school.pk))


def may_edit_profile(user, person):
    """A profile is its owner's: nobody writes it for a colleague."""
    return user.pk == person.pk


def may_name_deputy(user, principal, school):
    """The school's own principal, or a district admin. A deputy does not name further deputies."""
    is_its_principal = user.pk == principal.pk and school.pk in user.standing.schools_as(Role.PRINCIPAL)
    return is_its_principal or user.standing.is_admin


def is_last_admin(person):
    """Whether nobody would be left to run the district if this person went."""
    admins = User.objects.holding(Role.ADMIN)
    return admins.filter(pk=person.pk).exists() and not admins.exclude(pk=person.pk).exists()


def may_ask_for_export(user, person):
    """The person; for somebody whose account is closed, an admin, who cannot open it."""
    return user.pk == person.pk or (user.standing.is_admin and not person.is_active)


def may_ask_for_erasure(user, person):
    """The person; for somebody whose account is closed, an admin."""
    return user.pk == person.pk or (user.standing.is_admin and not person.is_active)
