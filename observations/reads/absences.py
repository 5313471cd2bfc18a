"""The facts of an absence file, and what the absence system has still to be told."""

import datetime as dt

from django.db.models import Count, F, FilteredRelation, Q

from ..models import Coverage, ExportColumn, ExportedCoverage

State = Coverage.State
Change = ExportedCoverage.Change
REASON = "Professional learning"
NAMES = ("asker", "school", "period", "coverer", "substitute")


def minutes_of(one):
    return (one.ends.hour - one.starts.hour) * 60 + one.ends.minute - one.starts.minute


def who_covers(one):
    return one.substitute or one.coverer


# What a column may show: the fact, its usual heading, and how a request answers it. Nothing here says what it is for.
FACTS = {
    "request": ("Request", lambda one: one.pk),
    "change": ("Change", lambda one: ""),
    "teacher": ("Teacher", lambda one: str(one.asker)),
    "teacher_email": ("Teacher's e-mail", lambda one: one.asker.email),
    "teacher_code": ("Staff code", lambda one: one.asker.staff_code),
    "school": ("School", lambda one: one.school.name),
    "school_code": ("School code", lambda one: one.school.code),
    "date": ("Date", lambda one: one.day.isoformat()),
    "starts": ("From", lambda one: f"{one.starts:%H:%M}"),
    "ends": ("Until", lambda one: f"{one.ends:%H:%M}"),
    "minutes": ("Minutes", minutes_of),
    "period": ("Period", lambda one: one.period.name if one.period else ""),
    "class": ("Class", lambda one: one.class_name),
    "room": ("Room", lambda one: one.room),
    "state": ("State", lambda one: one.state),
    "covered_by": ("Covered by", lambda one: str(who_covers(one) or "")),
    "covered_by_email": ("Coverer's e-mail", lambda one: who_covers(one).email if who_covers(one) else ""),
    "covered_by_kind": (
        "Substitute or colleague",
        lambda one: "substitute" if one.substitute_id else "colleague" if one.coverer_id else "",
    ),
    "reason": ("Reason", lambda one: REASON),
}
USUAL = (
    *("request", "change", "teacher_code", "teacher", "school_code", "date", "starts", "ends", "minutes"),
    *("period", "covered_by", "state", "reason"),
)


def columns():
    """[heading, fact] of each column that an admin chose, or the usual ones."""
    chosen = [[one.heading, one.fact] for one in ExportColumn.objects.all() if one.fact in FACTS]
    return chosen or [[FACTS[fact][0], fact] for fact in USUAL]


def facts_of(one):
    return {fact: answer(one) for fact, (_, answer) in FACTS.items()}


def requests_of(first, last, *, school=None):
    """Requests of the span of days, and those that the system knows under a day of it; in the order of their ids.

    Each has `told`, the facts as they were told last, and `told_as`, the change as which; None if never.
    """
    known = ExportedCoverage.objects.filter(is_last=True, day__range=(first, last)).values("coverage")
    rows = Coverage.objects.filter(Q(day__range=(first, last)) | Q(pk__in=known))
    if school:
        rows = rows.filter(school=school)
    rows = rows.annotate(last_word=FilteredRelation("exported", condition=Q(exported__is_last=True)))
    rows = rows.annotate(told=F("last_word__values"), told_as=F("last_word__change"))
    return rows.select_related(*NAMES).order_by("pk")


def line_of(one, compared, *, whole=False):
    """The facts that the system has to be told of a request, `change` among them; None when it knows them.

    What nobody has approved is no absence: a system that fills absences by itself would call somebody for it.

    `compared` are the facts whose change matters: those that have a column. A request that stands no more is told as
    it was known, so that the system finds what to take out.
    """
    stands, known = one.state in Coverage.GOING, one.told if one.told_as not in (None, Change.WITHDRAWN) else None
    if not stands:
        gone = known and not whole
        return {**known, "state": one.state, "change": Change.WITHDRAWN.value} if gone else None
    facts = facts_of(one)
    if whole or known is None:
        return facts | {"change": Change.NEW.value}
    differs = any(facts[fact] != known.get(fact) for fact in compared if fact != "change")
    return facts | {"change": Change.CHANGED.value} if differs else None


def lines_of(rows, compared, *, whole=False):
    """(request, facts) of each that has something to tell; rows are read in parts, whatever their number."""
    for one in rows.iterator(chunk_size=2000):
        if line := line_of(one, compared, whole=whole):
            yield one, line


def file_lines(head, lines):
    """Rows of the file, the headings first. `lines` are dicts of facts."""
    yield [heading for heading, _ in head]
    for line in lines:
        yield [line.get(fact, "") for _, fact in head]


def count_lines(exports):
    """Give each file `counts`, its lines by change: one query."""
    found = ExportedCoverage.objects.filter(export__in=list(exports)).order_by()
    counts = {(pk, change): n for pk, change, n in found.values_list("export", "change").annotate(n=Count("pk"))}
    for one in exports:
        one.counts = {change: counts.get((one.pk, change), 0) for change in Change.values}


def span_around(today):
    """The days that an absence file is about, unless somebody says others: a month back, and the year ahead."""
    return today - dt.timedelta(days=31), today + dt.timedelta(days=366)
