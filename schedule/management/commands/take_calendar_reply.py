"""Take one mail from standard input: a mail server hands over what calendars answer (INBOUND_EMAIL_URL=pipe:).

Exit status 0: it was taken, or is nothing for us. 75: not now; the mail server keeps it and tries again.
"""

import sys

from django.core.management import BaseCommand
from django.db import OperationalError

from schedule.reading_replies import MOST_OCTETS
from schedule.services import take_reply

TRY_LATER = 75  # EX_TEMPFAIL of sysexits.h


class Command(BaseCommand):
    help = __doc__

    def handle(self, **options):
        octets = sys.stdin.buffer.read(MOST_OCTETS)
        try:
            outcome = take_reply(octets)
        except OperationalError:
            self.stderr.write("The database is away.")
            sys.exit(TRY_LATER)
        self.stdout.write(outcome)
