"""Cover is approved, returned, taken and refused straight from the mail: the services' own rules hold."""

import pytest

from notices.acts import act_of
from notices.links import answer_url
from notices.models import Notice
from observations.models import Coverage, Swap
from observations.services import coverage as cover
from observations.services import swaps


def press(client, person, kind, key, **data):
    notice = Notice.objects.filter(kind=kind, person=person).latest("pk")
    path = answer_url(notice, act_of(notice, key)).removeprefix("http://localhost:8000")
    return client.get(path).content.decode(), client.post(path, data, follow=True).content.decode()


@pytest.fixture
def asked(principal, office, ask):
    return ask()


@pytest.fixture
def named(asked, principal, ben):
    cover.approve_cover(asked, by=principal, coverer=ben)
    return asked


def state(coverage):
    return Coverage.objects.get(pk=coverage.pk).state


def test_cover_is_approved_from_the_mail(client, asked, principal):
    shown, said = press(client, principal, "coverage_asked", "approve")

    assert "You approve cover for Ana Ruiz: Grade 4 math" in shown
    assert "Approved. Ana Ruiz is told." in said
    assert (state(asked), Coverage.objects.get(pk=asked.pk).decided_by) == ("approved", principal)


def test_cover_is_returned_from_the_mail_with_a_reason_and_not_without(client, asked, principal):
    press(client, principal, "coverage_asked", "return")
    assert state(asked) == "asked"

    press(client, principal, "coverage_asked", "return", words="The exam is that day")

    assert (state(asked), Coverage.objects.get(pk=asked.pk).reason) == ("returned", "The exam is that day")


def test_whoever_is_named_says_yes_from_the_mail(client, named, ben):
    press(client, ben, "coverage_yours", "yes")

    assert state(named) == "confirmed"


def test_whoever_is_named_says_no_from_the_mail(client, named, ben):
    _, said = press(client, ben, "coverage_yours", "no")

    assert "They are told." in said
    assert (state(named), Coverage.objects.get(pk=named.pk).coverer) == ("approved", None)


def test_a_swap_is_taken_from_the_mail(client, named, ben, stranger):
    swaps.ask_to_swap(named, by=ben, asked=stranger)

    press(client, stranger, "swap_asked", "yes")

    assert Coverage.objects.get(pk=named.pk).coverer == stranger
    assert Swap.objects.get().answer == "accepted"


def test_a_request_that_was_withdrawn_is_not_answered(client, asked, principal, ana):
    cover.withdraw_cover(asked, by=ana)

    shown, _ = press(client, principal, "coverage_asked", "approve")

    assert "This link no longer works" in shown
    assert state(asked) == "withdrawn"


def test_a_principal_who_left_the_post_decides_nothing(client, asked, principal):
    principal.posts.update(role="teacher")

    _, said = press(client, principal, "coverage_asked", "approve")

    assert "this is not yours to do" in said
    assert state(asked) == "asked"
