"""The dates as files and addresses that other calendars read."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_POST, require_safe

from people.access import visible_or_404

from .. import feeds, services
from ..models import Attendance, Event, Feed, WantsInvitations
from ..scopes import followed_by

CALENDAR_TYPE = "text/calendar; charset=utf-8"


@require_safe
def event_ics(request, pk):
    event = visible_or_404(Event, request.user, pk=pk)
    mine = Attendance.objects.visible_to(request.user).filter(event=event, person=request.user).first()
    response = HttpResponse(feeds.event_file(event, mine), content_type=CALENDAR_TYPE)
    response["Content-Disposition"] = f'attachment; filename="event-{event.pk}.ics"'
    response["Cache-Control"] = "private, no-cache"
    return response


@login_not_required
@require_safe
def feed(request, token):
    """The token is the key: whoever has the address reads time and place, so an unknown one says nothing at all."""
    now = timezone.now()
    state = feeds.feed_state(token, now)
    if state is None:
        raise Http404
    response = get_conditional_response(request, etag=state.etag)
    if response is None:
        response = HttpResponse(state.body(), content_type=CALENDAR_TYPE)
    response["ETag"] = state.etag
    response["Cache-Control"] = "private, no-cache"
    response["X-Robots-Tag"] = "noindex"
    return response


@require_safe
def feed_settings(request):
    followed = followed_by(request.user, Feed.objects.visible_to(request.user))
    page = {
        "made": [one for one in followed if one.feed or one.scope == Feed.OWN],
        "more": [one for one in followed if not one.feed and one.scope != Feed.OWN],
        "wants": WantsInvitations.objects.visible_to(request.user).exists(),
        "takes_replies": settings.TAKES_REPLIES,
        "address": request.user.email,
    }
    return render(request, "schedule/feed_settings.html", page)


@require_POST
def feed_new(request):
    services.new_feed(request.user, by=request.user, scope=_scope(request))
    messages.success(request, "The private address is ready. If there was one before, it no longer works.")
    return redirect("feed_settings")


@require_POST
def feed_off(request):
    services.drop_feed(request.user, by=request.user, scope=_scope(request))
    messages.success(request, "The private address no longer works.")
    return redirect("feed_settings")


def _scope(request):
    return request.POST.get("scope", Feed.OWN).replace("\0", "")
