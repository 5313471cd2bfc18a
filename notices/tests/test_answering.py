"""Answering straight from a mail: a signed link that shows what will happen, and one press that does it once."""

import datetime as dt
import re
import threading

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone

from notices import acts, delivery
from notices.answering import chance_of, take
from notices.links import answer_url
from notices.models import Notice

from .conftest import GONE, THURSDAY

DONE = []


def do(notice, *, by, words, at):
    if notice.facts["what"] == "Refused":
        raise acts.Refused("Ben was quicker.")
    if notice.facts["what"] == "Forbidden":
        raise PermissionDenied("This is not yours to do.")
    DONE.append((notice.pk, by.pk, words))


@pytest.fixture(autouse=True)
def acts_of_turn():
    yes = acts.Act("yes", "Say yes", "You say yes to {what}.", do=do, done="{what}: you said yes.")
    no = acts.Act("no", "Say no", "You say no to {what}.", do=do, done="You said no.", asks="Why")
    before = dict(acts.ACTS)
    acts.ACTS.clear()
    acts.register("turn", yes, no)
    yield
    DONE.clear()
    acts.ACTS.clear()
    acts.ACTS.update(before)


@pytest.fixture
def now():
    return timezone.now()


def path_of(notice, key="yes"):
    return answer_url(notice, acts.act_of(notice, key)).removeprefix("http://localhost:8000")


def token_of(notice, key="yes"):
    return path_of(notice, key).split("/")[2]


def test_a_mail_carries_a_link_for_each_act_in_text_and_html(ana, told):
    told(ana)
    delivery.deliver(at=THURSDAY)

    [letter] = mail.outbox
    for body in (letter.body, letter.alternatives[0].content):
        assert len(set(re.findall(r"http://localhost:8000/answers/[^/]+/", body))) == 2
    assert "Say yes: http://localhost:8000/answers/" in letter.body


def test_opening_the_link_shows_what_will_happen_and_does_nothing(client, ana, told, now):
    notice = told(ana, at=now)

    for method in (client.get, client.head):
        answer = method(path_of(notice))

    assert answer.status_code == 200
    page = client.get(path_of(notice)).content.decode()
    assert "You say yes to Goal." in page
    assert "You answer as Ana Ruiz." in page
    assert DONE == []
    assert Notice.objects.get().acted_at is None


def test_one_press_does_it_as_the_reader_of_the_mail_whoever_is_signed_in(client, ana, ben, told, now):
    notice = told(ana, at=now)
    client.force_login(ben)

    answer = client.post(path_of(notice), follow=True)

    assert [(notice.pk, ana.pk, "")] == DONE
    assert "Goal: you said yes." in answer.content.decode()
    notice.refresh_from_db()
    assert notice.acted_at is not None
    assert notice.read_at is not None


def test_a_link_works_once_and_so_do_all_links_of_its_mail(client, ana, told, now):
    notice = told(ana, at=now)
    client.post(path_of(notice))

    for key in ("yes", "no"):
        page = client.post(path_of(notice, key), {"words": "Twice"}).content.decode()
        assert "You have answered" in page

    assert len(DONE) == 1


def test_an_act_that_asks_for_a_word_keeps_what_was_sent_without_it(client, ana, told, now):
    notice = told(ana, at=now)

    page = client.post(path_of(notice, "no"), {"words": " "})
    assert page.context["form"].errors["words"] == ["Write a sentence, so that they know."]
    client.post(path_of(notice, "no"), {"words": "I am away"})

    assert [(notice.pk, ana.pk, "I am away")] == DONE


@pytest.mark.parametrize(("what", "why"), [("Refused", "Ben was quicker."), ("Forbidden", "not yours to do")])
def test_what_the_room_refuses_is_told_and_leaves_the_link_good(client, ana, told, now, what, why):
    notice = told(ana, what, at=now)

    page = client.post(path_of(notice)).content.decode()

    assert why in page
    assert Notice.objects.get().acted_at is None
    assert chance_of(token_of(notice))


def test_a_link_is_over_after_fourteen_days(client, ana, told, time_machine):
    time_machine.move_to(THURSDAY, tick=False)
    path = path_of(told(ana))
    time_machine.move_to(THURSDAY + dt.timedelta(days=14), tick=False)
    assert "You say yes" in client.get(path).content.decode()

    time_machine.move_to(THURSDAY + dt.timedelta(days=14, seconds=1), tick=False)

    assert "This link no longer works" in client.post(path).content.decode()
    assert DONE == []


def test_a_link_is_over_when_what_it_asks_is_settled(client, ana, told, now):
    notice = told(ana, at=now)
    GONE.add("Goal")

    assert "This link no longer works" in client.post(path_of(notice)).content.decode()
    assert DONE == []


@pytest.mark.parametrize("left", ["inactive", "no post"])
def test_the_link_of_somebody_who_left_does_nothing(client, ana, told, now, left):
    path = path_of(told(ana, at=now))
    if left == "inactive":
        ana.is_active = False
        ana.save()
    else:
        ana.posts.all().delete()

    assert "This link no longer works" in client.post(path).content.decode()
    assert DONE == []


def test_a_link_that_was_changed_does_nothing(client, ana, ben, told, now):
    mine, other = told(ana, at=now), told(ben, at=now)
    [pk, *rest] = token_of(mine).split(":")

    for token in (token_of(other).split(":")[0] + ":" + ":".join(rest), pk, "x", token_of(mine)[:-1]):
        assert "This link no longer works" in client.post(f"/answers/{token}/").content.decode()
    assert DONE == []


def test_an_act_is_only_done_as_the_reader_of_the_notice(ana, ben, told, now):
    chance = chance_of(token_of(told(ana, at=now)))

    with pytest.raises(PermissionDenied), transaction.atomic():
        take(chance, by=ben)


def test_a_page_of_a_link_is_kept_by_nobody(client, ana, told, now):
    answer = client.get(path_of(told(ana, at=now)))

    assert "no-store" in answer["Cache-Control"]
    assert answer["Referrer-Policy"] == "same-origin"


def test_a_press_from_another_site_is_refused(ana, told, now):
    strict = Client(enforce_csrf_checks=True)

    assert strict.post(path_of(told(ana, at=now))).status_code == 403
    assert DONE == []


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_of_presses_at_the_same_moment_one_acts(ana, told, now):
    path, start, pages = path_of(told(ana, at=now)), threading.Barrier(6), []

    def press():
        start.wait()
        pages.append(Client().post(path).status_code)
        connection.close()

    threads = [threading.Thread(target=press) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(DONE) == 1
    assert sorted(set(pages)) == [200, 302]
