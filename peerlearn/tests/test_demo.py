"""The demo district is whole: every role, every state, nobody with a password but the sign-ins, and always the same."""

import datetime as dt

import pytest
from django.db import transaction

from growth.models import Brought, GrowthMeeting, MeetingRecord, Newsletter, ShoutOut
from observations.models import Coverage, OpenDoor, Walk, WalkWait
from partnerships.models import Approval, Entry, HelpRequest, Member, Partnership
from peerlearn.demo import PASSWORD
from peerlearn.demo.fill import DEMO_READERS, fill
from people.models import Post, Role, School, SchoolYear, User
from supports.loader import load

NOW = dt.datetime(2026, 11, 18, 20, 0, tzinfo=dt.UTC)


def test_the_demo_district_has_every_role_and_state_and_few_passwords(db):
    load()

    fill(now=NOW)

    assert School.objects.count() == 4
    assert SchoolYear.objects.count() == 2
    assert 100 <= User.objects.count() <= 140
    assert set(Post.objects.values_list("role", flat=True)) == set(Role.values)
    assert set(Partnership.objects.values_list("status", flat=True)) == set(Partnership.Status.values)
    assert set(Coverage.objects.values_list("state", flat=True)) == set(Coverage.State.values)
    assert {bool(walk.closed_at) for walk in Walk.objects.all()} == {True, False}
    assert OpenDoor.objects.standing().count() == 11
    assert WalkWait.objects.count() == 2
    assert Approval.objects.waiting().exists()
    assert HelpRequest.objects.waiting().exists()
    assert Member.objects.filter(state=Member.State.INVITED, person__email="teacher@demo.example").exists()
    assert Partnership.objects.calling().exists()
    assert Newsletter.objects.sent().count() == 3
    assert Newsletter.objects.drafts().get().send_at > NOW
    assert ShoutOut.objects.shown().count() == 8
    assert (ShoutOut.objects.waiting().count(), ShoutOut.objects.filter(kept_at__isnull=False).count()) == (2, 1)
    assert (GrowthMeeting.objects.planned(NOW).count(), GrowthMeeting.objects.held(NOW).count()) == (2, 2)
    assert [record.is_agreed for record in MeetingRecord.objects.all()] == [True, True]
    assert Brought.objects.count() >= 1
    with_password = [user for user in User.objects.all() if user.has_usable_password()]

    assert sorted(user.email for user in with_password) == sorted(DEMO_READERS)
    assert all(user.check_password(PASSWORD) for user in with_password)


@pytest.mark.embedded
def test_the_demo_district_is_the_same_each_time(db):
    load()

    def made_once():
        with transaction.atomic():
            fill(now=NOW)
            seen = list(Entry.objects.order_by("pk").values_list("author__name", "body", "made_at"))
            transaction.set_rollback(True)
        return seen

    first = made_once()

    assert len(first) > 300
    assert made_once() == first
