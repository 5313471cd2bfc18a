"""What the pages of growth meetings show: to principals their teams, to those who meet their own meeting."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Prefetch, Q
from django.utils import timezone

from partnerships.models import Member, Partnership
from partnerships.policy import member_of
from partnerships.reads.people import names
from people.access import visible_or_404
from people.models import SchoolYear

from .. import policy
from ..models import Brought, BroughtYes, GrowthMeeting, MeetingRecord, RecordYes
from ..services.next_year import is_renewed

STATES = {"open": "No date yet", "planned": "Planned", "held": "Held"}


def teams_of(user, *, state, now=None):
    """The teams of the schools that the person leads, in one of the STATES, with their people and their date.

    Work under way, and what was completed in this school year; not where the person takes part. What went on into a
    second year without a meeting needs none.
    """
    now = now or timezone.now()
    has_date = Q(growth_meeting__isnull=False, growth_meeting__event__cancelled_at=None)
    teams = teams_to_meet(user, now)
    narrowed = {
        "open": teams.filter(~has_date, renewed_as=None).order_by("ends_on", "pk"),
        "planned": teams.filter(has_date, growth_meeting__event__ends_at__gt=now).order_by(DATE, "pk"),
        "held": teams.filter(has_date, growth_meeting__event__ends_at__lte=now).order_by(f"-{DATE}", "pk"),
    }
    people = Prefetch("members", Member.objects.active().select_related("person", "school"))
    beside = ("support", "growth_meeting__event__school", "growth_meeting__principal")
    return narrowed[state].select_related(*beside).prefetch_related(people)


DATE = "growth_meeting__event__starts_at"


def teams_to_meet(user, now):
    team = Member.objects.active().filter(partnership=OuterRef("pk"))
    here = Exists(team.filter(school__in=policy.schools_of_meetings(user))) & ~Exists(team.filter(person=user))
    today = timezone.localdate(now)
    this_year = SchoolYear.objects.filter(starts_on__lte=today, ends_on__gte=today).values("pk")
    completed = Q(status=Partnership.Status.COMPLETED, year__in=this_year)
    return Partnership.objects.visible_to(user).filter(here, completed | Q(status=Partnership.Status.ACTIVE))


def has_date(partnership):
    """Whether its meeting is in the calendar, whoever asks: that a date is there, its school may know."""
    return GrowthMeeting.objects.with_date().filter(partnership=partnership).exists()


def meeting_for(user, pk):
    """The meeting with its date, team and principal, or 404."""
    team = Prefetch("partnership__members", Member.objects.select_related("person", "school"))
    beside = ("event__school", "school", "principal", "partnership__support", "partnership__school", "decided_by")
    return visible_or_404(GrowthMeeting.objects.select_related(*beside).prefetch_related(team), user, pk=pk)


def brought_for(user, pk):
    team = Prefetch("meeting__partnership__members", Member.objects.select_related("person"))
    beside = ("by", "artifact", "meeting__event", "meeting__principal", "meeting__partnership__support")
    return visible_or_404(Brought.objects.select_related(*beside).prefetch_related(team), user, pk=pk)


@dataclass
class OnTable:
    """One thing that was brought, as its line stands on the page. `waits_for` are the names of those still asked."""

    brought: Brought
    waits_for: str
    is_asked: bool
    may_take_back: bool


def on_table(meeting, user):
    """What the reader may see of what was brought: two queries."""
    rows = list(Brought.objects.visible_to(user).filter(meeting=meeting).select_related("by"))
    asked = {}
    for row in BroughtYes.objects.visible_to(user).filter(brought__in=rows, given_at=None).select_related("person"):
        asked.setdefault(row.brought_id, []).append(row.person)
    lines = []
    for brought in rows:
        brought.meeting, people = meeting, asked.get(brought.pk, [])
        lines.append(OnTable(brought, names(people, user), user in people, policy.may_take_back(user, brought)))
    return lines


def team_of(meeting):
    return [member.person for member in meeting.partnership.members.all() if member.state == Member.State.ACTIVE]


def record_of(meeting, user):
    """The record, who has agreed to it as it stands, who is asked, and whether the reader may agree now."""
    record = MeetingRecord.objects.visible_to(user).filter(meeting=meeting).select_related("changed_by").first()
    if record is None:
        return {"record": None}
    said = set(RecordYes.objects.visible_to(user).filter(record=record).values_list("person", flat=True))
    people = [*team_of(meeting), meeting.principal]
    agreed = [person for person in people if person.pk in said]
    open_yet = [person for person in people if person.pk not in said]
    # With nobody left to ask, somebody who was asked has left the team: any of the others may say that it counts.
    may_agree = not record.is_agreed and policy.may_write_record(user, meeting) and (user in open_yet or not open_yet)
    told = {"agreed": names(agreed, user), "open_yet": names(open_yet, user), "may_agree": may_agree}
    return {"record": record, **told}


def meeting_page(meeting, user):
    """All that the page of a meeting shows this reader."""
    renewed = meeting.is_held() and is_renewed(meeting)
    return {
        "meeting": meeting,
        "team": team_of(meeting),
        "is_member": member_of(user, meeting.partnership) is not None,
        "on_table": on_table(meeting, user),
        "may_bring": policy.may_bring(user, meeting),
        "may_write": policy.may_write_record(user, meeting),
        "may_decide": policy.may_decide_next_year(user, meeting) and not renewed,
        "renewed": renewed,
        **record_of(meeting, user),
    }
