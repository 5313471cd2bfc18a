"""The facilitator's weekly: picks of what colleagues agreed to share, sent once, read by the staff."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from growth import tasks
from growth.models import Newsletter
from growth.services import newsletters
from growth.services.newsletters import (
    change_newsletter,
    discard_newsletter,
    schedule_newsletter,
    send_newsletters,
    write_newsletter,
)
from growth.services.shout_outs import keep_between_us, show_to_all, thank
from growth.sharing import new_items, picked_items
from notices.models import Notice
from observations.models import OpenDoor
from partnerships.services.members import call_for_partners, close_call
from partnerships.services.starting import start
from people.models import Post, Role
from supports.models import PDSession


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def thanks(ana, ben):
    made = thank(ben, by=ana, words="You covered my class.")
    show_to_all(made, by=ben)
    return made


@pytest.fixture
def call(supports, ana):
    work = start(supports["try"], by=ana)
    call_for_partners(work, by=ana, words="Somebody with grade 5")
    return work


@pytest.fixture
def session(ana, school):
    words = {"summary": "Two hours.", "goal": "Ask", "focus_area": "Talk", "measured_by": "Notes"}
    day = timezone.localdate() + dt.timedelta(days=7)
    return PDSession.objects.create(title="Asking better questions", held_on=day, leader=ana, hours=2, **words)


@pytest.fixture
def issue(facilitator, thanks, call, session):
    picks = [f"thanks:{thanks.pk}", f"call:{call.pk}", f"session:{session.pk}"]
    return write_newsletter(
        by=facilitator, school=None, title="The week of 16 March", opening="Try **this**.", picks=picks
    )


def words(user, picks):
    return [item.words or item.title for _, items in picked_items(user, picks) for item in items]


def test_an_issue_begins_with_what_colleagues_agreed_to_share_since_the_last(facilitator, thanks, call, session, now):
    thank(thanks.author, by=thanks.to, words="Not agreed yet")

    found = {
        source.key: [item.words for item in items]
        for source, items in new_items(facilitator, since=now - dt.timedelta(days=7))
    }
    later = {source.key: items for source, items in new_items(facilitator, since=timezone.now())}

    assert found["thanks"] == ["You covered my class."]
    assert found["call"] == ["Somebody with grade 5"]
    assert len(found["session"]) == 1
    assert later["thanks"] == later["call"] == []


def test_open_doors_are_offered_until_their_host_closes_them(facilitator, stranger, ana, school, now):
    day = timezone.localdate()
    door = OpenDoor.objects.create(
        host=ana, school=school, starts_on=day, ends_on=day, doing="Maths games in pairs", made_at=now, changed_at=now
    )
    week_ago = now - dt.timedelta(days=7)

    found = {source.key: items for source, items in new_items(facilitator, since=week_ago)}
    [item] = found["door"]
    assert (item.words, item.url) == ("Maths games in pairs", f"/doors/{door.pk}/")
    assert item.title.startswith("Open door: Ana Ruiz, until ")

    OpenDoor.objects.update(paused_at=now)
    assert words(stranger, [item.pick]) == []


def test_what_its_owner_takes_back_is_in_no_issue_any_more(issue, thanks, call, stranger, ana, ben, now):
    assert len(words(stranger, issue.picks)) == 3
    send(issue, now)

    keep_between_us(thanks, by=ben)
    close_call(call, by=ana)

    assert [text.split(":")[0] for text in words(stranger, issue.picks)] == [f"{issue_day(issue)}"]


def issue_day(issue):
    return f"{PDSession.objects.get().held_on:%a %-d %B}"


def send(issue, now):
    schedule_newsletter(issue, by=issue.made_by, send_at=now)
    return send_newsletters(at=now)


def test_a_draft_is_read_by_those_who_write_it_and_what_was_sent_by_all_the_staff(
    issue, ana, cleo, principal, admin, facilitator, operator, now
):
    people = [ana, cleo, principal, admin, facilitator, operator]

    def readers():
        return [person for person in people if Newsletter.objects.visible_to(person).exists()]

    assert readers() == [admin, facilitator]
    send(issue, now)

    assert readers() == people[:-1]


def test_it_goes_out_at_its_moment_once_to_all_the_staff(issue, ana, ben, cleo, facilitator, operator, now):
    schedule_newsletter(issue, by=facilitator, send_at=now + dt.timedelta(hours=1))

    sent = [send_newsletters(at=now + dt.timedelta(minutes=minutes)) for minutes in (0, 59, 60, 61)]

    assert sent == [0, 0, 1, 0]
    told = Notice.objects.filter(kind="newsletter")
    assert {ana, ben, cleo, facilitator} <= {notice.person for notice in told}
    assert operator not in {notice.person for notice in told}
    assert told.first().subject == "Newsletter: The week of 16 March"


def test_of_two_workers_that_found_it_due_one_sends_it(issue, facilitator, now):
    schedule_newsletter(issue, by=facilitator, send_at=now)

    assert [newsletters.send(issue.pk, now), newsletters.send(issue.pk, now)] == [1, 0]


def test_a_schools_newsletter_goes_to_its_staff(issue, ana, cleo, school, facilitator, now):
    Newsletter.objects.filter(pk=issue.pk).update(school=school)

    send(issue, now)

    people = {notice.person for notice in Notice.objects.filter(kind="newsletter")}
    assert ana in people
    assert cleo not in people


def test_a_held_issue_does_not_go_out(issue, facilitator, now):
    schedule_newsletter(issue, by=facilitator, send_at=now)
    schedule_newsletter(issue, by=facilitator, send_at=None)

    assert send_newsletters(at=now + dt.timedelta(days=1)) == 0


def test_the_task_run_twice_ends_in_the_same_state(issue, facilitator, now):
    schedule_newsletter(issue, by=facilitator, send_at=now - dt.timedelta(minutes=1))

    tasks.send_newsletters()
    once = list(Newsletter.objects.values()), Notice.objects.count()
    tasks.send_newsletters()

    assert (list(Newsletter.objects.values()), Notice.objects.count()) == once
    assert once[0][0]["sent_at"]


def test_what_was_sent_stays_as_it_was_read(issue, facilitator, now):
    send(issue, now)
    issue.refresh_from_db()

    for change in (
        lambda: change_newsletter(issue, by=facilitator, title="Other"),
        lambda: schedule_newsletter(issue, by=facilitator, send_at=None),
        lambda: discard_newsletter(issue, by=facilitator),
    ):
        with pytest.raises(PermissionDenied):
            change()


def test_a_schools_facilitator_writes_for_her_school_alone(person, school, other_school, year, ana):
    faye = person("Fia Local", Role.FACILITATOR, school)

    assert write_newsletter(by=faye, school=school, title="Maple").pk
    for writer, where in ((faye, other_school), (faye, None), (ana, school)):
        with pytest.raises(PermissionDenied):
            write_newsletter(by=writer, school=where, title="No")


def test_put_together_looked_at_kept_and_scheduled(client, facilitator, thanks, call, session, now):
    client.force_login(facilitator)
    page = client.get("/newsletters/new/").context["form"]
    assert page.initial["pick_thanks"] == [f"thanks:{thanks.pk}"]
    sent = {
        "title": "Week 12",
        "school": "district",
        "opening": "Try **this**.",
        "pick_thanks": [f"thanks:{thanks.pk}"],
    }

    looked = client.post("/newsletters/new/", {**sent, "preview": "1"}).content.decode()
    assert "<strong>this</strong>" in looked
    assert not Newsletter.objects.exists()
    answer = client.post("/newsletters/new/", sent)
    assert Newsletter.objects.get().picks == [f"thanks:{thanks.pk}"]
    client.post(answer.url, {"send_at": ""})

    assert send_newsletters() == 1
    assert "You covered my class." in client.get(answer.url).content.decode()


@pytest.mark.parametrize("send_at", ["soon", "2020-01-01T08:00", "2199-01-01T08:00"])
def test_a_moment_that_makes_no_sense_is_refused_at_its_field(client, facilitator, issue, send_at):
    client.force_login(facilitator)

    page = client.post(issue.get_absolute_url(), {"send_at": send_at})

    assert list(page.context["form"].errors) == ["send_at"]
    assert not Newsletter.objects.filter(send_at__isnull=False).exists()


def test_a_pick_that_is_not_shared_is_refused(client, facilitator, ana, ben, issue):
    private = thank(ben, by=ana, words="Between us")
    client.force_login(facilitator)

    page = client.post(f"/newsletters/{issue.pk}/edit/", {"title": "X", "pick_thanks": [f"thanks:{private.pk}"]})

    assert list(page.context["form"].errors) == ["pick_thanks"]
    assert "Between us" not in page.content.decode()


def test_a_reader_changes_nothing(client, ana, issue, now):
    client.force_login(ana)
    assert client.get(issue.get_absolute_url()).status_code == 404
    assert client.get("/newsletters/new/").status_code == 403
    send(issue, now)

    for path in ("", "edit/", "hold/", "discard/"):
        assert client.post(f"{issue.get_absolute_url()}{path}").status_code == 403


def test_pages_ask_the_same_however_much_there_is(client, facilitator, ana, ben, issue, now, django_assert_num_queries):
    client.force_login(facilitator)
    for number in (1, 3):
        for n in range(number):
            made = thank(ben, by=ana, words=f"Thank you {n}")
            show_to_all(made, by=ben)
            issue.picks.append(f"thanks:{made.pk}")
        issue.save()
        for n in range(number):
            Newsletter.objects.create(title=f"{n}", made_by=facilitator, made_at=now, changed_at=now, sent_at=now)
        with django_assert_num_queries(6):
            client.get("/newsletters/")
        with django_assert_num_queries(6):
            client.get(issue.get_absolute_url())
        with django_assert_num_queries(8):
            client.get(f"{issue.get_absolute_url()}edit/")


def test_a_post_of_the_district_is_no_post_of_a_school(person, school, admin):
    Post.objects.create(user=admin, role=Role.FACILITATOR, school=school)

    assert write_newsletter(by=admin, school=None, title="All").pk
