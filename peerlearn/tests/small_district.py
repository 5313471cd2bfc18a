"""A small district for tests that drive the whole application as a process of its own: `make()` fills its database."""

import datetime as dt

from django.utils import timezone

from people.models import District, Post, Role, School, SchoolYear, User

PASSWORD = "correct-horse-battery"
PEOPLE = {
    "ana": ("Ana Ruiz", Role.TEACHER),
    "ben": ("Ben Okafor", Role.TEACHER),
    "pia": ("Pia Lindqvist", Role.PRINCIPAL),
}


def make():
    today = timezone.localdate()
    District.objects.create(pk=1, name="Cedar Valley Schools", mail_domains="demo.example")
    SchoolYear.objects.create(
        name="This year", starts_on=today - dt.timedelta(days=100), ends_on=today + dt.timedelta(days=200)
    )
    school = School.objects.create(name="Maple Grove Elementary", code="maple")
    for key, (name, role) in PEOPLE.items():
        hire(key, name, role, school)
    hire("ada", "Ada Novak", Role.ADMIN, None)


def hire(key, name, role, school):
    user = User.objects.create_user(f"{key}@demo.example", PASSWORD, name=name)
    user.emailaddress_set.create(email=user.email, verified=True, primary=True)
    Post.objects.create(user=user, role=role, school=school)
