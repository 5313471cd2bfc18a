import datetime as dt

import pytest

from observations.models import Walk, WalkPlace, WalkVisit
from observations.services import walks
from schedule.models import Event
from schedule.services import create_event
from supports.loader import load

from .conftest import AFTER
from .knocking import get, post, said


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

    assert "Sam Stranger is busy Thu 11 March, 11:00 to 12:00" in said(warned)
    assert "Go ahead anyway" in said(warned)
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


def test_a_full_walk_is_waited_for_and_the_page_says_where_in_line(set_up, ana, ben, cleo, facilitator, client):
    walk = set_up(places=1)
    walks.join_walk(walk, by=ana)
    walks.wait_for_place(walk, by=cleo, focus="FOCUS of Cleo")
    address = f"/walks/{walk.pk}/"
    assert "Wait for a place" in get(client, ben, address)[1]

    post(client, ben, f"{address}join/", focus="FOCUS of Ben", wait="yes")

    text = get(client, ben, address)[1]
    assert "Number 2 in line." in text
    assert "FOCUS of Ben" in text
    assert "Cleo" not in text
    assert "FOCUS" not in get(client, ana, address)[1]
    arranging = get(client, facilitator, f"{address}arrange/")[1]
    assert arranging.index("FOCUS of Cleo") < arranging.index("FOCUS of Ben")
    assert "You wait for a place" in get(client, ben, "/walks/")[1]


def test_who_comes_late_for_the_last_place_keeps_what_they_wrote_and_can_wait(set_up, ana, ben, client):
    walk = set_up(places=1)
    assert "Take a place" in get(client, ben, f"/walks/{walk.pk}/join/")[1]
    walks.join_walk(walk, by=ana)

    late = post(client, ben, f"/walks/{walk.pk}/join/", focus="Quiet starts")

    assert not WalkPlace.objects.filter(person=ben).exists()
    assert not walk.waiting.exists()
    assert "All 1 places are taken." in said(late)
    assert "Wait for a place" in said(late)
    assert 'value="Quiet starts"' in said(late)


def test_giving_up_the_turn_is_asked_first(set_up, ana, ben, client):
    walk = set_up(places=1)
    walks.join_walk(walk, by=ana)
    walks.wait_for_place(walk, by=ben)
    address = f"/walks/{walk.pk}/wait/end/"

    assert "end of the line" in get(client, ben, address)[1]
    post(client, ben, address)

    assert not walk.waiting.exists()
    assert get(client, ben, address)[0] == 403


def test_a_teacher_asks_for_a_walk_from_the_list(ana, facilitator, client):
    load()
    assert "/walks/ask/" in get(client, ana, "/walks/")[1]
    assert "/walks/ask/" not in get(client, facilitator, "/walks/")[1]

    client.force_login(ana)
    form = client.get("/walks/ask/", follow=True)

    assert form.redirect_chain[0][0].startswith("/help-requests/new/?support=")
    assert form.status_code == 200


def test_a_walk_that_was_arranged_by_hand_is_printed_for_each(walk, facilitator, client):
    assert f"/walks/{walk.pk}/plan/print/" in get(client, facilitator, f"/walks/{walk.pk}/arrange/")[1]

    shown = get(client, facilitator, f"/walks/{walk.pk}/plan/print/")[1]

    assert shown.count('class="plan-sheet"') == 5  # the office, two who walk, two hosts
    sheet = shown[shown.index(">Ana Ruiz</h2>") :].split("</section>")[0]
    assert ("Room 0, Hanna Holt" in sheet, "Room 20, Second Host" in sheet) == (True, True)
    assert "Room 0: Ana Ruiz, Cleo Marsh" in shown
