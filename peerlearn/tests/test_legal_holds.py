"""A legal hold stops all deleting of what it names; it is set and lifted by an admin, and both stay on record."""

import pytest
from django.core.exceptions import PermissionDenied

from people.models import LegalHold
from people.services.holds import holds_on, lift_hold, set_hold

from .retention_world import _fall, a_text, left, run, work

__all__ = ["_fall", "work"]


def test_a_hold_on_a_person_a_partnership_or_a_text_stops_it(work, ana, ben, admin, cleo):
    note = a_text(work, ana)
    for about in ({"person": ana}, {"person": ben}, {"model": "partnerships.Partnership", "number": work.pk},
                  {"model": "partnerships.Entry", "number": note.pk}):  # fmt: skip
        hold = set_hold(by=admin, reason="A court asks", **about)
        run(0, 7, 8)
        assert left() == {note.pk}
        lift_hold(hold, by=admin, reason="Over")
    set_hold(by=admin, reason="Of somebody else", person=cleo)

    run(20, 27)

    assert left() == set()
    assert (LegalHold.objects.count(), LegalHold.objects.standing().count()) == (5, 1)


def test_a_hold_that_comes_after_the_notice_stops_it_and_its_end_begins_the_week_anew(work, ana, admin):
    note = a_text(work, ana)
    run(0)
    hold = set_hold(by=admin, reason="A court asks", person=ana)
    run(7, 8)
    lift_hold(hold, by=admin, reason="Over")

    run(9, 15)
    assert left() == {note.pk}
    run(16)
    assert left() == set()


def test_holds_are_an_admins(ana, principal, admin):
    for by in (ana, principal):
        with pytest.raises(PermissionDenied):
            set_hold(by=by, person=ana, reason="Because")
    hold = set_hold(by=admin, person=ana, reason="A court asks")
    with pytest.raises(PermissionDenied):
        lift_hold(hold, by=principal, reason="No")

    assert holds_on(ana) == [hold]


def test_an_admin_sets_and_lifts_a_hold_on_the_page(ana, admin, client):
    client.force_login(admin)
    assert "Nobody has an account" in client.post(
        "/district/holds/", {"what": "person", "email": "x@y.example", "reason": "A court"}
    ).content.decode()  # fmt: skip
    assert "Write the number" in client.post(
        "/district/holds/", {"what": "partnerships.Partnership", "reason": "A court"}
    ).content.decode()  # fmt: skip

    client.post("/district/holds/", {"what": "person", "email": ana.email, "reason": "A court"})
    client.post("/district/holds/", {"what": "partnerships.Partnership", "number": 12, "reason": "An inquiry"})
    page = client.get("/district/holds/").content.decode()
    hold = LegalHold.objects.get(person=ana)
    client.post(f"/district/holds/{hold.pk}/lift/", {"reason": "It is over"})

    assert "Partnership 12" in page
    assert "Ana Ruiz" in page
    assert hold.lifting.reason == "It is over"
    assert client.post(f"/district/holds/{hold.pk}/lift/", {"reason": "Again"}).status_code == 404
