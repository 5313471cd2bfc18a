"""The first admin of a new district: `manage.py invite_admin ada@district.example "Ada Novak"` prints her link."""

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import transaction

from people.clock import district
from people.models import Post, Role, User
from people.services.invitations import claim_path


class Command(BaseCommand):
    help = "Make an account that holds the post of district admin, and print the link that sets its password."

    def add_arguments(self, parser):
        parser.add_argument("email")
        parser.add_argument("name")

    @transaction.atomic
    def handle(self, *, email, name, **options):
        district()
        person = User.objects.filter(email__iexact=email).first() or User.objects.create_user(email, name=name)
        Post.objects.get_or_create(user=person, role=Role.ADMIN, school=None, ends_on=None)
        self.stdout.write(f"{person.name} chooses a password at {settings.SITE_URL}{claim_path(person)}")
