"""What monitoring asks, without signing in: does the database answer, and when did beat last wake a task?"""

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError
from django.db.models import Max
from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from notices.models import Heartbeat

LATE_AFTER_SECONDS = 300


@login_not_required
@never_cache
@require_safe
def health(request):
    """503 only when pages cannot be served: a silent beat is said in words, for a monitor that looks for "late"."""
    try:
        last = Heartbeat.objects.aggregate(last=Max("at"))["last"]
    except DatabaseError:
        return HttpResponse("database: does not answer\n", content_type="text/plain", status=503)
    return HttpResponse(f"database: ok\nbeat: {beat_in_words(last)}\n", content_type="text/plain")


def beat_in_words(last):
    if last is None:
        return "never"
    seconds = int((timezone.now() - last).total_seconds())
    return f"{'late' if seconds > LATE_AFTER_SECONDS else 'ok'}, {seconds} seconds ago"
