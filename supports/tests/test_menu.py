import pytest
from django.urls import reverse

from supports import registry
from supports.loader import load
from supports.models import SupportType

NONSENSE = [
    "q=%00",
    "goal=nothing",
    "span=eons",
    "focus=" + "x" * 500,
    "q=" + "%F0%9F%8D%8E" * 30,
    "q=a&q=b",
    "span=&goal=",
]


def names(response):
    return [card["support"].name for group in response.context["groups"] for card in group["cards"]]


def test_menu_shows_what_is_on_it_in_the_order_of_depth(client, ana, menu):
    SupportType.objects.filter(slug="visits").update(depth="no_contact")
    SupportType.objects.filter(slug="posters").update(on_menu=False)
    client.force_login(ana)

    response = client.get("/menu/")

    assert names(response) == ["Visits", "Pairs"]
    assert [group["label"] for group in response.context["groups"]] == ["On your own time", "As deep as you choose"]
    assert "45 minutes" in response.text
    assert "No class missed" in response.text


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=WATCH+others", ["Visits"]),
        ("q=read", ["Pairs", "Visits", "Posters"]),
        ("goal=Pick+up+an+idea", ["Posters"]),
        ("focus=word+walls", ["Pairs", "Visits", "Posters"]),
        ("focus=algebra", []),
        ("span=weeks&q=watch", ["Visits"]),
        ("span=years", []),
    ],
)
def test_menu_search_narrows_the_menu_and_keeps_its_words(client, ana, menu, query, found):
    client.force_login(ana)

    response = client.get(f"/menu/?{query}")

    assert names(response) == found
    assert ("Nothing on the menu fits" in response.text) == (not found)
    assert "Show everything" in response.text


def test_menu_search_keeps_what_was_typed(client, ana, menu):
    client.force_login(ana)

    response = client.get("/menu/?q=watch&span=weeks")

    assert 'value="watch"' in response.text
    assert '<option value="weeks" selected' in response.text


@pytest.mark.parametrize("query", NONSENSE)
def test_menu_search_survives_nonsense(client, ana, menu, query):
    client.force_login(ana)

    assert client.get(f"/menu/?{query}").status_code == 200


def test_menu_says_when_it_is_empty(client, ana):
    client.force_login(ana)

    assert "The menu is empty" in client.get("/menu/").text


def test_menu_shows_what_the_panels_count(client, ana, pairs, monkeypatch):
    monkeypatch.setattr(registry, "MENU_PANELS", [lambda user: {pairs.pk: "12 colleagues this year"}])
    client.force_login(ana)

    assert client.get("/menu/").text.count("12 colleagues this year") == 1


def test_menu_asks_the_database_as_often_for_three_supports_as_for_one(
    client, ana, kinds, folder, toml, django_assert_max_num_queries, django_assert_num_queries
):
    load(folder)
    client.force_login(ana)
    with django_assert_max_num_queries(8) as few:
        client.get("/menu/")
    (folder / "b.toml").write_text(toml("B", 2))
    (folder / "c.toml").write_text(toml("C", 3))
    load(folder)

    with django_assert_num_queries(len(few)):
        assert len(names(client.get("/menu/"))) == 3


def test_support_page_shows_steps_parts_and_texts(client, ana, pairs):
    client.force_login(ana)

    response = client.get("/menu/pairs/")

    assert [(step["title"], step["who"], step["when"]) for step in response.context["journey"]] == [
        ("Meet", "Any of the partners", "about week 1"),
        ("Gather", "Each of the partners", ""),
        ("Tell", "Whoever leads", "if you like"),
    ]
    assert "<strong>Listen.</strong>" in response.text
    assert "Bring a question." in response.text
    assert reverse("partnership_start", args=["pairs"]) in response.text


def test_support_page_offers_the_beginning_that_the_support_has(client, ana, facilitator, menu):
    SupportType.objects.filter(slug="pairs").update(begins="assign")
    client.force_login(ana)

    assert client.get("/menu/visits/").context["begin"] == "Ask for one"
    assert client.get("/menu/posters/").context["begin"] == ""
    assert "Take the material" in client.get("/menu/posters/").text
    assert client.get("/menu/pairs/").context["begin"] == ""

    client.force_login(facilitator)
    assert client.get("/menu/pairs/").context["begin"] == "Make an assignment"


def test_support_off_the_menu_is_absent_for_teachers_and_there_for_admins(client, ana, admin, pairs):
    client.force_login(ana)
    assert client.get("/menu/pairs/").status_code == 200
    resource = reverse("resource", args=["pairs", pairs.resources.first().pk])
    assert client.get(resource).status_code == 200

    SupportType.objects.filter(pk=pairs.pk).update(on_menu=False)

    assert client.get("/menu/pairs/").status_code == 404
    assert client.get(resource).status_code == 404
    client.force_login(admin)
    assert client.get("/menu/pairs/").status_code == 200


def test_resource_has_a_page_of_its_own_under_its_own_support_only(client, ana, menu):
    resource = menu["pairs"].resources.get(title="Listening rounds")
    client.force_login(ana)

    assert "<strong>Listen.</strong>" in client.get(reverse("resource", args=["pairs", resource.pk])).text
    assert client.get(reverse("resource", args=["visits", resource.pk])).status_code == 404


def test_visitors_are_sent_to_sign_in(client, pairs):
    assert client.get("/menu/").status_code == 302
    assert client.get("/menu/pairs/").status_code == 302


@pytest.mark.parametrize("session", ["x", "9" * 30, "9" * 5000, "-1", "٣"])
def test_a_bad_session_in_the_address_is_passed_over(client, ana, pairs, session):
    pairs.follows_session = True
    pairs.save()
    client.force_login(ana)

    assert client.get(pairs.get_absolute_url(), {"session": session}).status_code == 200
