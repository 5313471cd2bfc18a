"""A change of the school's days flags the future events that it breaks, and moves none."""

import datetime as dt

import pytest

from notices.models import Notice
from people import clock
from people.models import NoSchoolDay, Role, SchoolYear
from people.services import places
from schedule import services
from schedule.kinds import is_troubled
from schedule.models import Event, Period, SchoolDay, Timetable

NINE, TEN, ELEVEN = dt.time(9), dt.time(10), dt.time(11)


@pytest.fixture
def monday(school):
    """The Monday of next week, in a school year around it."""
    today = clock.today(school)
    return today + dt.timedelta(days=7 - today.weekday())


@pytest.fixture
def usual(school, monday, principal):
    span = {"starts_on": monday - dt.timedelta(days=30), "ends_on": monday + dt.timedelta(days=60)}
    SchoolYear.objects.all().delete()
    SchoolYear.objects.create(name="Now", **span)
    bells = services.add_bells(
        school,
        by=principal,
        name="Regular day",
        periods=[("1", NINE, TEN), ("2", TEN, ELEVEN), ("3", ELEVEN, dt.time(12))],
    )
    services.lay_out_days()
    return bells


@pytest.fixture
def visit(school, usual, monday, ana, ben):
    """In period 2 of that Monday."""
    return meet(ana, [ana, ben], school, monday)


def meet(by, people, school, day, starts=TEN, ends=ELEVEN):
    span = {"starts_at": clock.at(day, starts, school), "ends_at": clock.at(day, ends, school)}
    event = services.create_event(by=by, kind="meeting", title="", people=people, school=school, **span)
    Notice.objects.all().delete()
    return event


def trouble(event):
    return Event.objects.get(pk=event.pk).trouble


def said(day):
    return f"{day:%a} {day.day} {day:%B}"


def snow(day, by, school=None):
    places.add_no_school_days("Snow", first=day, last=day, school=school, by=by)


def test_a_day_off_flags_its_events_and_tells_their_people(visit, monday, school, ana, ben, admin):
    other_day = meet(ana, [ana], school, monday + dt.timedelta(days=1))

    snow(monday, admin)

    assert trouble(visit) == f"There is no school on {said(monday)} now: Snow."
    assert trouble(other_day) == ""
    told = Notice.objects.order_by("person__name")
    assert [(one.person, one.kind) for one in told] == [(ana, "event_troubled"), (ben, "event_troubled")]
    assert told[0].facts["trouble"] == trouble(visit)


def test_nothing_of_the_event_itself_changes(visit, monday, admin):
    before = Event.objects.values().get()

    snow(monday, admin)

    after = Event.objects.values().get()
    assert after.pop("trouble") != before.pop("trouble")
    assert after == before


def test_who_declined_is_not_told_and_the_organizer_once(visit, monday, ana, ben, admin):
    services.answer_event(visit, by=ben, answer="declined")
    Notice.objects.all().delete()

    snow(monday, admin)

    assert [one.person for one in Notice.objects.all()] == [ana]


def test_what_is_over_or_called_off_is_not_flagged(visit, monday, school, ana, admin):
    past = meet(ana, [ana], school, monday, NINE, TEN)
    Event.objects.filter(pk=past.pk).update(
        starts_at=visit.starts_at - dt.timedelta(days=21), ends_at=visit.ends_at - dt.timedelta(days=21)
    )
    off = meet(ana, [ana], school, monday, ELEVEN, dt.time(12))
    services.cancel_event(off, by=ana)

    snow(monday, admin)
    snow(monday - dt.timedelta(days=21), admin)

    assert trouble(visit)
    assert (trouble(past), trouble(off)) == ("", "")


def test_a_day_off_of_one_school_is_none_of_another(other_school, visit, monday, cleo, admin):
    theirs = meet(cleo, [cleo], other_school, monday)

    snow(monday, admin, school=other_school)

    assert trouble(visit) == ""
    assert trouble(theirs) == f"There is no school on {said(monday)} now: Snow."


def test_people_who_teach_at_the_school_break_an_event_elsewhere(
    usual, monday, school, other_school, ana, ben, cleo, person, admin
):
    with_ana = meet(cleo, [cleo, ana], other_school, monday)
    with_the_office = meet(ana, [person("Odd Lange", Role.FRONT_OFFICE, school)], other_school, monday)
    declined = meet(ben, [ana], other_school, monday)
    services.answer_event(declined, by=ana, answer="declined")

    snow(monday, admin, school=school)

    assert trouble(with_ana) == f"There is no school at Maple Grove Elementary on {said(monday)} now: Snow."
    assert (trouble(with_the_office), trouble(declined)) == ("", "")


def test_taking_the_day_off_back_takes_the_trouble_back(visit, monday, admin):
    snow(monday, admin)
    Notice.objects.all().delete()

    places.remove_no_school_day(NoSchoolDay.objects.get(), by=admin)

    assert trouble(visit) == ""
    assert not Notice.objects.exists()


def test_a_day_off_that_becomes_a_school_day_flags_what_was_set_for_it(usual, monday, school, ana, admin):
    snow(monday, admin)
    event = meet(ana, [ana], school, monday)

    places.remove_no_school_day(NoSchoolDay.objects.get(), by=admin)

    assert trouble(event) == f"{said(monday)} is a school day now."


def later(bells, minutes, *names):
    """The periods with these names, so many minutes later."""
    for period in bells.periods.filter(name__in=names).order_by("-starts"):
        moved = [
            dt.datetime.combine(dt.date.min, time) + dt.timedelta(minutes=minutes)
            for time in (period.starts, period.ends)
        ]
        period.starts, period.ends = (moment.time() for moment in moved)
        yield period


def test_periods_that_ring_at_other_times_flag_what_they_overlap(visit, usual, monday, school, ana, principal):
    first = meet(ana, [ana], school, monday, NINE, TEN)
    evening = meet(ana, [ana], school, monday, dt.time(16), dt.time(17))

    services.save_periods(school, by=principal, kept=list(later(usual, 20, "2", "3")), dropped=[])

    assert trouble(visit) == f"Period 2 is now 10:20 to 11:20 on {said(monday)}."
    assert (trouble(first), trouble(evening)) == ("", "")


def test_a_period_that_is_gone_is_named(visit, usual, monday, school, principal):
    services.save_periods(school, by=principal, kept=[], dropped=[Period.objects.get(name="2")])

    assert trouble(visit) == f"There is no period 2 on {said(monday)} now."


def test_other_bells_on_a_special_day_flag_its_events_alone(visit, usual, monday, school, ana, principal):
    tuesday = meet(ana, [ana], school, monday + dt.timedelta(days=1))
    half = services.add_bells(
        school, by=principal, name="Half day", periods=[("1", NINE, dt.time(9, 30)), ("2", dt.time(9, 30), TEN)]
    )

    services.keep_special_days(school, by=principal, days=[monday], name="Half day", bells=half)

    assert trouble(visit) == f"Period 2 is now 9:30 to 10:00 on {said(monday)}."
    assert trouble(tuesday) == ""


def test_another_day_of_the_cycle_matters_where_there_is_a_timetable(visit, monday, school, ana, principal):
    services.keep_special_days(school, by=principal, days=[monday], name="As a Friday", position=4)
    without = trouble(visit)
    services.remove_special_day(school.special_days.get(), by=principal)
    Timetable.objects.create(school=school, starts_on=monday, made_by=principal, made_at=visit.made_at)
    evening = meet(ana, [ana], school, monday, dt.time(16), dt.time(17))

    services.keep_special_days(school, by=principal, days=[monday], name="As a Friday", position=4)

    assert without == ""
    assert trouble(visit) == f"{said(monday)} is “Friday” now, not “Monday”: other classes meet then."
    assert trouble(evening) == ""


def test_a_school_with_another_time_zone_flags_what_was_set_on_its_old_clock(visit, monday, school, admin):
    school.time_zone = "America/Chicago"

    places.keep(school, by=admin)

    assert trouble(visit) == f"The clock is another one now: look at the time on {said(monday)} again."


def test_a_first_calendar_breaks_nothing(district, school, monday, ana, admin):
    event = meet(ana, [ana], school, monday)

    places.keep(SchoolYear(name="Next", starts_on=monday, ends_on=monday + dt.timedelta(days=300)), by=admin)
    services.add_bells(school, by=admin, name="Regular", periods=[("1", NINE, ELEVEN)])

    assert SchoolDay.objects.filter(day=monday).exists()
    assert trouble(event) == ""


def test_a_year_that_ends_earlier_flags_what_comes_after(visit, monday, admin):
    year = SchoolYear.objects.get(name="Now")
    year.ends_on = monday - dt.timedelta(days=1)

    places.keep(year, by=admin)

    assert trouble(visit) == f"There is no school on {said(monday)} now."


def test_a_notice_of_trouble_that_is_gone_is_not_sent(visit, monday, ana, admin):
    snow(monday, admin)
    notice = Notice.objects.get(person=ana)

    due = is_troubled(notice)
    services.keep_event(visit, by=ana)

    assert (due, is_troubled(notice)) == (True, False)


def test_the_organizer_keeps_the_event_as_it_is(visit, monday, ana, ben, admin, client):
    snow(monday, admin)
    client.force_login(ben)
    refused = client.post(f"/events/{visit.pk}/keep/")
    client.force_login(ana)
    kept = client.post(f"/events/{visit.pk}/keep/")

    assert (refused.status_code, kept.status_code) == (403, 302)
    assert trouble(visit) == ""
    assert Event.objects.get(pk=visit.pk).sequence == visit.sequence


def test_a_rehearsal_says_what_would_break_and_keeps_nothing(visit, monday, school, principal, ana, admin):
    before = set(SchoolDay.objects.values_list("pk", "off"))

    found, off = services.rehearse(
        lambda: snow(monday, admin), by=admin, look=lambda: SchoolDay.objects.get(school=school, day=monday).off
    )

    assert found == [f"{said(monday)}, 10:00 to 11:00, Busy. There is no school on {said(monday)} now: Snow."]
    assert off == "Snow"
    assert trouble(visit) == ""
    assert not Notice.objects.exists()
    assert set(SchoolDay.objects.values_list("pk", "off")) == before
    assert services.rehearse(lambda: snow(monday, admin), by=principal)[0][0].startswith(
        f"{said(monday)}, 10:00 to 11:00, Meeting."
    )


@pytest.mark.parametrize("events", [1, 3])
def test_flagging_asks_the_same_for_three_events_as_for_one(
    events, usual, monday, school, ana, ben, admin, django_assert_num_queries, monkeypatch
):
    monkeypatch.setattr("schedule.services.school_days.ON_DAYS_CHANGED", [])
    for hour in range(events):
        meet(ana, [ana, ben], school, monday, dt.time(9 + hour), dt.time(10 + hour))
    NoSchoolDay.objects.create(day=monday, name="Snow")

    with django_assert_num_queries(27):
        services.lay_out_days()

    assert Event.objects.exclude(trouble="").count() == events
