"""What is brought is chosen by whose it is, read by those who meet, and by nobody else whatever their post."""

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from growth.models import Brought, BroughtYes, GrowthMeeting, MeetingRecord
from growth.services.bringing import agree_to_bring, bring, open_brought, take_back, things_to_bring
from growth.services.record import write_record
from notices.models import Notice
from notices.registry import KINDS
from partnerships.models import Artifact, Entry
from partnerships.services import artifacts, members, words
from partnerships.services.ground import NotNow
from people.models import Deputy, Role
from schedule.services import cancel_event

PRIVATE, PARTNERS = Entry.Audience.PRIVATE, Entry.Audience.PARTNERS
EVERYBODY = ["ana", "ben", "left", "invited", "principal", "second", "deputy", "elsewhere", "facilitator", "admin"]
EVERYBODY += ["operator", "stranger"]


@pytest.fixture
def write(pair, ana):
    def write(body, *, by=ana, kind=Entry.Kind.REFLECTION, joint=False, audience=PRIVATE):
        return words.write(pair, by=by, kind=kind, body=body, prompt="How was it?", joint=joint, audience=audience)

    return write


@pytest.fixture
def people(pair, ana, ben, stranger, principal, other_principal, facilitator, admin, operator, person, school):
    """One of each relation to the meeting of Ana and Ben with Pia."""
    left, invited = person("Lea Left", Role.TEACHER, school), person("Ivo Invited", Role.TEACHER, school)
    deputy = person("Dora Deputy", Role.TEACHER, school)
    members.accept(members.invite(pair, by=ana, person=left), by=left)
    members.leave(pair, by=left)
    members.invite(pair, by=ana, person=invited)
    Deputy.objects.create(school=school, principal=principal, deputy=deputy)
    found = [ana, ben, left, invited, principal, person("Petra Second", Role.PRINCIPAL, school), deputy]
    found += [other_principal, facilitator, admin, operator, stranger]
    return dict(zip(EVERYBODY, found, strict=True))


def readers(people, model):
    return {name for name, user in people.items() if model.objects.visible_to(user).exists()}


def titles(meeting, user):
    return [one.title for one in Brought.objects.visible_to(user).filter(meeting=meeting)]


def test_the_meeting_and_what_lies_on_it_are_seen_by_those_who_meet(people, coming, write, ana):
    bring(coming, by=ana, sources=[f"text:{write('I listened.').pk}"])

    assert readers(people, GrowthMeeting) == {"ana", "ben", "principal"}
    assert readers(people, Brought) == {"ana", "ben", "principal"}


def test_the_record_is_seen_by_those_who_meet(people, met, ben):
    write_record(met, by=ben, body="We listened more.")

    assert readers(people, MeetingRecord) == {"ana", "ben", "principal"}


def test_a_text_that_was_written_together_reaches_the_principal_with_the_last_yes(people, coming, write, ana, ben):
    text = write("We changed.", kind=Entry.Kind.SUMMARY, joint=True, audience=PARTNERS)
    bring(coming, by=ana, sources=[f"text:{text.pk}"])
    assert readers(people, Brought) == {"ana", "ben"}
    assert readers(people, BroughtYes) == {"ana", "ben"}

    agree_to_bring(Brought.objects.get(), by=ben)

    assert readers(people, Brought) == {"ana", "ben", "principal"}


def test_whoever_left_without_a_yes_has_not_agreed(pair, coming, write, ana, ben, principal):
    text = write("We changed.", kind=Entry.Kind.SUMMARY, joint=True, audience=PARTNERS)
    bring(coming, by=ana, sources=[f"text:{text.pk}"])

    members.leave(pair, by=ben)

    assert titles(coming, principal) == []
    assert titles(coming, ana) == ["How was it?"]


def test_what_somebody_brought_leaves_with_them(pair, coming, write, ana, ben, principal):
    bring(coming, by=ben, sources=[f"text:{write('Mine.', by=ben).pk}"])
    assert titles(coming, principal) == ["How was it?"]

    members.leave(pair, by=ben)

    assert titles(coming, principal) == titles(coming, ana) == []


def test_a_principal_who_leads_the_school_no_more_reads_nothing(coming, write, ana, principal):
    bring(coming, by=ana, sources=["plan"])
    assert titles(coming, principal) == ["Our plan"]

    principal.posts.all().delete()
    del principal.standing

    assert titles(coming, principal) == []


def test_without_a_date_the_principal_reads_nothing_of_it(coming, ana, principal):
    bring(coming, by=ana, sources=["plan"])

    cancel_event(coming.event, by=principal)

    assert titles(coming, principal) == []
    assert titles(coming, ana) == ["Our plan"]


def test_each_may_bring_their_own_and_what_was_written_together(pair, write, ana, ben):
    mine, joint = write("Mine."), write("Ours.", by=ben, kind=Entry.Kind.SUMMARY, joint=True, audience=PARTNERS)
    write("Ben's, shared with me.", by=ben, audience=PARTNERS)
    file = artifacts.add_artifact(pair, by=ana, title="A sheet", link="https://example.com/sheet")
    artifacts.add_artifact(pair, by=ben, title="Ben's sheet", link="https://example.com/ben")

    assert set(things_to_bring(pair, ana)) == {"plan", f"text:{mine.pk}", f"text:{joint.pk}", f"file:{file.pk}"}


@pytest.mark.parametrize("kind", [Entry.Kind.NOTE, Entry.Kind.MESSAGE, Entry.Kind.CONTACT])
def test_what_is_about_a_colleague_or_of_the_thread_stays(pair, write, ana, kind):
    write("They asked eleven questions.", kind=kind)

    assert set(things_to_bring(pair, ana)) == {"plan"}


def test_what_is_not_ones_own_is_not_brought_whatever_is_sent(coming, write, ana, ben):
    others = write("Ben's.", by=ben, audience=PARTNERS)

    bring(coming, by=ana, sources=[f"text:{others.pk}", "text:999999", "nonsense"])

    assert not Brought.objects.exists()


def test_a_later_change_of_a_text_is_not_brought(coming, write, ana, principal):
    text = write("As it was.")
    bring(coming, by=ana, sources=[f"text:{text.pk}"])

    words.rewrite(text, by=ana, body="As it is.")

    assert Brought.objects.visible_to(principal).get().body == "As it was."


def test_choosing_again_adds_and_takes_back_ones_own_alone(coming, write, ana, ben):
    one, two = write("One."), write("Two.")
    bring(coming, by=ben, sources=["plan"])
    bring(coming, by=ana, sources=[f"text:{one.pk}"])

    for _ in range(2):
        bring(coming, by=ana, sources=[f"text:{two.pk}", "plan"])

    assert set(Brought.objects.values_list("by__name", "source")) == {
        ("Ben Okafor", "plan"),
        ("Ana Ruiz", f"text:{two.pk}"),
    }


def test_any_of_the_team_takes_a_joint_text_back_and_others_only_their_own(coming, write, ana, ben):
    joint = write("Ours.", kind=Entry.Kind.SUMMARY, joint=True, audience=PARTNERS)
    bring(coming, by=ana, sources=[f"text:{joint.pk}", "plan"])
    plan, ours = Brought.objects.get(source="plan"), Brought.objects.exclude(source="plan").get()

    with pytest.raises(PermissionDenied):
        take_back(plan, by=ben)
    take_back(Brought.objects.get(pk=ours.pk), by=ben)

    assert list(Brought.objects.all()) == [plan]
    with pytest.raises(NotNow, match="taken back"):
        agree_to_bring(ours, by=ben)


def test_what_lay_on_the_table_stays_once_the_meeting_was_held(met, write, ana, principal):
    Brought.objects.create(meeting=met, by=ana, source="plan", title="Our plan", brought_at=timezone.now())

    for work in (lambda: bring(met, by=ana, sources=[]), lambda: take_back(Brought.objects.get(), by=ana)):
        with pytest.raises(PermissionDenied):
            work()

    assert titles(met, principal) == ["Our plan"]


@pytest.mark.parametrize("who", ["principal", "stranger", "facilitator"])
def test_nobody_else_brings(coming, who, request):
    with pytest.raises(PermissionDenied):
        bring(coming, by=request.getfixturevalue(who), sources=["plan"])


def test_the_principal_opens_it_once_and_nobody_opens_it_for_her(coming, ana, ben, principal):
    bring(coming, by=ana, sources=["plan"])
    brought = Brought.objects.select_related("meeting").get()
    with pytest.raises(PermissionDenied):
        open_brought(brought, by=ben)

    open_brought(brought, by=principal)
    first = Brought.objects.get().opened_at
    open_brought(brought, by=principal)

    assert first is not None
    assert Brought.objects.get().opened_at == first


def test_a_file_that_its_owner_removes_is_gone_from_the_table(pair, coming, ana):
    file = artifacts.add_artifact(pair, by=ana, title="A sheet", link="https://example.com/sheet", audience="private")
    bring(coming, by=ana, sources=[f"file:{file.pk}"])

    artifacts.remove_artifact(Artifact.objects.get(), by=ana)

    assert not Brought.objects.exists()


def test_the_others_are_asked_about_a_joint_text_until_they_answer(coming, write, ana, ben):
    joint = write("Ours.", kind=Entry.Kind.SUMMARY, joint=True, audience=PARTNERS)
    bring(coming, by=ana, sources=[f"text:{joint.pk}"])
    notice = Notice.objects.get(kind="growth_joint")
    assert notice.person == ben
    assert "Ours." not in notice.sentence
    assert KINDS["growth_joint"].still_due(notice)

    agree_to_bring(Brought.objects.get(), by=ben)

    assert not KINDS["growth_joint"].still_due(notice)


def test_nobody_is_asked_about_what_was_taken_back(coming, write, ana, ben):
    joint = write("Ours.", kind=Entry.Kind.SUMMARY, joint=True, audience=PARTNERS)
    bring(coming, by=ana, sources=[f"text:{joint.pk}"])
    notice = Notice.objects.get(kind="growth_joint")

    bring(coming, by=ana, sources=[])

    assert not KINDS["growth_joint"].still_due(notice)
