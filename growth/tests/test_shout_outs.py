"""Thanks is between two people until the one who is thanked agrees that others read it."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from growth.models import ShoutOut
from growth.services.shout_outs import keep_between_us, show_to_all, thank
from notices.models import Notice
from notices.registry import KINDS


@pytest.fixture
def thanks(ana, ben):
    return thank(ben, by=ana, words="You gave me your unit on fractions, and I slept.")


def readers(shout_out, *people):
    return [p.name for p in people if ShoutOut.objects.visible_to(p).filter(pk=shout_out.pk).exists()]


def told(kind):
    return [str(notice.person) for notice in Notice.objects.filter(kind=kind)]


def test_until_the_one_who_is_thanked_agrees_only_the_two_read_it(
    thanks, ana, ben, stranger, principal, admin, operator
):
    everyone = (ana, ben, stranger, principal, admin, operator)
    assert readers(thanks, *everyone) == ["Ana Ruiz", "Ben Okafor"]

    show_to_all(thanks, by=ben)

    assert readers(thanks, *everyone) == [person.name for person in everyone if person != operator]


@pytest.mark.parametrize("who", ["ana", "ben"])
def test_both_may_take_it_back(thanks, ana, ben, stranger, who):
    show_to_all(thanks, by=ben)
    thanks.refresh_from_db()

    keep_between_us(thanks, by={"ana": ana, "ben": ben}[who])

    assert readers(thanks, ana, ben, stranger) == ["Ana Ruiz", "Ben Okafor"]


def test_what_its_writer_took_back_is_not_shown_again(thanks, ana, ben, stranger):
    show_to_all(thanks, by=ben)
    keep_between_us(thanks, by=ana)

    with pytest.raises(PermissionDenied):
        show_to_all(thanks, by=ben)


def test_whoever_kept_it_may_change_their_mind(thanks, ben, stranger):
    keep_between_us(thanks, by=ben)
    show_to_all(thanks, by=ben)

    assert readers(thanks, stranger) == ["Sam Stranger"]


@pytest.mark.parametrize("who", ["ana", "stranger", "principal"])
def test_nobody_else_agrees_for_the_one_who_is_thanked(thanks, who, request):
    with pytest.raises(PermissionDenied):
        show_to_all(thanks, by=request.getfixturevalue(who))


def test_nobody_thanks_themselves(ana):
    with pytest.raises(PermissionDenied):
        thank(ana, by=ana, words="Well done")
    with pytest.raises(IntegrityError), transaction.atomic():
        ShoutOut.objects.create(author=ana, to=ana, words="Well done", made_at=timezone.now())


def test_the_one_who_is_thanked_is_told_without_the_words_and_no_more_once_it_is_decided(thanks, ben):
    notice = Notice.objects.get(kind="shout_out")
    assert (notice.person, notice.subject) == (ben, "Ana Ruiz thanks you")
    assert "fractions" not in notice.sentence
    assert KINDS["shout_out"].still_due(notice)

    keep_between_us(thanks, by=ben)

    assert not KINDS["shout_out"].still_due(notice)
    assert told("shout_out_shown") == []


def test_the_writer_is_told_of_a_yes_once(thanks, ben):
    for _ in range(2):
        show_to_all(thanks, by=ben)

    assert told("shout_out_shown") == ["Ana Ruiz"]


def test_a_shout_out_from_the_form_to_the_list(client, ana, ben, stranger):
    client.force_login(ana)
    answer = client.post("/shout-outs/new/", {"to": "Ben", "words": "You covered my class."})
    path = answer.url

    client.force_login(stranger)
    assert client.get(path).status_code == 404
    client.force_login(ben)
    assert "You decide about these" in client.get("/shout-outs/").content.decode()
    client.post(path, {"show": "1"})

    client.force_login(stranger)
    assert "You covered my class." in client.get("/shout-outs/").content.decode()
    assert client.post(path, {"keep": "1"}).status_code == 403


def test_what_was_typed_stays_when_the_colleague_is_not_found(client, ana):
    client.force_login(ana)

    page = client.post("/shout-outs/new/", {"to": "Nobody Here", "words": "You covered my class."})

    assert "Nobody on the staff is called" in page.content.decode()
    assert "You covered my class." in page.content.decode()


def test_the_list_asks_the_same_however_long_it_is(client, ana, ben, stranger, django_assert_num_queries):
    client.force_login(ben)
    for number in (1, 2):
        for _ in range(number):
            show_to_all(thank(ben, by=ana, words="Thank you"), by=ben)
            thank(ben, by=stranger, words="Thank you")
            thank(ana, by=ben, words="Thank you")
        with django_assert_num_queries(7):
            client.get("/shout-outs/")
