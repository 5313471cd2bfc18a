"""Letters to substitutes: a row in the transaction of the fact, mailed by a worker. Each says what the day is now."""

import datetime as dt

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db.models import F
from django.template.loader import get_template
from django.utils import timezone

from notices.letters import message_id
from notices.post import LEASE, post
from people import clock
from schedule.words import day_words

from ..day_links import day_path
from ..models import SubstituteLetter
from ..reads.substitute_day import classes_of, words_of

# Several classes of a day are given one after the other: they make one mail.
WAIT = dt.timedelta(minutes=2)
BATCH = 50


def write_to_substitute(substitute, day, *, at):
    """Have the substitute mailed what a day of theirs is now. Called in the transaction that changed it.

    Without an e-mail address nothing is written: the office calls.
    """
    waiting = SubstituteLetter.objects.unsettled().filter(substitute=substitute, day=day)
    # Twice: the row that waits may leave, or be written by somebody else, between looking and writing.
    for _ in range(2):
        if not substitute.email or waiting.update(version=F("version") + 1):
            return
        letter = SubstituteLetter(substitute=substitute, day=day, next_at=at + WAIT)
        SubstituteLetter.objects.bulk_create([letter], ignore_conflicts=True)


def send_letters(*, at=None):
    """Mail what waits. Returns how many left; any number of workers may run it at once."""
    now, left = at or timezone.now(), 0
    while rows := SubstituteLetter.objects.unsettled().claim(now, limit=BATCH, lease=LEASE):
        ready = [letter for letter in rows if is_due(letter, now)]
        left += post(ready, mail_of, sent=mark_sent, at=at)
        if len(rows) < BATCH:
            break
    return left


def is_due(letter, now):
    """Whether the day is still to come and differs from what was mailed last; if not, the letter is settled."""
    classes = classes_of(letter.substitute, letter.day)
    letter.lines = [words_of(one) for one in classes]
    known = known_of(letter)
    over = letter.day < clock.today(None, now)
    if over or letter.lines == known or not letter.substitute.email:
        settle(letter, dropped_at=now)
        return False
    letter.is_first = not known
    letter.is_open = any(one.state == one.State.ASSIGNED for one in classes)
    return True


def known_of(letter):
    """The lines that the substitute was mailed last of this day: none, where the mail went to another address."""
    before = SubstituteLetter.objects.filter(substitute=letter.substitute_id, day=letter.day, sent_at__isnull=False)
    last = before.order_by("-pk").values_list("told", flat=True).first()
    return last["lines"] if last and last["to"] == letter.substitute.email else []


def mark_sent(letter, moment):
    settle(letter, sent_at=moment, told={"to": letter.substitute.email, "lines": letter.lines})


def settle(letter, **facts):
    """One that has changed while it was on its way stays, and is looked at again when the lease is over."""
    SubstituteLetter.objects.unsettled().filter(pk=letter.pk, version=letter.version).update(**facts)


def mail_of(letter):
    substitute, day = letter.substitute, day_words(letter.day)
    facts = {
        "substitute": substitute,
        "day": day,
        "lines": letter.lines,
        "is_first": letter.is_first,
        "is_open": letter.is_open,
        "link": settings.SITE_URL + day_path(substitute, letter.day),
        "district": clock.district(),
        "subject": subject_of(letter, day),
    }
    mail = EmailMultiAlternatives(
        facts["subject"],
        get_template("observations/mail/day.txt").render(facts),
        to=[substitute.email],
        headers={"Message-ID": message_id(f"{letter.key}:{letter.version}"), "Auto-Submitted": "auto-generated"},
    )
    mail.attach_alternative(get_template("observations/mail/day.html").render(facts), "text/html")
    return mail


def subject_of(letter, day):
    if not letter.lines:
        return f"You are not needed on {day}"
    if not letter.is_first:
        return f"Your classes on {day} have changed"
    return f"Can you cover on {day}?" if letter.is_open else f"You cover on {day}"
