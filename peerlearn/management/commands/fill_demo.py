"""Fill an empty database with the demo district."""

from django.conf import settings
from django.core.management import BaseCommand, CommandError

from peerlearn.demo.fill import fill
from people.models import User


class Command(BaseCommand):
    help = __doc__

    def handle(self, **options):
        if not settings.DEMO:
            raise CommandError("This makes invented people with a known password. Set DEMO=1 when you mean it.")
        if User.objects.exists():
            raise CommandError("There are people in this database. The demo district is made in an empty one.")
        fill()
        self.stdout.write("The demo district is ready.")
