"""Deleting what is due, and telling its owners a week before, so that they can keep it."""

import datetime as dt
from collections import Counter

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from people import clock
from people.access import require
from people.models import DeletionNotice, RetentionSpan, User
from people.policy import may_run_district
from people.registry import RULES, tell
from people.retention import SPANS, WEEK, cutoff_of, in_words, spans

from .changing import note_change
from .holds import hold_deleting, without_held

AT_ONCE = 500


@transaction.atomic
def keep_spans(amounts, *, by):
    """Keep how long the district keeps each sort of record: {key of a span: amount}."""
    require(may_run_district(by))
    before = spans()
    for key, amount in amounts.items():
        RetentionSpan.objects.update_or_create(key=key, defaults={"amount": amount})
    if details := [_said(SPANS[key], before[key], amount) for key, amount in amounts.items() if before[key] != amount]:
        note_change("spans_changed", by=by, details=details)


def _said(span, before, after):
    return [span.label, in_words(before, span.unit), in_words(after, span.unit)]


def rule_of(key):
    return next(rule for rule in RULES if rule.key == key)


def due_of(rule, today):
    """The rows that fall due by a day, those aside that a hold or their owner keeps."""
    span = SPANS[rule.span]
    rows = rule.model_class._base_manager.filter(rule.due(cutoff_of(span, spans()[span.key], today)))
    kept = DeletionNotice.objects.filter(rule=rule.key, kept_at__isnull=False).values("number")
    return without_held(rows.exclude(pk__in=kept), rule)


def delete_what_is_due(*, at=None):
    """The nightly task. Running twice changes nothing: what is told is a row, and what is deleted is gone."""
    at = at or timezone.now()
    today = clock.today(now=at)
    for rule in RULES:
        if rule.owner:
            tell_owners(rule, today, at)
        delete_of(rule, today, at)


@transaction.atomic
def tell_owners(rule, today, at):
    """Tell each owner, once for all rows of a night, what goes in a week."""
    soon = due_of(rule, today + WEEK)
    told = DeletionNotice.objects.filter(rule=rule.key)
    # What is gone, or held, or not due after all is not announced any more; should it fall due again, it is told anew.
    told.open().exclude(number__in=soon.values("pk")).delete()
    soon = soon.exclude(pk__in=told.values("number"))
    rows = soon.annotate(its_owner=F(rule.owner) if isinstance(rule.owner, str) else rule.owner)
    found = list(rows.order_by("pk").values_list("pk", "its_owner"))
    DeletionNotice.objects.bulk_create(
        [DeletionNotice(rule=rule.key, number=pk, owner_id=owner, told_at=at) for pk, owner in found],
        ignore_conflicts=True,
    )
    counts = Counter(owner for _, owner in found)
    for owner, person in User.objects.in_bulk(counts).items():
        tell_owner(person, rule, counts[owner], today, at)


def tell_owner(person, rule, count, today, at):
    facts = {"what": rule.what, "count": str(count), "day": f"{today + WEEK:%A %-d %B}"}
    tell(person, "deleted_soon", key=f"deleted_soon:{rule.key}:{today}", path="/me/data/", facts=facts, at=at)


def delete_of(rule, today, at):
    """Delete in batches, each in a transaction of its own; what its owner may keep, a week after they were told."""
    last = None
    while True:
        with transaction.atomic():
            hold_deleting()
            rows = due_of(rule, today)
            if rule.owner:
                told = DeletionNotice.objects.filter(rule=rule.key, told_at__lte=at - WEEK + dt.timedelta(hours=1))
                rows = rows.filter(pk__in=told.values("number"))
            rows = rows if last is None else rows.filter(pk__gt=last)
            batch = list(rows.order_by("pk").values_list("pk", flat=True).distinct()[:AT_ONCE])
            if not batch:
                return
            rule.forget(rule.model_class._base_manager.filter(pk__in=batch))
            DeletionNotice.objects.filter(rule=rule.key, number__in=batch).delete()
            last = batch[-1]


@transaction.atomic
def keep_mine(rule, *, by, at=None):
    """Keep what the person was told of: it stays until they delete it themselves. Returns how many rows."""
    mine = DeletionNotice.objects.visible_to(by).open().filter(rule=rule)
    return mine.update(kept_at=at or timezone.now())


def soon_deleted(person):
    """[(key, what, count, day)] of what the person was told of and has not kept."""
    groups = {}
    for notice in DeletionNotice.objects.visible_to(person).open().order_by("told_at"):
        groups.setdefault(notice.rule, []).append(notice.told_at)
    zone = clock.zone_of()
    return [(key, rule_of(key).what, len(told), told[0].astimezone(zone).date() + WEEK) for key, told in groups.items()]
