import threading
import uuid

import pytest
from django.db import connections
from django.http import HttpResponse
from django.shortcuts import redirect

from people.models import Expertise, Press
from people.once import forget_presses, sent_once


@pytest.fixture
def tick(ana):
    """A view that makes a row each time it is let through."""

    @sent_once
    def view(request):
        if request.POST.get("wrong"):
            return HttpResponse("wrong")
        Expertise.objects.create(user=ana, kind="can_show", topic=uuid.uuid4().hex)
        return redirect("/made/")

    return view


def test_a_form_that_is_sent_twice_acts_once_and_leads_to_the_same_page(tick, rf):
    token = str(uuid.uuid4())

    answers = [tick(rf.post("/", {"once": token})) for _ in range(2)]

    assert [answer.url for answer in answers] == ["/made/", "/made/"]
    assert Expertise.objects.count() == 1


def test_a_form_that_came_back_with_errors_can_be_sent_again(tick, rf):
    token = str(uuid.uuid4())

    tick(rf.post("/", {"once": token, "wrong": "yes"}))
    tick(rf.post("/", {"once": token}))

    assert Expertise.objects.count() == 1


@pytest.mark.parametrize("token", ["", "nonsense", "1" * 5000])
def test_a_mark_that_is_none_is_passed_over(tick, rf, token):
    tick(rf.post("/", {"once": token}))

    assert Expertise.objects.count() == 1
    assert not Press.objects.exists()


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_of_presses_at_one_moment_one_acts(tick, rf):
    token, led_to = str(uuid.uuid4()), []
    start = threading.Barrier(8)

    def press():
        start.wait()
        led_to.append(tick(rf.post("/", {"once": token})).url)
        connections.close_all()

    threads = [threading.Thread(target=press) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert led_to == ["/made/"] * 8
    assert Expertise.objects.count() == 1


def test_presses_are_forgotten_after_two_days(db, time_machine):
    time_machine.move_to("2026-11-01 12:00Z")
    Press.objects.create(token=uuid.uuid4())
    time_machine.move_to("2026-11-04 12:00Z")
    Press.objects.create(token=uuid.uuid4())

    forget_presses()

    assert Press.objects.count() == 1
