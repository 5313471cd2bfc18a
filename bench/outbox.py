"""Notices that wait to be mailed: two hundred people of one school, and as many notices as asked for."""

from django.utils import timezone

from notices.mailroom import TEST
from notices.services import notice_for, tell_each
from people.models import District, Post, Role, School, User

PEOPLE = 200


def fill(count):
    """Notices that go at any hour, so that a bench may run on a Sunday night."""
    people = User.objects.filter(email__endswith="@bench.example") or settle()
    tell_each([one(people[n % PEOPLE], n) for n in range(int(count))])


def settle():
    District.objects.update_or_create(pk=1, defaults={"name": "Bench", "mail_domains": "bench.example"})
    school = School.objects.create(name="Bench School", code="bench")
    users = [User(email=f"person{n}@bench.example", name=f"Person {n}", password="!") for n in range(PEOPLE)]
    people = User.objects.bulk_create(users)
    Post.objects.bulk_create(Post(user=person, role=Role.TEACHER, school=school) for person in people)
    return people


def one(person, number):
    facts = {"who": f"Colleague & {number}", "when": f"{timezone.now():%a %-d %B}, fact {number}"}
    return notice_for(person, TEST, key=f"bench:{number}", path=f"/partnerships/{number}/", facts=facts)
