"""Bring docs/notices.md up to date with the registry, and say which of its cells wait to be written."""

from django.conf import settings
from django.core.management.base import BaseCommand

from peerlearn.notices_table import gaps, with_table


class Command(BaseCommand):
    help = __doc__

    def handle(self, **options):
        path = settings.BASE_DIR / "docs" / "notices.md"
        text = with_table(path.read_text())
        path.write_text(text)
        for key in gaps(text)[0]:
            self.stdout.write(f"{key}: write to whom, when, and what stops it.")
