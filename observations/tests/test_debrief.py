import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from notices.models import Notice
from observations.models import (
    HostThanks,
    NextTry,
    Pattern,
    StaffNote,
    ThanksDraft,
    VisitKey,
    Walk,
    WalkReflection,
)
from observations.services import NotNow, debrief, walks
from observations.services.after_walks import remind_of_walks
from partnerships.models import Entry
from partnerships.services.starting import start
from supports.loader import load
from supports.models import SupportType

from .conftest import AFTER, DAY
from .knocking import get, post, said


@pytest.fixture(autouse=True)
def _after(walk, ana, cleo, facilitator, time_machine):
    """They have walked and written, and the notes are on the table."""
    time_machine.move_to(AFTER, tick=False)
    for by in (ana, cleo):
        for number in (1, 2):
            walks.write_note(walk, by=by, visit_number=number, saw=f"Seen at {number}", at=AFTER)
    walks.publish_notes(walk, by=facilitator, at=AFTER)
    walk.refresh_from_db()


def number_of(host):
    return VisitKey.objects.get(visit__host=host).number


def test_a_stale_save_loses_nothing_and_is_shown_beside_the_words_that_stand(walk, ana, cleo, client):
    line = debrief.add_line(walk, by=ana, kind="pattern", words="Lessons began with a question.")
    debrief.change_line(line, by=cleo, words="In 2 and 3, lessons began with a question.", seen=1)

    both = post(client, ana, f"/debriefs/{walk.pk}/lines/{line.pk}/", words="They all began early.", seen="1")

    assert "In 2 and 3, lessons began" in said(both)
    assert "They all began early." in said(both)
    assert Pattern.objects.get().words == "In 2 and 3, lessons began with a question."
    merged = post(client, ana, f"/debriefs/{walk.pk}/lines/{line.pk}/", words="Both.", seen="2")
    assert merged.status_code == 302
    assert (Pattern.objects.get().words, Pattern.objects.get().version) == ("Both.", 3)


def test_a_line_that_was_changed_is_not_taken_away_unseen(walk, ana, cleo):
    line = debrief.add_line(walk, by=ana, kind="wondering", words="I wonder.")
    debrief.change_line(line, by=cleo, words="I wonder why.", seen=1)

    with pytest.raises(debrief.Changed):
        debrief.change_line(line, by=ana, words="", seen=1)
    debrief.change_line(line, by=ana, words="", seen=2)

    assert not Pattern.objects.exists()
    with pytest.raises(NotNow, match="took this line away"):
        debrief.change_line(line, by=cleo, words="Again", seen=2)


def test_the_group_gathers_on_one_page_and_hosts_and_principals_do_not_read_it(
    walk, ana, cleo, host, principal, stranger, facilitator, client
):
    address = f"/debriefs/{walk.pk}/"
    assert post(client, ana, address, kind="pattern", words="GATHERED in 1 and 2").status_code == 302

    for reader in (cleo, facilitator):
        assert "GATHERED" in get(client, reader, address)[1]
    assert [get(client, who, address)[0] for who in (host, principal, stranger)] == [403, 403, 404]


def test_nothing_is_gathered_before_the_notes_are_on_the_table_nor_after_it_is_closed(walk, ana, facilitator, client):
    Walk.objects.update(notes_published_at=None)
    assert get(client, ana, f"/debriefs/{walk.pk}/")[0] == 403
    Walk.objects.update(notes_published_at=AFTER)
    walks.close_walk(walk, by=facilitator, at=AFTER)

    assert get(client, ana, f"/debriefs/{walk.pk}/")[0] == 200
    assert post(client, ana, f"/debriefs/{walk.pk}/", kind="pattern", words="Late").status_code == 403


def test_a_next_step_is_reminded_of_on_its_day_and_once(walk, ana, told, client):
    on = DAY + dt.timedelta(days=5)
    post(client, ana, f"/debriefs/{walk.pk}/try/", words="Wait five seconds", on=f"{on:%Y-%m-%d}")

    for days in (4, 5, 5, 6):
        remind_of_walks(now=AFTER + dt.timedelta(days=days))

    assert told(ana, "walk_next_step") == 1
    notice = Notice.objects.get(kind="walk_next_step")
    assert notice.made_at.date() == on
    assert "Wait five seconds" not in str(notice.facts)


def test_who_has_tried_it_is_not_reminded(walk, ana, told, client):
    debrief.set_try(walk, by=ana, words="Wait", on=DAY + dt.timedelta(days=1))
    assert post(client, ana, f"/debriefs/{walk.pk}/tried/").status_code == 302

    remind_of_walks(now=AFTER + dt.timedelta(days=1))

    assert NextTry.objects.get().tried_on == DAY
    assert told(ana, "walk_next_step") == 0


def test_a_day_that_is_over_is_no_day_to_try_on(walk, ana, client):
    refused = post(client, ana, f"/debriefs/{walk.pk}/try/", words="Wait", on="2027-03-01")

    assert "That day is over" in said(refused)
    assert 'value="Wait"' in said(refused)


def test_thanks_find_their_host_by_the_key_and_nobody_else_reads_them(
    walk, ana, cleo, host, second_host, facilitator, principal, client, told
):
    first, second = number_of(host), number_of(second_host)
    post(client, ana, f"/debriefs/{walk.pk}/thanks/{first}/", words="NOTICED in the first room", seen="0")
    post(client, cleo, f"/debriefs/{walk.pk}/thanks/{second}/", words="NOTICED in the second room", seen="0")

    assert post(client, facilitator, f"/debriefs/{walk.pk}/send/").status_code == 302

    assert not ThanksDraft.objects.exists()
    assert (told(host, "walk_noticed"), told(second_host, "walk_noticed")) == (1, 1)
    assert "NOTICED in the first room" in get(client, host, f"/debriefs/{walk.pk}/noticed/")[1]
    assert "NOTICED in the second room" in get(client, second_host, f"/debriefs/{walk.pk}/noticed/")[1]
    for other in (ana, cleo, facilitator, principal):
        assert get(client, other, f"/debriefs/{walk.pk}/noticed/")[0] == 404
    assert "NOTICED" not in get(client, facilitator, f"/debriefs/{walk.pk}/")[1]
    assert "number" not in {field.name for field in HostThanks._meta.get_fields()}


def test_thanks_are_written_in_an_order_drawn_by_lot(walk, ana, facilitator, monkeypatch):
    """Rows in the order of the numbers would tell whose class each number was."""
    drawn = []
    monkeypatch.setattr(debrief.LOT, "shuffle", lambda rows: drawn.append(len(rows)) or rows.reverse())
    for number in (1, 2):
        debrief.draft_thanks(walk, by=ana, number=number, words=f"To {number}", seen=0)

    debrief.send_thanks(walk, by=facilitator)

    assert drawn == [2]
    assert list(HostThanks.objects.order_by("pk").values_list("words", flat=True)) == ["To 2", "To 1"]


def test_once_sent_the_page_says_how_many_were_thanked_and_not_who(walk, ana, host, facilitator, client, told):
    address = f"/debriefs/{walk.pk}/"
    assert "Send what is written" not in get(client, facilitator, address)[1]
    debrief.draft_thanks(walk, by=ana, number=number_of(host), words="One", seen=0)
    post(client, facilitator, f"{address}send/")

    shown = get(client, facilitator, address)[1]

    assert "1 of 2 hosts can read a note from you by now" in shown
    assert "Hanna" not in shown


def test_more_words_to_a_host_come_after_the_first_and_are_told_of(walk, ana, host, second_host, facilitator, told):
    for minute, words in ((0, "One"), (5, "Two")):
        debrief.draft_thanks(walk, by=ana, number=number_of(host), words=words, seen=0)
        debrief.send_thanks(walk, by=facilitator, at=AFTER + dt.timedelta(minutes=minute))

    assert HostThanks.objects.get().words == "One\n\nTwo"
    assert (told(host, "walk_noticed"), told(second_host, "walk_noticed")) == (2, 0)


def test_only_a_facilitator_sends_thanks(walk, ana):
    with pytest.raises(PermissionDenied):
        debrief.send_thanks(walk, by=ana)


def test_no_page_of_the_debrief_asks_whose_class_a_number_was(walk, ana, facilitator, host, client):
    """The pages name hosts nowhere."""
    debrief.add_line(walk, by=ana, kind="pattern", words="In 1")
    debrief.draft_thanks(walk, by=ana, number=number_of(host), words="Thanks", seen=0)

    for reader in (ana, facilitator):
        for part in ("", f"thanks/{number_of(host)}/", "staff/"):
            assert "Hanna Holt" not in get(client, reader, f"/debriefs/{walk.pk}/{part}")[1]


def test_thanks_that_wait_are_said_to_the_facilitator_within_the_week_and_once(walk, facilitator, told):
    for days in (3, 5, 6):
        remind_of_walks(now=AFTER + dt.timedelta(days=days))

    assert told(facilitator, "walk_thanks_due") == 1


def test_a_key_of_a_walk_that_nobody_closed_is_erased_after_a_month(walk):
    remind_of_walks(now=AFTER + dt.timedelta(days=29))
    assert VisitKey.objects.count() == 2

    remind_of_walks(now=AFTER + dt.timedelta(days=32))

    assert not VisitKey.objects.exists()


def test_the_staff_reads_a_note_once_all_who_walked_have_agreed_to_it(
    walk, ana, cleo, stranger, facilitator, client, told
):
    address = f"/debriefs/{walk.pk}/"
    post(client, ana, f"{address}staff/", words="In three rooms students asked each other first.", seen="0")
    post(client, ana, f"{address}staff/agree/", seen="1")
    with pytest.raises(NotNow, match="everybody who walked"):
        debrief.send_staff_note(walk, by=facilitator)
    debrief.write_staff_note(walk, by=cleo, words="In most rooms students asked each other first.", seen=1)
    debrief.agree_to_staff_note(walk, by=cleo, seen=2)
    assert "1 of 2 still to agree" in get(client, ana, address)[1]  # hers was to other words
    with pytest.raises(debrief.Changed):
        debrief.agree_to_staff_note(walk, by=ana, seen=1)
    assert get(client, stranger, f"{address}note/")[0] == 404

    debrief.agree_to_staff_note(walk, by=ana, seen=2)
    post(client, facilitator, f"{address}staff/send/")

    assert StaffNote.objects.get().sent_on == DAY
    assert told(stranger, "walk_staff_note") == 1
    assert "In most rooms" in get(client, stranger, f"{address}note/")[1]
    with pytest.raises(NotNow, match="with the staff already"):
        debrief.write_staff_note(walk, by=ana, words="Other", seen=2)


def test_a_reflection_without_a_partnership_is_its_writers_alone(walk, ana, cleo, facilitator, client):
    address = f"/debriefs/{walk.pk}/"
    for words in ("First", "REFLECTED"):
        assert post(client, ana, f"{address}reflect/", words=words).status_code == 302

    assert WalkReflection.objects.get().words == "REFLECTED"
    assert "REFLECTED" in get(client, ana, address)[1]
    assert not [who for who in (cleo, facilitator) if "REFLECTED" in get(client, who, address)[1]]


@pytest.fixture
def work(walk, ana, school):
    """The walk belongs to a partnership of Ana's."""
    load()
    work = start(SupportType.objects.filter(begins="start").first(), by=ana)
    Walk.objects.filter(pk=walk.pk).update(partnership=work)
    walk.refresh_from_db()
    return work


def test_a_reflection_is_an_entry_of_the_walks_partnership_and_private(walk, work, ana, client):
    for words in ("First", "Second"):
        debrief.reflect(walk, by=ana, words=words, at=AFTER)

    entry = Entry.objects.get(partnership=work)
    assert (entry.kind, entry.body, entry.audience) == ("reflection", "Second", "private")
    assert not WalkReflection.objects.exists()
    assert "Second" in get(client, ana, f"/debriefs/{walk.pk}/")[1]


def test_the_debrief_asks_no_more_for_three_lines_than_for_one(walk, ana, client):
    def asked():
        client.force_login(ana)
        with CaptureQueriesContext(connection) as queries:
            client.get(f"/debriefs/{walk.pk}/")
        return len(queries)

    asked()
    debrief.add_line(walk, by=ana, kind="pattern", words="One")
    one = asked()
    for words in ("Two", "Three"):
        debrief.add_line(walk, by=ana, kind="pattern", words=words)

    assert asked() == one
