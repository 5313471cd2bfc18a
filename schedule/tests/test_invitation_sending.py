"""When invitations leave, what is overtaken before, and the pages that lead to other calendars."""

import datetime as dt
import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.db import connection

from schedule import services
from schedule.models import EventInvitation, WantsInvitations

from .inviting import HALF, LATER, NOW, TEN, make, sent

pytestmark = pytest.mark.usefixtures("inviting")


def test_what_is_overtaken_before_it_left_is_not_sent(ana, ben_wants):
    event = make(ana, [ana, ben_wants])
    services.move_event(event, by=ana, starts_at=TEN + HALF, ends_at=TEN + 2 * HALF, at=NOW)
    services.set_tentative(event, True, NOW)

    ((method, entry, _),) = sent()

    assert (method, entry["SEQUENCE"], entry["STATUS"]) == ("REQUEST", 2, "TENTATIVE")


def test_what_never_left_is_not_cancelled(ana, ben_wants):
    event = make(ana, [ana, ben_wants])
    services.cancel_event(event, by=ana, at=NOW)

    assert sent() == []
    assert EventInvitation.objects.exclude(dropped_at=None).count() == 1


def test_a_mail_that_may_be_on_its_way_is_cancelled(ana, ben_wants):
    event = make(ana, [ana, ben_wants])
    EventInvitation.objects.update(next_at=NOW + dt.timedelta(seconds=90))  # a worker holds it

    services.cancel_event(event, by=ana, at=NOW)

    assert [method for method, _, _ in sent(at=NOW)] == ["CANCEL"]


def test_each_row_is_sent_once_and_a_second_copy_has_the_same_name(ana, ben_wants):
    make(ana, [ana, ben_wants])
    (first,) = sent()
    assert sent() == []

    EventInvitation.objects.update(sent_at=None, next_at=NOW)  # as after a crash between the sending and its record
    (second,) = sent()

    assert first[2]["Message-ID"] == second[2]["Message-ID"]
    assert first[1].to_ical() == second[1].to_ical()


def test_a_fact_told_twice_is_one_invitation(ana, ben_wants):
    event = make(ana, [ana, ben_wants])

    services.invite(event, NOW)
    services.invite(event, LATER)

    assert EventInvitation.objects.count() == 1


def test_a_new_date_waits_for_the_morning_and_a_change_does_not(ana, ben_wants, time_machine):
    night = dt.datetime(2027, 3, 2, 3, tzinfo=dt.UTC)
    event = make(ana, [ana, ben_wants], at=night)
    assert sent(at=night) == []

    morning = dt.datetime(2027, 3, 2, 12, tzinfo=dt.UTC)
    assert len(sent(at=morning)) == 1
    services.cancel_event(event, by=ana, at=night + dt.timedelta(days=1))
    assert [method for method, _, _ in sent(at=night + dt.timedelta(days=1))] == ["CANCEL"]


def test_overtaken_while_it_rests_it_is_one_mail(ana, ben_wants):
    night = dt.datetime(2027, 3, 2, 3, tzinfo=dt.UTC)
    event = make(ana, [ana, ben_wants], at=night)
    sent(at=night)

    services.cancel_event(event, by=ana, at=night)

    assert sent(at=night + dt.timedelta(hours=12)) == []


def test_what_is_over_and_who_has_left_is_not_mailed(ana, ben_wants, cleo):
    services.want_invitations(cleo, by=cleo, wanted=True)
    make(ana, [ana, ben_wants], starts_at=NOW + HALF)
    make(ana, [ana, cleo])
    type(cleo).objects.filter(pk=cleo.pk).update(is_active=False)

    assert sent(at=NOW + 3 * HALF) == []


@pytest.mark.parametrize("number", [1, 3])
def test_a_batch_asks_as_much_for_three_as_for_one(number, ana, ben_wants, django_assert_num_queries):
    for hour in range(number):
        make(ana, [ana, ben_wants], starts_at=TEN + dt.timedelta(hours=hour))

    services.send_invitations(at=NOW - HALF)  # warms up what is asked once
    marks = 2 if connection.vendor == "postgresql" else 0  # it is told not to wait for the disk
    with django_assert_num_queries(21 + marks + number):  # one statement for each that left
        services.send_invitations(at=LATER)
    assert len(mail.outbox) == number


def test_only_the_person_themselves_chooses(ana, ben):
    with pytest.raises(PermissionDenied):
        services.want_invitations(ben, by=ana, wanted=True)


def test_the_page_switches_invitations_on_and_off(client, ben):
    client.force_login(ben)
    assert "You get no invitations" in client.get("/me/calendar/").content.decode()

    client.post("/me/calendar/invitations/", {"wanted": "yes"})
    assert WantsInvitations.objects.filter(person=ben).exists()
    assert "You get invitations" in client.get("/me/calendar/").content.decode()

    client.post("/me/calendar/invitations/", {"wanted": "no"})
    assert not WantsInvitations.objects.exists()


def test_the_page_of_a_date_leads_to_other_calendars(client, ana, ben, school):
    event = make(ana, [ana, ben], school=school, place="Room 12 & hall")
    client.force_login(ben)

    page = client.get(f"/events/{event.pk}/").content.decode()
    links = {link.split("/")[2]: link for link in re.findall(r'href="([^"]+)"', page) if "calendar" in link[:40]}
    given = {host: parse_qs(urlsplit(unescape(link)).query) for host, link in links.items() if "." in host}

    google, outlook = given["calendar.google.com"], given["outlook.office.com"]
    assert google["dates"] == ["20270311T150500Z/20270311T155000Z"]
    assert (outlook["startdt"], outlook["enddt"]) == (["2027-03-11T15:05:00Z"], ["2027-03-11T15:50:00Z"])
    assert google["location"] == outlook["location"] == ["Room 12 & hall, Maple Grove Elementary"]
    assert google["text"] == outlook["subject"] == ["Peer learning"]
    assert "Observation" not in str(given)
