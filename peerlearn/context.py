"""What every page's frame needs. Nothing is asked of the database until a template draws it."""

from django.conf import settings
from django.utils.functional import SimpleLazyObject

from notices.models import Notice

from .places import places_for

MANY = 99


def frame(request):
    return {
        "demo": settings.DEMO,
        "mail_stays_here": not settings.EMAIL_URL,
        "places": SimpleLazyObject(lambda: places_for(request)),
        "unread": SimpleLazyObject(lambda: unread(request.user)),
    }


def unread(user):
    """How many notices wait, as the bell shows it: "" for none, "99+" past ninety-nine."""
    waiting = len(Notice.objects.visible_to(user).unread().order_by().values_list("pk")[: MANY + 1])
    return f"{MANY}+" if waiting > MANY else str(waiting or "")
