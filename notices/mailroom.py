"""What district admins see of the mail that leaves, and do about it: what waits, what failed, a test, a pause.

Whatever is `Outgoing` counts, of any room. Nobody sees here what a mail says or what it is about.
"""

import datetime as dt
from dataclasses import dataclass
from functools import partial

from django.apps import apps
from django.db import IntegrityError, transaction
from django.db.models import Count, Min, Q, Value
from django.db.models.functions import Coalesce, TruncHour
from django.urls import reverse
from django.utils import timezone

from people.access import require
from people.clock import zone_of
from people.policy import may_run_district
from people.services.changing import note_change

from .models import Heartbeat, Notice, Outgoing, Pause
from .services import tell

TEST = "mail_test"
HOURS = 24
# What mail servers mean by their numbers (RFC 5321).
CODES = {
    "421": "The mail server was closing.",
    "450": "The mailbox was busy.",
    "451": "The mail server had trouble of its own.",
    "452": "The mail server was full, or had taken enough for now.",
    "530": "The mail server wants a password that this site does not send.",
    "535": "The mail server does not take this site's password.",
    "550": "There is no such mailbox, or it takes no mail from here.",
    "551": "The mailbox is elsewhere.",
    "552": "The mailbox is full, or the mail too large.",
    "553": "The mail server does not understand the address.",
    "554": "The mail server refused it for good.",
}
LOST = {"TimeoutError", "ConnectionResetError", "ConnectionRefusedError", "ConnectionAbortedError", "BrokenPipeError"}
SHOWN = 100
WAITS, SENT = "waits", "sent"


@dataclass(frozen=True)
class Queue:
    """How many mails wait: for a worker, for another try, and for their morning; `oldest` waits since that moment."""

    due: int
    again: int
    later: int
    oldest: dt.datetime | None


def outgoing():
    """Every model whose rows leave by e-mail."""
    return [model for model in apps.get_models() if issubclass(model, Outgoing)]


def _all_of(*asked):
    """What each of `asked` finds of each model, in one statement."""
    first, *others = [rows_of(model) for rows_of in asked for model in outgoing()]
    return first.union(*others, all=True)


def queue(*, now=None):
    """What waits in all the queues, in one statement."""
    now = now or timezone.now()
    return _added_up(_all_of(partial(_waiting_counts, now=now)))


def queue_and_sent(*, now=None):
    """The queue, and [(the hour's beginning, how many mails left)], newest first, for the last day; one statement."""
    now = now or timezone.now()
    hours = [now.replace(minute=0, second=0, microsecond=0) - dt.timedelta(hours=n) for n in range(HOURS)]
    rows = list(_all_of(partial(_waiting_counts, now=now), partial(_sent_counts, since=hours[-1])))
    sent = dict.fromkeys(hours, 0)
    for _, hour, count, *_ in [row for row in rows if row[0] == SENT]:
        sent[hour] += count
    return _added_up(row for row in rows if row[0] == WAITS), list(sent.items())


def _waiting_counts(model, *, now):
    tried, is_ready = Q(attempts__gt=0), Q(ready__lte=now)
    rows = model.objects.waiting().order_by().annotate(ready=model.READY).values(what=Value(WAITS))
    return rows.annotate(
        oldest=Min("ready", filter=is_ready),
        due=Count("pk", filter=is_ready & ~tried),
        again=Count("pk", filter=tried),
        later=Count("pk", filter=~is_ready & ~tried),
    ).values_list("what", "oldest", "due", "again", "later")


def _sent_counts(model, *, since):
    rows = model.objects.mailed().filter(sent_at__gte=since).order_by()
    hours = rows.annotate(hour=TruncHour("sent_at", tzinfo=dt.UTC)).values_list(Value(SENT), "hour")
    return hours.annotate(Count("pk"), none=Value(0), neither=Value(0))


def _added_up(rows):
    _, oldest, due, again, later = zip(*rows, strict=True)
    return Queue(sum(due), sum(again), sum(later), min(filter(None, oldest), default=None))


def sent_in_words(hours):
    """The last hour, the last day, and the hours in which anything left."""
    return {
        "this_hour": hours[0][1],
        "day": sum(count for _, count in hours),
        "hours": [(hour, count) for hour, count in hours if count],
    }


@dataclass(frozen=True)
class Failure:
    """A mail that was given up: to whom, when, and why; `code` is what the mail server or the site said."""

    label: str
    pk: int
    to: str
    at: dt.datetime
    tries: int
    why: str
    code: str


def failures():
    """The mails that were given up, newest first, as far as a page shows them; one statement."""

    def found(model):
        rows = model.objects.failed().addressed().order_by()
        return rows.values_list(Value(model._meta.label), "pk", "to", "failed_at", "attempts", "failure")

    newest = _all_of(found).order_by("-failed_at")[:SHOWN]
    return [Failure(label, pk, to, at, tries, why(code), code) for label, pk, to, at, tries, code in newest]


def why(failure):
    """What an admin can make of a failure: "SMTPRecipientsRefused 550" is a mailbox that does not exist."""
    name, _, code = failure.partition(" ")
    if words := CODES.get(code):
        return words
    if name.startswith("SMTP") or name in LOST:
        return "The mail server refused it." if code else "The mail server hung up or did not answer."
    return "This site could not write it. Whoever runs it finds more in its log."


@dataclass(frozen=True)
class Signs:
    """When beat last woke a task, and since when and by whom mail is paused."""

    beat: dt.datetime | None = None
    paused_at: dt.datetime | None = None
    paused_by: str = ""


def signs():
    """Both in one statement: monitoring asks every minute."""
    beats = Heartbeat.objects.values_list(Value("beat"), "at", Value(""))
    pauses = Pause.objects.values_list(Value("pause"), "begun_at", Coalesce("begun_by__name", Value("")))
    rows = beats.union(pauses, all=True)
    beat = max((at for sign, at, _ in rows if sign == "beat"), default=None)
    paused = [(at, by) for sign, at, by in rows if sign == "pause"]
    return Signs(beat, *paused[0]) if paused else Signs(beat)


def last_test(person):
    return Notice.objects.visible_to(person).filter(kind=TEST).first()


@transaction.atomic
def pause(*, by, at=None):
    """Let no notice leave until somebody resumes. Mails that help to sign in go on."""
    require(may_run_district(by))
    _, is_new = Pause.objects.get_or_create(pk=1, defaults={"begun_at": at or timezone.now(), "begun_by": by})
    if is_new:
        note_change("mail_paused", by=by, at=at)


@transaction.atomic
def resume(*, by):
    require(may_run_district(by))
    ended, _ = Pause.objects.all().delete()
    if ended:
        note_change("mail_resumed", by=by)


@transaction.atomic
def send_test(*, by, at=None):
    """Tell the admin something, the way everybody is told."""
    require(may_run_district(by))
    at = at or timezone.now()
    facts = {"who": by.name, "when": f"{at.astimezone(zone_of()):%a %-d %B, %-H:%M:%S}"}
    tell(by, TEST, key=f"{TEST}:{at.timestamp()}", path=reverse("mailroom"), facts=facts, at=at)


@transaction.atomic
def try_again(*, by, label="", pk=None, at=None):
    """Queue what failed anew, with all its tries: one row, or everything. Returns how many."""
    require(may_run_district(by))
    anew = {"failed_at": None, "attempts": 0, "failure": "", "next_at": at or timezone.now()}
    models = [model for model in outgoing() if not label or model._meta.label == label]
    only = {"pk": pk} if label else {}
    return sum(_again(model.objects.failed().filter(**only), anew) for model in models)


def _again(rows, anew):
    """Where another row has taken the place of one that failed, that one stays as it is."""
    try:
        with transaction.atomic():
            return rows.update(**anew)
    except IntegrityError:
        return sum(_again(rows.filter(pk=row.pk), anew) for row in rows) if rows.count() > 1 else 0
