"""Posting a batch of mails over one connection, so that nothing is lost and nothing holds up the rest.

A row is held by a lease while its batch is posted. Whoever dies leaves the rest of the batch to the next worker, once
the lease is over; a mail that the server took just before the crash goes out again, under the same Message-ID.
"""

import contextlib
import datetime as dt
import logging
import smtplib
import time

from django.conf import settings
from django.core import mail
from django.db import connection as database
from django.utils import timezone

log = logging.getLogger(__name__)

# A mail takes five commands at most, each with EMAIL_TIMEOUT: what is begun within the window ends within the lease.
LEASE = dt.timedelta(seconds=60)
WINDOW = 10.0
UNREACHABLE = dt.timedelta(minutes=1)
# In seconds: how long to wait after the first, second, ... failure; after the last one it is given up. Soon at first:
# what a server cannot take it often takes a moment later, and somebody may wait for a mail that helps to sign in.
DELAYS = [dt.timedelta(seconds=seconds) for seconds in (10, 20, 60, 300, 1800, 7200, 28800)]


def post(rows, letter_of, *, sent, at):
    """Mail each row: `letter_of(row)` writes it and `sent(row, moment)` marks it. Returns how many left."""
    connection = mail.get_connection(settings.MAIL_SERVER_BACKEND)
    with contextlib.ExitStack() as after:
        after.callback(_close, connection)
        after.enter_context(_marks_need_no_disk())
        return _post(connection, rows, letter_of, sent, at)


def _post(connection, rows, letter_of, sent, at):
    until = time.monotonic() + WINDOW
    left = 0
    for n, row in enumerate(rows):
        if time.monotonic() > until:
            _hand_back(rows[n:], at or timezone.now())
            break
        if not _is_open(connection):
            _hand_back(rows[n:], (at or timezone.now()) + UNREACHABLE)
            break
        if _leaves(connection, row, letter_of, at):
            sent(row, at or timezone.now())
            left += 1
    return left


@contextlib.contextmanager
def _marks_need_no_disk():
    """Do not wait for the disk with each mark: what a crash of the database forgets is one mail sent again, under its
    Message-ID. A crash of a worker forgets nothing.
    """
    if database.vendor != "postgresql":
        yield
        return
    with database.cursor() as cursor:
        cursor.execute("SET synchronous_commit TO off")
    try:
        yield
    finally:
        with database.cursor() as cursor:
            cursor.execute("RESET synchronous_commit")


def _leaves(connection, row, letter_of, at):
    try:
        connection.send_messages([letter_of(row)])
    except Exception as fault:  # whatever is wrong with one mail must not hold up the others
        _close(connection)
        put_off(row, reason_of(fault), at=at or timezone.now())
        return False
    return True


def _is_open(connection):
    try:
        connection.open()
    except OSError as fault:  # smtplib's exceptions are OSErrors too
        log.warning("The mail server cannot be reached: %s", reason_of(fault))
        return False
    return True


def _close(connection):
    with contextlib.suppress(OSError):
        connection.close()


def _hand_back(rows, moment):
    type(rows[0]).objects.unsettled().filter(pk__in=[row.pk for row in rows]).update(next_at=moment)


def put_off(row, reason, *, at):
    """Try again later and later; after the last try it has failed, and an admin sees why."""
    row.attempts += 1
    log.warning("Mail for %s not sent, try %s: %s", row.key, row.attempts, reason)
    change = {"attempts": row.attempts, "failure": reason[:200]}
    if row.attempts > len(DELAYS):
        change["failed_at"] = at
    else:
        change["next_at"] = at + DELAYS[row.attempts - 1]
    type(row).objects.unsettled().filter(pk=row.pk).update(**change)


def reason_of(fault):
    """The kind of fault and the server's number; a server's sentence may quote the mail."""
    code = getattr(fault, "smtp_code", "")
    if isinstance(fault, smtplib.SMTPRecipientsRefused):
        code = next(iter(fault.recipients.values()))[0]
    return f"{type(fault).__name__} {code}".strip()
