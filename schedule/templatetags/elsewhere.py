"""Addresses that put one date into a calendar somewhere else: filled-in forms of Google's and Outlook's own pages.

Like feeds they carry time, place and a link, and a name that says nothing (TRUST 7).
"""

import datetime as dt
from urllib.parse import urlencode

from django import template
from django.conf import settings

from schedule.ics import SUMMARY, stamp

register = template.Library()

GOOGLE = "https://calendar.google.com/calendar/render"
OUTLOOK = "https://outlook.office.com/calendar/deeplink/compose"


@register.filter
def in_google(event):
    times = f"{stamp(event.starts_at)}/{stamp(event.ends_at)}"
    given = {"action": "TEMPLATE", "text": SUMMARY, "dates": times, "location": event.where, "details": _link(event)}
    return f"{GOOGLE}?{urlencode(given)}"


@register.filter
def in_outlook(event):
    times = {"startdt": _utc(event.starts_at), "enddt": _utc(event.ends_at)}
    given = {"path": "/calendar/action/compose", "rru": "addevent", "subject": SUMMARY, **times}
    return f"{OUTLOOK}?{urlencode(given | {'location': event.where, 'body': _link(event)})}"


def _link(event):
    return settings.SITE_URL + event.get_absolute_url()


def _utc(moment):
    return f"{moment.astimezone(dt.UTC):%Y-%m-%dT%H:%M:%SZ}"
