"""The measuring of notices.py, within Django."""

import datetime as dt
import os
import smtplib
import statistics
import subprocess
import sys
import time

from django.conf import settings
from django.db import connection
from django.utils import timezone

from notices import delivery
from notices.letters import letter_of_notice
from notices.models import Notice
from notices.post import LEASE
from peerlearn.celery import app

from .outbox import fill
from .server import ROOT

TASKS = 2000


def measure(notices, rounds):
    count, rounds = int(notices), int(rounds)
    fill(count)
    print(f"# What {count:,} due notices cost\n")
    claim(count)
    mail(count, rounds)


def claim(count):
    """All due notices claimed in batches as workers do, against one statement that claims them all."""
    once = statistics.median(timed(update_all) for _ in range(3))
    batches = statistics.median(timed(claim_all) for _ in range(3))
    each = one_task_each()
    print("| claiming | seconds | |\n|---|--:|--:|")
    print(f"| one UPDATE | {once:.2f} | 1 |")
    print(f"| batches of {delivery.BATCH} | {batches:.2f} | {batches / once:.1f} times, goal 5 |")
    whole = each * count
    print(f"| one task each (of {TASKS:,}) | {whole:.2f} | {whole / batches:.0f} times the batches, goal 50 |\n")


def due_again():
    Notice.objects.update(next_at=timezone.now() - dt.timedelta(minutes=1))
    tidy()


def tidy():
    """As autovacuum does on a site. Without it PostgreSQL takes a full table for an empty one, and plans for that."""
    with connection.cursor() as cursor:
        cursor.execute(f"VACUUM ANALYZE {Notice._meta.db_table}")


def timed(work):
    due_again()
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def update_all():
    Notice.objects.waiting().filter(next_at__lte=timezone.now()).update(next_at=timezone.now() + LEASE)


def claim_all():
    # Long enough that what is claimed first is not due again at the end.
    while Notice.objects.waiting().hold(timezone.now(), limit=delivery.BATCH, lease=dt.timedelta(hours=1)):
        pass


@app.task
def claim_one(pk):
    now = timezone.now()
    Notice.objects.waiting().filter(pk=pk, next_at__lte=now).update(next_at=now + dt.timedelta(hours=1))


def one_task_each():
    """Seconds for one of TASKS, sent one by one and worked off by two processes that are ready."""
    command = [sys.executable, "-m", "celery", "--app", "bench.worker", "worker", "--concurrency", "2"]
    silent = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    worker = subprocess.Popen(command, env=os.environ, cwd=ROOT, **silent)
    try:
        pks = list(Notice.objects.order_by("pk").values_list("pk", flat=True)[: TASKS + 1])
        due_again()
        claim_one.delay(pks.pop())
        wait_for(1)
        began = time.perf_counter()
        for pk in pks:
            claim_one.delay(pk)
        wait_for(len(pks) + 1)
        return (time.perf_counter() - began) / len(pks)
    finally:
        worker.terminate()
        worker.wait()


def wait_for(count):
    until = time.monotonic() + 300
    while Notice.objects.filter(next_at__gt=timezone.now()).count() < count:
        if time.monotonic() > until:
            raise RuntimeError("The worker does not work: start bench.worker by hand to see why.")
        time.sleep(0.02)


def mail(count, rounds):
    """The same mails written beforehand and sent by smtplib, and delivered by us, by turns, over one connection."""
    part, bare, ours = count // rounds, [], []
    for _ in range(rounds):
        Notice.objects.update(next_at=timezone.now() + dt.timedelta(days=1))
        pks = list(Notice.objects.filter(sent_at=None).order_by("pk").values_list("pk", flat=True)[:part])
        rows = Notice.objects.filter(pk__in=pks)
        bare.append(part / bare_seconds(rows.select_related("person")))
        rows.update(next_at=timezone.now() - dt.timedelta(minutes=1))
        began = time.perf_counter()
        left = delivery.deliver()
        ours.append(left / (time.perf_counter() - began))
    bare, ours = statistics.median(bare), statistics.median(ours)
    print("| mailing, by turns | mails a second | |\n|---|--:|--:|")
    print(f"| smtplib, mails written beforehand, one connection | {bare:.0f} | 1 |")
    print(f"| delivery, from the row to the mark that it left | {ours:.0f} | {ours / bare:.2f}, goal 0.25 |")


def bare_seconds(rows):
    letters = [letter_of_notice(row) for row in rows]
    mails = [(letter.to, letter.message().as_bytes(linesep="\r\n")) for letter in letters]
    began = time.perf_counter()
    with smtplib.SMTP(settings.EMAIL_HOST, settings.EMAIL_PORT) as connection:
        for readers, mail in mails:
            connection.sendmail("bench@bench.example", readers, mail)
    return time.perf_counter() - began
