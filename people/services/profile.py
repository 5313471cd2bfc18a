"""What a person tells colleagues about herself."""

from django.db import transaction

from people import policy
from people.access import require
from people.models import Expertise


@transaction.atomic
def keep_profile(person, *, topics, by):
    """Save the person's own words, and for each kind in `topics` exactly these topics (a dict of kind to list)."""
    require(policy.may_edit_profile(by, person))
    person.save(update_fields=["name", "about", "when_free", "calendar_link"])
    for kind, wanted in topics.items():
        keep_topics(person, kind, wanted)


def keep_topics(person, kind, wanted):
    kept = Expertise.objects.filter(user=person, kind=kind)
    kept.exclude(topic__in=wanted).delete()
    known = set(kept.values_list("topic", flat=True))
    Expertise.objects.bulk_create(
        [Expertise(user=person, kind=kind, topic=topic) for topic in wanted if topic not in known]
    )
