import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from notices.models import Notice
from people import clock
from people.models import NoSchoolDay, School
from schedule import followers, kinds, services
from schedule.models import Attendance, Event

NOW = dt.datetime(2027, 3, 1, 12, tzinfo=dt.UTC)
TEN = dt.datetime(2027, 3, 11, 15, 5, tzinfo=dt.UTC)  # 10:05 in New York
HALF = dt.timedelta(minutes=45)


@pytest.fixture
def event(ana, ben, school):
    return make(ana, [ana, ben], school=school, place="Room 12", thread="partnership:1")


def make(by, people, *, starts_at=TEN, at=NOW, **fields):
    given = {"kind": "observation", "title": "Peer Partners: Observation"} | fields
    return services.create_event(by=by, people=people, starts_at=starts_at, ends_at=starts_at + HALF, at=at, **given)


def told(person, kind):
    return list(Notice.objects.filter(person=person, kind=kind).order_by("pk"))


def test_create_expects_its_people_and_tells_all_but_the_maker(event, ana, ben):
    assert dict(event.attendances.values_list("person", "answer")) == {ana.pk: "accepted", ben.pk: "asked"}
    assert told(ana, "event_new") == []
    (notice,) = told(ben, "event_new")
    assert notice.path == f"/events/{event.pk}/"
    assert notice.made_at == NOW
    sentence = kinds.KINDS[0].sentence.format(**notice.facts)
    assert sentence == (
        "Ana Ruiz put Peer Partners: Observation in your calendar: "
        "Thu 11 March, 10:05 to 10:50, Room 12, Maple Grove Elementary."
    )


def test_create_tells_each_reader_in_the_zone_of_their_school(ana, cleo, other_school, school):
    School.objects.filter(pk=other_school.pk).update(time_zone="America/Denver")

    make(ana, [ana, cleo], school=school)

    assert told(cleo, "event_new")[0].facts["when"] == "Thu 11 March, 8:05 to 8:50"


@pytest.mark.parametrize("minutes", [0, -5, 24 * 60 + 1])
def test_create_refuses_a_span_that_is_none(ana, minutes):
    with pytest.raises(ValidationError):
        services.create_event(
            by=ana, kind="meeting", title="", starts_at=TEN, ends_at=TEN + dt.timedelta(minutes=minutes), people=[ana]
        )


def test_create_of_the_past_tells_nobody(ana, ben):
    make(ana, [ana, ben], starts_at=NOW - dt.timedelta(days=3))

    assert not Notice.objects.exists()


def test_move_keeps_the_uid_counts_up_asks_again_and_tells_once(event, ana, ben):
    services.answer_event(event, by=ben, answer="accepted", at=NOW)
    uid, later = event.uid, TEN + dt.timedelta(days=1)

    for _ in range(2):
        services.move_event(event, by=ana, starts_at=later, ends_at=later + HALF, at=NOW)

    event.refresh_from_db()
    assert (event.uid, event.sequence, event.starts_at, event.place) == (uid, 1, later, "Room 12")
    assert event.attendances.get(person=ben).answer == "asked"
    assert event.attendances.get(person=ana).answer == "accepted"
    (notice,) = told(ben, "event_moved")
    assert notice.facts["before"] == "Thu 11 March, 10:05 to 10:50"
    assert notice.facts["when"] == "Fri 12 March, 10:05 to 10:50"


def test_move_to_another_room_keeps_the_answers(event, ana, ben):
    services.answer_event(event, by=ben, answer="accepted", at=NOW)

    services.move_event(event, by=ana, starts_at=TEN, ends_at=TEN + HALF, place="", at=NOW)

    assert (event.place, event.sequence) == ("", 1)
    assert event.attendances.get(person=ben).answer == "accepted"


def test_followers_act_in_the_transaction_of_the_move(event, ana):
    def refuse(event, by, at):
        raise ValidationError("no")

    followers.ON_MOVE.append(refuse)
    try:
        with pytest.raises(ValidationError):
            services.move_event(event, by=ana, starts_at=TEN + HALF, ends_at=TEN + 2 * HALF, at=NOW)
    finally:
        followers.ON_MOVE.remove(refuse)

    assert Event.objects.get().sequence == 0


def test_cancel_keeps_the_row_tells_once_and_mails_no_word(event, ana, ben):
    for _ in range(2):
        services.cancel_event(event, by=ana, word="My class has a test", at=NOW)

    event.refresh_from_db()
    assert (event.cancelled_at, event.sequence, event.cancel_word) == (NOW, 1, "My class has a test")
    (notice,) = told(ben, "event_cancelled")
    assert "test" not in str(notice.facts)
    with pytest.raises(PermissionDenied):
        services.move_event(event, by=ana, starts_at=TEN + HALF, ends_at=TEN + 2 * HALF, at=NOW)


def test_only_the_organizer_changes_an_event_unless_a_room_above_says_so(event, ben, stranger):
    with pytest.raises(PermissionDenied):
        services.cancel_event(event, by=ben, at=NOW)
    with pytest.raises(PermissionDenied):
        services.answer_event(event, by=stranger, answer="accepted", at=NOW)

    followers.MAY_CHANGE.append(rule := lambda event, user: user == ben)
    try:
        services.cancel_event(event, by=ben, at=NOW)
    finally:
        followers.MAY_CHANGE.remove(rule)

    assert event.cancelled_at


def test_a_no_is_told_to_the_organizer_once(event, ana, ben):
    for answer in ("declined", "declined", "accepted", "declined"):
        services.answer_event(event, by=ben, answer=answer, at=NOW)

    assert event.attendances.get(person=ben).answer == "declined"
    assert len(told(ana, "event_declined")) == 1


def test_a_notice_is_no_longer_due_once_its_date_is_not(event, ana, ben, time_machine):
    time_machine.move_to(NOW)
    (notice,) = told(ben, "event_new")
    assert kinds.still_stands(notice)

    services.move_event(event, by=ana, starts_at=TEN + HALF, ends_at=TEN + 2 * HALF, at=NOW)

    assert not kinds.still_stands(notice)
    assert kinds.still_stands(told(ben, "event_moved")[0])


def test_people_can_be_added_and_taken_off(event, ana, ben, cleo):
    services.add_people(event, by=ana, people=[ben, cleo], at=NOW)
    services.remove_people(event, by=ana, people=[ben], at=NOW)

    assert set(event.attendances.values_list("person", flat=True)) == {ana.pk, cleo.pk}
    assert len(told(cleo, "event_new")) == 1
    assert told(ben, "event_cancelled")[0].facts["what"] == "No longer in your calendar"


def test_clashes_name_people_rooms_and_days_without_telling_what_for(event, ana, ben, cleo, school, stranger):
    NoSchoolDay.objects.create(day=dt.date(2027, 3, 11), name="Snow day")
    asked = {"people": [ben, cleo], "starts_at": TEN, "ends_at": TEN + HALF, "school": school, "place": "room 12"}

    found = services.clashes(**asked, by=stranger)

    assert [str(clash) for clash in found] == [
        "Ben Okafor is busy Thu 11 March, 10:05 to 10:50.",
        "Room 12 is taken Thu 11 March, 10:05 to 10:50: Ana Ruiz has it.",
        "There is no school on Thu 11 March: Snow day.",
    ]
    assert services.clashes(**asked, by=ana)[0].what == "Peer Partners: Observation"
    assert [clash.kind for clash in services.clashes(**asked, leave_out=event)] == ["day"]


def test_clashes_let_neighbours_and_the_declined_pass(event, ben, school):
    touching = {"people": [ben], "starts_at": TEN + HALF, "ends_at": TEN + 2 * HALF}
    assert services.clashes(**touching, school=school, place="Room 12") == []

    services.answer_event(event, by=ben, answer="declined", at=NOW)

    assert services.clashes(people=[ben], starts_at=TEN, ends_at=TEN + HALF) == []


def test_clashes_ask_the_same_few_queries_whatever_the_number(event, ana, ben, cleo, school, django_assert_num_queries):
    everyone = [ana, ben, cleo]
    School.objects.update(time_zone="America/New_York")
    school.refresh_from_db()
    for people in ([ana], everyone):
        ana.standing  # noqa: B018 -- read once for the request, as a page does
        with django_assert_num_queries(3):
            found = services.clashes(people=people, starts_at=TEN, ends_at=TEN + HALF, school=school, place="x", by=ana)
    assert [clash.who for clash in found] == [ana, ben]


def same_time(school, days_before=1):
    return clock.at(dt.date(2027, 3, 11) - dt.timedelta(days=days_before), dt.time(10, 5), school)


def test_remind_tells_once_from_the_same_time_of_the_day_before(event, ana, ben, school):
    minute = dt.timedelta(minutes=1)
    assert services.remind(at=same_time(school) - minute) == 0

    assert services.remind(at=same_time(school)) == 2
    assert services.remind(at=same_time(school) + dt.timedelta(hours=8)) == 0

    assert len(told(ana, "event_tomorrow")) == len(told(ben, "event_tomorrow")) == 1


def test_remind_is_silent_on_the_day_itself(event, school):
    assert services.remind(at=same_time(school, days_before=0)) == 0


def test_remind_leaves_out_the_declined_the_cancelled_and_the_just_told(event, ana, ben, cleo, school):
    services.answer_event(event, by=ben, answer="declined", at=NOW)
    late = same_time(school) + dt.timedelta(hours=2)
    services.add_people(event, by=ana, people=[cleo], at=late)
    cancelled = make(ana, [ben], school=school)
    services.cancel_event(cancelled, by=ana, at=NOW)

    assert services.remind(at=late) == 1

    assert len(told(ana, "event_tomorrow")) == 1


def test_remind_tells_again_of_a_date_that_was_moved(event, ana, ben, school):
    services.remind(at=same_time(school))
    day = dt.timedelta(days=1)
    services.move_event(event, by=ana, starts_at=TEN + day, ends_at=TEN + day + HALF, at=same_time(school))

    assert services.remind(at=same_time(school) + day) == 2
    days = [notice.facts["when"].split(",")[0] for notice in told(ben, "event_tomorrow")]
    assert days == ["Thu 11 March", "Fri 12 March"]


def test_attendance_is_once_per_person(event, ben):
    assert Attendance.objects.filter(event=event, person=ben).count() == 1
