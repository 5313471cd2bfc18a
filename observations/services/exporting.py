"""The absence file: what the district's absence system is told of cover, and told again when it changed."""

import hashlib
import secrets

from django.db import transaction
from django.utils import timezone

from people import clock
from people.access import require
from people.models import District
from people.policy import may_run_district
from people.services.changing import note_change

from ..models import ApiToken, CoverageExport, ExportColumn, ExportedCoverage
from ..reads.absences import columns, lines_of, requests_of
from . import NotNow

AT_ONCE = 1000
PREFIX = "cover_"


@transaction.atomic
def make_export(*, first, last, school=None, whole=False, by=None, token=None, at=None):
    """Make a file of what is new, changed or withdrawn since the last one, and mark it as told; or of everything.

    `first` and `last` are dates, both included. Made by an admin or by the holder of a token. Returns None when there
    is nothing to tell.
    """
    require(token.ended_at is None if token else may_run_district(by))
    hold_exports()
    chosen = columns()
    about = {"first": first, "last": last, "school": school, "whole": whole, "columns": chosen}
    made = CoverageExport(made_at=at or timezone.now(), made_by=by, token=token, **about)
    waiting = []
    compared = {fact for _, fact in chosen}
    for one, facts in lines_of(requests_of(first, last, school=school), compared, whole=whole):
        waiting.append(
            ExportedCoverage(coverage=one, change=facts.pop("change"), day=facts["date"], values=facts, export=made)
        )
    if not waiting:
        return None
    made.save()
    for start in range(0, len(waiting), AT_ONCE):
        keep(waiting[start : start + AT_ONCE])
    return made


def hold_exports():
    """Two files that are made at one moment would tell the same twice: the second waits for the first."""
    clock.district()
    District.objects.select_for_update(no_key=True).get(pk=1)


def keep(lines):
    told = [line.coverage_id for line in lines]
    ExportedCoverage.objects.filter(coverage__in=told, is_last=True).update(is_last=False)
    ExportedCoverage.objects.bulk_create(lines)


@transaction.atomic
def set_columns(chosen, *, by):
    """The columns of the files to come: (heading, fact) of each in its order. None at all means the usual ones."""
    require(may_run_district(by))
    hold_exports()
    before = columns()
    ExportColumn.objects.all().delete()
    ExportColumn.objects.bulk_create(
        [
            ExportColumn(position=position, heading=heading, fact=fact)
            for position, (heading, fact) in enumerate(chosen, start=1)
        ]
    )
    after = columns()
    if before != after:
        details = [["Columns", *(", ".join(heading for heading, _ in heads) for heads in (before, after))]]
        note_change("absence_columns_changed", by=by, details=details)


@transaction.atomic
def make_token(name, *, by, at=None):
    """A key for one system. Returns it and its row; it can be read only now, for only its hash is kept.

    Raises NotNow while another key of this name works.
    """
    require(may_run_district(by))
    hold_exports()
    if ApiToken.objects.filter(name__iexact=name, ended_at=None).exists():
        raise NotNow("A key of this name works already. End it first, or choose another name.")
    key = PREFIX + secrets.token_urlsafe(32)
    row = ApiToken.objects.create(name=name, digest=digest_of(key), made_by=by, made_at=at or timezone.now())
    note_change("key_made", by=by, number=row.pk, title=name, at=at)
    return key, row


@transaction.atomic
def end_token(token, *, by, at=None):
    """From now on the key opens nothing."""
    require(may_run_district(by))
    if ApiToken.objects.filter(pk=token.pk, ended_at=None).update(ended_at=at or timezone.now()):
        note_change("key_ended", by=by, number=token.pk, title=token.name, at=at)


def digest_of(key):
    return hashlib.sha256(key.encode()).hexdigest()


def token_of(key, *, at=None):
    """The row of a key that works, or None. Found by its hash: how long that takes tells nothing of the key."""
    at = at or timezone.now()
    # It goes on working when the admin who made it has left: it is the district's, and any admin ends it.
    found = ApiToken.objects.filter(digest=digest_of(key), ended_at=None).first()
    if found and (found.used_at is None or (at - found.used_at).total_seconds() > 60):
        ApiToken.objects.filter(pk=found.pk).update(used_at=at)
    return found
