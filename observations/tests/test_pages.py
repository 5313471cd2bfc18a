import datetime as dt

import pytest
from django.urls import reverse

from observations.models import Coverage, Walk, WalkPlace, WalkVisit
from observations.services import coverage as cover
from observations.services import walks
from people.models import NoSchoolDay, Post, Role, User
from schedule.models import Event
from schedule.services import create_event

from .conftest import AFTER, DAY


def get(client, user, address):
    client.force_login(user)
    response = client.get(address)
    return response.status_code, response.content.decode()


def post(client, user, address, **given):
    client.force_login(user)
    return client.post(address, given)


def said(response):
    return response.content.decode()


# --- walks ---------------------------------------------------------------------------------------------------------


def test_a_listed_walk_shows_other_staff_no_names(walk, stranger, ana, client):
    Walk.objects.update(listed=True)
    assert "Hanna Holt" in get(client, ana, f"/walks/{walk.pk}/")[1]

    status, text = get(client, stranger, f"/walks/{walk.pk}/")

    assert status == 200
    assert "How lessons begin" in text
    assert not [name for name in ("Hanna Holt", "Cleo Marsh", "Room 0", "Ana Ruiz") if name in text]


def test_a_host_reads_who_comes_and_not_what_they_want_to_learn(walk, ana, host, client):
    WalkPlace.objects.filter(person=ana).update(focus="FOCUS of Ana")
    assert "FOCUS" in get(client, ana, f"/walks/{walk.pk}/")[1]

    text = get(client, host, f"/walks/{walk.pk}/")[1]

    assert "Ana Ruiz" in text
    assert "FOCUS" not in text
    assert "Second Host" not in text


def test_a_facilitator_sets_up_and_arranges_a_walk(facilitator, school, host, ana, client):
    new = {"school": school.pk, "day": "2027-03-11", "half": "morning", "purpose": "Talk", "places": 4, "listed": "on"}
    assert post(client, facilitator, "/walks/new/", **new).status_code == 302
    walk = Walk.objects.get()
    at = f"/walks/{walk.pk}"

    post(client, facilitator, f"{at}/visits/add/", host="Hanna", room="Room 7", starts="10:00", minutes="15")
    post(client, facilitator, f"{at}/people/add/", person="ana@cedar.example")
    post(client, facilitator, f"{at}/talks/pre_brief/", room="Library", starts="09:30", minutes="20")
    post(client, facilitator, f"{at}/publish/")

    walk.refresh_from_db()
    assert walk.published_at
    assert walk.visits.get().host == host
    assert set(Event.objects.of(ana).values_list("kind", flat=True)) == {"pre_brief", "walk"}


def test_a_clash_is_shown_before_a_visit_is_saved_and_can_be_overruled(walk, facilitator, stranger, client):
    eleven = dt.datetime(2027, 3, 11, 16, tzinfo=dt.UTC)
    create_event(
        by=stranger, kind="meeting", title="", starts_at=eleven, ends_at=eleven + dt.timedelta(hours=1),
        people=[stranger],
    )  # fmt: skip
    given = {"host": "Sam Stranger", "room": "Room 8", "starts": "11:00", "minutes": "15"}
    address = f"/walks/{walk.pk}/visits/add/"

    warned = post(client, facilitator, address, **given)

    assert "Sam Stranger is busy 11:00 to 12:00" in said(warned)
    assert WalkVisit.objects.count() == 2
    mark = warned.context["form"].fields["anyway"].widget.attrs["value"]
    assert post(client, facilitator, address, **given, anyway="something else").status_code == 200
    assert post(client, facilitator, address, **given, anyway=mark).status_code == 302
    assert WalkVisit.objects.count() == 3


def test_a_host_who_is_away_then_is_warned_of(walk, facilitator, stranger, ask, client):
    ask(by=stranger, starts=dt.time(11), ends=dt.time(12))
    given = {"host": "Sam Stranger", "room": "Room 8", "starts": "11:00", "minutes": "15"}

    warned = post(client, facilitator, f"/walks/{walk.pk}/visits/add/", **given)

    assert "Sam Stranger has asked for cover" in said(warned)


def test_what_a_service_refuses_stands_at_the_form(walk, facilitator, principal, client):
    refused = post(client, facilitator, f"/walks/{walk.pk}/people/add/", person="Pia Lindqvist")

    assert refused.status_code == 200
    assert "peers are not bosses" in said(refused)
    assert 'value="Pia Lindqvist"' in said(refused)


def test_places_are_not_cut_below_those_who_have_one(walk, facilitator, client):
    given = {"purpose": "Talk", "places": "1"}

    assert "2 have a place already" in said(post(client, facilitator, f"/walks/{walk.pk}/change/", **given))


ARRANGING = ["arrange/", "change/", "people/add/", "visits/add/", "talks/debrief/", "publish/", "cancel/", "close/"]


@pytest.mark.parametrize("page", ARRANGING)
def test_only_facilitators_arrange(walk, page, ana, host, principal, stranger, facilitator, client):
    address = f"/walks/{walk.pk}/{page}"

    assert get(client, facilitator, address)[0] == 200
    assert [get(client, user, address)[0] for user in (ana, host, principal, stranger)] == [403, 403, 403, 404]
    assert [post(client, user, address).status_code for user in (ana, stranger)] == [403, 404]


def test_the_way_from_joining_to_the_notes(set_up, facilitator, host, ana, client, time_machine):
    walk = set_up()
    walks.add_visit(walk, by=facilitator, host=host, room="Room 7", starts=dt.time(10), minutes=15)
    post(client, ana, f"/walks/{walk.pk}/join/", focus="First five minutes")
    walks.publish_walk(walk, by=facilitator)
    assert WalkPlace.objects.get().focus == "First five minutes"

    time_machine.move_to(AFTER, tick=False)
    visit = walk.visits.get()
    client.force_login(ana)  # the session began in the other week
    empty = client.post(f"/walks/{walk.pk}/visits/{visit.pk}/note/", {"saw": " "})
    assert "Write at least one line" in said(empty)
    written = client.post(f"/walks/{walk.pk}/visits/{visit.pk}/note/", {"saw": "Two hands went up."})

    assert written.status_code == 302
    assert "Written" in get(client, ana, f"/walks/{walk.pk}/notes/")[1]
    assert "Two hands went up." in get(client, ana, f"/walks/{walk.pk}/visits/{visit.pk}/note/")[1]


# --- cover ---------------------------------------------------------------------------------------------------------


def test_several_periods_become_a_request_each(ana, periods, client):
    given = {"day": "2027-03-11", "class_name": "Grade 4", "room": "12", "note": "Page 30"}

    asked = post(client, ana, "/coverage/ask/", periods=[periods[0].pk, periods[2].pk], **given)

    assert asked.status_code == 302
    rows = Coverage.objects.values_list("period__name", "starts", "class_name")
    assert list(rows) == [("1", dt.time(9, 5), "Grade 4"), ("3", dt.time(11, 5), "Grade 4")]


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"day": "2027-02-26"}, "is over"),
        ({"day": "2027-03-12"}, "There is no school on Fri 12 March: Founders"),
        ({"day": "2099-03-12"}, "more than a year away"),
        ({"starts": "", "ends": ""}, "Say when somebody has to take the class"),
        ({"ends": "09:00"}, "ends before it starts"),
        ({"day": "0000-99-99", "starts": "99:99"}, "valid"),
        ({"class_name": "\x00"}, "Null characters"),
    ],
)
def test_a_wrong_request_is_answered_at_the_field(ana, client, wrong, words):
    NoSchoolDay.objects.create(day=dt.date(2027, 3, 12), name="Founders Day")
    given = {"day": "2027-03-11", "class_name": "Grade 4", "starts": "10:00", "ends": "11:00", "note": "Page 30"}

    response = post(client, ana, "/coverage/ask/", **given | wrong)

    assert response.status_code == 200
    assert words in said(response)
    assert "Page 30" in said(response)
    assert not Coverage.objects.exists()


def test_the_form_begins_with_the_event_that_it_is_for(ana, ben, school, periods, client):
    ten = dt.datetime(2027, 3, 11, 15, tzinfo=dt.UTC)
    span = {"starts_at": ten, "ends_at": ten + dt.timedelta(minutes=90)}
    mine = create_event(by=ana, kind="meeting", title="", people=[ana], **span)
    other = create_event(by=ben, kind="meeting", title="", people=[ben], **span)
    client.force_login(ana)

    form = client.get(f"/coverage/ask/?event={mine.pk}").context["form"]

    assert form.initial == {"day": DAY, "periods": [periods[1].pk, periods[2].pk]}
    assert client.get(f"/coverage/ask/?event={other.pk}").status_code == 404


def test_the_office_and_the_coverer_read_nothing_of_the_purpose(ask, ana, ben, principal, office, client):
    ten = dt.datetime(2027, 3, 11, 15, tzinfo=dt.UTC)
    event = create_event(
        by=ana, kind="observation", title="PURPOSE: observation", starts_at=ten, people=[ana],
        ends_at=ten + dt.timedelta(hours=1), thread="partnership:1", path="/partnerships/1/",
    )  # fmt: skip
    coverage = ask(event=event, note="Page 30")
    cover.approve_cover(coverage, by=principal, coverer=ben)
    address = coverage.get_absolute_url()
    assert "PURPOSE" in get(client, ana, address)[1]

    for reader in (office, ben):
        text = get(client, reader, address)[1]
        assert "Page 30" in text
        assert "PURPOSE" not in text
        assert "/partnerships/1/" not in text


def test_the_principal_answers_on_the_page(ask, principal, ben, client):
    coverage = ask()
    address = coverage.get_absolute_url()
    assert "Ben Okafor, has not covered yet this year" in get(client, principal, address)[1]

    assert post(client, principal, f"{address}approve/", coverer=ben.pk).status_code == 302

    coverage.refresh_from_db()
    assert (coverage.state, coverage.coverer) == ("assigned", ben)


def test_who_was_taken_meanwhile_is_said_at_the_form(ask, principal, ben, stranger, client):
    cover.approve_cover(ask(by=stranger, class_name="Grade 2 art"), by=principal, coverer=ben)
    coverage = ask()

    refused = post(client, principal, f"{coverage.get_absolute_url()}approve/", coverer=ben.pk)

    assert refused.status_code == 200
    assert "covering Grade 2 art" in said(refused)
    coverage.refresh_from_db()
    assert coverage.state == "asked"


def test_nobody_from_beyond_the_school_is_named(ask, principal, cleo, client):
    refused = post(client, principal, f"{ask().get_absolute_url()}approve/", coverer=cleo.pk)

    assert "Select a valid choice" in said(refused)


def test_returned_with_another_day_and_asked_again(ask, principal, ana, client):
    coverage = ask()
    address = coverage.get_absolute_url()
    assert post(client, principal, f"{address}return/", reason="").status_code == 200

    post(client, principal, f"{address}return/", reason="Testing week", other_day="2027-03-18")
    assert "Testing week" in get(client, ana, address)[1]
    post(client, ana, f"{address}again/", day="2027-03-18", starts="10:05", ends="10:50", note="")

    coverage.refresh_from_db()
    assert (coverage.state, coverage.day) == ("asked", dt.date(2027, 3, 18))


def test_withdrawing_asks_first(ask, ana, client):
    coverage = ask()
    address = f"{coverage.get_absolute_url()}withdraw/"
    assert "Withdraw your request" in get(client, ana, address)[1]
    assert Coverage.objects.get().state == "asked"

    post(client, ana, address)

    assert Coverage.objects.get().state == "withdrawn"


def test_the_sheet_of_a_day_shows_the_school_day(ask, ben, office, principal, stranger, periods, client):
    cover.approve_cover(ask(period=periods[1]), by=principal, coverer=ben)
    ask(by=stranger, starts=dt.time(10, 5), ends=dt.time(10, 50), class_name="Grade 2 art")
    ask(starts=dt.time(13), ends=dt.time(13, 20), class_name="Lunch club")
    ask(day=DAY + dt.timedelta(days=1), class_name="Another day")
    client.force_login(office)

    page = client.get("/coverage/day/?day=2027-03-11")

    rows = [(row.name, [one.class_name for one in row.classes]) for row in page.context["rows"]]
    assert rows == [
        ("Period 1", []), ("Period 2", ["Grade 4 math", "Grade 2 art"]), ("Period 3", []), ("", ["Lunch club"])
    ]  # fmt: skip
    assert "Ben Okafor" in said(page)
    assert get(client, stranger, "/coverage/day/")[0] == 403


def test_the_desk_holds_every_school_of_a_principal_and_the_oldest_first(
    ask, cleo, principal, other_school, school, client
):  # fmt: skip
    Post.objects.create(user=principal, role=Role.PRINCIPAL, school=other_school)
    newer = ask(at=dt.datetime(2027, 2, 27, tzinfo=dt.UTC))
    older = ask(by=cleo, school=other_school, at=dt.datetime(2027, 2, 25, tzinfo=dt.UTC))
    client.force_login(User.objects.get(pk=principal.pk))

    desk = client.get("/coverage/").context["desk"]

    assert desk["waiting"] == [older, newer]


# --- all -----------------------------------------------------------------------------------------------------------


def lists(who):
    return [(who, "/walks/"), (who, "/coverage/")]


@pytest.mark.parametrize(
    ("who", "address"), [*lists("ana"), *lists("principal"), *lists("facilitator"), ("office", "/coverage/day/")]
)
def test_lists_ask_as_often_for_one_row_as_for_three(
    who, address, request, client, set_up, ask, principal, ben, ana, office, facilitator, host, periods,
    django_assert_max_num_queries,
):  # fmt: skip
    def fill(number):
        walk = set_up(day=DAY + dt.timedelta(days=number))
        walks.join_walk(walk, by=ana)
        past = set_up(day=DAY)
        walks.join_walk(past, by=ana)
        Walk.objects.filter(pk=past.pk).update(day=dt.date(2027, 2, 1))
        ask(day=DAY + dt.timedelta(days=number))
        named = ask(day=dt.date(2027, 3, 1), starts=dt.time(8 + number), ends=dt.time(8 + number, 30))
        cover.approve_cover(named, by=principal, coverer=facilitator)
        cover.approve_cover(ask(by=ben, day=DAY + dt.timedelta(days=number)), by=principal)
        later = {"starts": dt.time(13), "ends": dt.time(14)}
        given = ask(by=host, day=DAY + dt.timedelta(days=number), **later)
        cover.approve_cover(given, by=principal, coverer=ana)

    client.force_login(request.getfixturevalue(who))
    asked = set()
    for number in (1, 2, 3):
        fill(number)
        if number != 2:
            with django_assert_max_num_queries(7 if "day" in address else 6) as queries:
                assert client.get(address).status_code == 200
            asked.add(len(queries))

    assert len(asked) == 1


NONSENSE = ["page=x", "page=-1", f"page={10**30}", "event=x", f"event={10**30}", "partnership=%00", "school=x&day=x"]
NONSENSE += ["day=0000-00-00", "day=99999-01-01", f"school={10**30}", "event=-1", "partnership=", "event=²"]


@pytest.mark.parametrize("query", NONSENSE)
def test_a_nonsense_address_is_no_fault_of_ours(query, facilitator, principal, ana, client):
    for name in ("walk_list", "walk_new", "coverage_list", "coverage_ask", "coverage_day"):
        for user in (facilitator, principal, ana):
            assert get(client, user, f"{reverse(name)}?{query}")[0] in (200, 403, 404)


@pytest.mark.parametrize("page", ["/walks/{}/", "/walks/{}/notes/", "/coverage/{}/", "/coverage/{}/return/"])
def test_what_is_not_there_is_a_404(page, ana, client):
    for pk in (987654, 10**30):
        assert get(client, ana, page.format(pk))[0] == 404
