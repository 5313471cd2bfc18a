"""Lists, invitations, changes and refusals, as people meet them."""

import pytest
from django.contrib.messages import get_messages

from partnerships.models import HelpRequest, Member, Partnership
from partnerships.services.members import accept, call_for_partners, invite
from partnerships.services.requests import ask_for_help
from partnerships.services.starting import start
from people.models import Role


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("query", ["", "?show=schools"])
def test_the_list_asks_six_questions_however_long_it_is(
    count, query, support, ana, ben, facilitator, client, django_assert_max_num_queries
):
    for _ in range(count):
        accept(invite(start(support, by=ana), by=ana, person=ben), by=ben)
    client.force_login(facilitator if query else ana)

    with django_assert_max_num_queries(6):
        page = client.get(f"/partnerships/{query}").content.decode()

    assert page.count("<article") == count


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_of_calls_is_flat(count, support, ana, ben, client, django_assert_max_num_queries):
    for _ in range(count):
        call_for_partners(start(support, by=ana), by=ana, words="Who joins me?")
    client.force_login(ben)

    with django_assert_max_num_queries(6):
        page = client.get("/calls/").content.decode()

    assert page.count("Who joins me?") == count


@pytest.mark.parametrize("count", [1, 3])
def test_the_queue_is_flat(count, support, ana, facilitator, client, django_assert_max_num_queries):
    for _ in range(count):
        start(support, by=ana)
        ask_for_help(support, by=ana, wish="partner", words="Anyone?")
    Partnership.objects.get(pk=start(support, by=ana).pk).steps.update(due_on="2020-01-01")
    client.force_login(facilitator)

    with django_assert_max_num_queries(7):
        page = client.get("/help-requests/").content.decode()

    assert page.count("“Anyone?”") == count


def test_a_long_list_goes_on_behind_its_last_row(support, ana, client, monkeypatch):
    monkeypatch.setattr("partnerships.reads.listing.ROWS", 2)
    made = [start(support, by=ana) for _ in range(3)]
    client.force_login(ana)

    first = client.get("/partnerships/")
    second = client.get(f"/partnerships/?after={first.context['more']}")

    seen = [row["partnership"].pk for page in (first, second) for row in page.context["rows"]]
    assert seen == [partnership.pk for partnership in reversed(made)]
    assert second.context["more"] == ""


@pytest.mark.parametrize(
    "query",
    ["?after=x", f"?after={'9' * 40}-1", f"?after=1-{'9' * 40}", "?state=nonsense", "?show=schools", "?page=\x00"],
)
def test_a_bad_query_string_is_passed_over(query, ana, work, client):
    client.force_login(ana)

    assert client.get(f"/partnerships/{query}").status_code == 200


def test_principals_see_that_work_exists_and_teachers_see_their_own(work, principal, stranger, cleo, client):
    client.force_login(principal)
    assert "Ana Ruiz and Ben Okafor" in client.get("/partnerships/?show=schools").content.decode()
    for person in (stranger, cleo):
        client.force_login(person)
        assert "Ana Ruiz" not in client.get("/partnerships/?show=schools").content.decode()
        assert client.get(work.get_absolute_url()).status_code == 404


def test_an_invitation_is_accepted_with_a_self_assessment(support, ana, cleo, client):
    member = invite(start(support, by=ana), by=ana, person=cleo)
    client.force_login(cleo)
    assert "Ana Ruiz invites you" in client.get(f"/invitations/{member.pk}/").content.decode()

    client.post(f"/invitations/{member.pk}/", {"action": "accept", "level": "2"})

    member.refresh_from_db()
    assert member.state == Member.State.ACTIVE


def test_an_invitation_that_was_taken_back_says_so(support, ana, cleo, ben, client):
    member = invite(start(support, by=ana), by=ana, person=cleo)
    client.force_login(ana)
    client.post(f"/invitations/{member.pk}/take-back/")
    client.force_login(cleo)

    answer = client.get(f"/invitations/{member.pk}/")
    client.post(f"/invitations/{member.pk}/", {"action": "accept"})

    assert "no longer open" in answer.content.decode()
    member.refresh_from_db()
    assert member.state == Member.State.DECLINED
    client.force_login(ben)
    assert client.get(f"/invitations/{member.pk}/").status_code == 404


@pytest.mark.parametrize("way", ["leads", "is asked"])
def test_a_principal_is_nobodys_partner_at_her_own_school(way, support, ana, principal, client):
    first, second = (principal, ana) if way == "leads" else (ana, principal)
    partnership = start(support, by=first)
    client.force_login(first)

    page = client.post(f"/partnerships/{partnership.pk}/manage/invite/", {"colleague": second.email})

    assert "peers are not bosses" in page.content.decode()
    assert partnership.members.count() == 1


def test_a_call_is_read_by_the_staff_and_joined(support, ana, cleo, client):
    partnership = start(support, by=ana)
    client.force_login(ana)
    client.post(f"/partnerships/{partnership.pk}/manage/call/", {"words": "Who reads with me?"})
    client.force_login(cleo)
    assert "Who reads with me?" in client.get("/calls/").content.decode()

    client.post(f"/calls/{partnership.pk}/join/")

    assert partnership.members.get(person=cleo).state == Member.State.ACTIVE
    assert "Who reads with me?" not in client.get("/calls/").content.decode()


def test_a_newcomer_without_a_post_reads_no_calls(support, ana, person, client):
    call_for_partners(start(support, by=ana), by=ana, words="Who reads with me?")
    client.force_login(person("Nora Newcomer"))

    assert "Who reads" not in client.get("/calls/").content.decode()


@pytest.mark.parametrize(
    ("what", "data", "status"),
    [("withdraw", {"reason": "The year is full."}, "cancelled"), ("lead", {}, "active"), ("leave", {}, "active")],
)
def test_changes_ask_once_and_refuse_those_who_may_not(what, data, status, work, ana, ben, principal, client):
    path = f"/partnerships/{work.pk}/manage/{what}/"
    client.force_login(principal)
    assert client.post(path, data).status_code == 403
    client.force_login(ben if what == "leave" else ana)
    assert client.get(path).status_code == 200

    client.post(path, data | ({"to": ben.pk} if what == "lead" else {}))

    work.refresh_from_db()
    assert work.status == status
    assert {m.person_id: (m.part, m.state) for m in work.members.all()}[ben.pk] == {
        "withdraw": ("partner", "active"),
        "lead": ("lead", "active"),
        "leave": ("partner", "left"),
    }[what]


def test_a_timeline_that_ends_before_it_begins_is_refused_at_the_field(work, ana, client):
    client.force_login(ana)

    page = client.post(f"/partnerships/{work.pk}/timeline/", {"starts_on": "2026-03-12", "ends_on": "2026-03-01"})

    assert "ends_on" in page.context["form"].errors


def test_starting_from_the_menu_begins_and_a_request_is_filed(support, ana, facilitator, client):
    client.force_login(ana)
    client.post("/start/try-it/")
    assert Partnership.objects.of(ana).count() == 1
    support.begins = "request"
    support.save()

    client.post("/start/try-it/", {"words": "A walk in March?"})

    assert HelpRequest.objects.get().words == "A walk in March?"
    support.begins = "take"
    support.save()
    assert client.get("/start/try-it/").status_code == 404


def test_a_facilitator_gathers_requests_and_others_do_not(support, ana, ben, facilitator, client):
    asked = [ask_for_help(support, by=person, wish="partner", words="Anyone?") for person in (ana, ben)]
    client.force_login(ben)
    assert client.post("/help-requests/gather/", {"requests": [r.pk for r in asked]}).status_code == 403
    client.force_login(facilitator)
    assert "Tick the requests" in client.post("/help-requests/gather/", {}).content.decode()

    client.post("/help-requests/gather/", {"requests": [r.pk for r in asked]})

    made = Partnership.objects.get()
    assert {(m.person, m.part) for m in made.members.all()} == {(ana, "lead"), (ben, "partner")}


def test_a_request_is_answered_once_and_read_by_its_asker_alone(support, ana, ben, facilitator, client):
    asked = ask_for_help(support, by=ana, wish="partner", words="Anyone?")
    client.force_login(facilitator)
    client.post(f"/help-requests/{asked.pk}/answer/", {f"{asked.pk}-answer": "Ask Cleo."})
    again = client.post(f"/help-requests/{asked.pk}/answer/", {f"{asked.pk}-answer": "Or Ben."})
    assert "closed already" in str(next(iter(get_messages(again.wsgi_request)), "")) or again.status_code == 302
    client.force_login(ana)
    assert "Ask Cleo." in client.get("/help-requests/").content.decode()

    client.force_login(ben)

    assert "Ask Cleo." not in client.get("/help-requests/").content.decode()
    assert client.post(f"/help-requests/{asked.pk}/withdraw/").status_code == 404


def test_stalled_work_is_shown_to_its_facilitator_without_words(work, ana, school, other_school, person, client):
    work.plan.__class__.objects.update(goal="A private-sounding goal.")
    work.steps.update(due_on="2020-01-01")
    ours, theirs = person("Fred Ours", Role.FACILITATOR, school), person("Gil Theirs", Role.FACILITATOR, other_school)
    client.force_login(ours)
    page = client.get("/help-requests/").content.decode()
    assert "Ana Ruiz, Ben Okafor" in page
    assert "private-sounding" not in page

    client.force_login(theirs)

    assert "Ana Ruiz" not in client.get("/help-requests/").content.decode()


def test_the_thread_is_the_members_own(work, ana, ben, stranger, client):
    client.force_login(ana)
    client.post(f"/partnerships/{work.pk}/messages/", {"body": "Thursday?"})
    client.force_login(ben)
    assert "Thursday?" in client.get(f"/partnerships/{work.pk}/messages/").content.decode()

    client.force_login(stranger)

    assert client.get(f"/partnerships/{work.pk}/messages/").status_code == 404
