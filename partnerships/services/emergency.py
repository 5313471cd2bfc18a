"""Opening the words of a pair in an emergency: an operator asks, an admin agrees, the clock closes it again."""

from django.db import transaction
from django.utils import timezone

from notices.services import tell_all
from people.access import require
from people.models import Role, User
from people.services.changing import note_change

from ..models import EmergencyReading, Partnership
from ..models.emergency import people_concerned
from ..policy import may_approve_emergency, may_ask_for_emergency, may_end_emergency
from .ground import NotNow, facts_of


@transaction.atomic
def ask_to_read(partnership, *, by, reason, at=None):
    """Ask the admins to open what this pair said to each other. Nothing is open yet, and it lapses after a day.

    Raises NotNow where one was asked for already and nobody has answered.
    """
    at = at or timezone.now()
    require(may_ask_for_emergency(by, partnership), "The operator asks for this, and never about their own work.")
    partnership = Partnership.objects.select_for_update(of=("self",)).select_related("support").get(pk=partnership.pk)
    if EmergencyReading.objects.waiting(at).filter(partnership=partnership).exists():
        raise NotNow("This is asked for already, and waits for an admin.")
    reading = EmergencyReading.objects.create(partnership=partnership, reason=reason, asked_by=by, asked_at=at)
    note_change("emergency_asked", by=by, number=reading.pk, at=at)
    admins = User.objects.holding(Role.ADMIN).exclude(pk=by.pk).exclude(pk__in=people_concerned(partnership))
    tell(reading, admins, "emergency_asked", at=at, who=by)
    return reading


@transaction.atomic
def approve_reading(reading, *, by, at=None):
    """Agree, as the second person: it opens for an hour, and those whose words it opens are told with it.

    Of two who agree at once one does. Raises NotNow when it was answered, ended, or lapsed meanwhile.
    """
    at = at or timezone.now()
    require(may_approve_emergency(by, reading), "A second person agrees: an admin who did not ask and took no part.")
    waits = EmergencyReading.objects.waiting(at).filter(pk=reading.pk)
    if not waits.update(approved_by=by, approved_at=at):
        raise NotNow("This was answered already, or it waited for more than a day and lapsed.")
    reading = EmergencyReading.objects.select_related("partnership__support", "asked_by").get(pk=reading.pk)
    note_change("emergency_agreed", by=by, number=reading.pk, at=at)
    people = User.objects.filter(pk__in=people_concerned(reading.partnership))
    tell(reading, people, "emergency_opened", at=at, who=reading.asked_by, whom=by)
    return reading


@transaction.atomic
def end_reading(reading, *, by, at=None):
    """Close it before its hour is over, or say no to it. A second press changes nothing."""
    at = at or timezone.now()
    require(may_end_emergency(by, reading), "One of the two, or an admin, closes this.")
    if EmergencyReading.objects.filter(pk=reading.pk, ended_at=None).update(ended_by=by, ended_at=at):
        note_change("emergency_ended", by=by, number=reading.pk, at=at)


def tell(reading, people, kind, *, at, **who):
    facts = facts_of(reading.partnership, **who)
    tell_all(people, kind, key=f"{kind}:{reading.pk}", path=reading.get_absolute_url(), facts=facts, at=at)
