import datetime as dt

import pytest
from django.utils import timezone

from notices import registry
from notices.models import How, MailLimit, Notice, Preference, QuietHours


@pytest.fixture
def now():
    return timezone.now()


def listed(client, address="/inbox/"):
    return [notice.facts["what"] for notice in client.get(address).context["notices"]]


def test_the_inbox_lists_ones_own_notices_newest_first_from_their_moment_on(client, ana, ben, told, now):
    told(ana, "Goal", at=now - dt.timedelta(hours=2))
    told(ana, "Plan", at=now - dt.timedelta(hours=1))
    told(ana, "Later", at=now, due_at=now + dt.timedelta(hours=1))
    told(ben, "Bens")
    client.force_login(ana)

    assert listed(client) == ["Plan", "Goal"]


def test_what_no_longer_mattered_is_not_in_the_inbox(client, ana, told, now):
    told(ana, at=now)
    client.force_login(ana)
    assert listed(client) == ["Goal"]

    Notice.objects.update(dropped_at=now)

    assert listed(client) == []


def test_opening_a_notice_marks_it_read_and_leads_to_its_page(client, ana, told, now):
    notice = told(ana, at=now)
    client.force_login(ana)

    answer = client.post(f"/inbox/{notice.pk}/open/")

    assert answer.url == "/partnerships/1/"
    assert listed(client, "/inbox/?show=unread") == []
    assert listed(client) == ["Goal"]


def test_a_notice_is_put_away_and_brought_back(client, ana, told, now):
    notice = told(ana, at=now)
    client.force_login(ana)

    answer = client.post(f"/inbox/{notice.pk}/archive/", {"show": "unread"})
    assert answer.url == "/inbox/?show=unread"
    assert (listed(client), listed(client, "/inbox/?show=archived")) == ([], ["Goal"])
    client.post(f"/inbox/{notice.pk}/back/")

    assert listed(client) == ["Goal"]


def test_marking_all_as_read_leaves_others_and_what_is_yet_to_come(client, ana, ben, told, now):
    told(ana, at=now)
    told(ana, "Later", at=now, due_at=now + dt.timedelta(hours=1))
    told(ben, at=now)
    client.force_login(ana)

    client.post("/inbox/read/")

    assert list(Notice.objects.unread().values_list("person", flat=True).order_by("person")) == [ana.pk, ben.pk]


@pytest.mark.parametrize("action", ["open", "archive", "back"])
def test_a_notice_of_somebody_else_is_not_found(client, ana, ben, told, action):
    notice = told(ben)
    client.force_login(ana)

    assert client.post(f"/inbox/{notice.pk}/{action}/").status_code == 404
    assert client.get(f"/inbox/{notice.pk}/{action}/").status_code == 405


def test_older_notices_are_on_further_pages(client, ana, told, now):
    for n in range(60):
        told(ana, f"{n}", at=now - dt.timedelta(minutes=n // 3))
    client.force_login(ana)
    first = client.get("/inbox/").context

    second = listed(client, f"/inbox/?before={first['notices'][-1].pk}")

    assert first["more"]
    assert sorted(int(what) for what in [notice.facts["what"] for notice in first["notices"]] + second) == list(
        range(60)
    )


def test_the_inbox_shows_what_is_about_one_piece_of_work(client, ana, ben, told, now, monkeypatch):
    monkeypatch.setattr(registry, "THREADS", [lambda user: {"partnership:7": f"Try it, as {user} calls it"}])
    told(ana, "Goal", at=now, thread="partnership:7")
    told(ana, "Plan", at=now, thread="partnership:8")
    told(ben, "Bens", at=now, thread="partnership:7")
    client.force_login(ana)

    assert listed(client, "/inbox/?about=partnership:7") == ["Goal"]
    assert "about Try it, as Ana Ruiz calls it" in client.get("/inbox/?about=partnership:7").content.decode()
    assert listed(client, "/inbox/?about=partnership:7&show=archived") == []
    assert 'href="?show=all&amp;about=partnership:8"' in client.get("/inbox/").content.decode()


@pytest.mark.parametrize(
    "query",
    [
        "about=%00",
        "about=x",
        "about=partnership:9999999999999999999",
        "show=nonsense",
        "before=x",
        "before=-1",
        "before=9" + "9" * 30,
        "before=%00",
        "show=%ff",
    ],
)
def test_a_bad_query_still_shows_a_page(client, ana, query):
    client.force_login(ana)

    assert client.get(f"/inbox/?{query}").status_code == 200
    assert client.get(f"/outbox/?{query}").status_code == 200


def test_the_inbox_asks_the_same_number_of_questions_however_long_it_is(
    client, ana, told, now, django_assert_num_queries
):
    client.force_login(ana)
    for names in (["a"], ["b", "c"]):
        for name in names:
            told(ana, name, at=now)
        with django_assert_num_queries(5):
            client.get("/inbox/")


def test_preferences_are_kept_and_shown(client, ana):
    client.force_login(ana)

    client.post("/me/notices/", {"how_turn": "digest", "how_moved": "off", "how_must": "now"})

    assert dict(Preference.objects.values_list("kind", "how")) == {"turn": "digest", "moved": "off", "must": "now"}
    form = client.get("/me/notices/").context["form"]
    assert form["how_turn"].initial == How.DIGEST
    assert form.fixed == ["A date fell through"]


def test_a_choice_for_everything_goes_as_far_as_each_kind_leaves_it(client, ana):
    client.force_login(ana)

    client.post("/me/notices/", {"everything": "digest", "how_turn": "off", "how_moved": "off", "how_must": "now"})

    assert dict(Preference.objects.values_list("kind", "how")) == {"turn": "digest", "moved": "off", "must": "digest"}


def test_quiet_hours_are_kept_and_given_up_again(client, ana):
    choices = {"how_turn": "now", "how_moved": "now", "how_must": "now"}
    client.force_login(ana)

    client.post("/me/notices/", {**choices, "quiet_from": "20:00", "quiet_until": "07:15"})
    assert str(QuietHours.objects.get(person=ana)) == "20:00 to 07:15"
    client.post("/me/notices/", choices)

    assert not QuietHours.objects.exists()


@pytest.mark.parametrize(("given", "kept"), [("3", [3]), ("0", [0]), ("", [])])
def test_a_limit_of_mails_a_day_is_kept_and_given_up_again(client, ana, given, kept):
    MailLimit.objects.create(person=ana, a_day=5)
    client.force_login(ana)
    assert client.get("/me/notices/").context["form"]["a_day"].initial == 5

    client.post("/me/notices/", {"how_turn": "weekly", "how_moved": "now", "how_must": "weekly", "a_day": given})

    assert list(MailLimit.objects.values_list("a_day", flat=True)) == kept
    assert set(Preference.objects.exclude(kind="moved").values_list("how", flat=True)) == {How.WEEKLY}


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"how_turn": "never"}, "how_turn"),
        ({"how_must": "off"}, "how_must"),
        ({"how_moved": "digest"}, "how_moved"),
        ({"how_moved": "weekly"}, "how_moved"),
        ({"a_day": "many"}, "a_day"),
        ({"quiet_from": "20:00"}, "quiet_until"),
        ({"quiet_from": "20:00", "quiet_until": "20:00"}, "quiet_until"),
        ({"quiet_from": "late", "quiet_until": "07:00"}, "quiet_from"),
    ],
)
def test_a_choice_that_there_is_not_is_refused_at_its_field(client, ana, wrong, field):
    client.force_login(ana)

    answer = client.post("/me/notices/", {"how_turn": "digest", "how_moved": "now", "how_must": "now", **wrong})

    assert list(answer.context["form"].errors) == [field]
    assert not Preference.objects.exists()
