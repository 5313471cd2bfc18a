"""The people of a partnership: asked, joining, leaving, and the lead passing from one to another."""

from django.db import transaction
from django.utils import timezone

from people.access import require

from ..models import Happening, Member, Partnership, SelfAssessment, Step
from ..policy import (
    may_answer_invitation,
    may_invite,
    may_join_call,
    may_lead,
    may_leave,
    may_take_back_invitation,
    may_work_with,
)
from .asking import ask_again
from .dates import expect_at_dates, let_go_of_dates
from .ground import NotNow, NotYet, lock, note, people_of, tell_of
from .progress import move_on
from .sharing import stop_asking
from .starting import home_school
from .words import bring_back_unagreed


@transaction.atomic
def invite(partnership, *, by, person, part=Member.Part.PARTNER, at=None):
    """Ask a colleague to take part; somebody who declined or left may be asked again.

    Raises NotYet when the person cannot be a partner here: they lead the school of one, there is no more room, or
    they have no school.
    """
    at = at or timezone.now()
    partnership = lock(partnership)
    require(may_invite(by, partnership))
    refuse_if_full(partnership, person)
    if not may_work_with(person, partnership):
        raise NotYet(f"{person} leads the school of one of you, and peers are not bosses. Ask another colleague.")
    there = partnership.members.filter(state__in=[Member.State.ACTIVE, Member.State.INVITED], person=person).first()
    if there:
        raise NotYet(f"{person} is {there.get_state_display().lower()} already.")
    now = {"state": Member.State.INVITED, "part": part, "school": home_school(person)}
    new = {"invited_by": by, "invited_at": at, "answered_at": None, "left_at": None}
    member, _ = Member.objects.update_or_create(partnership=partnership, person=person, defaults=now | new)
    key, path = f"invitation:{member.pk}:{at:%Y%m%d%H%M%S}", f"/invitations/{member.pk}/"
    tell_of(partnership, [person], "invitation", key=key, path=path, who=by, at=at)
    return member


def refuse_if_full(partnership, person=None):
    """Raise NotYet when there is no room; a place is kept for a person who is asked already."""
    taken = partnership.members.filter(state__in=[Member.State.ACTIVE, Member.State.INVITED])
    taken = taken.exclude(person=person).count()
    if taken >= partnership.support.people_at_most:
        raise NotYet(
            f"{partnership.support} has room for {partnership.support.people_at_most} people, and you are {taken}."
        )


@transaction.atomic
def accept(member, *, by, level=None, at=None):
    """Join. `level` is where the person is on the shared goal today (SelfAssessment.Level), if they say."""
    at = at or timezone.now()
    partnership = lock(member.partnership)
    member = answered(member, by, partnership, Member.State.ACTIVE, at)
    settle_in(partnership, member, level=level, at=at)
    note(partnership, Happening.Verb.JOINED, by=by, at=at)
    ask_again(partnership, by=by, at=at)
    tell_inviter(partnership, member, "invitation_accepted", at=at)
    move_on(partnership, by=by, at=at)


@transaction.atomic
def decline(member, *, by, at=None):
    at = at or timezone.now()
    partnership = lock(member.partnership)
    member = answered(member, by, partnership, Member.State.DECLINED, at)
    note(partnership, Happening.Verb.DECLINED, by=by, at=at)
    tell_inviter(partnership, member, "invitation_declined", at=at)
    move_on(partnership, by=by, at=at)


def answered(member, by, partnership, state, at):
    """Claim the answer: an invitation is answered once. Raises NotNow when it is no longer open."""
    member = Member.objects.select_related("person", "invited_by").get(pk=member.pk)
    member.partnership = partnership
    if member.state != Member.State.INVITED or not partnership.is_active:
        raise NotNow("This invitation is no longer open.")
    require(may_answer_invitation(by, member))
    if state == Member.State.ACTIVE and not may_work_with(by, partnership):
        raise NotYet("You lead the school of one of the partners, and peers are not bosses.")
    Member.objects.filter(pk=member.pk).update(state=state, answered_at=at)
    member.state = state
    return member


def settle_in(partnership, member, *, level, at):
    """Give a new member their own rows of the steps that each does, from the current step on, and the dates ahead."""
    expect_at_dates(partnership, member.person, at=at)
    current = Step.objects.current().filter(partnership=partnership).order_by("position").first()
    mine = set(Step.objects.filter(member=member).values_list("key", flat=True))
    theirs = Step.objects.filter(
        partnership=partnership, each_member=True, position__gte=current.position if current else 0
    )
    copies = {step.key: step for step in theirs if step.key not in mine}
    Step.objects.bulk_create(
        Step(partnership=partnership, member=member, share=step.share, due_on=step.due_on, **step.words())
        for step in copies.values()
    )
    Step.objects.filter(member=member, position__gte=current.position if current else 0, completed_at=None).update(
        skipped_at=None, skipped_by=None, skip_reason=""
    )
    if level:
        SelfAssessment.objects.update_or_create(
            partnership=partnership,
            person=member.person,
            moment=SelfAssessment.Moment.BEFORE,
            defaults={"level": level, "made_at": at},
        )


def tell_inviter(partnership, member, kind, *, at):
    if member.invited_by:
        key = f"{kind}:{member.pk}:{at:%Y%m%d%H%M%S}"
        tell_of(partnership, [member.invited_by], kind, key=key, who=member.person, at=at)


@transaction.atomic
def take_back_invitation(member, *, by, at=None):
    """Ask no longer. Raises NotNow when the person has answered."""
    at = at or timezone.now()
    partnership = lock(member.partnership)
    member = Member.objects.get(pk=member.pk)
    member.partnership = partnership
    if member.state != Member.State.INVITED:
        raise NotNow(f"{member.person} has answered already.")
    require(may_take_back_invitation(by, member))
    Member.objects.filter(pk=member.pk).update(state=Member.State.DECLINED, answered_at=at)
    move_on(partnership, by=by, at=at)


@transaction.atomic
def leave(partnership, *, by, at=None):
    """Leave the others to it. Your words stay yours; your open steps and dates close; the lead hands over first."""
    at = at or timezone.now()
    partnership = lock(partnership)
    require(may_leave(by, partnership), "Hand over the lead first, or withdraw the whole.")
    member = Member.objects.get(partnership=partnership, person=by)
    Member.objects.filter(pk=member.pk).update(state=Member.State.LEFT, left_at=at)
    Step.objects.unfinished().filter(member=member).update(skipped_at=at, skipped_by=by, skip_reason="Left")
    let_go_of_dates(partnership, by, at=at)
    bring_back_unagreed(partnership)
    stop_asking(partnership, at=at)
    note(partnership, Happening.Verb.LEFT, by=by, at=at)
    tell_of(partnership, people_of(partnership), "left", key=f"left:{member.pk}:{at:%Y%m%d%H%M%S}", who=by, at=at)
    ask_again(partnership, by=by, at=at)
    move_on(partnership, by=by, at=at)


@transaction.atomic
def hand_over_lead(partnership, *, by, to, at=None):
    """Pass the lead to another active member."""
    at = at or timezone.now()
    partnership = lock(partnership)
    require(may_lead(by, partnership))
    heir = partnership.members.active().filter(person=to).exclude(person=by).select_related("person").first()
    if heir is None:
        raise NotNow(f"{to} does not take part any more.")
    change_lead(partnership, heir, by=by, at=at)


def change_lead(partnership, heir, *, by, at):
    """Two writes in this order: the database allows one lead at a time. Tell the new one who handed it over."""
    partnership.members.filter(part=Member.Part.LEAD).update(part=Member.Part.PARTNER)
    Member.objects.filter(pk=heir.pk).update(part=Member.Part.LEAD)
    note(partnership, Happening.Verb.LED, by=heir.person, at=at)
    key = f"lead:{partnership.pk}:{at:%Y%m%d%H%M%S}"
    tell_of(partnership, [heir.person], "lead_handed_over", key=key, who=by, at=at)


@transaction.atomic
def call_for_partners(partnership, *, by, words, at=None):
    """Look for partners in the open: the staff read these words."""
    partnership = lock(partnership)
    require(may_invite(by, partnership))
    refuse_if_full(partnership)
    Partnership.objects.filter(pk=partnership.pk).update(
        call=words, call_made_at=at or timezone.now(), call_closed_at=None
    )


@transaction.atomic
def close_call(partnership, *, by, at=None):
    partnership = lock(partnership)
    require(may_invite(by, partnership))
    Partnership.objects.filter(pk=partnership.pk, call_closed_at=None).update(call_closed_at=at or timezone.now())


@transaction.atomic
def join_call(partnership, *, by, level=None, at=None):
    """Answer an open call: join at once. Raises NotNow when it was closed, NotYet when there is no more room."""
    at = at or timezone.now()
    partnership = lock(partnership)
    if not partnership.call or partnership.call_closed_at or not partnership.is_active:
        raise NotNow("They have found their partners meanwhile.")
    require(may_join_call(by, partnership))
    refuse_if_full(partnership, by)
    member = enter(partnership, by, school=home_school(by), at=at)
    settle_in(partnership, member, level=level, at=at)
    note(partnership, Happening.Verb.JOINED, by=by, at=at)
    ask_again(partnership, by=by, at=at)
    tell_inviter(partnership, member, "invitation_accepted", at=at)
    move_on(partnership, by=by, at=at)


def enter(partnership, person, *, school, at):
    """Make somebody a member who was not asked, or who was and has not answered, or who comes back."""
    now = {"state": Member.State.ACTIVE, "school": school, "answered_at": at, "left_at": None}
    new = {**now, "invited_at": at, "invited_by": partnership.started_by}
    return Member.objects.update_or_create(partnership=partnership, person=person, defaults=now, create_defaults=new)[0]
