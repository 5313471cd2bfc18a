"""What is due is told once, on the school's own day, and looking for it costs the same however much there is."""

import datetime as dt

import pytest
from django.utils import timezone

from notices.models import Notice
from partnerships.models import Milestone, Partnership, PlannedEvent, Step, TimeSpent
from partnerships.services.reminders import remind
from partnerships.services.starting import start
from partnerships.services.time import count_past_events
from people import clock
from people.models import NoSchoolDay
from schedule.services import answer_event, create_event


def told(kind):
    return Notice.objects.filter(kind=kind)


def test_a_step_is_reminded_of_at_seven_days_at_two_and_when_overdue(work, ana, step_of):
    Step.objects.filter(pk=step_of(work, "goal").pk).update(due_on=dt.date(2027, 3, 18))

    assert told_on(range(8, 21)) == {11: (1, 0), 16: (2, 0), 19: (2, 1)}
    assert {notice.person for notice in told("due_soon")} == {ana}


def test_a_reminder_of_a_day_without_school_comes_on_the_school_day_before(work, school, other_school, step_of):
    NoSchoolDay.objects.create(day=dt.date(2027, 3, 12), name="Pipes", school=school)
    NoSchoolDay.objects.create(day=dt.date(2027, 3, 11), name="Pipes", school=other_school)
    Step.objects.filter(pk=step_of(work, "goal").pk).update(due_on=dt.date(2027, 3, 15))

    # A week before is a Monday; two days before is a Saturday, and the Friday is off.
    assert told_on(range(5, 17)) == {8: (1, 0), 11: (2, 0), 16: (2, 1)}


def told_on(days):
    """The days of March 2027 on which something new is told, with how often soon and overdue were told by then."""
    found, before = {}, (0, 0)
    for day in days:
        remind(now=dt.datetime(2027, 3, day, 15, tzinfo=dt.UTC))
        counts = (told("due_soon").count(), told("overdue").count())
        if counts != before:
            found[day] = before = counts
    return found


def test_a_step_is_overdue_when_the_schools_own_day_is_over(work, school, step_of):
    school.time_zone = "Pacific/Honolulu"
    school.save()
    Step.objects.filter(pk=step_of(work, "goal").pk).update(due_on=dt.date(2027, 3, 10))

    remind(now=dt.datetime(2027, 3, 11, 9, 59, tzinfo=dt.UTC))  # 23:59 on the 10th in Honolulu, the 11th in New York
    assert not told("overdue").exists()
    remind(now=dt.datetime(2027, 3, 11, 10, 1, tzinfo=dt.UTC))

    assert told("overdue").count() == 1


def test_a_moved_milestone_is_reminded_of_anew(work, ana, ben):
    now, today = timezone.now(), timezone.localdate()
    milestone = Milestone.objects.create(partnership=work, title="Half way", due_on=today + dt.timedelta(days=6))
    remind(now=now)
    assert {notice.person for notice in told("milestone_due_soon")} == {ana, ben}

    Milestone.objects.filter(pk=milestone.pk).update(due_on=today + dt.timedelta(days=7))
    remind(now=now)

    assert told("milestone_due_soon").count() == 4


@pytest.mark.parametrize("count", [1, 4])
def test_looking_for_what_is_due_is_flat(count, support, ana, facilitator, django_assert_num_queries):
    today = clock.today()
    for _ in range(count):
        work = start(support, by=ana)
        Milestone.objects.create(partnership=work, title="Half way", due_on=today)
        Partnership.objects.filter(pk=work.pk).update(revisit_on=today)
    Step.objects.update(due_on=today)
    Step.objects.filter(partnership=work).update(actor="facilitator")

    with django_assert_num_queries(17):
        remind()

    assert told("due_soon").count() == count
    assert told("milestone_due_soon").count() == count
    assert told("revisit").count() == count


def test_who_came_to_a_date_is_given_its_minutes_once(work, ana, ben, django_assert_num_queries):
    starts_at = timezone.now() - dt.timedelta(days=1)
    ends_at = starts_at + dt.timedelta(minutes=45)
    made = starts_at - dt.timedelta(days=1)
    when = {"kind": "meeting", "title": "", "starts_at": starts_at, "ends_at": ends_at, "at": made}
    for people in ([ana, ben], [ben]):
        PlannedEvent.objects.create(partnership=work, event=create_event(by=ana, people=people, **when))
    both, declined = PlannedEvent.objects.order_by("pk")
    answer_event(declined.event, by=ben, answer="declined")

    count_past_events()
    assert set(TimeSpent.objects.values_list("person", "minutes")) == {(ana.pk, 45), (ben.pk, 45)}

    with django_assert_num_queries(1):  # nothing is left to look at
        count_past_events()
