import datetime as dt

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext

from notices import delivery, tasks
from notices.letters import message_id
from notices.models import Digest, Heartbeat, How, Notice, Preference, QuietHours
from notices.post import LEASE
from people.models import NoSchoolDay

from .conftest import GONE, THURSDAY

HOUR = dt.timedelta(hours=1)
DAY = dt.timedelta(days=1)
NIGHT = THURSDAY + 12 * HOUR  # 22:00 in New York
FRIDAY_MORNING = dt.datetime(2026, 3, 13, 10, 30, tzinfo=dt.UTC)  # 06:30 there
MONDAY_MORNING = FRIDAY_MORNING + 3 * DAY


def mailed():
    return [letter.subject for letter in mail.outbox]


def prefer(person, how, kind="turn"):
    Preference.objects.create(person=person, kind=kind, how=how)


def test_a_notice_is_mailed_once_in_text_and_html_with_its_link(ana, told):
    notice = told(ana)

    assert delivery.deliver(at=THURSDAY) == 1
    assert delivery.deliver(at=THURSDAY + HOUR) == 0

    [letter] = mail.outbox
    [html] = letter.alternatives
    assert letter.to == ["ana@cedar.example"]
    assert letter.subject == "Your turn: Goal"
    assert letter.extra_headers["Message-ID"] == message_id(notice.key)
    assert "http://localhost:8000/partnerships/1/" in letter.body
    assert 'href="http://localhost:8000/partnerships/1/"' in html.content
    notice.refresh_from_db()
    assert notice.sent_at == THURSDAY


def test_a_notice_waits_for_its_due_moment(ana, told):
    told(ana, due_at=THURSDAY + HOUR)

    assert delivery.deliver(at=THURSDAY) == 0
    assert delivery.deliver(at=THURSDAY + HOUR) == 1


def test_nothing_is_mailed_after_the_step_is_done(ana, told):
    told(ana, "Goal")
    told(ana, "Plan")
    GONE.add("Goal")

    delivery.deliver(at=THURSDAY)

    assert mailed() == ["Your turn: Plan"]
    assert Notice.objects.get(key__startswith="turn:Goal").dropped_at == THURSDAY


def test_somebody_who_left_is_not_mailed(ana, told):
    told(ana)
    ana.is_active = False
    ana.save()

    assert delivery.deliver(at=THURSDAY) == 0
    assert Notice.objects.get().dropped_at == THURSDAY


def test_what_was_read_in_the_inbox_is_not_mailed(ana, told):
    told(ana)
    Notice.objects.update(read_at=THURSDAY)

    assert delivery.deliver(at=THURSDAY) == 0
    assert Notice.objects.get().kept_at == THURSDAY


def test_off_leaves_a_notice_in_the_inbox_unless_its_kind_must_be_known(ana, told):
    for kind in ("turn", "must"):
        prefer(ana, How.OFF, kind)
        told(ana, kind=kind)

    delivery.deliver(at=THURSDAY)

    assert Notice.objects.get(kind="turn").kept_at == THURSDAY
    assert Notice.objects.get(kind="must").sent_at == THURSDAY
    assert Notice.objects.in_inbox(THURSDAY).count() == 2


def test_old_news_is_not_mailed(ana, told):
    told(ana, at=THURSDAY - 22 * DAY)

    assert delivery.deliver(at=THURSDAY) == 0
    assert Notice.objects.get().kept_at == THURSDAY


@pytest.mark.parametrize(
    ("told_at", "morning"),
    [
        (NIGHT, FRIDAY_MORNING),
        (FRIDAY_MORNING - HOUR, FRIDAY_MORNING),
        (FRIDAY_MORNING + 24 * HOUR, MONDAY_MORNING),
        # The Friday before the clocks went forward in New York: 06:30 on Monday is an hour earlier in UTC.
        (dt.datetime(2026, 3, 7, 15, tzinfo=dt.UTC), dt.datetime(2026, 3, 9, 10, 30, tzinfo=dt.UTC)),
        (dt.datetime(2026, 3, 5, 0, 30, tzinfo=dt.UTC), dt.datetime(2026, 3, 5, 11, 30, tzinfo=dt.UTC)),
    ],
)
def test_mail_rests_until_the_end_of_quiet_hours_on_a_school_day(ana, told, told_at, morning):
    told(ana, at=told_at)

    assert delivery.deliver(at=told_at) == 0
    assert delivery.deliver(at=morning - dt.timedelta(seconds=1)) == 0
    assert delivery.deliver(at=morning) == 1


def test_a_change_is_mailed_at_any_hour_and_whatever_the_digest(ana, told):
    prefer(ana, How.DIGEST, "moved")
    told(ana, kind="moved", at=NIGHT)

    assert delivery.deliver(at=NIGHT) == 1


def test_in_a_demo_mail_does_not_wait_for_the_morning(ana, told, settings):
    told(ana, at=NIGHT)
    assert delivery.deliver(at=NIGHT) == 0
    told(ana, "Plan", at=NIGHT)
    settings.DEMO = True

    assert delivery.deliver(at=NIGHT) == 1


def test_what_a_killed_worker_held_is_mailed_when_its_lease_is_over(ana, told):
    told(ana)
    assert len(Notice.objects.waiting().claim(THURSDAY, limit=10, lease=LEASE)) == 1

    assert delivery.deliver(at=THURSDAY + LEASE - dt.timedelta(seconds=1)) == 0
    assert delivery.deliver(at=THURSDAY + LEASE) == 1


def test_quiet_hours_are_those_of_the_zone_of_the_readers_school(ana, cleo, told):
    cleo_school = cleo.posts.get().school
    cleo_school.time_zone = "America/Los_Angeles"
    cleo_school.save()
    evening = dt.datetime(2026, 3, 13, 0, 0, tzinfo=dt.UTC)  # 20:00 in New York, 17:00 in Los Angeles
    told(ana, at=evening)
    told(cleo, at=evening)

    delivery.deliver(at=evening)

    assert [letter.to for letter in mail.outbox] == [["cleo@cedar.example"]]


def test_own_quiet_hours_go_before_the_districts(ana, told):
    QuietHours.objects.create(person=ana, quiet_from=dt.time(9), quiet_until=dt.time(11))
    told(ana)

    assert delivery.deliver(at=THURSDAY) == 0
    assert delivery.deliver(at=THURSDAY + HOUR) == 1


def test_a_day_off_for_the_district_or_all_of_a_persons_schools_waits(ana, ben, school, other_school, told):
    ben.posts.create(role="teacher", school=other_school)
    NoSchoolDay.objects.create(day=THURSDAY.date(), name="Snow day", school=school)
    told(ana)
    told(ben)

    delivery.deliver(at=THURSDAY)

    assert [letter.to for letter in mail.outbox] == [["ben@cedar.example"]]
    assert delivery.deliver(at=FRIDAY_MORNING) == 1


def test_a_summer_holds_mail_back_for_two_weeks_at_most(ana, told):
    NoSchoolDay.objects.bulk_create(NoSchoolDay(day=THURSDAY.date() + n * DAY, name="Summer") for n in range(60))
    told(ana)

    sent_on = [n for n in range(40) if delivery.deliver(at=THURSDAY + n * DAY)]

    assert sent_on == [15]  # the morning after the fourteenth day off, and a weekday


def test_a_digest_merges_what_waits_into_one_mail_in_the_morning(ana, told):
    prefer(ana, How.DIGEST)
    told(ana, "Goal")
    told(ana, "Plan", at=THURSDAY + HOUR)
    told(ana, "Gone", at=THURSDAY + HOUR)
    assert delivery.deliver(at=THURSDAY + 2 * HOUR) == 0
    assert delivery.send_digests(at=FRIDAY_MORNING - dt.timedelta(seconds=1)) == 0
    GONE.add("Gone")

    assert delivery.send_digests(at=FRIDAY_MORNING) == 1
    assert delivery.send_digests(at=FRIDAY_MORNING) == 0

    [letter] = mail.outbox
    assert letter.subject == "2 things for you, Fri 13 March"
    assert letter.body.index("Your turn: Goal") < letter.body.index("Your turn: Plan")
    assert "Gone" not in letter.body
    assert letter.extra_headers["Message-ID"] == message_id(f"digest:2026-03-13:{ana.pk}")
    assert Notice.objects.filter(sent_at=FRIDAY_MORNING).count() == 2


def test_a_digest_with_nothing_left_is_not_mailed(ana, told):
    prefer(ana, How.DIGEST)
    told(ana)
    delivery.deliver(at=THURSDAY)
    GONE.add("Goal")

    assert delivery.send_digests(at=FRIDAY_MORNING) == 0
    assert Digest.objects.get().dropped_at == FRIDAY_MORNING


def test_a_digest_that_missed_its_day_is_merged_with_the_next_one(ana, told):
    prefer(ana, How.DIGEST)
    told(ana, "Goal")
    delivery.deliver(at=THURSDAY)
    friday_night = FRIDAY_MORNING + 14 * HOUR

    assert delivery.send_digests(at=friday_night) == 0
    told(ana, "Plan", at=friday_night)
    delivery.send_digests(at=friday_night + HOUR)
    delivery.deliver(at=friday_night + HOUR)

    assert delivery.send_digests(at=MONDAY_MORNING) == 1
    assert mailed() == ["2 things for you, Mon 16 March"]


def test_a_notice_that_came_too_late_for_a_digest_is_told_by_the_next(ana, told):
    prefer(ana, How.DIGEST)
    notice = told(ana)
    notice.digest = Digest.objects.create(person=ana, day=THURSDAY.date(), next_at=THURSDAY, sent_at=THURSDAY - HOUR)
    notice.save()

    delivery.send_digests(at=THURSDAY)
    delivery.deliver(at=THURSDAY)

    assert delivery.send_digests(at=FRIDAY_MORNING) == 1


def test_one_kinds_mistake_does_not_hold_up_the_others(ana, told):
    told(ana, "Goal")
    told(ana, "Plan")
    Notice.objects.filter(key__startswith="turn:Goal").update(facts={})

    assert delivery.deliver(at=THURSDAY) == 1

    broken = Notice.objects.get(facts={})
    assert (broken.attempts, broken.failure) == (1, "still_due: KeyError")


def test_a_batch_asks_the_same_number_of_questions_however_many_it_holds(person, school, told):
    people = [person(f"P{n} Person", "teacher", school) for n in range(6)]
    counts = []
    for group in (people[:1], people[1:]):
        for one in group:
            for kind in ("turn", "must"):
                prefer(one, How.DIGEST, kind)
                told(one, kind=kind)
        with CaptureQueriesContext(connection) as queries:
            delivery.deliver(at=THURSDAY)
        counts.append(len(queries))

    assert counts[0] == counts[1]


@pytest.mark.parametrize("task", [tasks.deliver, tasks.send_digests])
def test_a_task_that_runs_twice_ends_in_the_same_state(ana, ben, told, time_machine, task):
    prefer(ben, How.DIGEST)
    time_machine.move_to(THURSDAY, tick=False)
    told(ana)
    told(ben)
    tasks.deliver()
    time_machine.move_to(FRIDAY_MORNING, tick=False)

    task()
    once = list(Notice.objects.order_by("pk").values()), list(Digest.objects.values()), mailed()
    task()

    assert (list(Notice.objects.order_by("pk").values()), list(Digest.objects.values()), mailed()) == once
    assert Heartbeat.objects.get(name="beat").at == FRIDAY_MORNING
