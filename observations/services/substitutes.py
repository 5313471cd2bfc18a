"""Substitutes and when they can come, colleagues who offer to cover, and the rules of a school."""

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from people import clock
from people.access import require

from ..models import Coverage, CoverOffer, CoverRule, Substitute, SubstituteTime
from ..policy import may_change_substitute, may_keep_substitutes, may_offer_to_cover, may_set_cover_rules
from . import NotNow
from .letters import write_to_substitute


@transaction.atomic
def save_substitute(substitute=None, *, by, name, schools, email="", phone="", subjects="", weekly=()):
    """Add a substitute, or change one: `weekly` is what holds every week, as (weekday from 0, starts, ends).

    Of the schools only those that `by` arranges cover at are changed; the others stay. Raises NotNow when a class that
    they are to cover would be left without them.
    """
    require(may_change_substitute(by, substitute) if substitute else may_keep_substitutes(by))
    substitute = substitute or Substitute()
    own = None if by.standing.is_admin else by.standing.offices
    require(own is None or {school.pk for school in schools} <= own)
    facts = {"name": name, "email": email, "phone": phone, "subjects": subjects}
    for field, value in facts.items():
        setattr(substitute, field, value)
    has_moved = substitute.pk and Substitute.objects.filter(pk=substitute.pk).exclude(email=email).exists()
    substitute.save()
    others = substitute.schools.exclude(pk__in=own) if own is not None else ()
    substitute.schools.set([*schools, *others])
    substitute.times.filter(day=None).delete()
    SubstituteTime.objects.bulk_create(
        SubstituteTime(substitute=substitute, weekday=weekday, starts=starts, ends=ends)
        for weekday, starts, ends in weekly
    )
    refuse_leaving(substitute)
    if has_moved:
        write_anew(substitute)
    return substitute


def write_anew(substitute):
    """With another address the links of the days to come are others, and those that were mailed open nothing."""
    ahead = Coverage.objects.named().filter(substitute=substitute, day__gte=clock.today())
    for day in ahead.order_by("day").values_list("day", flat=True).distinct():
        write_to_substitute(substitute, day, at=timezone.now())


@transaction.atomic
def end_substitute(substitute, *, by, ended_on):
    """Set a substitute's last day, or none. Raises NotNow when they are to cover a class after it."""
    require(may_change_substitute(by, substitute))
    substitute.ended_on = ended_on
    substitute.save(update_fields=["ended_on"])
    refuse_leaving(substitute)


def refuse_leaving(substitute):
    """Raises NotNow when they are named for a class after their last day, or at a school they do not come to."""
    gone = ~Q(school__in=substitute.schools.all())
    if substitute.ended_on:
        gone |= Q(day__gt=substitute.ended_on)
    refuse_left_alone(Coverage.objects.filter(gone, day__gte=clock.today()), substitute)


def refuse_left_alone(rows, substitute):
    """Raises NotNow when they are named for one of these classes."""
    if coverage := rows.named().filter(substitute=substitute).select_related("school").first():
        raise NotNow(f"{substitute} is to cover {coverage} at {coverage.school}. Name somebody else for it first.")


@transaction.atomic
def add_date(substitute, *, by, day, can_come, starts, ends):
    """Note that a substitute can come on a date, or cannot; it goes before what is written for the weekday.

    Raises NotNow when they are to cover a class at a time when they cannot come.
    """
    require(may_change_substitute(by, substitute))
    if not can_come:
        refuse_left_alone(Coverage.objects.overlapping(day, starts, ends), substitute)
    times = SubstituteTime.objects.filter(substitute=substitute, day=day, starts__lt=ends, ends__gt=starts)
    times.delete()
    return SubstituteTime.objects.create(substitute=substitute, day=day, can_come=can_come, starts=starts, ends=ends)


@transaction.atomic
def remove_date(time, *, by):
    require(may_change_substitute(by, time.substitute) and time.day is not None)
    time.delete()


@transaction.atomic
def offer_to_cover(school, *, by, offers, at=None):
    """Say that one covers classes in planning periods at a school, or no more. What one has promised stands."""
    require(may_offer_to_cover(by, school.pk))
    if offers:
        CoverOffer.objects.get_or_create(person=by, school=school, defaults={"made_at": at or timezone.now()})
    else:
        CoverOffer.objects.filter(person=by, school=school).delete()


@transaction.atomic
def set_cover_rules(school, *, by, **rules):
    """Settle the rules of a school: the fields of CoverRule. They hold for what is decided from now on."""
    require(may_set_cover_rules(by, school.pk))
    return CoverRule.objects.update_or_create(school=school, defaults=rules)[0]
