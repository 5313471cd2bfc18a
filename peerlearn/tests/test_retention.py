"""What is due is deleted at night: its owners know a week before and may keep it, and a legal hold stops it."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile

from notices.answering import chance_of, take
from notices.kinds import KEEP
from notices.links import answer_url
from notices.models import Notice
from notices.services import tell
from observations.models import Coverage, Substitute, WalkNote
from partnerships.models import Entry, Plan, PlanVersion, StepDraft, TimeSpent
from people.models import DeletionNotice, StaffImport, Viewing
from people.registry import RULES
from people.retention import SPANS, cutoff_of
from people.services import retention
from people.services.retention import keep_mine, keep_spans, soon_deleted

from .retention_world import DAY, LAST_FALL, NOW, _fall, a_text, left, run, work

__all__ = ["_fall", "work"]


def test_notes_are_told_of_a_week_before_and_then_deleted(work, ana):
    note = a_text(work, ana)

    run(0, 3, 6)
    assert left() == {note.pk}
    told = Notice.objects.get(kind="deleted_soon")
    assert (told.person, told.facts["what"], told.facts["day"]) == (ana, "observation notes", "Wednesday 25 November")

    run(7)
    assert left() == set()
    assert not DeletionNotice.objects.exists()


def test_what_is_deleted_was_announced_whatever_the_span(work, ana):
    """A shorter span, or a night without a worker, costs nobody the week."""
    note = a_text(work, ana, about=ana, audience="private", handed_over_at=NOW - 60 * DAY, made_at=NOW - 70 * DAY)

    run(0)

    assert left() == {note.pk}
    run(7)
    assert left() == set()


def test_a_handed_note_is_its_new_owners_to_keep(work, ana, ben):
    note = a_text(work, ana, about=ben, audience="private", handed_over_at=NOW - 40 * DAY, made_at=NOW - 50 * DAY)

    run(0)

    assert [(one.owner, one.number) for one in DeletionNotice.objects.all()] == [(ben, note.pk)]


def test_notes_of_this_year_and_reflections_stay(work, ana, ben):
    kept = {
        a_text(work, ana, made_at=NOW - 30 * DAY).pk,
        a_text(work, ana, kind="reflection", made_at=LAST_FALL - 4000 * DAY).pk,
        a_text(work, ana, about=ben, audience="private", handed_over_at=NOW - 10 * DAY, made_at=NOW - 20 * DAY).pk,
    }

    run(0, 8, 9)

    assert left() == kept
    assert not Notice.objects.filter(kind="deleted_soon").exists()


def test_what_its_owner_keeps_stays(work, ana, ben, client):
    mine, other = a_text(work, ana), a_text(work, ben)
    run(0)
    client.force_login(ana)
    assert "1 of yours: observation notes" in client.get("/me/data/").content.decode()

    client.post("/me/data/keep/notes/")
    run(7, 400)

    assert left() == {mine.pk}
    assert other.pk not in left()
    assert "Nothing of yours is about to be deleted" in client.get("/me/data/").content.decode()
    assert Notice.objects.filter(kind="deleted_soon", person=ana).count() == 1


def test_keep_mine_is_answered_from_the_mail(work, ana):
    a_text(work, ana)
    run(0)
    told = Notice.objects.get(kind="deleted_soon")
    from_mail = chance_of(answer_url(told, KEEP).split("/")[-2])

    take(from_mail, by=ana)
    run(8)

    assert Entry.objects.count() == 1
    assert chance_of(answer_url(told, KEEP).split("/")[-2]) is None


def test_nobody_keeps_what_is_anothers(work, ana, ben):
    a_text(work, ana)
    run(0)

    assert keep_mine("notes", by=ben) == 0
    assert soon_deleted(ben) == []
    run(7)
    assert left() == set()


def test_plans_and_hours_go_after_five_school_years(work, ana):
    Plan.objects.filter(partnership=work).update(goal="Wait longer")
    version = PlanVersion.objects.create(partnership=work, number=1, answers={}, made_by=ana, made_at=NOW)
    spent = {"partnership": work, "person": ana, "school": work.school, "category": "meeting", "made_at": NOW}
    begins = work.year.starts_on
    just = TimeSpent.objects.create(minutes=30, on=begins.replace(year=begins.year - 5), **spent)
    older = TimeSpent.objects.create(minutes=30, on=begins.replace(year=begins.year - 5) - DAY, **spent)
    work.__class__.objects.filter(pk=work.pk).update(
        status="completed", starts_on=dt.date(2019, 9, 1), ends_on=dt.date(2020, 6, 1)
    )
    kept_text = a_text(work, ana, kind="reflection")

    run(0)

    assert not Plan.objects.filter(partnership=work).exists()
    assert not PlanVersion.objects.filter(pk=version.pk).exists()
    assert list(TimeSpent.objects.all()) == [just]
    assert older.pk != just.pk
    assert left() == {kept_text.pk}


def test_a_plan_of_work_under_way_stays_however_old(work):
    work.__class__.objects.filter(pk=work.pk).update(starts_on=dt.date(2019, 9, 1), ends_on=dt.date(2020, 6, 1))

    run(0)

    assert Plan.objects.filter(partnership=work).exists()


def test_old_cover_goes_with_its_lesson_plan(work, ana, ben, settings, tmp_path, django_capture_on_commit_callbacks):
    where = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = {**settings.STORAGES, "default": where}
    facts = {"asker": ana, "school": work.school, "starts": dt.time(9), "ends": dt.time(10), "class_name": "4B"}
    old = Coverage(day=dt.date(2020, 2, 3), asked_at=NOW, **facts)
    old.plan.save("plan.txt", ContentFile(b"Read chapter two"))
    new = Coverage.objects.create(day=NOW.date(), asked_at=NOW, **facts)
    place = tmp_path / old.plan.name
    assert place.exists()

    with django_capture_on_commit_callbacks(execute=True):
        run(0)

    assert list(Coverage.objects.all()) == [new]
    assert not place.exists()


def test_batches_delete_all_and_no_more(work, ana, monkeypatch):
    monkeypatch.setattr(retention, "AT_ONCE", 2)
    for number in range(5):
        tell(ana, "mail_test", key=f"old-{number}", path="/", facts={"who": "A", "when": "B"}, at=NOW - 500 * DAY)
    new = Notice.objects.filter(due_at__gte=NOW - 300 * DAY)
    stays = new.count()

    run(0)

    assert Notice.objects.count() == stays > 0


def test_uploaded_lists_lose_their_rows_and_keep_that_they_were(admin):
    old, new = (
        StaffImport.objects.create(file_name="a.csv", rows=[[1, "ana"]], made_by=admin, made_at=NOW - days * DAY)
        for days in (31, 29)
    )

    run(0)
    old.refresh_from_db(), new.refresh_from_db()

    assert (old.rows, new.rows) == ([], [[1, "ana"]])


def test_the_log_of_views_goes_after_three_years(ana, ben):
    old, new = (
        Viewing.objects.create(
            reader=ben, author=ana, what="plan", object_id=1, title="A plan", path="/", door="plan", on=at.date(),
            viewed_at=at,
        )
        for at in (NOW - 1100 * DAY, NOW - 1000 * DAY)
    )  # fmt: skip

    run(0)

    assert list(Viewing.objects.all()) == [new]
    assert old.pk != new.pk


def test_a_substitute_who_left_long_ago_is_a_former_one(school):
    old = Substitute.objects.create(name="Sue", email="sue@subs.example", phone="1", ended_on=dt.date(2019, 1, 1))
    new = Substitute.objects.create(name="Sol", ended_on=dt.date(2026, 1, 1))

    run(0, 1)
    old.refresh_from_db(), new.refresh_from_db()

    assert (old.name, old.email, old.phone, new.name) == ("A former substitute", "", "", "Sol")


def test_drafts_and_walk_notes_of_last_year_are_told_of(work, ana):
    StepDraft.objects.create(step=work.steps.first(), person=ana, answers={"goal": "x"}, saved_at=LAST_FALL)

    run(0)
    assert soon_deleted(ana) == [("drafts", "drafts of steps", 1, dt.date(2026, 11, 25))]

    run(7)
    assert not StepDraft.objects.exists()
    assert not WalkNote.objects.exists()


def test_the_nightly_run_twice_is_the_run_once(work, ana):
    a_text(work, ana)

    run(0, 0)

    assert Notice.objects.filter(kind="deleted_soon").count() == DeletionNotice.objects.count() == 1


def test_the_district_sets_the_spans(work, ana, admin, client):
    client.force_login(admin)
    assert 'value="30"' in client.get("/district/retention/").content.decode()

    amounts = {key: span.usual for key, span in SPANS.items()}
    assert "7" in client.post("/district/retention/", amounts | {"notes": 2}).content.decode()
    client.post("/district/retention/", amounts | {"notes": 10})

    note = a_text(work, ana, about=ana, audience="private", handed_over_at=NOW - 5 * DAY, made_at=NOW - 6 * DAY)
    run(0)
    assert DeletionNotice.objects.get().number == note.pk
    with pytest.raises(PermissionDenied):
        keep_spans({"notes": 1}, by=ana)


@pytest.mark.parametrize(
    ("today", "first"),
    [
        (dt.date(2026, 11, 18), dt.date(2026, 7, 1)),
        (dt.date(2026, 7, 1), dt.date(2026, 7, 1)),
        (dt.date(2026, 6, 30), dt.date(2025, 7, 1)),
    ],
)
def test_the_year_of_notes_ends_on_june_30(district, today, first):
    cutoff = cutoff_of(SPANS["notes"], 30, today)

    assert cutoff.year_end.date() == first
    assert cutoff.before.date() == today - 30 * DAY


def test_a_leap_day_has_its_years_before(district):
    assert cutoff_of(SPANS["views"], 3, dt.date(2028, 2, 29)).before.date() == dt.date(2025, 3, 1)


def test_every_rule_that_asks_owners_says_whose_it_is():
    assert {rule.key for rule in RULES if rule.owner} == {"notes", "drafts", "walk_notes"}
