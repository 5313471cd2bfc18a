"""A furnished house for the table of doors: one of everything, and somebody in every relation to it."""

import datetime as dt
from types import SimpleNamespace

from django.utils import timezone

from growth.models import Newsletter
from growth.services.shout_outs import thank
from notices.acts import act_of
from notices.links import answer_url, stop_url
from notices.models import Notice, OutboxMail
from observations.models import (
    Coverage,
    HostThanks,
    NextTry,
    OpenDoor,
    Pattern,
    StaffNote,
    Substitute,
    SubstituteTime,
    Swap,
    ThanksDraft,
    VisitKey,
    Walk,
    WalkNote,
    WalkPlace,
    WalkPlan,
    WalkReflection,
    WalkSearch,
    WalkVisit,
)
from observations.services.exporting import make_export, make_token
from observations.services.look_fors import make_set, write_brief
from partnerships.models import Approval, Artifact, Entry, Member, Milestone, Plan, PlannedEvent, PlanVersion, Step
from partnerships.services.members import accept, call_for_partners, invite
from partnerships.services.progress import save_draft
from partnerships.services.requests import ask_for_help
from partnerships.services.starting import start
from people.clock import at
from people.models import Deputy, District, NoSchoolDay, Post, Role, School, SchoolYear, StaffImport, User
from schedule.models import Attendance, DayCycle, Event, Term
from schedule.plausible import Row
from schedule.services import add_bells, create_event, keep_cycle, keep_special_days
from schedule.services.feeds import new_feed
from schedule.services.timetables import keep_file, write_timetable
from supports.loader import load
from supports.models import PDSession, Resource, Responsibility, SupportType

from .house_meeting import meeting_of
from .house_records import records_of
from .house_words import emergency_of, shown_of

# Who knocks, in the order of the table's columns.
VISITORS = {
    "nobody": None,
    "owner": (Role.TEACHER, "maple"),  # leads the partnership; hers are the notice, the words, the requests
    "partner": (Role.TEACHER, "maple"),
    "invited": (Role.TEACHER, "maple"),
    "stranger": (Role.TEACHER, "maple"),
    "principal": (Role.PRINCIPAL, "maple"),
    "deputy": (Role.TEACHER, "maple"),  # decides for the principal today
    "elsewhere": (Role.PRINCIPAL, "river"),
    "facilitator": (Role.FACILITATOR, None),
    "office": (Role.FRONT_OFFICE, "maple"),
    "admin": (Role.ADMIN, None),
    "operator": None,
}


def furnish():
    """Everything the addresses name, as a namespace."""
    house = SimpleNamespace(now=timezone.now())
    house.today = house.now.date()
    people_of(house)
    menu_of(house)
    work_of(house)
    words_of(house)
    shown_of(house)
    emergency_of(house)
    meeting_of(house)
    visits_of(house)
    timetable_of(house)
    days_of(house)
    records_of(house)
    return house


def people_of(house):
    District.objects.update_or_create(pk=1, defaults={"name": "Cedar Valley", "mail_domains": "cedar.example"})
    schools = {code: School.objects.create(name=f"{code.title()} School", code=code) for code in ("maple", "river")}
    span = {"starts_on": house.today - dt.timedelta(days=100), "ends_on": house.today + dt.timedelta(days=200)}
    house.school, house.year = schools["maple"], SchoolYear.objects.create(name="This year", **span)
    # A weekday on which nothing else is: what falls on a day with classes again is asked about first.
    far_off = house.today + dt.timedelta(days=60 - house.today.weekday())
    house.holiday = NoSchoolDay.objects.create(day=far_off, name="Snow")
    house.people = {"nobody": None}
    for name, post in VISITORS.items():
        if name == "nobody":
            continue
        rights = {"is_superuser": True, "is_staff": True} if name == "operator" else {}
        person = User.objects.create(email=f"{name}@cedar.example", name=f"{name.title()} Person", **rights)
        house.people[name] = person
        if post:
            Post.objects.create(user=person, role=post[0], school=schools.get(post[1]))
    vars(house).update({name: person for name, person in house.people.items() if person})
    house.deputising = Deputy.objects.create(school=house.school, principal=house.principal, deputy=house.deputy)
    house.roster = StaffImport.objects.create(file_name="staff.csv", rows=[], made_by=house.admin, made_at=house.now)


def menu_of(house):
    load()
    started = SupportType.objects.filter(begins="start", steps__kind="approval").order_by("pk")
    house.support = started[0]
    house.template = house.support.steps.first()
    house.resource = Resource.objects.filter(support=house.support).first()
    house.duty = Responsibility.objects.filter(support=house.support).first()
    house.session = PDSession.objects.create(
        title="Asking better questions", held_on=house.today, leader=house.owner, school=house.school, hours=2,
        summary="Two hours.", goal="Ask", focus_area="Talk", measured_by="Notes",
    )  # fmt: skip


def work_of(house):
    house.partnership = work = start(house.support, by=house.owner)
    accept(invite(work, by=house.owner, person=house.partner), by=house.partner)
    house.asked = invite(work, by=house.owner, person=house.invited)
    house.member = Member.objects.get(partnership=work, person=house.partner)
    call_for_partners(work, by=house.owner, words="A third who teaches grade 5")
    house.step = Step.objects.current().filter(partnership=work).for_member(house.owner).first()
    house.milestone = Milestone.objects.create(partnership=work, title="Half way", due_on=house.today)
    version = PlanVersion.objects.create(
        partnership=work, number=1, answers={"goal": "Yarrow"}, made_by=house.owner, made_at=house.now
    )
    approval = Step.objects.filter(partnership=work, kind="approval").first()
    house.approval = Approval.objects.create(
        partnership=work, step=approval, school=house.school, version=version, asked_at=house.now
    )
    house.help = ask_for_help(house.support, by=house.owner, wish="partner", words="Tansy")
    # At noon: a meeting that crosses midnight is refused by forms that ask for one day.
    tomorrow = at(house.today + dt.timedelta(days=1), dt.time(12), house.school)
    house.event = create_event(
        by=house.owner, kind=Event.Kind.MEETING, title="Peer learning", starts_at=tomorrow,
        ends_at=tomorrow + dt.timedelta(hours=1), people=[house.owner, house.partner], school=house.school,
        thread=work.thread,
    )  # fmt: skip
    PlannedEvent.objects.create(partnership=work, event=house.event)
    house.attendance = Attendance.objects.get(event=house.event, person=house.partner)
    house.feed = new_feed(house.owner, by=house.owner)


def words_of(house):
    mine = {"partnership": house.partnership, "author": house.owner, "school": house.school}
    times = {"made_at": house.now, "changed_at": house.now}
    note = {"kind": "note", "about": house.partner, "audience": "partners"}
    house.entry = Entry.objects.create(body="Medlar", **note, **mine, **times)
    Entry.objects.create(kind="reflection", body="Quince", audience="private", **mine, **times)
    save_draft(house.step, by=house.owner, answers={"goal": "Rowan", "body": "Rowan", "words": "Rowan"})
    Plan.objects.filter(partnership=house.partnership).update(goal="Yarrow", objective="Yarrow")
    house.artifact = Artifact.objects.create(
        partnership=house.partnership, added_by=house.owner, school=house.school, title="Plan sheet",
        link="https://artifact.example/", made_at=house.now,
    )  # fmt: skip
    house.notice = Notice.objects.filter(person=house.owner).first() or Notice.objects.create(
        person=house.owner, kind="your_turn", key="door", path="/", made_at=house.now, due_at=house.now
    )
    asked = Notice.objects.get(person=house.invited, kind="invitation")
    house.answer = answer_url(asked, act_of(asked, "accept")).split("/")[-2]
    house.stop = stop_url(house.owner, "your_turn").split("/")[-2]
    house.thanks = thank(house.partner, by=house.owner, words="Bryony")
    written = {"made_by": house.facilitator, "made_at": house.now, "changed_at": house.now}
    house.newsletter = Newsletter.objects.create(title="Week 12", opening="Yes", **written)
    attachment = {"name": "a.ics", "type": "text/calendar", "content": ""}
    house.mail = OutboxMail.objects.create(
        to=house.owner.email, subject="Your turn", text="Text", html="<p>Text</p>", attachments=[attachment]
    )


def visits_of(house):
    house.walk = Walk.objects.create(
        facilitator=house.facilitator, school=house.school, day=house.today, purpose="Talk", listed=False,
        made_at=house.now,
    )  # fmt: skip
    house.place = WalkPlace.objects.create(walk=house.walk, person=house.owner, joined_at=house.now)
    seen = create_event(
        by=house.facilitator, kind=Event.Kind.WALK, title="Learning walk", starts_at=house.now,
        ends_at=house.now + dt.timedelta(minutes=20), people=[house.owner], school=house.school,
    )  # fmt: skip
    house.visit = WalkVisit.objects.create(walk=house.walk, number=1, host=house.partner, room="12", event=seen)
    house.look_fors = make_set(by=house.facilitator, name="How lessons begin", lines=[("tally", "Questions")])
    write_brief(house.walk, by=house.facilitator, purpose="To learn", norms="We describe", focus="Beginnings")
    span = {"first": house.today, "last": house.today, "made_at": house.now, "done_at": house.now}
    house.search = WalkSearch.objects.create(walk=house.walk, made_by=house.facilitator, conflict=["Larch"], **span)
    empty = {"pre_brief": 480, "debrief": 660, "teams": [], "visits": []}
    WalkPlan.objects.create(
        walk=house.walk, search=house.search, plan=empty, changed_by=house.facilitator, changed_at=house.now
    )
    house.note = WalkNote.objects.create(
        walk=house.walk, visit_number=1, author=house.owner, saw="Sorrel", on=house.today
    )
    house.door = OpenDoor.objects.create(
        host=house.owner, school=house.school, starts_on=house.today, ends_on=house.today, doing="We read",
        made_at=house.now, changed_at=house.now,
    )  # fmt: skip
    debrief_of(house)
    house.coverage = Coverage.objects.create(
        asker=house.owner, school=house.school, partnership=house.partnership, day=house.today, starts=dt.time(10),
        ends=dt.time(11), class_name="Grade 5", asked_at=house.now,
    )  # fmt: skip
    house.sub = Substitute.objects.create(name="Sue Substitute", email="sue@subs.example")
    house.sub.schools.add(house.school)
    cover_of(house)
    house.covered = Coverage.objects.create(
        asker=house.partner, school=house.school, day=house.today, starts=dt.time(13), ends=dt.time(14),
        class_name="Grade 3", asked_at=house.now, state="assigned", substitute=house.sub,
    )  # fmt: skip
    house.absences = make_export(first=house.today, last=house.today, by=house.admin)
    house.key = make_token("Absence system", by=house.admin)[1]


def debrief_of(house):
    """A walk whose notes are on the table: the owner walked, the partner was her host."""
    house.debriefed = walk = Walk.objects.create(
        facilitator=house.facilitator, school=house.school, day=house.today, purpose="Talk", listed=False,
        made_at=house.now, published_at=house.now, notes_published_at=house.now,
    )  # fmt: skip
    WalkPlace.objects.create(walk=walk, person=house.owner, joined_at=house.now)
    event = create_event(
        by=house.facilitator, kind=Event.Kind.WALK, title="Learning walk", starts_at=house.now + dt.timedelta(hours=3),
        ends_at=house.now + dt.timedelta(hours=4), people=[house.owner], school=house.school,
    )  # fmt: skip
    visit = WalkVisit.objects.create(walk=walk, number=1, host=house.partner, room="14", event=event)
    VisitKey.objects.create(walk=walk, visit=visit, number=1)
    house.line = Pattern.objects.create(walk=walk, kind="pattern", words="Saffron")
    NextTry.objects.create(walk=walk, person=house.owner, words="Borage", on=house.today)
    ThanksDraft.objects.create(walk=walk, number=1, words="Chicory")
    HostThanks.objects.create(walk=walk, host=house.partner, words="Marjoram", on=house.today)
    StaffNote.objects.create(walk=walk, words="Lovage", sent_on=house.today)
    WalkReflection.objects.create(walk=walk, person=house.owner, words="Hyssop", on=house.today)


def cover_of(house):
    """A class that the owner's date takes, one that the partner covers and would swap, and a date of the substitute."""
    hour = {"school": house.school, "class_name": "Grade 5", "asked_at": house.now}
    Coverage.objects.create(
        asker=house.owner, event=house.event, event_at=house.event.starts_at, state="needed", starts=dt.time(12),
        ends=dt.time(13), day=house.event.starts_at.date(), **hour,
    )  # fmt: skip
    given = Coverage.objects.create(
        asker=house.stranger, coverer=house.partner, state="confirmed", day=house.today, starts=dt.time(14),
        ends=dt.time(15), **hour,
    )  # fmt: skip
    house.swap = Swap.objects.create(coverage=given, asker=house.partner, asked=house.invited, made_at=house.now)
    house.sub_date = SubstituteTime.objects.create(substitute=house.sub, day=house.today)


def timetable_of(house):
    row = Row(house.owner, "Monday", "1", "9A", "12", "Art", "class")
    house.table = write_timetable(house.school, [row], starts_on=house.today, by=house.office)
    house.slot = house.table.slots.get()
    content = f"teacher,day,period,class\n{house.owner.email},Monday,1,9A\n".encode()
    given = {"file_name": "timetable.csv", "starts_on": house.today, "school": house.school}
    house.timetable_file, _ = keep_file(content, by=house.office, **given)


def days_of(house):
    """The school's days: bells that nobody needs, a cycle, a day of each kind."""
    ours, by = house.school, house.principal
    add_bells(ours, by=by, name="Regular day")
    house.bells = add_bells(ours, by=by, name="Half day")
    cycle = DayCycle(school=ours, starts_on=house.today, follows=DayCycle.Follows.SCHOOL_DAYS)
    house.cycle = keep_cycle(cycle, by=by, days=[("A", None), ("B", None)])
    later = house.today + dt.timedelta(days=30)
    keep_special_days(ours, by=by, days=[later], name="As an A day", position=0)
    house.special = ours.special_days.get()
    house.off = NoSchoolDay.objects.create(school=ours, day=later + dt.timedelta(days=1), name="A burst pipe")
    span = {"starts_on": house.today, "ends_on": later}
    house.term = Term.objects.create(year=house.year, school=ours, name="Fall", **span)


# Words planted in the house, and who may meet them on a page.
PLANTED = {
    "Quince": {"owner"},  # a private reflection
    "Medlar": {"owner", "partner"},  # shared with partners
    "Sloe": {"owner", "partner", "principal"},  # shown to the principal by name
    "Damson": {"owner", "operator"},  # a private note that was opened in an emergency
    "Rowan": {"owner"},  # a draft
    "Sorrel": {"owner"},  # a note of a walk before notes are published
    "Larch": {"facilitator"},  # wishes that stand against each other in a walk's plan
    "Saffron": {"owner", "facilitator"},  # a line of a debrief
    "Borage": {"owner", "facilitator"},  # what she will try
    "Chicory": {"owner", "facilitator"},  # a note to a host, by number, before it is sent
    "Marjoram": {"partner"},  # the same once it was sent
    "Lovage": set(VISITORS) - {"nobody", "elsewhere", "admin", "operator"},  # a note to the staff, sent
    "Hyssop": {"owner"},  # how she looks back on the walk
    "Bryony": {"owner", "partner"},  # thanks that nobody has agreed to show
    "Tansy": {"owner", "facilitator"},  # what she asked the facilitator
    "Verbena": {"owner", "partner", "principal"},  # what she brought to the growth meeting, and its record
    "Yarrow": {"owner", "partner", "invited", "principal", "deputy", "facilitator"},  # the goal of the plan
}
