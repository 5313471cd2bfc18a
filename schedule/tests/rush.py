"""A process of its own that tries many times at once to book a room, or to say yes; prints what each try came to.

`python -c "from schedule.tests.rush import main"` comes after django.setup(): see `two_processes`.
"""

import datetime as dt
import json
import sys
import threading
import time

from django.db import connection

from people.models import School, User
from schedule.models import Event
from schedule.services import DoubleBooked, answer_event, create_event

TEN = dt.datetime(2027, 3, 11, 15, tzinfo=dt.UTC)
HANDS = 20


def rush(works):
    """Do all works from as many threads as there are hands, begun together: "won", or what the refusal says."""
    # SQLite lets in one writer at a time: more hands would only wait longer for each other.
    hands = HANDS if connection.vendor == "postgresql" else HANDS // 4
    start, said = threading.Barrier(hands), []

    def run(own):
        start.wait()
        for work in own:
            try:
                work()
                said.append("won")
            except DoubleBooked as refusal:
                said.append(str(refusal))
            except Exception as fault:  # shown by the test that reads it
                said.append(f"FAULT {fault!r}")
        connection.close()

    threads = [threading.Thread(target=run, args=(works[hand::hands],)) for hand in range(hands)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return said


def room_tries(by, school, tries):
    """Dates that all want the library at ten; whoever sets them is not expected there."""
    span = {"starts_at": TEN, "ends_at": TEN + dt.timedelta(minutes=45)}
    given = {"by": by, "kind": "meeting", "title": "", "people": [], "school": school, "place": "Library"}
    return [lambda: create_event(**given, **span)] * tries


def person_tries(by, events):
    """A yes to each of these dates, which are all at ten."""
    return [lambda pk=pk: answer_event(Event.objects.get(pk=pk), by=by, answer="accepted") for pk in events]


def main(what, user, *rest):
    """`room <user> <school> <tries> <start>` or `person <user> <first event>-<last event> <start>`.

    `start` is a moment in seconds, so that several processes begin together.
    """
    by, start = User.objects.get(pk=user), float(rest[-1])
    if what == "room":
        works = room_tries(by, School.objects.get(pk=rest[0]), int(rest[1]))
    else:
        first, last = rest[0].split("-")
        works = person_tries(by, range(int(first), int(last) + 1))
    time.sleep(max(0.0, start - time.time()))
    sys.stdout.write(json.dumps(rush(works)))
