"""What monitoring asks, without signing in: do the database and the broker answer, when did beat last wake a task, and
how long has the oldest mail waited that could have left?
"""

import redis
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError
from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from notices import mailroom

from .cache import PATIENCE_SECONDS

LATE_AFTER_SECONDS = 300
MAIL_LATE_AFTER_SECONDS = 900


@login_not_required
@never_cache
@require_safe
def health(request):
    """503 only when pages cannot be served; for all else a monitor looks for the words "late" and "does not answer"."""
    try:
        signs, queue = mailroom.signs(), mailroom.queue()
    except DatabaseError:
        return HttpResponse("database: does not answer\n", content_type="text/plain", status=503)
    lines = {"database": "ok", "beat": beat_in_words(signs.beat), "mail": mail_in_words(queue, signs)}
    lines["broker"] = broker_in_words()
    return HttpResponse("".join(f"{name}: {words}\n" for name, words in lines.items()), content_type="text/plain")


def beat_in_words(last):
    if last is None:
        return "never"
    return f"{timely(seconds_since(last), LATE_AFTER_SECONDS)}, {seconds_since(last)} seconds ago"


def mail_in_words(queue, signs):
    if signs.paused_at:
        return f"paused, {queue.due + queue.again} wait"
    if queue.oldest is None:
        return "ok, none waits"
    seconds = seconds_since(queue.oldest)
    return f"{timely(seconds, MAIL_LATE_AFTER_SECONDS)}, {queue.due + queue.again} wait, the oldest {seconds} seconds"


def broker_in_words():
    if not settings.REDIS_URL:
        return "ok, in memory"
    patience = {"socket_timeout": PATIENCE_SECONDS, "socket_connect_timeout": PATIENCE_SECONDS}
    try:
        with redis.Redis.from_url(settings.REDIS_URL, retry=None, **patience) as broker:
            broker.ping()
    except redis.RedisError:
        return "does not answer"
    return "ok"


def timely(seconds, limit):
    return "late" if seconds > limit else "ok"


def seconds_since(moment):
    return int((timezone.now() - moment).total_seconds())
