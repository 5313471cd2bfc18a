"""What templates draw with: icons, the mark of a support, and dates as people say them.

Dates read "Thu 12 March", with the year when it is not this school year's; times read "10:05", in the reader's zone.
"""

import datetime as dt
import re
import uuid
from functools import lru_cache
from pathlib import Path

from django import template
from django.conf import settings
from django.templatetags.static import static
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html

register = template.Library()

SCHOOL_YEAR_BEGINS_IN = 7


@lru_cache
def names_in(sprite):
    """What the sprite can draw: the icons of icons.svg, the shapes of shapes.svg."""
    drawing = Path(settings.BASE_DIR / "static" / sprite).read_text()
    return frozenset(re.findall(r'<symbol id="([^"]+)"', drawing))


def _drawn(sprite, name):
    if name not in names_in(sprite):
        raise template.TemplateSyntaxError(f"{sprite} has no {name!r}: see script/icons.txt and script/vendor.")
    return f"{static(sprite)}#{name}"


@register.simple_tag
def icon(name):
    """A drawing beside words; never in their place, so screen readers pass over it."""
    return _icon(_drawn("icons.svg", name))


@lru_cache
def _icon(address):
    return format_html(
        '<svg class="icon" width="16" height="16" aria-hidden="true" focusable="false"><use href="{}"/></svg>', address
    )


@register.simple_tag
def patch(hue, shape, name):
    """An icon on a shape in a colour."""
    return _patch(hue, _drawn("shapes.svg", shape), _drawn("icons.svg", name))


@lru_cache
def _patch(hue, shape, icon):
    return format_html(
        '<svg class="support-mark hue-{}" viewBox="0 0 48 48" width="48" height="48" aria-hidden="true" '
        'focusable="false"><use class="support-shape" href="{}"/>'
        '<use class="support-icon" href="{}" x="13" y="13" width="22" height="22"/></svg>',
        hue,
        shape,
        icon,
    )


@register.simple_tag
def mark(support):
    """The mark of a support: its icon on its own shape, in its own colour."""
    return patch(support.hue, support.shape, support.icon)


def _local_day(moment):
    if isinstance(moment, dt.datetime):
        return timezone.localdate(moment) if timezone.is_aware(moment) else moment.date()
    return moment


def _school_year(day):
    return day.year if day.month >= SCHOOL_YEAR_BEGINS_IN else day.year - 1


@register.filter
def day_date(moment):
    """Thu 12 March; Thu 12 March 2027 when that is in another school year."""
    if not moment:
        return ""
    day = _local_day(moment)
    this_year = _school_year(day) == _school_year(timezone.localdate())
    return _day_said(day, "D j F" if this_year else "D j F Y")


@lru_cache(maxsize=4096)
def _day_said(day, pattern):
    return date_format(day, pattern)


@register.filter
def clock(moment):
    """10:05, from a time of day or a moment."""
    if isinstance(moment, dt.datetime) and timezone.is_aware(moment):
        moment = timezone.localtime(moment)
    return f"{moment.hour}:{moment.minute:02}" if moment else ""


@register.filter
def when(moment):
    """Thu 12 March, 10:05."""
    return f"{day_date(moment)}, {clock(moment)}" if moment else ""


@register.filter
def span(event):
    """Thu 12 March, 10:05 to 10:50, of anything that has starts_at and ends_at."""
    if not event:
        return ""
    one_day = _local_day(event.starts_at) == _local_day(event.ends_at)
    return f"{when(event.starts_at)} to {clock(event.ends_at) if one_day else when(event.ends_at)}"


def _count(number, unit):
    return f"{number} {unit}{'' if number == 1 else 's'}"


def _days_apart(days):
    """How people say a distance in days: days up to two weeks, then weeks, months, years."""
    for length, unit, until in ((1, "day", 14), (7, "week", 60), (30, "month", 700)):
        if days < until:
            return _count(days // length, unit)
    return _count(days // 365, "year")


def _hours_apart(seconds):
    minutes = int(seconds // 60)
    return _count(minutes, "minute") if minutes < 60 else _count(minutes // 60, "hour")


@register.filter
def ago(moment):
    """3 days ago, today, in 2 days; within the day of a moment also 20 minutes ago, in 2 hours."""
    if not moment:
        return ""
    days = (_local_day(moment) - timezone.localdate()).days
    if days == 0:
        return _within_today(moment)
    if abs(days) == 1:
        return "tomorrow" if days > 0 else "yesterday"
    return f"in {_days_apart(days)}" if days > 0 else f"{_days_apart(-days)} ago"


def _within_today(moment):
    if not isinstance(moment, dt.datetime) or timezone.is_naive(moment):
        return "today"
    seconds = (moment - timezone.now()).total_seconds()
    if abs(seconds) < 60:
        return "just now"
    return f"in {_hours_apart(seconds)}" if seconds > 0 else f"{_hours_apart(-seconds)} ago"


@register.simple_tag
def once():
    """The mark of this copy of a form, by which people.once tells a second press from a first."""
    return format_html('<input type="hidden" name="once" value="{}">', uuid.uuid4())


@register.filter
def initials(name):
    """AR for Ana Ruiz."""
    words = str(name).split()
    return "".join(word[0] for word in ([words[0], words[-1]] if len(words) > 1 else words)).upper()


@register.filter
def browser(user_agent):
    """Firefox on Windows: enough to know one's own device by."""
    names = ("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari")
    systems = ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("CrOS", "a Chromebook")
    systems += ("Windows", "Windows"), ("Mac OS", "a Mac"), ("Linux", "Linux")
    name = next((said for sign, said in names if sign in user_agent), "A browser")
    return name + next((f" on {said}" for sign, said in systems if sign in user_agent), "")
