"""Bringing in a file of staff: read and kept, looked at, then applied whole or not at all, once.

Nobody is deleted and no post is ended. Applying the same file again changes nothing, since what is here already is
compared and left alone. All writing is in bulk: the number of queries grows with thousands of people, not with each.
"""

import secrets
from zoneinfo import ZoneInfo

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db import transaction
from django.utils import timezone

from people import clock, policy
from people.access import require
from people.models import District, Expertise, Post, School, StaffImport, User

from .accounts import forget_other_addresses
from .changing import note_change, note_changes
from .comparing import compare
from .posts import called
from .roster import Row, read_roster

BATCH = 1000


class ChangedMeanwhile(Exception):
    """The file would now change something else than what the admin looked at, or was applied already."""


@transaction.atomic
def keep_file(content, *, file_name, by, at=None):
    """Read a file's bytes and keep its rows for the preview.

    Returns (StaffImport, []) or (None, troubles), each trouble with its line. Raises roster.NotReadable.
    """
    require(policy.may_run_district(by))
    at = at or timezone.now()
    codes = {code.lower() for code in School.objects.open().values_list("code", flat=True)}
    rows, troubles = read_roster(content, school_codes=codes)
    troubles = troubles or compare(rows, day=clock.today(None, at)).troubles
    if troubles:
        return None, sorted(troubles, key=lambda trouble: trouble.line)
    cells = list(map(list, rows))
    return StaffImport.objects.create(file_name=file_name[:200], rows=cells, made_by=by, made_at=at), []


def look_at(staff_import, *, at=None):
    """What the kept file would change now."""
    return _compared(staff_import, clock.today(None, at))


def _compared(staff_import, day):
    return compare([Row(*cells) for cells in staff_import.rows], day=day)


@transaction.atomic
def apply(staff_import, *, looked_at, by, at=None):
    """Apply a kept file, once. `looked_at` is the fingerprint of the comparison that the admin saw.

    Raises ChangedMeanwhile, and then nothing is written.
    """
    require(policy.may_run_district(by))
    at = at or timezone.now()
    district, _ = District.objects.select_for_update().get_or_create(pk=1)  # one file at a time
    today = at.astimezone(ZoneInfo(district.time_zone)).date()
    comparison = _compared(staff_import, today)
    if comparison.troubles or comparison.fingerprint != looked_at:
        raise ChangedMeanwhile("Somebody changed the staff while you looked. This is what the file would do now.")
    claimed = StaffImport.objects.filter(pk=staff_import.pk, applied_at=None).update(
        applied_at=at, applied_by=by, added=len(comparison.new), changed=len(comparison.changed)
    )
    if not claimed:
        raise ChangedMeanwhile("This file was applied already.")
    _write_people(comparison, at)
    posts = _write_posts(comparison.new + comparison.changed, today)
    _note(staff_import, comparison, posts, by=by, at=at)
    _write_topics(comparison.new + comparison.changed)
    return comparison


def _note(staff_import, comparison, posts, *, by, at):
    """A line for the file, and one for each post that it gave: whoever looks for a person finds it."""
    told = f"{len(comparison.new)} new, {len(comparison.changed)} changed"
    note_change("staff_file_applied", by=by, number=staff_import.pk, title=told, at=at)
    by_file = [["Staff list", "", str(staff_import.pk)]]
    given = [
        {"person": post.user, "school": post.school, "title": called(post.role), "details": by_file} for post in posts
    ]
    note_changes("post_given", given, by=by, at=at)


def batches(ids):
    ids = list(ids)
    return [ids[start : start + BATCH] for start in range(0, len(ids), BATCH)]


def _write_people(comparison, at):
    for change in comparison.new:
        # What make_password(None) gives, without its forty draws for each of a hundred thousand.
        unusable = UNUSABLE_PASSWORD_PREFIX + secrets.token_urlsafe(30)
        change.user = User(joined_at=at, password=unusable, **change.fields)
    User.objects.bulk_create([change.user for change in comparison.new], batch_size=BATCH)
    changed = [change for change in comparison.changed if change.fields]
    for change in changed:
        for name, value in change.fields.items():
            setattr(change.user, name, value)
    # Codes that people exchange would collide while the rows are written one after the other.
    for some in batches(change.user.pk for change in changed if "staff_code" in change.fields):
        User.objects.filter(pk__in=some).update(staff_code="")
    names = ["name", "email", "staff_code", "is_active", "left_on"]
    User.objects.bulk_update([change.user for change in changed], names, batch_size=BATCH // 5)
    for some in batches(change.user.pk for change in changed if "email" in change.fields):
        forget_other_addresses(some)


def _write_posts(changes, day):
    schools = {school.code.lower(): school for school in School.objects.all()} | {"": None}
    posts = (
        Post(user=change.user, role=role, school=schools[code], starts_on=day)
        for change in changes
        for role, code in sorted(change.new_posts)
    )
    return Post.objects.bulk_create(posts, batch_size=BATCH)


def _write_topics(changes):
    changed = [change for change in changes if change.topics]
    for kind in {kind for change in changed for kind in change.topics}:
        for some in batches(change.user.pk for change in changed if kind in change.topics):
            Expertise.objects.filter(kind=kind, user__in=some).delete()
    topics = (
        Expertise(user=change.user, kind=kind, topic=topic)
        for change in changed
        for kind, wanted in change.topics.items()
        for topic in wanted
    )
    Expertise.objects.bulk_create(topics, batch_size=BATCH)
