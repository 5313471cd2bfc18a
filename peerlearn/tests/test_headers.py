import pytest


def test_a_page_for_one_person_is_not_kept(client, ana):
    client.force_login(ana)

    assert client.get("/people/")["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("path", ["/accounts/login/", "/static/css/tokens.css", "/health/", "/nowhere/"])
def test_other_sites_may_not_embed_or_read_an_answer(client, db, path):
    response = client.get(path)
    response.close()

    assert response["Cross-Origin-Resource-Policy"] == "same-origin"
    assert response["Cross-Origin-Embedder-Policy"] == "require-corp"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "Access-Control-Allow-Origin" not in response.headers


def test_static_files_may_be_kept(client, db):
    response = client.get("/static/css/tokens.css")
    response.close()

    assert "max-age" in response["Cache-Control"]


@pytest.mark.parametrize("method", ["TRACE", "PUT", "DELETE"])
def test_unusual_methods_are_refused(client, ana, method):
    client.force_login(ana)

    assert client.generic(method, "/people/").status_code == 405
