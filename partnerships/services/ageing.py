"""What has waited too long for somebody: an invitation, a plan, a step of those who asked for help; and new deputies.

Looked for by beat and told under unique keys, like all reminders. How long is counted in school days at the person's
school: nothing grows old over a weekend or a break.
"""

import datetime as dt
from functools import cache
from zoneinfo import ZoneInfo

from django.db.models import Prefetch

from notices.services import notice_for
from people import clock
from people.models import Deputy, User
from schedule.models import SchoolDay

from ..models import Approval, Member, Partnership, Step
from ..policy import deciders
from .ground import facts_of
from .progress import facilitators_of

# In school days: after how many the one who was asked hears of it again, and the one who asked hears of it at all.
INVITATION, NO_ANSWER = 3, 7
PLAN = (3, 8)
STUCK = 5
# In days: what is older was told of, or comes from a time before this site.
LONGEST = 60
SATURDAY = 5
MEMBERS = Member.objects.active().select_related("person")


def of_ageing(now):
    """The notices of all that waits too long. The number of queries does not grow with it."""
    passed = SchoolDays(now)
    yield from of_invitations(passed, now)
    yield from of_plans(passed, now)
    yield from of_steps_with_help(passed, now)
    yield from of_deputies(passed)


class SchoolDays:
    """Counts school days up to now. Where none are laid out, Monday to Friday count."""

    def __init__(self, now):
        self.now, self.home = now, clock.zone_of()
        self.off = {}

    def at(self, schools):
        """Read the days of these schools that may be counted."""
        span = (self.now.date() - dt.timedelta(days=LONGEST + 1), self.now.date() + dt.timedelta(days=1))
        laid = SchoolDay.objects.filter(school__in=schools, day__range=span).values_list("school", "day", "off")
        self.off |= {(school, day): bool(why) for school, day, why in laid}

    def day(self, moment, school):
        return moment.astimezone(ZoneInfo(school.time_zone) if school.time_zone else self.home).date()

    def since(self, day, school):
        """How many school days of the school have come after this day, today among them."""
        days = (day + dt.timedelta(days=n) for n in range(1, (self.day(self.now, school) - day).days + 1))
        return sum(not self.off.get((school.pk, one), one.weekday() >= SATURDAY) for one in days)


def lately(now, least):
    """The span of moments in which something began that may have grown this many school days old."""
    return now - dt.timedelta(days=LONGEST), now - dt.timedelta(days=least - 1)


def of_invitations(passed, now):
    asked = Member.objects.filter(state=Member.State.INVITED, partnership__status=Partnership.Status.ACTIVE)
    asked = asked.filter(invited_at__range=lately(now, INVITATION))
    asked = list(asked.select_related("person", "invited_by", "school", "partnership__support"))
    passed.at({member.school for member in asked})
    for member in asked:
        days = passed.since(passed.day(member.invited_at, member.school), member.school)
        facts = facts_of(member.partnership, who=member.invited_by or "A colleague", whom=member.person)
        about = {"facts": facts, "thread": member.partnership.thread}
        stamp = f"{member.pk}:{member.invited_at:%Y%m%d%H%M%S}"
        if days >= INVITATION:
            key, path = f"invitation-waiting:{stamp}", f"/invitations/{member.pk}/"
            yield notice_for(member.person, "invitation_waiting", key=key, path=path, **about)
        if days >= NO_ANSWER and member.invited_by:
            key, path = f"invitation-unanswered:{stamp}", f"{member.partnership.get_absolute_url()}manage/"
            yield notice_for(member.invited_by, "invitation_unanswered", key=key, path=path, **about)


def of_plans(passed, now):
    plans = Approval.objects.waiting().filter(asked_at__range=lately(now, PLAN[0]))
    plans = plans.select_related("school", "partnership__support")
    plans = list(plans.prefetch_related(Prefetch("partnership__members", MEMBERS)))
    passed.at({plan.school for plan in plans})
    leading, holding = cache(lambda school: list(User.objects.leading(school))), cache(User.objects.holding)
    for plan in plans:
        days = passed.since(passed.day(plan.asked_at, plan.school), plan.school)
        if reached := [least for least in PLAN if days >= least]:
            told = {
                "key": f"approval-waiting:{plan.pk}:{max(reached)}",
                "path": plan.get_absolute_url(),
                "facts": facts_of(plan.partnership, school=plan.school, since=f"{plan.asked_at:%a %-d %B}"),
                "thread": plan.partnership.thread,
            }
            people = deciders(plan.school_id, plan.partnership, leading, holding)
            yield from (notice_for(person, "approval_waiting", **told) for person in people)


def of_steps_with_help(passed, now):
    """Steps that are past their date, of people who have asked their facilitator for help: she hears of it too."""
    today = now.date()
    span = (today - dt.timedelta(days=LONGEST), today - dt.timedelta(days=STUCK - 1))
    asked = Partnership.objects.filter(help_requests__withdrawn_at=None, help_requests__isnull=False)
    late = Step.objects.current().filter(due_on__range=span, partnership__in=asked)
    late = late.exclude(actor__in=[Step.Actor.PRINCIPAL, Step.Actor.FACILITATOR])
    late = late.select_related("partnership__support", "partnership__school", "member__person")
    late = list(late.prefetch_related(Prefetch("partnership__members", MEMBERS)))
    passed.at({step.partnership.school for step in late})
    helpers = cache(facilitators_of)
    for step in late:
        if passed.since(step.due_on, step.partnership.school) >= STUCK:
            members = list(step.partnership.members.all())
            who = step.member.person if step.member else " and ".join(str(member.person) for member in members)
            told = {
                "key": f"overdue-with-help:{step.pk}:{step.times_returned}:{step.due_on}",
                "path": step.partnership.get_absolute_url(),
                "facts": facts_of(step.partnership, step=step.title, due=f"{step.due_on:%a %-d %B}", who=who),
                "thread": step.partnership.thread,
            }
            people = helpers(frozenset(member.school_id for member in members))
            yield from (notice_for(person, "overdue_with_help", **told) for person in people)


def of_deputies(passed):
    """Whoever decides for a principal from today on."""
    around = Deputy.objects.around(passed.now.date()).select_related("school", "principal", "deputy")
    for one in around.filter(deputy__is_active=True):
        today = passed.day(passed.now, one.school)
        if (one.starts_on or today) <= today <= (one.ends_on or today):
            until = f"until {one.ends_on:%a %-d %B}" if one.ends_on else "until further notice"
            facts = {"who": str(one.principal), "school": one.school.name, "until": until}
            yield notice_for(one.deputy, "deputising", key=f"deputising:{one.pk}", path="/approvals/", facts=facts)
