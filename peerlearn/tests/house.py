"""A furnished house for the table of doors: one of everything, and somebody in every relation to it."""

import datetime as dt
from types import SimpleNamespace

from django.utils import timezone

from notices.models import Notice, OutboxMail
from observations.models import Coverage, Walk, WalkNote, WalkPlace, WalkVisit
from partnerships.models import Approval, Artifact, Entry, Member, Milestone, Plan, PlannedEvent, PlanVersion, Step
from partnerships.services.members import accept, call_for_partners, invite
from partnerships.services.progress import save_draft
from partnerships.services.requests import ask_for_help
from partnerships.services.starting import start
from people.models import Deputy, District, NoSchoolDay, Post, Role, School, SchoolYear, StaffImport, User
from schedule.models import Attendance, Event
from schedule.services import create_event
from schedule.services.feeds import new_feed
from supports.loader import load
from supports.models import PDSession, Resource, Responsibility, SupportType

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
    visits_of(house)
    return house


def people_of(house):
    District.objects.update_or_create(pk=1, defaults={"name": "Cedar Valley", "mail_domains": "cedar.example"})
    schools = {code: School.objects.create(name=f"{code.title()} School", code=code) for code in ("maple", "river")}
    span = {"starts_on": house.today - dt.timedelta(days=100), "ends_on": house.today + dt.timedelta(days=200)}
    house.school, house.year = schools["maple"], SchoolYear.objects.create(name="This year", **span)
    house.holiday = NoSchoolDay.objects.create(day=house.today, name="Snow")
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
    tomorrow = house.now + dt.timedelta(days=1)
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
    house.entry = Entry.objects.create(kind="reflection", body="Medlar", audience="partners", **mine, **times)
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
    house.note = WalkNote.objects.create(
        walk=house.walk, visit_number=1, author=house.owner, saw="Sorrel", on=house.today
    )
    house.coverage = Coverage.objects.create(
        asker=house.owner, school=house.school, partnership=house.partnership, day=house.today, starts=dt.time(10),
        ends=dt.time(11), class_name="Grade 5", asked_at=house.now,
    )  # fmt: skip


# Words planted in the house, and who may meet them on a page.
PLANTED = {
    "Quince": {"owner"},  # a private reflection
    "Medlar": {"owner", "partner"},  # shared with partners
    "Rowan": {"owner"},  # a draft
    "Sorrel": {"owner"},  # a note of a walk before notes are published
    "Tansy": {"owner", "facilitator"},  # what she asked the facilitator
    "Yarrow": {"owner", "partner", "invited", "principal", "deputy", "facilitator"},  # the goal of the plan
}


def sent(house):
    """What is posted where an empty form would be refused before anyone asks who is sending it."""
    work = "partnerships/<int:pk>"
    return {
        "approvals/<int:pk>/": {"action": "approve"},
        "help-requests/<int:pk>/answer/": {f"{house.help.pk}-answer": "Try Ana."},
        "help-requests/gather/": {"requests": house.help.pk},
        f"{work}/messages/": {"body": "Hello"},
        f"{work}/manage/call/": {"words": "A third"},
        f"{work}/manage/<slug:what>/": {"reason": "We moved"},
        f"{work}/manage/invite/": {"colleague": house.stranger.email},
        "events/<int:pk>/cancel/": {"word": "Snow"},
        "coverage/<int:pk>/return/": {"reason": "The exam is that day"},
        "coverage/<int:pk>/name/": {"coverer": house.stranger.pk},
        "walks/<int:pk>/visits/<int:visit_pk>/note/": {"saw": "Two questions"},
        "me/deputies/": {"school": house.school.pk, "deputy": house.partner.pk},
    }


def values(house):
    """What stands in an address for each parameter, by the route as far as the parameter."""
    work, menu = "partnerships/<int:pk>", "district/menu/<slug:slug>"
    return {
        "people/<int:pk>": house.owner.pk,
        "me/deputies/<int:pk>": house.deputising.pk,
        "district/schools/<int:pk>": house.school.pk,
        "district/years/<int:pk>": house.year.pk,
        "district/no-school-days/<int:pk>": house.holiday.pk,
        "district/staff/<int:pk>": house.stranger.pk,
        "district/staff/import/<int:pk>": house.roster.pk,
        "district/posts/<int:pk>": house.stranger.posts.get().pk,
        "inbox/<int:pk>": house.notice.pk,
        "outbox/<int:pk>": house.mail.pk,
        "outbox/<int:pk>/attachments/<int:number>": 0,
        "events/<int:pk>": house.event.pk,
        "events/<int:pk>/people/<int:attendance_pk>": house.attendance.pk,
        "feeds/<str:token>": house.feed.token,
        "schools/<int:pk>": house.school.pk,
        "menu/<slug:slug>": house.support.slug,
        "menu/<slug:slug>/resources/<int:pk>": house.resource.pk,
        menu: house.support.slug,
        f"{menu}/steps/<int:pk>": house.template.pk,
        f"{menu}/resources/<int:pk>": house.resource.pk,
        f"{menu}/responsibilities/<int:pk>": house.duty.pk,
        "pd/<int:pk>": house.session.pk,
        work: house.partnership.pk,
        f"{work}/steps/<int:step_pk>": house.step.pk,
        f"{work}/milestones/<int:milestone_pk>": house.milestone.pk,
        f"{work}/manage/<slug:what>": "withdraw",
        "artifacts/<int:pk>": house.artifact.pk,
        "words/<int:pk>": house.entry.pk,
        "invitations/<int:member_pk>": house.asked.pk,
        "calls/<int:pk>": house.partnership.pk,
        "start/<slug:slug>": house.support.slug,
        "help-requests/<int:pk>": house.help.pk,
        "approvals/<int:pk>": house.approval.pk,
        "walks/<int:pk>": house.walk.pk,
        "walks/<int:pk>/visits/<int:visit_pk>": house.visit.pk,
        "walks/<int:pk>/people/<int:place_pk>": house.place.pk,
        "walks/<int:pk>/talks/<slug:kind>": "pre_brief",
        "coverage/<int:pk>": house.coverage.pk,
        "report/<int:year_pk>": house.year.pk,
        "accounts/confirm-email/<key>": "unknown-key",
        "accounts/password/reset/key/<uidb36>": "1",
        "accounts/password/reset/key/<uidb36>-<key>": "unknown-key",
        "accounts/2fa/webauthn/keys/<int:pk>": 1,
    }
