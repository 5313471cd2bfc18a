"""The schools, the years, the people and the PD catalogue of the demo district."""

import csv
import datetime as dt
import io
from decimal import Decimal

from people.models import District, Expertise, Post, Role, School, SchoolYear, User
from people.services import importing, places, posts, profile
from supports.services import add_session

from . import PASSWORD, sayings
from .names import FAMILY, FIRST
from .work import school_day

SCHOOLS = [
    ("Harbor Elementary", "harbor", 26, ["K", "1", "2", "3", "4", "5"]),
    ("Quarry Hill Elementary", "quarry", 24, ["K", "1", "2", "3", "4", "5"]),
    ("Lakeside Middle", "lakeside", 30, ["6", "7", "8"]),
    ("Summit High", "summit", 32, ["9", "10", "11", "12"]),
]
SIGN_INS = {
    "teacher": ("Tess Marigold", Role.TEACHER, "harbor"),
    "principal": ("Paul Eberhart", Role.PRINCIPAL, "harbor"),
    "frontoffice": ("Fern Okada", Role.FRONT_OFFICE, "harbor"),
    "facilitator": ("Faye Lindgren", Role.FACILITATOR, ""),
}
BREAKS = [("Fall break", 60, 61), ("Thanksgiving", 101, 104), ("Winter break", 128, 137), ("Spring break", 217, 221)]


def year_starting(first):
    return SchoolYear(
        name=f"{first.year}-{(first.year + 1) % 100}", starts_on=first, ends_on=first + dt.timedelta(days=305)
    )


def first_day_of_year(today):
    """The Monday of mid-August that began the school year which today belongs to."""
    year = today.year if today >= dt.date(today.year, 8, 17) else today.year - 1
    first = dt.date(year, 8, 17)
    return first - dt.timedelta(days=first.weekday())


def make_district(rng, today):
    """The settings, the years, the schools and their staff. Returns {"admin": …, "teacher": …, "schools": [...]}."""
    District.objects.update_or_create(
        pk=1,
        defaults={
            "name": "Pinebrook Schools",
            "mail_domains": "demo.example",
            "help_email": "help@demo.example",
            "time_zone": "America/New_York",
        },
    )
    admin = User.objects.create_user("admin@demo.example", PASSWORD, name="Ama Delacroix")
    Post.objects.create(user=admin, role=Role.ADMIN)
    this_year = first_day_of_year(today)
    for first in (this_year - dt.timedelta(days=364), this_year):
        places.keep(year_starting(first), by=admin)
        for name, start, end in BREAKS:
            days = (first + dt.timedelta(days=start), first + dt.timedelta(days=end))
            places.add_no_school_days(name, first=days[0], last=days[1], school=None, by=admin)
    schools = [
        places.keep(School(name=name, code=code, time_zone="America/New_York"), by=admin)
        for name, code, _, _ in SCHOOLS
    ]
    hire(admin, rng)
    signed_in = {"admin": admin} | {role: User.objects.get(email=f"{role}@demo.example") for role in SIGN_INS}
    set_password(signed_in.values())
    set_up_schools(schools, signed_in, admin)
    return signed_in | {"schools": schools}


def set_password(people):
    for person in people:
        person.set_password(PASSWORD)
        person.save(update_fields=["password"])
        person.emailaddress_set.get_or_create(email=person.email, defaults={"verified": True, "primary": True})


def hire(admin, rng):
    """Everybody else comes in as a district's staff does: from a file."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["email", "name", "school", "role", "staff_code", "grades", "subjects"])
    for role, (name, post, school) in SIGN_INS.items():
        writer.writerow([f"{role}@demo.example", name, school, post.value, "", "4" if role == "teacher" else "", ""])
    writer.writerow(["facilitator2@demo.example", "Milo Ashgrove", "summit", Role.FACILITATOR.value, "", "", ""])
    names = [f"{first} {family}" for first in FIRST for family in FAMILY]
    for code, role, name, grade, subject in staff(rng, rng.sample(names, 200)):
        email = name.lower().replace(" ", ".") + "@demo.example"
        writer.writerow([email, name, code, role.value, "", grade, subject])
    kept, troubles = importing.keep_file(out.getvalue().encode(), file_name="staff.csv", by=admin)
    assert not troubles, troubles
    importing.apply(kept, looked_at=importing.look_at(kept).fingerprint, by=admin)


def staff(rng, names):
    for _, code, count, grades in SCHOOLS:
        for number in range(count):
            name, grade, subject = names.pop(), rng.choice(grades), rng.choice(sayings.SUBJECTS)
            special = {0: Role.PRINCIPAL, 1: Role.FRONT_OFFICE, 2: Role.COACH, 3: Role.COACH}.get(number)
            if code == "harbor" and number < 2:
                continue  # the demo sign-ins hold these posts
            if special in (Role.PRINCIPAL, Role.FRONT_OFFICE):
                yield code, special, name, "", ""
                continue
            yield code, Role.TEACHER, name, grade, subject
            if special or number in (4, 5):
                yield code, special or Role.TEACHER_LEADER, name, grade, subject


def set_up_schools(schools, signed_in, admin):
    """The demo principal leads a second school."""
    quarry = schools[1]
    for post in Post.objects.filter(role=Role.PRINCIPAL, school=quarry):
        posts.end_post(post, on=dt.date(2020, 1, 1), by=admin)
        posts.place(post.user, role=Role.TEACHER, school=quarry, by=admin)
    posts.place(signed_in["principal"], role=Role.PRINCIPAL, school=quarry, by=admin)


def make_profiles(rng, people):
    for person in people:
        topics = {
            Expertise.Kind.CAN_SHOW: rng.sample(sayings.TOPICS, rng.randint(0, 2)),
            Expertise.Kind.WANTS_TO_GROW: rng.sample(sayings.TOPICS, rng.randint(0, 2)),
        }
        person.when_free = rng.choice(["", "Tuesdays after 3", "Period 5", "Thursday mornings", "Before school"])
        profile.keep_profile(person, topics=topics, by=person)


def make_sessions(rng, today):
    """The PD catalogue: sessions of this year and the last, each led by a teacher leader of a school."""
    leaders = list(User.objects.holding(Role.TEACHER_LEADER).order_by("pk"))
    made = []
    for number, (title, hours, summary) in enumerate(sayings.SESSIONS):
        leader = leaders[number % len(leaders)]
        made.append(
            add_session(
                by=leader,
                title=title,
                held_on=school_day(today - dt.timedelta(days=20 + 55 * number)),
                school=School.objects.filter(posts__user=leader).first(),
                hours=Decimal(hours),
                summary=summary,
                goal=rng.choice(sayings.GOALS),
                focus_area=rng.choice(sayings.TOPICS),
                measured_by="Two lessons tried, and what students did differently",
                materials="* The slides\n* A one-page summary\n* Three examples to take along",
            )
        )
    return made
