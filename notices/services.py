"""Telling people, and what a reader does with what they were told.

`tell` is called by the services of upper apps, in the transaction of the fact: a fact that is rolled back was never
told. Workers mail the rows afterwards (delivery.py).
"""

from django.db import transaction
from django.utils import timezone

from people.access import require

from . import policy
from .models import Heartbeat, MailLimit, Notice, Preference, QuietHours
from .registry import KINDS


def tell(person, kind, *, key, path, facts=None, thread="", at=None, due_at=None, inbox_only=False):
    """Write one notice, once.

    `key` names the fact, such as "your-turn:12:0"; the person's id is added to it, and a second call under the
    same key does nothing. `facts` are strings for the kind's sentences. `due_at` is the first moment to send it;
    what is `inbox_only` reaches its reader by another mail.
    Raises LookupError for a kind that nobody registered or a fact that its sentences miss, and ValueError for a
    path that leads off the site.
    """
    notice = notice_for(person, kind, key=key, path=path, facts=facts, thread=thread)
    notice.kept_at = (at or timezone.now()) if inbox_only else None
    tell_each([notice], at=at, due_at=due_at)


def tell_all(people, kind, *, key, path, facts=None, thread="", at=None, due_at=None):
    """Write the same notice for each of these people, each once, in one statement."""
    told = {"key": key, "path": path, "facts": facts, "thread": thread}
    tell_each([notice_for(person, kind, **told) for person in people], at=at, due_at=due_at)


def notice_for(person, kind, *, key, path, facts=None, thread=""):
    """One notice that is not written yet, for `tell_each`. Raises as `tell` does."""
    facts = facts or {}
    _check(kind, path, facts)
    return Notice(person=person, kind=kind, key=f"{key}:{person.pk}", facts=facts, path=path, thread=thread)


def tell_each(notices, *, at=None, due_at=None):
    """Write many notices in a statement for each thousand; those that were told already stay as they are.

    They are written in the order of their keys, so that two who write the same ones wait for each other and no more.
    """
    at = at or timezone.now()
    for row in notices:
        row.made_at, row.due_at, row.next_at = at, due_at or at, due_at or at
    Notice.objects.bulk_create(sorted(notices, key=lambda row: row.key), batch_size=1000, ignore_conflicts=True)


def _check(kind, path, facts):
    """Find a mistake in the service that makes it, and not hours later in a worker."""
    if kind not in KINDS:
        raise LookupError(f"Nobody registered the notice kind {kind!r}.")
    if not path.startswith("/") or path.startswith("//"):
        raise ValueError(f"A notice leads to a path of this site, not to {path!r}.")
    KINDS[kind].subject_for(facts), KINDS[kind].sentence_for(facts)


@transaction.atomic
def read(notice, *, by, at=None):
    require(policy.may_keep(by, notice))
    Notice.objects.filter(pk=notice.pk, read_at=None).update(read_at=at or timezone.now())


@transaction.atomic
def read_all(*, by, at=None):
    """Mark everything that the person's inbox holds at this moment as read."""
    at = at or timezone.now()
    return Notice.objects.visible_to(by).in_inbox(at).unread().update(read_at=at)


@transaction.atomic
def archive(notice, *, by, at=None):
    """Put it out of the inbox; what was put away counts as read."""
    require(policy.may_keep(by, notice))
    at = at or timezone.now()
    Notice.objects.filter(pk=notice.pk, archived_at=None).update(archived_at=at)
    Notice.objects.filter(pk=notice.pk, read_at=None).update(read_at=at)


@transaction.atomic
def bring_back(notice, *, by):
    require(policy.may_keep(by, notice))
    Notice.objects.filter(pk=notice.pk).update(archived_at=None)


@transaction.atomic
def choose(*, by, hows, quiet, a_day=None):
    """Keep how a person wants to be told.

    `hows` by kind, `quiet` a pair of times or None for the district's, `a_day` how many single e-mails at most (0: no
    limit) or None for the site's.
    """
    Preference.objects.bulk_create(
        [Preference(person=by, kind=kind, how=how) for kind, how in hows.items()],
        update_conflicts=True,
        unique_fields=["person", "kind"],
        update_fields=["how"],
    )
    if quiet:
        QuietHours.objects.update_or_create(person=by, defaults={"quiet_from": quiet[0], "quiet_until": quiet[1]})
    else:
        QuietHours.objects.filter(person=by).delete()
    if a_day is None:
        MailLimit.objects.filter(person=by).delete()
    else:
        MailLimit.objects.update_or_create(person=by, defaults={"a_day": a_day})


def heartbeat(name, *, at=None):
    """Say that beat has woken a task: monitoring asks how long ago that was."""
    Heartbeat.objects.update_or_create(name=name, defaults={"at": at or timezone.now()})
