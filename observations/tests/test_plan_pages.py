import datetime as dt

import pytest

from observations.models import CoverOffer, Substitute, SubstituteTime, WalkPlan, WalkSearch, WalkVisit
from observations.services.searching import look_for_plans
from observations.tasks import look_for_plans as task

from .conftest import DAY, NOW


@pytest.fixture
def page(client, facilitator, draft):
    """A factory of pages of the plan: page() is the draft's, page("look/") asks the planner."""
    client.force_login(facilitator)
    return lambda path="", **sent: (
        client.post(f"/walks/{draft.walk_id}/plan/{path}", sent)
        if sent
        else client.get(f"/walks/{draft.walk_id}/plan/{path}")
    )


@pytest.fixture
def change(page):
    """Send a change of the draft as it is now: change("off", host=3, minute=570)."""
    return lambda act, **sent: page("change/", act=act, version=WalkPlan.objects.get().version, **sent)


def text(response):
    return " ".join(response.content.decode().split())


def asked(page, walkers, host, second_host, **more):
    return page(
        "look/", first=DAY, last=DAY + dt.timedelta(days=1), half="", visitors=[one.pk for one in walkers],
        hosts=[host.pk, second_host.pk], visit_minutes=15, least=1, most=2, team_least=2, team_most=4,
        pre_brief_minutes=15, debrief_minutes=20, meeting_room="Library", **more,
    )  # fmt: skip


def test_from_the_question_to_the_draft(page, client, walkers, host, second_host):
    WalkPlan.objects.all().delete()
    response = asked(page, walkers, host, second_host)
    search = WalkSearch.objects.latest("pk")
    assert response.url == search.get_absolute_url()
    assert "It waits for its turn" in text(client.get(response.url))

    look_for_plans()

    shown = text(client.get(response.url))
    assert "The 2 best half days" in shown
    assert shown.count("Proven: no plan for this half day costs less.") == 2
    assert shown.count("Everybody can come.") == 2

    assert client.post(f"{search.get_absolute_url()}choose/", {"number": "0"}).url == page().wsgi_request.path
    assert WalkPlan.objects.get().search == search


def test_progress_is_on_the_page_after_a_reload(page, client, walkers, host, second_host):
    url = asked(page, walkers, host, second_host).url
    WalkSearch.objects.filter(done_at=None).update(claimed_at=dt.datetime.now(dt.UTC), done_steps=3, all_steps=12)

    for _ in range(2):
        assert "3 of 12 half days are looked at" in text(client.get(url))


def test_wishes_that_stand_against_each_other_are_on_the_page(page, client):
    search = WalkSearch.objects.get()
    WalkSearch.objects.update(conflict=["Ana wants five visits.", "Hanna takes two."])

    shown = text(client.get(search.get_absolute_url()))

    assert "<li>Ana wants five visits.</li><li>Hanna takes two.</li>" in shown


def test_what_was_typed_stands_there_when_it_cannot_be(page, walkers, host, second_host):
    response = page("look/", first=DAY, last=DAY, visitors=[walkers[0].pk], hosts=[host.pk], visit_minutes=40)

    assert response.status_code == 200
    assert 'value="40"' in text(response)


def test_somebody_makes_more_visits_than_the_others(page, walkers, host, second_host):
    ana, ben, cleo, dora = (one.pk for one in walkers)

    asked(
        page, walkers, host, second_host, **{f"least_{ana}": 2, f"most_{ben}": 1, f"least_{dora}": 1, f"most_{dora}": 2}
    )

    search = WalkSearch.objects.latest("pk")
    assert search.apart == {str(ana): [2, 2], str(ben): [1, 1], str(dora): [1, 2]}
    look_for_plans()
    (found, *_) = WalkSearch.objects.get(pk=search.pk).found
    counted = {one: sum(one in team for _, _, team in found["plan"]["visits"]) for one in (ana, ben, cleo, dora)}
    assert (counted[ana], counted[ben]) == (2, 1)


def test_fewer_visits_than_at_least_are_refused_for_one_too(page, walkers, host, second_host):
    ana = walkers[0].pk

    response = asked(page, walkers, host, second_host, **{f"least_{ana}": 3, f"most_{ana}": 2})

    assert "This is less than “Ana Ruiz, at least”." in text(response)
    assert '<details class="plain-fold" open>' in text(response)


def test_the_plan_holds_everybody_to_their_own_visits(page, draft, walkers):
    draft.search.apart = {str(walkers[0].pk): [2, 2]}
    draft.search.save()

    assert "Ana Ruiz has 1 of at least 2 visits." in text(page())


def test_a_change_shows_what_stands_against_it_and_what_it_costs(page, change, host, second_host):
    assert "Nothing. It can be published." in text(page())

    change("off", host=host.pk, minute=570)

    shown = text(page())
    assert "Ana Ruiz has 0 of at least 1 visits." in shown
    assert "/plan/publish/" not in shown

    change("add", team=0, host=second_host.pk, starts="10:30")
    assert "Nothing. It can be published." in text(page())


def test_every_control_changes_the_draft(page, change, host, second_host, walkers):
    ana, ben, cleo, dora = (one.pk for one in walkers)

    change("pin", host=host.pk, minute=570)
    assert WalkPlan.objects.get().pins == [[ana, host.pk, 570], [ben, host.pk, 570]]
    change("visit", host=host.pk, minute=570, starts="09:33", who=[ana, ben])
    assert WalkPlan.objects.get().plan["visits"][0] == [host.pk, 573, [ana, ben]]
    assert WalkPlan.objects.get().pins == [[ana, host.pk, 573], [ben, host.pk, 573]]
    change("unpin", host=host.pk, minute=573)
    change("forbid", host=second_host.pk, minute=610)
    row = WalkPlan.objects.get()
    assert (row.pins, row.forbids) == ([], [[cleo, second_host.pk, None], [dora, second_host.pk, None]])
    change("allow", who=cleo, host=second_host.pk)
    assert WalkPlan.objects.get().forbids == [[dora, second_host.pk, None]]
    change("team", who=cleo, team=0)
    row = WalkPlan.objects.get()
    assert (row.plan["teams"], row.plan["visits"]) == ([[ana, ben, cleo], [dora]], [[host.pk, 573, [ana, ben, cleo]]])
    change("meetings", pre_brief="09:06", debrief="11:12")
    assert (WalkPlan.objects.get().plan["pre_brief"], WalkPlan.objects.get().plan["debrief"]) == (546, 672)
    assert WalkPlan.objects.get().version == 8


def test_after_a_change_the_page_begins_with_what_it_came_to(page, change, client, host):
    assert "autofocus" not in text(page())

    back = change("off", host=host.pk, minute=570)

    shown = text(client.get(back.url))
    came_to = shown[shown.index('class="plan-now"') :][:600]
    assert "autofocus" in came_to
    assert "Ana Ruiz has 0 of at least 1 visits." in came_to
    assert "No class is missed." in came_to


@pytest.mark.parametrize(
    "sent",
    [
        {"act": "nothing"},
        {"act": "visit", "starts": "soon"},
        {"act": "off", "host": "x"},
        {"act": "team", "team": "-1"},
    ],
)
def test_nonsense_changes_nothing(change, client, sent):
    before = WalkPlan.objects.values().get()

    change(sent.pop("act"), **sent)

    assert WalkPlan.objects.values().get() == before


def test_a_change_to_what_was_changed_meanwhile_is_refused(page, host):
    WalkPlan.objects.update(version=5)

    response = page("change/", act="off", version=1, host=host.pk, minute=570)

    assert "The plan was changed meanwhile" in text(page())
    assert response.status_code == 302
    assert WalkPlan.objects.get().version == 5


def test_solving_the_rest_keeps_what_is_pinned(page, change, client, host, walkers):
    change("pin", host=host.pk, minute=570)
    change("meetings", pre_brief="09:10", debrief="11:00")

    url = page("rest/", act="").url
    task()

    search = WalkSearch.objects.latest("pk")
    assert search.get_absolute_url() == url
    (found,) = search.found
    kept = next(who for one, minute, who in found["plan"]["visits"] if (one, minute) == (host.pk, 570))
    assert {one.pk for one in walkers[:2]} <= set(kept)


def test_publishing_from_the_page_and_printing(page, client, draft):
    page("publish/", version=1)

    assert WalkVisit.objects.count() == 2
    shown = text(page("print/"))
    assert shown.count('class="plan-sheet"') == 7  # the office, four who walk, two hosts
    assert "Hanna Holt, host" in shown
    assert "Who is in which room" in text(client.get(draft.walk.get_absolute_url()))


def test_a_visitor_sees_the_published_plan_and_a_host_the_own_stop(published, client, ana, host, second_host):
    client.force_login(ana)
    assert "Second Host" in text(client.get(published.walk.get_absolute_url()))

    client.force_login(host)
    shown = text(client.get(published.walk.get_absolute_url()))
    assert "Second Host" not in shown


def test_pages_of_a_plan_ask_the_same_for_one_visit_and_for_more(page, change, second_host, django_assert_num_queries):
    page()
    with django_assert_num_queries(14):
        page()
    change("add", team=0, host=second_host.pk, starts="10:30")
    page()
    with django_assert_num_queries(14):
        page()


def test_who_could_cover_is_read_in_two_more(page, ana, ben, teach, stranger, school, django_assert_num_queries):
    for one in (ana, ben):
        teach(one, "1", f"Grade {one.pk}")
    CoverOffer.objects.create(person=stranger, school=school, made_at=NOW)
    for name in ("Sue", "Sam"):
        sub = Substitute.objects.create(name=name)
        sub.schools.add(school)
        SubstituteTime.objects.create(substitute=sub, weekday=DAY.weekday())

    page()
    with django_assert_num_queries(16):
        shown = text(page())

    assert "Classes to cover:" in shown
