"""Growth meetings from the pages: the principal's teams, the date, the table, the record and next year."""

import datetime as dt
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from growth.models import Brought, GrowthMeeting, MeetingRecord
from growth.services.bringing import bring, open_brought
from growth.services.record import write_record
from partnerships.models import Entry, Partnership
from partnerships.services import artifacts, members, words
from partnerships.services.closing import withdraw
from people import clock
from people.models import Deputy, NoSchoolDay, Viewing

from .made_world import Planned, make

NEW = {"day": "", "starts": "14:00", "ends": "14:20", "place": "Library"}


@pytest.fixture
def in_two_weeks():
    """A Tuesday with school, as the form sends it."""
    day = timezone.localdate() + dt.timedelta(days=14)
    return NEW | {"day": (day + dt.timedelta(days=(1 - day.weekday()) % 7)).isoformat()}


def page(client, user, path, **data):
    client.force_login(user)
    answer = client.post(path, data) if data else client.get(path)
    return answer, answer.content.decode()


def test_the_principal_sees_her_teams_by_what_is_next(client, pair, meet, principal, ana, ben, supports):
    other = make(Planned("talk", "M1 M2", fate="active"), supports["talk"], {"M1": ana, "M2": ben}, at=timezone.now())
    meet(pair, days=9)

    opened, planned = page(client, principal, "/growth-meetings/")[1], "/growth-meetings/?state=planned"

    assert f"/growth-meetings/new/{other.pk}/" in opened
    assert f"/growth-meetings/new/{pair.pk}/" not in opened
    assert "Try it together" in page(client, principal, planned)[1]
    assert "No meeting was held yet" in page(client, principal, "/growth-meetings/?state=held")[1]


def test_withdrawn_work_and_that_of_other_schools_is_not_in_her_list(client, pair, ana, principal, other_principal):
    assert f"new/{pair.pk}/" in page(client, principal, "/growth-meetings/")[1]
    assert f"new/{pair.pk}/" not in page(client, other_principal, "/growth-meetings/")[1]

    withdraw(pair, by=ana, reason="We moved")

    assert f"new/{pair.pk}/" not in page(client, principal, "/growth-meetings/")[1]


def test_others_who_lead_a_school_of_the_team_see_that_it_has_a_date_and_no_dead_link(
    client, pair, meet, ana, cleo, principal, other_principal, stranger, school
):
    members.accept(members.invite(pair, by=ana, person=cleo), by=cleo)
    Deputy.objects.create(school=school, principal=principal, deputy=stranger)
    meeting = meet(pair, days=9)

    for reader, leads_on in ((principal, True), (stranger, True), (other_principal, False)):
        text = page(client, reader, "/growth-meetings/?state=planned")[1]
        assert "Ana Ruiz, Ben Okafor, Cleo Marsh" in text
        assert (f'href="{meeting.get_absolute_url()}"' in text) == (reader == principal)
        assert (f'href="{meeting.event.get_absolute_url()}"' in text) == (leads_on and reader != principal)
    assert page(client, stranger, meeting.event.get_absolute_url())[0].status_code == 200


@pytest.mark.parametrize("state", ["open", "planned", "held"])
def test_her_list_asks_the_same_however_long_it_is(client, supports, meet, principal, ana, ben, state):
    client.force_login(principal)

    def asked(number):
        for hour in range(number):
            people = {"M1": ana, "M2": ben}
            team = make(Planned("try", "M1 M2", fate="active"), supports["try"], people, at=timezone.now())
            if state != "open":
                meet(team, days={"planned": 9, "held": -9}[state] + hour / 10 + number / 2)
        with CaptureQueriesContext(connection) as queries:
            text = client.get(f"/growth-meetings/?state={state}").content.decode()
        return len(queries), text.count("<li>")

    client.get("/")
    one, short = asked(1)
    three, long = asked(2)

    assert long > short
    assert three == one


def test_a_date_from_the_form_to_the_list_and_sent_twice_only_once(client, pair, principal, in_two_weeks):
    path = f"/growth-meetings/new/{pair.pk}/"
    assert "Find a time that takes the least class" in page(client, principal, path)[1]

    once = {"once": "0b5c3d56-13f8-4a0c-b1ab-0ad5b3e0d9a1"}
    answers = [page(client, principal, path, **in_two_weeks, **once)[0] for _ in range(2)]

    assert [answer.url for answer in answers] == ["/growth-meetings/"] * 2
    meeting = GrowthMeeting.objects.get()
    assert (meeting.event.place, meeting.event.minutes) == ("Library", 20)
    again = client.post(path, in_two_weeks, follow=True).content.decode()
    assert "This team has a date already" in again
    assert GrowthMeeting.objects.get().event == meeting.event


def test_what_is_in_the_way_is_said_and_can_be_overruled_for_what_was_shown(client, pair, principal, in_two_weeks):
    NoSchoolDay.objects.create(day=in_two_weeks["day"], name="Snow")
    path = f"/growth-meetings/new/{pair.pk}/"

    text = page(client, principal, path, **in_two_weeks)[1]
    assert "It is not in the calendar yet" in text
    assert "There is no school on" in text
    assert 'value="Library"' in text
    assert page(client, principal, path, **in_two_weeks, anyway="something else")[0].status_code == 200
    mark = re.search(r'name="anyway" value="(\w+)"|value="(\w+)"[^>]*name="anyway"', text)

    page(client, principal, path, **in_two_weeks, anyway=mark[1] or mark[2])

    assert GrowthMeeting.objects.count() == 1


def test_an_hour_that_the_principal_has_given_away_is_refused(client, pair, meet, principal, ana, supports, school):
    other = make(Planned("talk", "M1", fate="active"), supports["talk"], {"M1": ana}, at=timezone.now())
    at = meet(other, days=9).event.starts_at.astimezone(clock.zone_of(school))
    hours = {"starts": f"{at:%H:%M}", "ends": f"{at + dt.timedelta(minutes=5):%H:%M}"}

    text = page(client, principal, f"/growth-meetings/new/{pair.pk}/", **NEW | {"day": f"{at:%Y-%m-%d}"} | hours)[1]

    assert "It is not in the calendar yet" in text
    assert GrowthMeeting.objects.count() == 1


def test_a_time_that_was_found_comes_back_filled_in(client, pair, principal):
    text = page(client, principal, f"/growth-meetings/new/{pair.pk}/?day=2026-12-01&starts=13:10&minutes=20")[1]

    assert 'value="2026-12-01"' in text
    assert 'value="13:10"' in text
    assert 'value="13:30"' in text
    assert page(client, principal, f"/growth-meetings/new/{pair.pk}/?day=soon&starts=1&minutes=x")[0].status_code == 200


def test_finding_a_time_leads_back_to_the_date(client, pair, principal, ana):
    back = f"/growth-meetings/new/{pair.pk}/"
    day = timezone.localdate() + dt.timedelta(days=7)
    search = f"?others={ana.email}&minutes=20&first={day}&last={day + dt.timedelta(days=3)}&school={pair.school_id}"

    text = page(client, principal, f"/calendar/find/{search}&back={back}")[1]

    assert f'href="{back}?day=' in text


def test_choosing_what_to_bring(client, coming, pair, ana, ben):
    text = words.write(pair, by=ana, kind=Entry.Kind.REFLECTION, prompt="How was it?", body="A private word.")
    path = f"/growth-meetings/{coming.pk}/bring/"
    assert "How was it?" in page(client, ana, path)[1]
    assert "How was it?" not in page(client, ben, path)[1]

    page(client, ana, path, sources=[f"text:{text.pk}", "plan"])
    assert {one.source for one in Brought.objects.all()} == {f"text:{text.pk}", "plan"}
    refused = page(client, ben, path, sources=["text:999"])[1]

    assert "not one of the available choices" in refused
    assert page(client, ana, f"/growth-meetings/{coming.pk}/")[1].count("Take it back") == 2


def test_the_principal_reads_a_text_once_she_opens_it_and_its_author_sees_that(client, coming, pair, ana, principal):
    text = words.write(pair, by=ana, kind=Entry.Kind.REFLECTION, prompt="How was it?", body="A private word.")
    bring(coming, by=ana, sources=[f"text:{text.pk}"])
    path = Brought.objects.get().get_absolute_url()
    assert "A private word." not in page(client, principal, path)[1]

    client.post(path)

    assert "A private word." in page(client, principal, path)[1]
    assert list(Viewing.objects.values_list("reader", "author", "what", "object_id")) == [
        (principal.pk, ana.pk, "words", text.pk)
    ]
    assert "first opened it" in page(client, ana, path)[1]
    assert "opened by Pia Lindqvist" in page(client, ana, f"/growth-meetings/{coming.pk}/")[1]


def test_a_private_file_that_was_brought_is_handed_out_to_those_who_meet(client, coming, pair, ana, ben, principal):
    kept = SimpleUploadedFile("sheet.txt", b"What grew")
    file = artifacts.add_artifact(
        pair, by=ana, title="A sheet", file=kept, content_type="text/plain", audience="private"
    )
    bring(coming, by=ana, sources=[f"file:{file.pk}"])
    brought = Brought.objects.select_related("meeting").get()
    path = f"{brought.get_absolute_url()}file/"
    assert page(client, principal, path)[0].status_code == 302

    open_brought(brought, by=principal)

    for reader in (principal, ben):
        client.force_login(reader)
        assert b"".join(client.get(path).streaming_content) == b"What grew"
    assert page(client, principal, f"/artifacts/{file.pk}/")[0].status_code == 404


def test_a_record_from_a_draft_to_what_counts(client, met, ana, ben, principal):
    path = f"/growth-meetings/{met.pk}/"
    page(client, principal, f"{path}record/", body="They listened more.", version=0)
    for reader in (ana, ben):
        text = page(client, reader, path)[1]
        assert "They listened more." in text
        assert "A draft" in text
        page(client, reader, f"{path}record/agree/", version=1)

    assert "Agreed by all of you" in page(client, principal, path)[1]


def test_what_was_typed_stays_when_somebody_was_quicker(client, met, ana, principal):
    write_record(met, by=principal, body="The principal's lines.")

    text = page(client, ana, f"/growth-meetings/{met.pk}/record/", body="Ana's lines.", version=0)[1]

    assert "Pia Lindqvist has changed it meanwhile" in text
    assert "The principal&#x27;s lines." in text
    assert "Ana&#x27;s lines." in text
    assert 'name="version" value="1"' in text
    assert MeetingRecord.objects.get().body == "The principal's lines."


def test_nonsense_in_a_record_is_refused_with_the_words_kept(client, met, ana):
    path = f"/growth-meetings/{met.pk}/record/"

    assert page(client, ana, path, body="Lines", version="x")[0].status_code == 200
    assert "Too long" not in page(client, ana, path, body="Kept words " * 500, version=0)[1]
    assert page(client, ana, f"{path}agree/", version="99999999999")[0].status_code == 302

    assert not MeetingRecord.objects.exists()


def test_the_team_goes_on_for_a_second_year(client, met, ana, principal):
    path = f"/growth-meetings/{met.pk}/next-year/"
    assert "this one has to be complete" in page(client, ana, path)[1]
    Partnership.objects.update(status="completed", completed_at=timezone.now())

    answer = page(client, ana, path, decision="renew")[0]

    renewed = Partnership.objects.get(renewed_from=met.partnership)
    assert answer.url == renewed.get_absolute_url()
    assert "gone on for a second year" in page(client, principal, f"/growth-meetings/{met.pk}/")[1]
    assert page(client, ana, path, decision="end")[0].url == f"/growth-meetings/{met.pk}/"


def test_the_meeting_stands_on_the_page_of_the_work_and_of_the_date(client, pair, coming, ana, principal, facilitator):
    path = coming.get_absolute_url()
    for reader, sees in ((ana, True), (principal, True), (facilitator, False)):
        for place in (pair.get_absolute_url(), coming.event.get_absolute_url()):
            answer, text = page(client, reader, place)
            assert answer.status_code == 200
            assert (f'href="{path}"' in text) == sees


def test_who_may_set_a_date_finds_the_way_on_the_page_of_the_work(client, pair, ana, principal, facilitator):
    way = f"/growth-meetings/new/{pair.pk}/"

    assert way in page(client, principal, pair.get_absolute_url())[1]
    assert way not in page(client, ana, pair.get_absolute_url())[1]
    assert way not in page(client, facilitator, pair.get_absolute_url())[1]


def test_the_page_of_a_meeting_asks_the_same_however_much_lies_there(client, coming, pair, ana):
    client.force_login(ana)

    def asked(number):
        texts = [words.write(pair, by=ana, kind=Entry.Kind.SUMMARY, body="Ours", joint=True, audience="partners")]
        texts += [words.write(pair, by=ana, kind=Entry.Kind.REFLECTION, body="Mine") for _ in range(number)]
        bring(coming, by=ana, sources=[f"text:{text.pk}" for text in texts])
        with CaptureQueriesContext(connection) as queries:
            text = client.get(coming.get_absolute_url()).content.decode()
        return len(queries), text.count("Take it back")

    client.get("/")
    assert asked(1)[1] == 2
    one, three = asked(0), asked(2)
    assert (one[1], three[1]) == (1, 3)
    assert three[0] == one[0]
