"""Delivery: what is due is claimed in batches, sorted by how its reader wants to be told, and mailed.

What may happen to a notice that is due:
  dropped  it does not matter any more (its kind says so), or the person has left: no mail, and out of the inbox
  kept     its reader wants it only in the inbox, has read it there already, or it is weeks old: no mail
  digest   its reader wants one e-mail a day: it joins tomorrow morning's
  rests    it is night, a weekend or a holiday where the reader works: until the next morning of a school day
  posted   everything else; kinds that are `at_once` are posted at any hour
Any number of workers may run these at once, and any of them may be killed (post.py).
"""

import datetime as dt
import logging
import time
from collections import defaultdict

from django.db import transaction
from django.utils import timezone

from .hours import habits_of
from .letters import letter_of_digest, letter_of_notice
from .models import Digest, How, Notice
from .post import LEASE, post, put_off
from .registry import KINDS

log = logging.getLogger(__name__)

BATCH = 100
# In seconds: well under the tasks' time limit; beat comes again.
SHIFT = 120.0
# After an outage, or in a district that starts with its history, old news stays in the inbox.
TOO_OLD = dt.timedelta(days=21)


def deliver(*, at=None):
    """Mail the notices whose moment has come. Returns how many left."""
    return _work_through(Notice.objects.waiting(), _deliver_batch, at)


def send_digests(*, at=None):
    """Mail the digests whose morning has come. Returns how many left."""
    now = at or timezone.now()
    # What a digest that is over did not tell (it failed, its day passed, or the notice came a moment late) joins the
    # next one.
    left_over = Notice.objects.in_digests().exclude(digest__in=Digest.objects.unsettled())
    left_over.update(digest=None, next_at=now)
    return _work_through(Digest.objects.unsettled(), _digest_batch, at)


def _work_through(queue, do_batch, at):
    """Claim and work batch by batch, until nothing is due or the shift is over."""
    left, until = 0, time.monotonic() + SHIFT
    while time.monotonic() < until:
        now = at or timezone.now()
        if not (rows := queue.claim(now, limit=BATCH, lease=LEASE)):
            break
        left += do_batch(rows, now, at)
    return left


def _deliver_batch(notices, now, at):
    habits = habits_of({notice.person for notice in notices}, now)
    piles = defaultdict(list)
    for notice in notices:
        piles[_pile(notice, habits[notice.person_id], now)].append(notice)
    _mark(piles["drop"], dropped_at=now)
    _mark(piles["keep"], kept_at=now)
    _rest(piles["rest"], habits, now)
    _join_digests(piles["digest"], habits, now)
    return post(piles["post"], letter_of_notice, sent=lambda notice, moment: _mark([notice], sent_at=moment), at=at)


def _pile(notice, habits, now):
    """Which pile of the sorting a notice belongs on."""
    if verdict := _verdict(notice, habits, now):
        return verdict
    kind = KINDS[notice.kind]
    if kind.at_once:
        return "post"
    if habits.how(kind) == How.DIGEST:
        return "digest"
    return "post" if habits.is_open(now, waits_since=notice.due_at) else "rest"


def _verdict(notice, habits, now):
    """Why a notice is not mailed, if so: drop, keep, or later."""
    kind = KINDS.get(notice.kind)
    if not notice.person.is_active:
        return "drop"
    if (due := _is_due(kind, notice, now)) is not True:
        return "later" if due is None else "drop"
    if habits.how(kind) == How.OFF or notice.read_at or now - notice.due_at > TOO_OLD:
        return "keep"
    return ""


def _is_due(kind, notice, now):
    """True or False; None when nobody can say, and the notice was put off as one that failed."""
    if kind is None:
        put_off(notice, f"Nobody registered the kind {notice.kind}", at=now)
        return None
    try:
        return bool(kind.still_due(notice))
    except Exception as fault:  # one kind's mistake must not hold up the others
        log.exception("The notice kind %s cannot say whether it is due", kind.key)
        put_off(notice, f"still_due: {type(fault).__name__}", at=now)


def _mark(rows, **when):
    if rows:
        type(rows[0]).objects.unsettled().filter(pk__in=[row.pk for row in rows]).update(**when)


def _rest(notices, habits, now):
    for notice in notices:
        notice.next_at = habits[notice.person_id].next_morning(now)
    Notice.objects.bulk_update(notices, ["next_at"])


def _join_digests(notices, habits, now):
    """Put each notice into its reader's digest of the next morning, which is made when its first one comes."""
    mornings = {notice.person_id: habits[notice.person_id].next_morning(now) for notice in notices}
    days = {person: habits[person].day_of(moment) for person, moment in mornings.items()}
    with transaction.atomic():
        Digest.objects.bulk_create(
            [Digest(person_id=person, day=days[person], next_at=moment) for person, moment in mornings.items()],
            ignore_conflicts=True,
        )
        made = Digest.objects.filter(person__in=days, day__in=set(days.values()))
        ids = {(digest.person_id, digest.day): digest.pk for digest in made}
        for notice in notices:
            notice.digest_id = ids[notice.person_id, days[notice.person_id]]
        Notice.objects.bulk_update(notices, ["digest"])


def _digest_batch(digests, now, at):
    habits = habits_of({digest.person for digest in digests}, now)
    contents = _contents(digests, habits, now)
    ready = [d for d in digests if contents[d.pk] and _may_go(habits[d.person_id], contents[d.pk], now)]
    _mark([digest for digest in digests if digest not in ready], dropped_at=now)

    def sent(digest, moment):
        with transaction.atomic():
            _mark([digest], sent_at=moment)
            _mark(contents[digest.pk], sent_at=moment)

    return post(ready, lambda digest: letter_of_digest(digest, contents[digest.pk]), sent=sent, at=at)


def _contents(digests, habits, now):
    """What each digest still has to tell, oldest first."""
    contents, piles = {digest.pk: [] for digest in digests}, defaultdict(list)
    notices = Notice.objects.in_digests().filter(digest__in=digests).select_related("person").order_by("due_at", "pk")
    for notice in notices:
        verdict = _verdict(notice, habits[notice.person_id], now)
        (piles[verdict] if verdict else contents[notice.digest_id]).append(notice)
    _mark(piles["drop"], dropped_at=now)
    _mark(piles["keep"], kept_at=now)
    return contents


def _may_go(habits, notices, now):
    """A digest whose morning passed while nothing ran waits for the next one, and is merged with it."""
    return habits.is_open(now, waits_since=notices[0].due_at)
