"""The world that tests share: two schools, the people of TRUST's table, and one partnership under way."""

import datetime as dt

import pytest
from django.utils import timezone

from people.models import District, Post, Role, School, SchoolYear, User

PASSWORD = "correct-horse-battery"


@pytest.fixture(autouse=True)
def _fast_passwords(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def _static_files_uncollected(settings):
    """Tests need no collectstatic: addresses of static files are their plain names."""
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}
    settings.STATIC_ROOT = settings.BASE_DIR / "static"


@pytest.fixture(autouse=True)
def _counts_not_kept(monkeypatch):
    """Counts of colleagues are read anew in each test; on a site they are kept for ten minutes."""
    monkeypatch.setattr("partnerships.panels.KEPT_SECONDS", 0)


@pytest.fixture
def district(db):
    return District.objects.update_or_create(
        pk=1,
        defaults={"name": "Cedar Valley Schools", "mail_domains": "cedar.example", "time_zone": "America/New_York"},
    )[0]


@pytest.fixture
def school(district):
    return School.objects.create(name="Maple Grove Elementary", code="maple")


@pytest.fixture
def other_school(district):
    return School.objects.create(name="Riverside Middle", code="river")


@pytest.fixture
def year(district):
    today = timezone.localdate()
    return SchoolYear.objects.create(
        name="This year", starts_on=today - dt.timedelta(days=100), ends_on=today + dt.timedelta(days=200)
    )


@pytest.fixture
def person(district):
    """A factory of staff: person("Ana Ruiz", Role.TEACHER, school)."""

    def make(name, role=None, school=None, **fields):
        email = f"{name.split()[0].lower()}@cedar.example"
        user = User.objects.create_user(email, PASSWORD, name=name, **fields)
        if role:
            Post.objects.create(user=user, role=role, school=school)
        return user

    return make


@pytest.fixture
def ana(person, school, year):
    return person("Ana Ruiz", Role.TEACHER, school)


@pytest.fixture
def ben(person, school, year):
    return person("Ben Okafor", Role.TEACHER, school)


@pytest.fixture
def cleo(person, other_school, year):
    """A teacher of the other school: a partner across schools, or a stranger."""
    return person("Cleo Marsh", Role.TEACHER, other_school)


@pytest.fixture
def stranger(person, school, year):
    """A teacher of the same school who has no part in the work."""
    return person("Sam Stranger", Role.TEACHER, school)


@pytest.fixture
def principal(person, school, year):
    return person("Pia Lindqvist", Role.PRINCIPAL, school)


@pytest.fixture
def other_principal(person, other_school, year):
    return person("Omar Haddad", Role.PRINCIPAL, other_school)


@pytest.fixture
def facilitator(person, year):
    return person("Faye Brandt", Role.FACILITATOR)


@pytest.fixture
def office(person, school, year):
    return person("Otto Lange", Role.FRONT_OFFICE, school)


@pytest.fixture
def admin(person, year):
    return person("Ada Novak", Role.ADMIN)


@pytest.fixture
def operator(person):
    return person("Root Operator", is_superuser=True, is_staff=True)
