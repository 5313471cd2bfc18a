"""Every task of the project, run twice at one moment, ends in the state in which it ended when it ran once.

Tasks are found where workers find them, so a new one is held to this by itself. It needs something to do in the house
(house.py, or `busy` below): a task that has nothing to do there proves nothing, and fails, unless it is listed with the
test of its own that runs it twice.
"""

import datetime as dt

import pytest
from django.apps import apps
from django.core import mail
from django.db import transaction

from growth.models import Newsletter
from notices.models import Digest, Heartbeat, How, Notice, Preference
from notices.services import tell
from observations.models import Coverage
from peerlearn.celery import app
from people.models import Invitation, Press, User
from schedule.models import Attendance, Event, WantsInvitations
from schedule.services import create_event

from .house import furnish
from .rules import ROOT

app.loader.import_default_modules()
TASKS = sorted(name for name in app.tasks if not name.startswith("celery."))
# What the house does not have, and where these are run twice.
ELSEWHERE = {
    "observations.tasks.look_for_plans": "observations/tests/test_plan_search.py",
    "observations.tasks.send_day_sheets": "observations/tests/test_day_sheet.py",
    "observations.tasks.send_letters": "observations/tests/test_substitute_day.py",
    "schedule.tasks.bring_in_timetables": "schedule/tests/test_timetable_import.py",
    "schedule.tasks.take_calendar_replies": "schedule/tests/test_mailboxes.py",
}
HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)
# From the furnishing on: the same day, the next mornings, the days of reminders, and long after.
MOMENTS = [HOUR, 18 * HOUR, 1 * DAY, 3 * DAY, 5 * DAY + 4 * HOUR, 9 * DAY, 31 * DAY, 120 * DAY, 400 * DAY]


@pytest.fixture(scope="module")
def house(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        house = furnish()
        busy(house)
        yield house
        transaction.set_rollback(True)


def busy(house):
    """What the house does not have: mail of every sort that waits, and what tasks tidy up."""
    Preference.objects.create(person=house.partner, kind="mail_test", how=How.DIGEST)
    for person in (house.owner, house.partner):
        facts = {"who": "Ana", "when": "Thu 12 March"}
        tell(person, "mail_test", key="twice", path="/", facts=facts, at=house.now)
    Preference.objects.create(person=house.owner, kind="invitation_accepted", how=How.DIGEST)
    facts = {"who": "Ana", "support": "Peer Partners"}
    tell(house.owner, "invitation_accepted", key="twice", path="/", facts=facts, at=house.now)
    digest = Digest.objects.create(person=house.owner, day=house.today, next_at=house.now)
    Notice.objects.filter(key__startswith="twice:", person=house.owner).update(digest=digest)
    Newsletter.objects.create(
        made_by=house.facilitator, made_at=house.now, changed_at=house.now, send_at=house.now, title="This week"
    )
    a_date(house)
    Coverage.objects.create(
        asker=house.owner, school=house.school, day=house.today + 5 * DAY, starts=dt.time(9), ends=dt.time(10),
        class_name="4B", asked_at=house.now - 2 * DAY,
    )  # fmt: skip
    Invitation.objects.create(
        email=house.stranger.email, user=house.stranger, invited_by=house.admin, made_at=house.now
    )
    User.objects.filter(pk=house.invited.pk).update(left_on=house.today)
    Press.objects.create(token="0b5c3d56-13f8-4a0c-b1ab-0ad5b3e0d9a1")


def a_date(house):
    """In four days, and known for long: people are reminded of it, and one is invited by their calendar."""
    WantsInvitations.objects.create(person=house.partner)
    starts_at, long_ago = house.now + 4 * DAY, house.now - 30 * DAY
    event = create_event(
        by=house.owner, kind="meeting", title="Talk", starts_at=starts_at, ends_at=starts_at + HOUR,
        people=[house.owner, house.partner], school=house.school,
    )  # fmt: skip
    Event.objects.filter(pk=event.pk).update(changed_at=long_ago)
    Attendance.objects.filter(event=event).update(asked_at=long_ago)


def state():
    """Every row that there is, and every mail that left."""
    rows = {
        model._meta.label: sorted(map(repr, model._default_manager.order_by("pk").values_list()))
        for model in apps.get_models()
    }
    return rows, [(letter.to, letter.subject, letter.extra_headers.get("Message-ID")) for letter in mail.outbox]


def without_heartbeat(state):
    rows, mails = state
    return {label: rows for label, rows in rows.items() if label != Heartbeat._meta.label}, mails


def test_what_runs_twice_elsewhere_is_there():
    assert [file for file in ELSEWHERE.values() if not (ROOT / file).exists()] == []
    assert set(ELSEWHERE) <= set(TASKS)


def test_tasks_are_found():
    assert {"notices.tasks.deliver", "people.tasks.send_invitations"} <= set(TASKS)


@pytest.mark.django_db
@pytest.mark.parametrize("name", TASKS)
def test_a_task_that_runs_twice_ends_in_the_same_state(name, house, time_machine):
    task, acted = app.tasks[name], []
    with transaction.atomic():
        for later in MOMENTS:
            time_machine.move_to(house.now + later, tick=False)
            before = without_heartbeat(state())
            task()
            once = state()
            task()
            assert state() == once, f"{name} did more when it ran twice, {later} on"
            acted.append(without_heartbeat(once) != before)
        transaction.set_rollback(True)

    assert any(acted) or name in ELSEWHERE, f"{name} finds nothing to do in the house: give it something in busy()"


@pytest.mark.django_db
def test_a_task_that_counts_its_runs_is_found(house, time_machine):
    """Or else the test above would prove nothing."""

    def tell_of_each_run():
        key = f"run:{Notice.objects.count()}"
        tell(house.owner, "mail_test", key=key, path="/", facts={"who": "Ana", "when": "now"})

    with transaction.atomic():
        time_machine.move_to(house.now, tick=False)
        tell_of_each_run()
        once = state()
        tell_of_each_run()
        assert state() != once
        transaction.set_rollback(True)
