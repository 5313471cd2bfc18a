"""What this room keeps of people: read with people/kept.py."""

from django.db.models import Case, Exists, OuterRef, Q, When

from people.kept import Kept
from people.retention import Rule

from .models import Approval, Entry, Member, PlanVersion

OWN = "As long as you have an account; they are yours."
PAST = "As long as the district counts earlier years."
RECORD = "5 school years, as the district sets it."
TEAM = "Those who take part."
TEAM_AND_SCHOOL = "Those who take part, their facilitators and principals."
HOURS = "Hours and credit are records of your work that the district has to keep."
DECISIONS = "Who decided on a plan is a record that the district has to keep."
HISTORY = "Only added to: it keeps that something was done, under a pseudonym."
COUNTED = "Stays without your name, for the report counts how many took part."
NUMBER = "The number stays without your name, for the report counts it."

WITHIN = {"partnerships.Partnership": "partnership"}
TAKE_PART = "partnership__members__person"


def own_words(person):
    """What is theirs today: what they wrote and still have, what they wrote together, what was handed to them."""
    took_part = Member.objects.filter(person=person, state=Member.State.ACTIVE).values("partnership")
    together = Q(joint=True, partnership__in=took_part)
    return Q(author=person, handed_over_at=None) | Q(about=person, handed_over_at__isnull=False) | together


def forget_words(rows, erasure):
    """Theirs go. What they wrote together with others stays with them; so does a note of a colleague's lesson."""
    person = erasure.person
    others = Member.objects.active().filter(partnership=OuterRef("partnership")).exclude(person=person)
    shared = Q(audience__in=[Entry.Audience.PARTNERS, Entry.Audience.SCHOOL])
    of_others = Q(joint=True) & Exists(others) | Q(author=person, about__isnull=False) & ~Q(about=person) & shared
    Entry.objects.filter(pk__in=rows.values("pk")).exclude(of_others & Q(handed_over_at=None)).delete()


def own_plans(person):
    return Q(**{TAKE_PART: person, "partnership__members__state": Member.State.ACTIVE}) | Q(
        partnership__started_by=person
    )


def forget_plans(rows, erasure):
    """A plan that nobody else takes part in loses its words; others' plans stay theirs."""
    words = ("goal", "own_approach", "objective", "success", "resources", "direction", "coverage")
    alone(rows, erasure.person).update(**dict.fromkeys(words, ""))


def forget_versions(rows, erasure):
    alone(rows, erasure.person).update(answers={})


def forget_call(rows, erasure):
    alone(rows, erasure.person, work="pk").update(call="", cancel_reason="")


def alone(rows, person, *, work="partnership"):
    """Of rows of partnerships, those that nobody else ever took part in."""
    others = Member.objects.filter(partnership=OuterRef(work), state__in=[Member.State.ACTIVE, Member.State.LEFT])
    model = rows.model
    return model._base_manager.filter(~Exists(others.exclude(person=person)), pk__in=rows.values("pk"))


def forget_approvals(rows):
    """The answers of principals go with the versions that they were about."""
    Approval.objects.filter(version__in=rows.values("pk")).delete()
    PlanVersion.objects.filter(pk__in=rows.values("pk")).delete()


def is_over(cutoff):
    return Q(partnership__ends_on__lt=cutoff.before.date()) & ~Q(partnership__status="active")


def notes_due(cutoff):
    """30 days after the hand-over; on June 30 at the latest, handed over or not."""
    return Q(kind=Entry.Kind.NOTE) & (Q(handed_over_at__lt=cutoff.before) | Q(made_at__lt=cutoff.year_end))


# A table: an entry is read across, not down.
# fmt: off
PERSONAL = [
    Kept("partnerships.Entry", "What you wrote, and notes that were handed to you",
        purpose="To think for yourself and with your partners.",
        readers="You, and those with whom you shared it. No post opens it.",
        until="Reflections as long as you are here. Notes of visits: 30 days after the hand-over, or June 30.",
        whose=own_words, erase=forget_words,
        fate="Deleted. What you wrote together stays with the others, and a note with the colleague it is about.",
        facts="partnership step school kind prompt on audience made_at changed_at handed_over_at", words="body",
        people="author about", plain="joint released_at"),
    Kept("partnerships.Consent", "That you agreed to share a text",
        purpose="To know that all who wrote a text agree.", readers=TEAM, until="As long as the text.",
        whose="person", facts="given_at", people="person", plain="entry"),
    Kept("partnerships.StepDraft", "What you typed and did not send",
        purpose="So that nothing that you typed is lost.", readers="Yourself.",
        until="Until the step is done; on June 30 at the latest.", whose="person", goes=True, facts="step saved_at",
        words="answers", people="person"),
    Kept("partnerships.QuickReflection", "Fist to five, and what comes next",
        purpose="To see how it went; counted in groups of five or more.", readers="Yourself.", until=OWN,
        whose="person", fate=NUMBER,
        facts="partnership step fist_to_five next_step made_at", people="person"),
    Kept("partnerships.SelfAssessment", "How close you felt to your goal",
        purpose="To see your own way; counted in groups of five or more.", readers="Yourself.", until=OWN,
        whose="person", fate=NUMBER,
        facts="partnership moment level made_at", people="person"),
    Kept("partnerships.Artifact", "Files and links that you added", purpose="To show the work.",
        readers="You, and those with whom you shared it.", until=OWN, whose="added_by", goes=True,
        facts="partnership step school title link file_name content_type size audience made_at", files="file",
        people="added_by"),
    Kept("partnerships.TimeSpent", "Your hours", purpose="To count your hours toward credit.",
        readers="Yourself; the report counts them in sums.", until=RECORD, whose="person", law=HOURS,
        facts="partnership school category minutes on step event made_at", people="person"),
    Kept("partnerships.Member", "Partnerships that you were asked to or took part in",
        purpose="To know who works together.", readers=TEAM_AND_SCHOOL, until=PAST, whose="person",
        fate=COUNTED,
        facts="partnership school part state invited_at answered_at left_at", people="person invited_by"),
    Kept("partnerships.Partnership", "Partnerships that you started", purpose="To do the work together.",
        readers=TEAM_AND_SCHOOL, until=PAST, whose="started_by members__person", erase=forget_call,
        fate="Stays for those who took part; where that was only you, your words about it are gone.",
        facts="support school year starts_on ends_on status started_at completed_at cancelled_at session",
        people="started_by", shared="call cancel_reason",
        plain="renewed_from revisit_on call_made_at call_closed_at changed_at"),
    Kept("partnerships.HelpRequest", "What you asked the facilitators", purpose="To get help.",
        readers="You and the facilitators of your school.", until=OWN, whose="asker", goes=True,
        facts="school wish support partnership made_at answered_at withdrawn_at", words="words answer",
        people="asker answered_by"),
    Kept("partnerships.Happening", "The history of your partnerships: what you did",
        purpose="To know what was done when.", readers=TEAM_AND_SCHOOL, until=PAST, whose="by", fate=HISTORY,
        facts="partnership verb at step_title", people="by"),
    Kept("partnerships.Plan", "Plans that you made together",
        purpose="To agree on a goal, and to ask the principal for what it needs.", readers=TEAM_AND_SCHOOL,
        until=RECORD, whose=own_plans, erase=forget_plans,
        fate="Stays with those who made it with you; a plan of yours alone is emptied.",
        law="Plans are records that the district has to keep.", facts="partnership approach changed_at",
        shared="goal own_approach objective success resources direction coverage"),
    Kept("partnerships.Milestone", "Dates that you set yourselves", purpose="To be reminded on the way.",
        readers=TEAM_AND_SCHOOL, until=RECORD, whose="reached_by", facts="partnership due_on reached_at",
        people="reached_by", shared="title"),
    Kept("partnerships.PlanVersion", "Plans as they were sent to the principal",
        purpose="So that she sees what changed.", readers=TEAM_AND_SCHOOL, until=RECORD, whose="made_by",
        erase=forget_versions, fate="Stays with those who made it with you; a plan of yours alone is emptied.",
        law="Plans are records that the district has to keep.", facts="partnership number made_at", people="made_by",
        shared="answers"),
    Kept("partnerships.Approval", "Plans that you decided on", purpose="To answer a team.", readers=TEAM_AND_SCHOOL,
        until=RECORD, whose="decided_by", law=DECISIONS, facts="partnership school asked_at decision decided_at",
        people="decided_by", shared="on_resources on_direction", plain="step version"),
    Kept("partnerships.Remark", "Your comments on plans", purpose="To say what should change in a plan.",
        readers=TEAM_AND_SCHOOL, until=RECORD, whose="approval__decided_by", law=DECISIONS, facts="section",
        shared="text", plain="approval"),
    Kept("partnerships.Step", "Steps that you finished or left out", purpose="To know how far the work is.",
        readers=TEAM_AND_SCHOOL, until=PAST, whose="completed_by skipped_by",
        facts="partnership title due_on completed_at skipped_at", people="completed_by skipped_by",
        words="skip_reason",
        plain="key position kind guidance actor each_member optional config member share times_returned"),
    Kept("partnerships.PlannedEvent", "Visits to your class", purpose="To know whose class is visited.",
        readers=TEAM_AND_SCHOOL, until=PAST, whose="observed", facts="partnership step event", people="observed"),
    Kept("partnerships.HandOver", "Notes that you handed over or were handed",
        purpose="To show that it was done, and nothing of what was in it.", readers="The two of you.", until=PAST,
        whose="by to", fate=HISTORY, facts="partnership step at", people="by to"),
    Kept("partnerships.Version", "Texts as they stood when you were asked to show them",
        purpose="So that what was agreed is what is read.",
        readers="Those whose text it is, and the readers they named.", until="As long as the text.",
        whose="entry__author", facts="number prompt made_at", shared="body", plain="entry"),
    Kept("partnerships.Share", "Texts that you asked to show, or were shown",
        purpose="To show a text to the readers whom its people named.",
        readers="Those whose text it is, and the reader.", until="As long as the text.", whose="asked_by reader",
        facts="asked_at agreed_at ended_at", people="reader asked_by ended_by", plain="version"),
    Kept("partnerships.ShareConsent", "That you agreed to show a text",
        purpose="To know that all whose text it is agree.", readers="Those whose text it is.",
        until="As long as the text.", whose="person", facts="given_at", people="person", plain="share"),
    Kept("partnerships.EmergencyReading", "Words opened in an emergency",
        purpose="To show who opened what, with whose consent and why.",
        readers="Those whose words were opened, operators and admins.", until=PAST,
        whose="asked_by approved_by ended_by", fate=HISTORY, facts="partnership asked_at approved_at ended_at",
        people="asked_by approved_by ended_by", shared="reason"),
]
# fmt: on

# A table: an entry is read across, not down.
# fmt: off
RULES = [
    Rule("notes", "observation notes", "partnerships.Entry", "notes", notes_due, people=f"author about {TAKE_PART}",
        within=WITHIN, owner=Case(When(handed_over_at__isnull=False, then="about"), default="author")),
    Rule("drafts", "drafts of steps", "partnerships.StepDraft", "notes",
        lambda cutoff: Q(saved_at__lt=cutoff.year_end), people="person",
        within={"partnerships.Partnership": "step__partnership"}, owner="person"),
    Rule("plans", "plans", "partnerships.Plan", "records", is_over, people=TAKE_PART, within=WITHIN),
    Rule("plan_versions", "plans as they were sent", "partnerships.PlanVersion", "records", is_over, people=TAKE_PART,
        within=WITHIN, forget=forget_approvals),
    Rule("milestones", "milestones", "partnerships.Milestone", "records", is_over, people=TAKE_PART, within=WITHIN),
    Rule("hours", "hours", "partnerships.TimeSpent", "records", lambda cutoff: Q(on__lt=cutoff.before.date()),
        people="person", within=WITHIN),
]
# fmt: on
