"""The sheet of a day for the front office: which day it is, who is out, who covers, and how to reach substitutes."""

import datetime as dt

from django.conf import settings
from django.db.models import Q

from schedule.models import Period, SchoolDay

from ..day_links import day_path
from ..models import Coverage, SubstituteLetter
from .drawing import school_day

NAMES = ("asker", "coverer", "substitute", "period")


def day_sheet(user, school, day, *, today):
    """Everything on the sheet: finished values, in a constant number of queries."""
    before, this, after = days_around(school, day)
    visible = Coverage.objects.visible_to(user).on_day(day).filter(school=school)
    requests = list(visible.select_related(*NAMES).order_by("starts", "asker__name", "pk"))
    rows = school_day(periods_of(school, this), requests)
    return {
        "school": school,
        "day": day,
        "school_day": this,
        "before": before,
        "after": after,
        "rows": [row for row in rows if row.classes],
        "free": [row for row in rows if not row.classes],
        "has_classes": has_classes(this, day),
        "leads_on": not requests and not has_classes(this, day),
        "count": len(requests),
        "unnamed": sum(not one.is_named for one in requests),
        "substitutes": substitutes_of(requests, day) if day >= today else [],
    }


def days_around(school, day):
    """(the date of the school day before, what this date is, the date of the one after), as they are laid out.

    A school whose days are not laid out has its weekdays.
    """
    laid_out = SchoolDay.objects.filter(school=school)
    with_classes = laid_out.filter(bell_schedule__isnull=False)
    before = with_classes.filter(day__lt=day).order_by("-day").values("day")[:1]
    after = with_classes.filter(day__gt=day).order_by("day").values("day")[:1]
    near = laid_out.filter(Q(day=day) | Q(day__in=before) | Q(day__in=after)).select_related("bell_schedule")
    found = {one.day: one for one in near}
    earlier, later = (
        next((at for at in found if at < day), weekday(day, -1)),
        next((at for at in found if at > day), weekday(day, 1)),
    )
    return earlier, found.get(day), later


def has_classes(this, day):
    """A weekday that is not laid out may have some."""
    return this.has_classes if this else day.weekday() < 5


def weekday(day, step):
    """The next weekday in this direction."""
    day += dt.timedelta(days=step)
    while day.weekday() > 4:
        day += dt.timedelta(days=step)
    return day


def periods_of(school, this):
    """The periods by the bells that ring on the day; those of the usual day where that is not known."""
    if this is None:
        return list(Period.objects.filter(schedule__school=school, schedule__is_default=True))
    return list(Period.objects.filter(schedule=this.bell_schedule_id)) if this.has_classes else []


def substitutes_of(requests, day):
    """Each substitute of the day: the address of their page, whether they said yes, and what became of the mail."""
    named = {}
    for one in requests:
        if one.substitute:
            named.setdefault(one.substitute, []).append(one)
    letters = SubstituteLetter.objects.filter(substitute__in=named, day=day) if named else []
    mail = {letter.substitute_id: word for letter in letters if (word := mail_word(letter))}
    return [
        {
            "substitute": substitute,
            "count": len(classes),
            "confirmed": all(one.state == Coverage.State.CONFIRMED for one in classes),
            "mail": mail.get(substitute.pk, ""),
            "link": settings.SITE_URL + day_path(substitute, day),
        }
        for substitute, classes in sorted(named.items(), key=lambda pair: pair[0].name)
    ]


def mail_word(letter):
    """mailed, waiting or failed; an empty text for one that had nothing new to say when it was its turn."""
    if letter.dropped_at:
        return ""
    return "mailed" if letter.sent_at else "failed" if letter.failed_at else "waiting"


def line_of(one):
    """A line of the morning's mail: time, room, class, who covers whom. No note."""
    where = f", {one.room}" if one.room else ""
    who = f"{one.who_covers} for {one.asker}" if one.is_named else f"nobody yet for {one.asker}"
    open_words = {Coverage.State.ASSIGNED: ", not confirmed yet", Coverage.State.NEEDED: ", not asked for yet"}
    sure = open_words.get(one.state, "")
    return f"{one.starts:%-H:%M} to {one.ends:%-H:%M}{where}: {one.class_name}, {who}{sure}"
