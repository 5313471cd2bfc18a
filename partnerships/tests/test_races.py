"""People at the same moment. SQLite lets in one writer at a time, so these need PostgreSQL."""

import threading

import pytest
from django.db import connection

from partnerships.models import Approval, Entry, Happening, Member, Step
from partnerships.services.approvals import approve, return_plan
from partnerships.services.ground import NotNow
from partnerships.services.members import accept, invite, take_back_invitation
from partnerships.services.progress import finish
from people.models import Role

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def at_once(*works):
    """Run these at the same moment; how many were done, and how many refused because another was quicker."""
    start, done, refused, faults = threading.Barrier(len(works)), [], [], []

    def run(work):
        try:
            start.wait()
            work()
            done.append(work)
        except NotNow as refusal:
            refused.append(refusal)
        except Exception as fault:  # shown by the test that waits for it
            faults.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[work]) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    return len(done), len(refused)


def test_of_two_who_finish_a_step_one_does(planned, principal, ana, ben, step_of):
    approve(Approval.objects.get(), by=principal)
    Step.objects.filter(key="log").update(skipped_at=planned.started_at, skipped_by=ana)
    step, words = step_of(planned, "findings"), {"texts": [("What?", "We saw.")], "audience": "partners"}

    told = at_once(*[lambda who=who: finish(step, by=who, answers=words) for who in (ana, ben)])

    assert told == (1, 1)
    assert Entry.objects.filter(step=step).count() == 1
    assert Happening.objects.filter(verb=Happening.Verb.FINISHED_STEP, step_title="Findings").count() == 1


def test_an_invitation_is_accepted_or_taken_back(work, ana, cleo):
    member = invite(work, by=ana, person=cleo)

    told = at_once(lambda: accept(member, by=cleo), lambda: take_back_invitation(member, by=ana))

    assert told == (1, 1)
    member.refresh_from_db()
    joined = Happening.objects.filter(verb=Happening.Verb.JOINED, by=cleo).exists()
    assert joined == (member.state == Member.State.ACTIVE)


def test_of_two_principals_one_decides(planned, principal, person, school):
    other, approval = person("Petra Second", Role.PRINCIPAL, school), Approval.objects.get()

    told = at_once(
        lambda: approve(approval, by=principal),
        lambda: return_plan(approval, by=other, remarks={"goal": "Which grade?"}),
    )

    assert told == (1, 1)
    answered = Approval.objects.get(pk=approval.pk)
    assert answered.remarks.count() == (1 if answered.decision == "returned" else 0)
    current = Step.objects.current().get(partnership=planned).key
    assert current == ("log" if answered.decision == "approved" else "plan")
