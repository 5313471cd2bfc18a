"""What every request is asked about its reader: where they work, and whether an admin has placed them at all."""

from zoneinfo import ZoneInfo

from django.shortcuts import redirect
from django.utils import timezone

OPEN_TO_ALL = (
    *("/accounts/", "/waiting/", "/me/", "/inbox/", "/outbox/", "/health/", "/static/"),
    *("/answers/", "/unsubscribe/", "/collect/"),  # from mails: the link says who acts
    "/privacy/",
    "/emergency-reading/",  # where an operator without a post asks; it refuses everybody else
)


def local_time(get_response):
    """Times are shown in the zone of the reader's school."""

    def middleware(request):
        zone = request.user.standing.time_zone if request.user.is_authenticated else ""
        with timezone.override(ZoneInfo(zone) if zone else None):
            return get_response(request)

    return middleware


def placed_only(get_response):
    """Who holds no post sees nothing of the district.

    Students may share the staff's mail domain; and an operator runs the machine, and opens no page of the schools.
    """

    def middleware(request):
        user = request.user
        waits = user.is_authenticated and not user.standing.is_placed
        if waits and not request.path.startswith(OPEN_TO_ALL):
            return redirect("waiting")
        return get_response(request)

    return middleware
