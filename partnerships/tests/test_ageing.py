"""What waits too long is told again, in school days, once; and never to somebody it does not concern."""

import datetime as dt

import pytest
from django.utils import timezone

from notices.models import Notice
from notices.registry import KINDS
from partnerships.models import Approval, HelpRequest, Member, Partnership, Step
from partnerships.services.members import accept, invite
from partnerships.services.reminders import remind
from partnerships.services.starting import start
from people.models import Deputy
from schedule.models import SchoolDay

# A Monday, 10:00 in New York.
MONDAY = dt.datetime(2026, 9, 14, 14, 0, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)


def told(kind):
    return sorted((str(n.person), n.due_at) for n in Notice.objects.filter(kind=kind).select_related("person"))


def look(days):
    """Look for what is due on each of these days after Monday."""
    for n in days:
        remind(now=MONDAY + n * DAY)


@pytest.fixture
def asked(work, ana, stranger):
    return invite(work, by=ana, person=stranger, at=MONDAY)


def test_an_invitation_is_told_again_after_three_school_days_and_to_its_sender_after_seven(asked, stranger, ana):
    look(range(14))

    # Thursday is the third school day after Monday; the seventh is Wednesday of the next week.
    assert told("invitation_waiting") == [(str(stranger), MONDAY + 3 * DAY)]
    assert told("invitation_unanswered") == [(str(ana), MONDAY + 9 * DAY)]


def test_days_off_at_the_school_of_the_one_who_was_asked_do_not_count(asked, school, other_school):
    for n in (1, 2):
        SchoolDay.objects.create(school=school, day=(MONDAY + n * DAY).date(), off="Storm")
        SchoolDay.objects.create(school=other_school, day=(MONDAY + (n + 2) * DAY).date(), off="Fair")

    look(range(14))

    [(_, at)] = told("invitation_waiting")
    assert at == MONDAY + 7 * DAY


def test_an_answered_invitation_is_not_told_again(asked, stranger):
    accept(asked, by=stranger, at=MONDAY + DAY)

    look(range(14))

    assert told("invitation_waiting") == told("invitation_unanswered") == []


def test_who_is_asked_anew_waits_anew(asked, work, ana, stranger):
    look(range(4))
    Member.objects.filter(pk=asked.pk).update(state=Member.State.DECLINED)
    invite(work, by=ana, person=stranger, at=MONDAY + 7 * DAY)

    look(range(7, 12))

    assert len(told("invitation_waiting")) == 2


@pytest.fixture
def plan(planned):
    plan = Approval.objects.get(partnership=planned)
    Approval.objects.filter(pk=plan.pk).update(asked_at=MONDAY)
    return plan


def test_a_plan_that_waits_is_told_again_after_three_school_days_and_after_eight(plan, principal, other_principal):
    look(range(20))

    assert told("approval_waiting") == [(str(principal), MONDAY + 3 * DAY), (str(principal), MONDAY + 10 * DAY)]


def test_a_plan_that_waits_is_told_to_whoever_decides_that_day(plan, principal, stranger, school):
    span = {"starts_on": dt.date.min, "ends_on": None}
    Deputy.objects.create(school=school, principal=principal, deputy=stranger, **span)

    look([3])

    assert [name for name, _ in told("approval_waiting")] == sorted([str(principal), str(stranger)])


def test_a_decided_plan_is_not_told_again_and_drops_what_was_written(plan, principal):
    look([3])
    Approval.objects.filter(pk=plan.pk).update(decision="approved", decided_by=principal, decided_at=MONDAY)
    look(range(4, 20))

    [notice] = Notice.objects.filter(kind="approval_waiting")
    assert not KINDS["approval_waiting"].still_due(notice)


@pytest.fixture
def late(work, step_of):
    step = step_of(work, "goal")
    Step.objects.filter(pk=step.pk).update(due_on=MONDAY.date())
    return step


def help_asked(work, ana, school, **more):
    facts = {"asker": ana, "school": school, "wish": "stalled", "support": work.support, "partnership": work}
    return HelpRequest.objects.create(words="We are stuck", made_at=MONDAY, **facts, **more)


def test_the_facilitator_hears_of_a_late_step_where_they_asked_for_help_and_the_principal_never(
    late, work, ana, ben, school, facilitator, principal
):
    help_asked(work, ana, school)

    look(range(14))

    assert told("overdue_with_help") == [(str(facilitator), MONDAY + 7 * DAY)]
    assert {name for name, _ in told("overdue")} == {str(ana)}
    assert not Notice.objects.filter(person=principal).exists()


def test_without_a_request_for_help_a_late_step_stays_with_the_pair(late, work, ana, school, facilitator):
    help_asked(work, ana, school, withdrawn_at=MONDAY)

    look(range(14))

    assert told("overdue_with_help") == []
    assert told("overdue")


def test_a_deputy_is_told_on_the_first_day(principal, stranger, school):
    days = {"starts_on": MONDAY.date() + 2 * DAY, "ends_on": MONDAY.date() + 4 * DAY}
    Deputy.objects.create(school=school, principal=principal, deputy=stranger, **days)

    look(range(7))

    assert told("deputising") == [(str(stranger), MONDAY + 2 * DAY)]
    assert "until Fri 18 September" in Notice.objects.get(kind="deputising").sentence


def test_completed_work_of_a_year_is_offered_for_another_once(work, ana, ben):
    up = {"status": Partnership.Status.COMPLETED, "revisit_on": MONDAY.date() + 2 * DAY}
    Partnership.objects.filter(pk=work.pk).update(**up)

    look(range(10))

    assert told("renewal") == [(str(ana), MONDAY + 2 * DAY), (str(ben), MONDAY + 2 * DAY)]


def test_work_that_was_renewed_is_not_offered_again(work, support, ana):
    up = {"status": Partnership.Status.COMPLETED, "revisit_on": MONDAY.date()}
    Partnership.objects.filter(pk=work.pk).update(**up)
    again = {"support": support, "school": work.school, "year": work.year, "started_by": ana, "started_at": MONDAY}
    Partnership.objects.create(renewed_from=work, starts_on=MONDAY, ends_on=MONDAY, **again)

    look(range(10))

    assert told("renewal") == []


@pytest.mark.parametrize("count", [1, 4])
def test_looking_for_what_waits_is_flat(
    count, support, ana, person, school, principal, facilitator, django_assert_num_queries
):
    now = timezone.now()
    for n in range(count):
        work = start(support, by=ana)
        invite(work, by=ana, person=person(f"P{n} Teacher", "teacher", school), at=now - 20 * DAY)
        help_asked(work, ana, school)
        Step.objects.filter(partnership=work, key="goal").update(due_on=(now - 20 * DAY).date())
        Partnership.objects.filter(pk=work.pk).update(status=Partnership.Status.ACTIVE)

    with django_assert_num_queries(18):
        remind(now=now)

    assert Notice.objects.filter(kind="invitation_unanswered").count() == count
    assert Notice.objects.filter(kind="overdue_with_help").count() == count
