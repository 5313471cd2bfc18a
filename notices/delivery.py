"""Delivery: what is due is claimed in batches, sorted by how its reader wants to be told, and mailed.

What may happen to a notice that is due:
  dropped  it does not matter any more (its kind says so), or the person has left: no mail, and out of the inbox
  kept     its reader wants it only in the inbox, has read it there already, or it is weeks old: no mail
  digest   its reader wants one e-mail a day or a week: it joins the next one; so does what is more than the reader
           wants to be mailed singly in a day
  rests    it is night, a weekend or a holiday where the reader works: until the next morning of a school day
  posted   everything else; kinds that are `at_once` are posted at any hour
Any number of workers may run these at once, and any of them may be killed (post.py).
"""

import datetime as dt
import logging
import time
from collections import Counter, defaultdict

from django.db import connection, transaction
from django.utils import timezone

from .hours import LATER, habits_of
from .letterbox import Sealed
from .letters import letter_of_digest, letter_of_notice
from .models import Digest, How, Notice, Pause, WrittenMail
from .post import LEASE, post, put_off
from .registry import KINDS

log = logging.getLogger(__name__)

# What a worker that is killed leaves to its lease; at more, claiming gains little.
BATCH = 200
# In seconds: well under the tasks' time limit; beat comes again.
SHIFT = 120.0
# After an outage, or in a district that starts with its history, old news stays in the inbox.
TOO_OLD = dt.timedelta(days=21)


def deliver(*, at=None):
    """Mail the notices whose moment has come. Returns how many left.

    However many there are, mails that help to sign in go before each batch: somebody waits for them at the screen.
    """
    return work_through(Notice.objects.waiting(), _deliver_batch, at, first=send_written)


def send_digests(*, at=None):
    """Mail the digests whose morning has come. Returns how many left."""
    _hand_on(at)
    left = work_through(Digest.objects.waiting(), _digest_batch, at)
    _hand_on(at)
    return left


def _hand_on(at):
    """What a digest that is over did not tell joins the next one: it failed, its day passed, or the notice was late."""
    left_over = Notice.objects.in_digests().exclude(digest__in=Digest.objects.unsettled())
    left_over.update(digest=None, next_at=at or timezone.now())


def send_written(*, at=None):
    """Mail what was written in requests, such as what helps to sign in. Returns how many left."""
    return work_through(WrittenMail.objects.waiting(), _written_batch, at)


def work_through(queue, do_batch, at, *, first=None):
    """Claim and work batch by batch, until nothing is due, an admin says pause, or the shift is over."""
    left, until = 0, time.monotonic() + SHIFT
    while time.monotonic() < until and (queue.model.GOES_WHILE_PAUSED or not Pause.objects.exists()):
        if first:
            first(at=at)
        now = at or timezone.now()
        if not (rows := queue.claim(now, limit=BATCH, lease=LEASE)):
            break
        left += do_batch(rows, now, at)
    return left


def _written_batch(mails, now, at):
    """Their words are forgotten as they leave: some open an account."""
    return post(mails, Sealed, sent=lambda row, moment: mark([row], sent_at=moment, wire=b""), at=at)


def _deliver_batch(notices, now, at):
    habits = habits_of({notice.person for notice in notices}, now)
    piles = defaultdict(list)
    for notice in notices:
        piles[_pile(notice, habits[notice.person_id], now)].append(notice)
    piles["digest"] += _take_too_many(piles["post"], habits, now)
    mark(piles["drop"], dropped_at=now)
    mark(piles["keep"], kept_at=now)
    _rest(piles["rest"], habits, now)
    _join_digests(piles["digest"], habits, now)
    return post(piles["post"], letter_of_notice, sent=_mark_sent, at=at)


def _pile(notice, habits, now):
    """Which pile of the sorting a notice belongs on."""
    if verdict := _verdict(notice, habits, now):
        return verdict
    kind = KINDS[notice.kind]
    if kind.at_once:
        return "post"
    if habits.how(kind) in LATER:
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


def mark(rows, **facts):
    if rows:
        type(rows[0]).objects.unsettled().filter(pk__in=[row.pk for row in rows]).update(**facts)


# As `mark` does, once for each mail: to put the statement together takes longer than to run it.
MARK_SENT = f"""
    UPDATE {Notice._meta.db_table} SET sent_at = %s
    WHERE id = %s AND sent_at IS NULL AND dropped_at IS NULL AND failed_at IS NULL
"""


def _mark_sent(notice, moment):
    with connection.cursor() as cursor:
        cursor.execute(MARK_SENT, [connection.ops.adapt_datetimefield_value(moment), notice.pk])


def _take_too_many(notices, habits, now):
    """Take out, and return, what is more than its reader wants to be mailed in a day.

    What another worker is mailing at this moment is not counted yet: then a reader may get some more.
    """
    limited = {n.person_id for n in notices if habits[n.person_id].mails_a_day}
    if not limited:
        return []
    midnights = {person: habits[person].midnight(now) for person in limited}
    mailed = Notice.objects.mailed_singly(limited, min(midnights.values())).values_list("person", "sent_at")
    counts = Counter(person for person, sent_at in mailed if sent_at >= midnights[person])
    too_many = []
    for notice in [n for n in notices if n.person_id in limited and not KINDS[n.kind].at_once]:
        counts[notice.person_id] += 1
        if counts[notice.person_id] > habits[notice.person_id].mails_a_day:
            too_many.append(notice)
            notices.remove(notice)
    return too_many


def _rest(notices, habits, now):
    for notice in notices:
        notice.next_at = notice.rests_until = habits[notice.person_id].next_morning(now)
    Notice.objects.bulk_update(notices, ["next_at", "rests_until"])


def _join_digests(notices, habits, now):
    """Put each notice into its reader's digest of its morning, which is made when its first one comes."""
    mornings = {n.pk: habits[n.person_id].digest_morning(KINDS[n.kind], now) for n in notices}
    days = {n.pk: habits[n.person_id].day_of(mornings[n.pk]) for n in notices}
    with transaction.atomic():
        wanted = {(n.person_id, days[n.pk]): mornings[n.pk] for n in notices}
        Digest.objects.bulk_create(
            [Digest(person_id=person, day=day, next_at=moment) for (person, day), moment in sorted(wanted.items())],
            ignore_conflicts=True,
        )
        people = {person for person, _ in wanted}
        made = Digest.objects.filter(person__in=people, day__in=set(days.values()))
        ids = {(digest.person_id, digest.day): digest.pk for digest in made}
        for notice in notices:
            notice.digest_id = ids[notice.person_id, days[notice.pk]]
        Notice.objects.bulk_update(notices, ["digest"])


def _digest_batch(digests, now, at):
    habits = habits_of({digest.person for digest in digests}, now)
    contents = _contents(digests, habits, now)
    ready = [d for d in digests if contents[d.pk] and _may_go(habits[d.person_id], contents[d.pk], now)]
    mark([digest for digest in digests if digest not in ready], dropped_at=now)

    def sent(digest, moment):
        with transaction.atomic():
            mark([digest], sent_at=moment)
            mark(contents[digest.pk], sent_at=moment)

    return post(ready, lambda digest: letter_of_digest(digest, contents[digest.pk]), sent=sent, at=at)


def _contents(digests, habits, now):
    """What each digest still has to tell, oldest first."""
    contents, piles = {digest.pk: [] for digest in digests}, defaultdict(list)
    notices = Notice.objects.in_digests().filter(digest__in=digests).select_related("person").order_by("due_at", "pk")
    for notice in notices:
        verdict = _verdict(notice, habits[notice.person_id], now)
        (piles[verdict] if verdict else contents[notice.digest_id]).append(notice)
    mark(piles["drop"], dropped_at=now)
    mark(piles["keep"], kept_at=now)
    return contents


def _may_go(habits, notices, now):
    """A digest whose morning passed while nothing ran waits for the next one, and is merged with it."""
    return habits.is_open(now, waits_since=notices[0].due_at)
