"""Fill an empty database with the demo district: the same people and work on every machine, up to this moment."""

import datetime as dt
import random

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from notices.models import Notice
from partnerships.models import HelpRequest
from partnerships.services import closing, members, requests, starting
from partnerships.services.time import count_past_events
from people.models import Role, School, User
from supports.models import SupportType

from . import sayings
from .cover import settle_ahead, settle_past
from .district import first_day_of_year, make_district, make_profiles, make_sessions
from .doors import make_doors
from .meetings import make_meetings
from .news import make_news
from .plans import make_plans
from .school_time import make_coverers, make_school_time
from .visits import make_walks
from .work import Work

SEED = 20260817
LAST_YEAR, THIS_YEAR = 30, 26


# Days are those of the demo's schools: while it is tomorrow in UTC already, nobody there holds tomorrow's post yet.
@timezone.override("America/New_York")
@transaction.atomic
def fill(*, now=None):
    """Make the whole district. The database has its menu and nobody in it yet; the work ends at `now`."""
    now, rng = now or timezone.now(), random.Random(SEED)
    today = timezone.localdate(now)
    cast = make_district(rng, today)
    teachers = list(User.objects.holding(Role.TEACHER).order_by("pk"))
    make_profiles(rng, teachers)
    sessions = make_sessions(rng, today)
    first = first_day_of_year(today)
    make_school_time(cast["schools"], cast["admin"], first)
    make_coverers(cast["schools"], cast["admin"], now)
    share_out(rng, teachers, sessions, first - dt.timedelta(days=364), first - dt.timedelta(days=75), LAST_YEAR, now)
    share_out(rng, teachers, sessions, first, today, THIS_YEAR, now)
    make_assignments(rng, now)
    make_teachers_own(rng, cast["teacher"], now)
    make_waiting(rng, cast, teachers, now)
    make_walks(rng, cast, now)
    make_doors(random.Random(SEED), cast, now)
    make_plans(cast, now)
    make_news(cast, now)
    make_meetings(random.Random(SEED), cast, now)
    settle_past(rng, now)
    settle_ahead(rng, cast, now)
    count_past_events(now=now)
    settle_notices(now)


def moment(day):
    return dt.datetime.combine(day, dt.time(19, 30), tzinfo=dt.UTC)


def share_out(rng, teachers, sessions, first, last, count, now):
    """Start `count` partnerships between the two days and carry each to where it would be by now."""
    types = list(SupportType.objects.filter(begins=SupportType.Begins.START).order_by("position"))
    weights = [3 if support.people_at_least > 1 else 2 for support in types]
    for number in range(count):
        day = first + dt.timedelta(days=round((last - first).days * (number + rng.random()) / count))
        support = rng.choices(types, weights)[0]
        lead = rng.choice(teachers)
        at = min(moment(day), now - dt.timedelta(hours=4))
        session = rng.choice(sessions) if support.follows_session else None
        partnership = starting.start(support, by=lead, session=session, at=at)
        ask_partners(rng, partnership, lead, teachers, at)
        carry(rng, partnership, at, now, pace=rng.choice([5, 8, 12]))


def ask_partners(rng, partnership, lead, teachers, at):
    near = [t for t in teachers if t.standing.schools & lead.standing.schools and t != lead]
    wanted = max(partnership.support.people_at_least - 1, rng.choice([0, 1, 1, 2]))
    asked = rng.sample(near, wanted) if rng.random() < 0.8 else rng.sample([t for t in teachers if t != lead], wanted)
    for person in asked:
        if not partnership.members.filter(person=person).exists():
            members.invite(partnership, by=lead, person=person, at=at)


def carry(rng, partnership, at, now, *, pace):
    work = Work(partnership, at=at, now=now, pace=pace, rng=rng)
    fate = rng.random()
    if fate < 0.12:
        work.go_on(until=rng.choice(["plan", "events"]))
        partnership.refresh_from_db()
        lead = partnership.members.active().get(part="lead").person
        if partnership.is_active and work.at < now:
            closing.withdraw(partnership, by=lead, reason="Our schedules changed.", at=work.at)
        return
    work.go_on(until="reflection")
    partnership.refresh_from_db()
    if work.at < now and partnership.is_active:
        work.talk(rng.randint(1, 3))
        work.show()
    work.go_on()


def make_assignments(rng, now):
    """Each school's coaches get a colleague, and walks that were asked for are gathered."""
    facilitator = User.objects.get(email="facilitator@demo.example")
    support = SupportType.objects.filter(begins=SupportType.Begins.ASSIGN).first()
    for number, school in enumerate(School.objects.all()):
        coach = User.objects.staff_of([school], Role.COACH).order_by("pk").first()
        others = User.objects.staff_of([school], Role.TEACHER).exclude(pk=coach.pk).order_by("pk")
        at = now - dt.timedelta(days=200 - 45 * number)
        partnership = requests.assign(support, by=facilitator, coach=coach, partner=others[number + 3], at=at)
        Work(partnership, at=at, now=now, pace=12, rng=rng).go_on()


def make_teachers_own(rng, teacher, now):
    """The demo teacher's own work: one complete, two under way, an inquiry of her own, and an invitation to her."""
    colleagues = list(
        User.objects.staff_of(teacher.standing.schools, Role.TEACHER).exclude(pk=teacher.pk).order_by("pk")
    )
    pair = SupportType.objects.filter(begins="start", people_at_least=2).order_by("position").first()
    alone = SupportType.objects.filter(begins="start", depth=SupportType.Depth.DEEP_DIVE).order_by("position").first()
    for days, partner, until in ((300, 0, None), (24, 1, "approval"), (60, 2, "reflection")):
        at = now - dt.timedelta(days=days)
        partnership = starting.start(pair, by=teacher, at=at)
        members.invite(partnership, by=teacher, person=colleagues[partner], at=at)
        work = Work(partnership, at=at, now=now, pace=3, rng=rng)
        work.go_on(until=until)
        partnership.refresh_from_db()
        if partnership.is_active:
            work.at = min(work.at, now)
            work.talk(2)
            work.show()
    make_coming_dates(rng, teacher, colleagues[3], now)
    inquiry = starting.start(alone, by=teacher, at=now - dt.timedelta(days=90))
    Work(inquiry, at=now - dt.timedelta(days=90), now=now, pace=4, rng=rng).go_on(until="analysis")
    asked = starting.start(pair, by=colleagues[4], at=now - dt.timedelta(days=2))
    members.invite(asked, by=colleagues[4], person=teacher, at=now - dt.timedelta(days=1))


def make_coming_dates(rng, teacher, partner, now):
    """Peer coaching that has come to its dates, so that the week ahead has some in it."""
    coaching = SupportType.objects.filter(steps__config__has_key="per_member").first()
    at = now - dt.timedelta(days=14)
    partnership = starting.start(coaching, by=teacher, at=at)
    members.invite(partnership, by=teacher, person=partner, at=at)
    work = Work(partnership, at=at, now=now, pace=1, rng=rng)
    work.go_on(until="events")
    work.at = now
    for _ in range(3):
        work.take_turn(None)


def make_waiting(rng, cast, teachers, now):
    """What waits for the others: open calls, requests to the facilitator, plans on the principal's desk."""
    types = list(SupportType.objects.filter(begins=SupportType.Begins.START, people_at_least=2).order_by("position"))
    for number, call in enumerate(sayings.CALLS):
        at = now - dt.timedelta(days=3 + number)
        lead = teachers[number * 17 + 5]
        partnership = starting.start(types[number % len(types)], by=lead, at=at)
        members.call_for_partners(partnership, by=lead, words=call, at=at)
    walk = SupportType.objects.filter(begins=SupportType.Begins.REQUEST).first()
    wishes = [(walk, HelpRequest.Wish.SET_UP), (walk, HelpRequest.Wish.SET_UP), (types[0], HelpRequest.Wish.PARTNER)]
    for number, (support, wish) in enumerate(wishes):
        asker = teachers[number * 23 + 9]
        at = now - dt.timedelta(days=2 + 2 * number)
        requests.ask_for_help(support, by=asker, wish=wish, words=sayings.ASKS[number], at=at)
    for number, school in enumerate(sorted(cast["principal"].standing.schools_as(Role.PRINCIPAL))):
        lead, partner = User.objects.staff_of([school], Role.TEACHER).order_by("-pk")[:2]
        at = now - dt.timedelta(days=16 + number)
        partnership = starting.start(types[0], by=lead, at=at)
        members.invite(partnership, by=lead, person=partner, at=at)
        Work(partnership, at=at, now=now, pace=2, rng=rng).go_on(until="approval")


def settle_notices(now):
    """What was told long ago has been sent and read; only the last two days are still news."""
    old = Notice.objects.filter(made_at__lt=now - dt.timedelta(days=2))
    old.update(sent_at=F("due_at"), read_at=F("due_at"))
    Notice.objects.exclude(person__email__in=DEMO_READERS).update(sent_at=F("due_at"))


DEMO_READERS = [f"{role}@demo.example" for role in ("teacher", "facilitator", "principal", "admin", "frontoffice")]
