"""What becomes of an event that a change of the school's days has broken."""

from django.contrib import messages
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from people.access import visible_or_404

from .. import services
from ..models import Event


@require_POST
def event_keep(request, pk):
    event = visible_or_404(Event, request.user, pk=pk)
    services.keep_event(event, by=request.user)
    messages.success(request, "It stays as it is.")
    return redirect("event", pk)
