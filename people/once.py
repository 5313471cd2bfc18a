"""A form that is sent twice acts once: a double click, a reload, a request that the network sent again."""

import datetime as dt
import uuid
from functools import wraps

from django.db import transaction
from django.shortcuts import redirect
from django.utils import timezone

from .models import Press

KEPT = dt.timedelta(days=2)


def sent_once(view):
    """For views whose POST makes something. The form carries `{% once %}`; the second press leads where the first did.

    The mark is kept in the transaction of the view: of two presses at one moment the database lets one through, and
    the other waits for it. A page that comes back with errors has made nothing, and may be sent again.
    """

    @wraps(view)
    def once(request, *args, **kwargs):
        token = token_of(request)
        if token is None:
            return view(request, *args, **kwargs)
        with transaction.atomic():
            press, first = Press.objects.get_or_create(token=token)
            if not first:
                return redirect(press.led_to or "home")
            response = view(request, *args, **kwargs)
            if response.status_code == 302:
                Press.objects.filter(pk=token).update(led_to=response.url)
            else:
                press.delete()
            return response

    return once


def token_of(request):
    try:
        return uuid.UUID(request.POST.get("once", "")) if request.method == "POST" else None
    except ValueError:
        return None


def forget_presses(*, at=None):
    Press.objects.filter(made_at__lt=(at or timezone.now()) - KEPT).delete()
