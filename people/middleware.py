"""Times are shown in the zone of the reader's school."""

from zoneinfo import ZoneInfo

from django.utils import timezone


def local_time(get_response):
    def middleware(request):
        zone = request.user.standing.time_zone if request.user.is_authenticated else ""
        with timezone.override(ZoneInfo(zone) if zone else None):
            return get_response(request)

    return middleware
