"""What an emergency reading opens: what tells of a colleague or was said between partners; never a reflection."""

from django.utils import timezone

from people.access import require

from ..models import EmergencyReading, Entry


def readings_for(user):
    rows = EmergencyReading.objects.visible_to(user)
    return rows.select_related("partnership__support", "asked_by", "approved_by", "ended_by")


def opened_words(reading, user):
    """Notes, contacts and messages of this one partnership, for the one who asked, while the clock runs."""
    require(reading.asked_by_id == user.pk and reading.is_open(timezone.now()))
    entries = Entry.objects.filter(partnership=reading.partnership, kind__in=Entry.OF_THE_PAIR)
    return entries.select_related("author", "about", "partnership__support", "step").order_by("made_at", "pk")
