"""Telling people. `tell` is called by the services of upper apps, in the transaction of the fact."""

from django.utils import timezone

from .models import Notice


def tell(person, kind, *, key, path, facts=None, thread="", at=None, due_at=None):
    """Write one notice, once.

    `key` names the fact, such as "your-turn:12:0"; the person's id is added to it, and a second call under the
    same key does nothing. `facts` are strings for the kind's sentences. `due_at` is the first moment to send it.
    """
    at = at or timezone.now()
    Notice.objects.bulk_create(
        [
            Notice(
                person=person,
                kind=kind,
                key=f"{key}:{person.pk}",
                facts=facts or {},
                path=path,
                thread=thread,
                made_at=at,
                due_at=due_at or at,
            )
        ],
        ignore_conflicts=True,
    )


def tell_all(people, kind, **fact):
    for person in people:
        tell(person, kind, **fact)
