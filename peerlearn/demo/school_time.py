"""School time of the demo district: bells, days that repeat, timetables for everyone, and who can cover."""

import datetime as dt

from observations.services import substitutes
from people.models import Expertise, NoSchoolDay, Role, SchoolYear, User
from schedule.models import DayCycle, Term
from schedule.plausible import plausible
from schedule.services.periods import add_bells
from schedule.services.school_time import keep_cycle, keep_special_days, keep_term
from schedule.services.timetables import write_timetable

# The high school runs on six days in turn, the others on weekdays; no two ring at the same times.
LEVELS = {
    "harbor": ("elementary", dt.time(8, 10)),
    "quarry": ("elementary", dt.time(8, 40)),
    "lakeside": ("middle", dt.time(7, 55)),
    "summit": ("rotating", dt.time(7, 40)),
}
SUBSTITUTES = ["Wren Calloway", "Idris Fontaine", "Marta Quill", "Odell Pryor", "Saskia Thorne", "Teo Ferris"]
WEEKDAYS = [range(5), range(5), (0, 2, 4), (1, 3), range(5), (0, 1, 2, 3)]


def make_school_time(schools, admin, first):
    """Bells, cycles, early releases and terms, and each school's timetable from the first day of the year."""
    for school in schools:
        level, starts = LEVELS[school.code]
        teachers = list(User.objects.staff_of([school], Role.TEACHER).order_by("pk"))
        plan = plausible(level, teachers, seed=school.pk, teaches=taught_by(teachers, level), starts=starts)
        bells = {name: add_bells(school, by=admin, name=name, periods=rings) for name, rings in plan.bells.items()}
        if plan.follows != DayCycle.Follows.WEEKDAYS:
            cycle = DayCycle(school=school, starts_on=first, follows=plan.follows)
            keep_cycle(cycle, by=admin, days=[(name, None) for name in plan.days])
        early = {"bells": bells["Early release"], "name": "Early release"}
        keep_special_days(school, by=admin, days=early_releases(first), **early)
        write_timetable(school, plan.rows, starts_on=first, by=admin)
    make_terms(admin)


def taught_by(teachers, level):
    """What each says of themselves in the directory: the grade in an elementary school, else the subject."""
    kind = Expertise.Kind.GRADE if level == "elementary" else Expertise.Kind.SUBJECT
    rows = Expertise.objects.filter(user__in=teachers, kind=kind).select_related("user")
    return {one.user: one.topic for one in rows}


def early_releases(first):
    """Every fourth Wednesday of the year with school on it."""
    days = [first + dt.timedelta(days=2 + 28 * number) for number in range(11)]
    off = set(NoSchoolDay.objects.filter(day__in=days).values_list("day", flat=True))
    return [day for day in days if day not in off]


def make_terms(admin):
    for year in SchoolYear.objects.all():
        middle = year.starts_on + (year.ends_on - year.starts_on) / 2
        for name, starts, ends in (
            ("First semester", year.starts_on, middle),
            ("Second semester", middle + dt.timedelta(days=1), year.ends_on),
        ):
            keep_term(Term(year=year, name=name, starts_on=starts, ends_on=ends), by=admin)


def make_coverers(schools, admin, now):
    """Substitutes with their days, colleagues who offer to cover, and the rules of two schools."""
    for number, (name, weekdays) in enumerate(zip(SUBSTITUTES, WEEKDAYS, strict=True)):
        substitutes.save_substitute(
            by=admin,
            name=name,
            email=name.lower().replace(" ", ".") + "@subs.demo.example",
            subjects=["", "Mathematics, Science", "Reading", "", "Art, Music", "English, Social studies"][number],
            schools=[schools[number % 4], schools[(number + 1) % 4]],
            weekly=[(weekday, dt.time(7), dt.time(16)) for weekday in weekdays],
        )
    for school in schools:
        for person in User.objects.staff_of([school], Role.TEACHER).order_by("pk")[::3]:
            substitutes.offer_to_cover(school, by=person, offers=True, at=now - dt.timedelta(days=80))
    substitutes.set_cover_rules(schools[0], by=admin, lead_days=10, most_a_week=2, most_out=3, year_budget=120)
    substitutes.set_cover_rules(schools[2], by=admin, lead_days=5, most_a_week=2, most_out=4, too_many="refuse")
