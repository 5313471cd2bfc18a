"""A substitute's day by a signed link, and the mail that brings it."""

import datetime as dt

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile

from notices.models import Notice
from observations.day_links import day_path, read_link
from observations.models import Coverage, Substitute, SubstituteLetter, SubstituteTime
from observations.services import coverage as cover
from observations.services import letters as posting
from observations.services.letters import send_letters
from observations.services.substitutes import save_substitute
from schedule.services import create_event

from .conftest import DAY, NOW
from .knocking import get, said

SOON = NOW + dt.timedelta(minutes=3)


@pytest.fixture
def make_sub(school):
    def make(name="Sue Sub", email="sue@subs.example"):
        sub = Substitute.objects.create(name=name, email=email)
        sub.schools.add(school)
        SubstituteTime.objects.bulk_create(SubstituteTime(substitute=sub, weekday=day) for day in range(5))
        return sub

    return make


@pytest.fixture
def sub(make_sub):
    return make_sub()


@pytest.fixture
def named(ask, principal, sub):
    """Ana's class, given to the substitute."""
    one = ask(note="Page 30")
    cover.approve_cover(one, by=principal, substitute=sub)
    return Coverage.objects.get(pk=one.pk)


def letters():
    return [(letter.to, letter.subject) for letter in mail.outbox]


def test_the_page_shows_the_classes_of_that_day_and_no_more(named, ask, ben, principal, sub, make_sub, client):
    other = ask(by=ben, class_name="Of somebody else")
    cover.approve_cover(other, by=principal, substitute=make_sub("Other Sub", "other@subs.example"))
    tomorrow = ask(by=ben, day=DAY + dt.timedelta(days=1), class_name="Tomorrow's")
    cover.approve_cover(tomorrow, by=principal, substitute=sub)

    answer = client.get(day_path(sub, DAY))
    text = said(answer)

    for words in ("10:05 to 10:50", "Grade 4 math", "Room 12", "Ana Ruiz", "Page 30", "I will be there"):
        assert words in text
    assert "Of somebody else" not in text
    assert "Tomorrow" not in text
    assert answer["X-Robots-Tag"] == "noindex, nofollow"
    assert "no-store" in answer["Cache-Control"]
    assert answer["Referrer-Policy"] == "no-referrer"


def test_nothing_of_the_purpose_or_of_partners_is_shown(ask, ana, ben, principal, sub, client):
    ten = dt.datetime(2027, 3, 11, 15, tzinfo=dt.UTC)
    event = create_event(
        by=ana, kind="observation", title="PURPOSE: observation", starts_at=ten, people=[ana, ben],
        ends_at=ten + dt.timedelta(hours=1), thread="partnership:1", path="/partnerships/1/", place="PLACE",
    )  # fmt: skip
    one = Coverage.objects.filter(event=event, asker=ana).first() or ask(event=event)
    Coverage.objects.filter(pk=one.pk).update(state="assigned", substitute=sub)

    text = said(client.get(day_path(sub, DAY)))

    assert "Ana Ruiz" in text
    for words in ("PURPOSE", "PLACE", "Ben Okafor", "/partnerships/", "/events/"):
        assert words not in text


def test_the_link_ends_with_the_day_and_a_little(named, sub):
    token = day_path(sub, DAY).split("/")[2]

    assert read_link(token, at=dt.datetime(2027, 3, 12, 10, 59, tzinfo=dt.UTC)) == (sub, DAY)  # 5:59 in New York
    assert read_link(token, at=dt.datetime(2027, 3, 12, 11, tzinfo=dt.UTC)) is None


def test_a_link_that_was_changed_opens_nothing(named, sub, make_sub, client):
    path = day_path(sub, DAY)
    other = make_sub("Other Sub", "other@subs.example")
    pk, day, signed = path.split("/")[2].split("-", 2)
    assert client.get(path).status_code == 200

    for token in (
        f"{other.pk}-{day}-{signed}",
        f"{pk}-20270312-{signed}",
        f"{pk}-{day}-{signed[:-1]}",
        f"{pk}-{day}-",
        f"{pk}-{day}",
        f"{10**30}-{day}-{signed}",
        f"{pk}-00000000-{signed}",
        "x",
    ):
        answer = client.get(f"/cover/{token}/")
        assert answer.status_code == 404
        assert "Grade 4" not in said(answer)
        assert client.post(f"/cover/{token}/", {"seen": named.pk}).status_code == 404
    assert Coverage.objects.get(pk=named.pk).state == "assigned"


def test_a_corrected_address_ends_the_old_link_and_so_does_leaving(named, sub, client):
    path = day_path(sub, DAY)

    Substitute.objects.filter(pk=sub.pk).update(email="right@subs.example")
    assert client.get(path).status_code == 404

    sub.refresh_from_db()
    assert client.get(day_path(sub, DAY)).status_code == 200
    Substitute.objects.filter(pk=sub.pk).update(ended_on=DAY - dt.timedelta(days=1))
    assert client.get(day_path(sub, DAY)).status_code == 404


def test_i_will_be_there_confirms_what_was_seen(named, ask, ana, ben, principal, sub, client):
    late = ask(by=ben, starts=dt.time(13), ends=dt.time(14))
    cover.approve_cover(late, by=principal, substitute=sub)

    client.post(day_path(sub, DAY), {"seen": [named.pk]})

    assert Coverage.objects.get(pk=named.pk).state == "confirmed"
    assert Coverage.objects.get(pk=late.pk).state == "assigned"
    assert Notice.objects.filter(person=ana, kind="coverage_confirmed").count() == 1
    text = said(client.get(day_path(sub, DAY)))
    assert "You said yes" in text
    assert "1 of these is new" in text
    client.post(day_path(sub, DAY), {"seen": [named.pk, "x", 10**30]})
    assert Notice.objects.filter(person=ana, kind="coverage_confirmed").count() == 1


def test_a_substitute_confirms_nothing_of_others(named, ask, ben, principal, sub, make_sub, client):
    other = make_sub("Other Sub", "other@subs.example")

    client.post(day_path(other, DAY), {"seen": [named.pk]})

    assert Coverage.objects.get(pk=named.pk).state == "assigned"


def test_the_lesson_plan_is_read_under_the_same_link(named, sub, make_sub, client):
    Coverage.objects.filter(pk=named.pk).update(plan_name="plan.pdf")
    one = Coverage.objects.get(pk=named.pk)
    one.plan.save("plan.pdf", SimpleUploadedFile("plan.pdf", b"%PDF Page 30"))
    path = day_path(sub, DAY)

    answer = client.get(f"{path}plan/{named.pk}/")

    assert answer.getvalue() == b"%PDF Page 30"
    assert answer["Content-Disposition"] == 'attachment; filename="plan.pdf"'
    assert "sandbox" in answer["Content-Security-Policy"]
    assert f"{path}plan/{named.pk}/" in said(client.get(path))
    other = day_path(make_sub("Other Sub", "other@subs.example"), DAY)
    assert client.get(f"{other}plan/{named.pk}/").status_code == 404
    one.plan.delete(save=True)
    assert client.get(f"{path}plan/{named.pk}/").status_code == 404


def test_who_is_named_is_mailed_the_link_once_for_the_day(named, ask, ben, principal, sub, client):
    also = ask(by=ben, starts=dt.time(13), ends=dt.time(14), class_name="Grade 5")
    cover.approve_cover(also, by=principal, substitute=sub)

    assert send_letters(at=NOW) == 0  # what else is given in these minutes joins it
    assert send_letters(at=SOON) == 1
    assert send_letters(at=SOON + dt.timedelta(hours=1)) == 0

    (letter,) = mail.outbox
    assert letters() == [(["sue@subs.example"], "Can you cover on Thu 11 March?")]
    for body in (letter.body, letter.alternatives[0].content):
        assert "10:05 to 10:50: Grade 4 math, Room 12, Maple Grove Elementary, for Ana Ruiz" in body
        assert "Grade 5" in body
        assert "Page 30" not in body
        assert day_path(sub, DAY) in body
    assert client.get(day_path(sub, DAY)).status_code == 200


def test_who_was_called_and_said_yes_is_not_asked_again(named, principal):
    cover.confirm_cover(named, by=principal)

    send_letters(at=SOON)

    assert letters() == [(["sue@subs.example"], "You cover on Thu 11 March")]
    assert "say that you will be there" not in mail.outbox[0].body


def test_a_change_is_mailed_and_one_that_was_undone_is_not(named, ana, ben, principal, sub, stranger):
    send_letters(at=SOON)
    cover.name_coverer(named, by=principal, coverer=stranger)
    cover.name_coverer(named, by=principal, substitute=sub)
    send_letters(at=SOON + dt.timedelta(hours=1))
    assert len(mail.outbox) == 1

    cover.withdraw_cover(named, by=ana)
    send_letters(at=SOON + dt.timedelta(hours=2))

    assert letters()[1] == (["sue@subs.example"], "You are not needed on Thu 11 March")
    assert "/cover/" not in mail.outbox[1].body


def test_a_corrected_address_is_mailed_the_days_to_come(named, office, school, sub):
    send_letters(at=SOON)
    facts = {"name": sub.name, "schools": [school], "weekly": [(3, dt.time(7), dt.time(17))]}

    save_substitute(sub, by=office, email="right@subs.example", **facts)
    send_letters(at=SOON)
    save_substitute(sub, by=office, email="right@subs.example", **facts)
    send_letters(at=SOON)

    subject = "Can you cover on Thu 11 March?"
    assert letters() == [(["sue@subs.example"], subject), (["right@subs.example"], subject)]


def test_the_sheet_says_what_became_of_the_mail(named, sub, office, client):
    address = f"/coverage/day/?day={DAY}"
    assert "goes to sue@subs.example in a minute" in get(client, office, address)[1]
    send_letters(at=SOON)
    mailed = SubstituteLetter.objects.get()

    SubstituteLetter.objects.create(substitute=sub, day=DAY, next_at=SOON, dropped_at=SOON)
    assert "was mailed to sue@subs.example" in get(client, office, address)[1]

    SubstituteLetter.objects.filter(pk=mailed.pk).update(sent_at=None, failed_at=SOON)
    assert "The mail to sue@subs.example failed" in get(client, office, address)[1]


def test_who_was_never_told_is_not_told_that_they_need_not(named, ana):
    cover.withdraw_cover(named, by=ana)

    assert send_letters(at=SOON) == 0
    assert SubstituteLetter.objects.get().dropped_at


def test_without_an_address_no_letter_waits(ask, principal, make_sub):
    cover.approve_cover(ask(), by=principal, substitute=make_sub("No Mail", ""))

    assert not SubstituteLetter.objects.exists()


def test_a_change_while_the_mail_is_on_its_way_is_mailed_as_well(named, ask, ben, principal, sub, monkeypatch):
    late = ask(by=ben, starts=dt.time(13), ends=dt.time(14), class_name="Grade 5")

    def meanwhile(letter):
        monkeypatch.undo()
        cover.approve_cover(late, by=principal, substitute=sub)
        return mail_of(letter)

    mail_of = posting.mail_of
    monkeypatch.setattr(posting, "mail_of", meanwhile)
    send_letters(at=SOON)
    send_letters(at=SOON + dt.timedelta(minutes=5))

    assert ["Grade 5" in letter.body for letter in mail.outbox] == [False, True]


def test_what_waits_is_dropped_when_the_day_is_over(named):
    assert send_letters(at=dt.datetime(2027, 3, 13, tzinfo=dt.UTC)) == 0
    assert SubstituteLetter.objects.get().dropped_at


def test_the_office_copies_the_link(named, office, sub, client):
    assert day_path(sub, DAY) in get(client, office, "/coverage/day/?day=2027-03-11")[1]


def test_the_link_stays_out_of_logs(named, sub, settings):
    path = day_path(sub, DAY)

    logged = settings.SECRETS_IN_PATHS.sub(r"\1[secret]", f"Internal Server Error: {path}")

    assert logged == "Internal Server Error: /cover/[secret]/"
