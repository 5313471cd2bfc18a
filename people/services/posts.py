"""Posts: who works where, as what, from when until when; and who stands in for a principal."""

import datetime as dt

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from people import policy
from people.access import require
from people.models import Deputy, Post, Role

from .changing import days, note_change

LAST_ADMIN = "This is the last district admin. Give somebody else that post first."


@transaction.atomic
def place(person, *, role, by, school=None, starts_on=None, ends_on=None):
    """Give a person a post at a school, or for the district when no school is named."""
    require(policy.may_run_district(by))
    post = Post(user=person, role=role, school=school, starts_on=starts_on, ends_on=ends_on)
    post.full_clean()
    post.save()
    note_change("post_given", by=by, person=person, school=school, title=called(role), details=days(starts_on, ends_on))
    return post


def called(*roles):
    """Roles in the middle of a sentence: teacher and peer coach."""
    return " and ".join(Role(role).label.lower() for role in roles)


@transaction.atomic
def end_post(post, *, on, by):
    """End a post after the day `on`; one that would not have begun by then is removed."""
    require(policy.may_run_district(by))
    if post.role == Role.ADMIN:
        require(not policy.is_last_admin(post.user), LAST_ADMIN)
    if post.role == Role.PRINCIPAL:
        end_spans(Deputy.objects.filter(principal=post.user, school=post.school), on)
    end_spans(Post.objects.filter(pk=post.pk), on)
    about = {"person": post.user, "school": post.school, "title": called(post.role)}
    note_change("post_ended", by=by, details=days(None, on), **about)


def end_spans(rows, on):
    """End posts or deputies after the day; those that begin later are removed, those that ended stay."""
    rows.filter(starts_on__gt=on).delete()
    rows.exclude(ends_on__lte=on).update(ends_on=on)


@transaction.atomic
def move(person, *, from_school, to_school, on, by):
    """Move a person from the day `on`: posts at the one school end the day before, the same open at the other."""
    require(policy.may_run_district(by))
    last_day = on - dt.timedelta(days=1)
    leaving = Post.objects.filter(Q(ends_on=None) | Q(ends_on__gt=last_day), user=person, school=from_school)
    roles = {post.role: post.ends_on for post in leaving.select_for_update()}
    end_spans(leaving, last_day)
    end_spans(Deputy.objects.filter(Q(principal=person) | Q(deputy=person), school=from_school), last_day)
    there = set(Post.objects.filter(user=person, school=to_school, ends_on=None).values_list("role", flat=True))
    details = [["Posts", "", called(*sorted(roles))], *days(on, None)]
    note_change("person_moved", by=by, person=person, school=to_school, title=from_school.name, details=details)
    return Post.objects.bulk_create(
        [
            Post(user=person, role=role, school=to_school, starts_on=on, ends_on=ends_on)
            for role, ends_on in roles.items()
            if role not in there
        ]
    )


@transaction.atomic
def name_deputy(principal, *, school, deputy, starts_on, ends_on, by):
    """Let a colleague decide for the principal of a school in a span of days; an open side has no end."""
    require(policy.may_name_deputy(by, principal, school))
    standing_in = Deputy(school=school, principal=principal, deputy=deputy, starts_on=starts_on, ends_on=ends_on)
    standing_in.full_clean()
    standing_in.save()
    note_change("deputy_named", by=by, person=deputy, school=school, details=days(starts_on, ends_on))
    return standing_in


@transaction.atomic
def end_deputy(standing_in, *, by, at=None):
    """Take the say back at once: the row ends yesterday, or goes when it had not begun."""
    require(policy.may_name_deputy(by, standing_in.principal, standing_in.school))
    today = timezone.localdate(at or timezone.now())
    end_spans(Deputy.objects.filter(pk=standing_in.pk), today - dt.timedelta(days=1))
    note_change("deputy_ended", by=by, person=standing_in.deputy, school=standing_in.school, at=at)
