"""What this room keeps of people: read with people/kept.py."""

from django.db.models import Q

from people.kept import Kept, nothing_personal
from people.retention import Rule

from .models import Coverage, SubstituteLetter

PAST = "As long as the district counts earlier years."
RECORD = "5 school years, as the district sets it."
OWN = "As long as you have an account; they are yours."
WALKERS = "Those who walk, the hosts and the facilitator."
GROUP = "You; once the notes are on the table, those who walked. By number, and no host is named."
OFFICE = "You, your partners, and who arranges cover at the school."
PAYROLL = "Who taught and who covered when is a record that the district has to keep."
COUNTED = "Stays without your name, for the report counts how many took part; your words are gone."
WITHIN_WALK = {"observations.Walk": "walk"}


def forget_note(rows, erasure):
    rows.update(note="", plan_name="")


def long_ended(cutoff):
    """Substitutes whose last day, and whose last class, is out of the span."""
    kept = Coverage.objects.filter(substitute__isnull=False, day__gte=cutoff.before.date()).values("substitute")
    return Q(ended_on__lt=cutoff.before.date()) & ~Q(pk__in=kept) & ~Q(name="A former substitute")


def forget_substitutes(rows):
    SubstituteLetter.objects.filter(substitute__in=rows.values("pk")).delete()
    rows.update(name="A former substitute", email="", phone="", subjects="")


def day_before(cutoff):
    return Q(day__lt=cutoff.before.date())


# A table: an entry is read across, not down.
# fmt: off
PERSONAL = [
    Kept("observations.Coverage", "Classes for which you asked for cover",
        purpose="So that your class is taught while you are away.", readers=OFFICE, until=RECORD, whose="asker",
        law=PAYROLL,
        facts="school partnership event day starts ends class_name subject room state asked_at decided_at"
        " other_day assigned_at confirmed_at",
        words="note plan_name", files="plan", people="asker decided_by coverer", others="reason",
        plain="event_at period worked_out slot changed_at substitute"),
    Kept("observations.Coverage", "Classes that you covered or decided on", purpose="To know who covers, fairly.",
        readers=OFFICE, until=RECORD, whose="coverer decided_by", law=PAYROLL, erase=lambda rows, erasure: None,
        fate="Stays without your name.",
        facts="school day starts ends class_name subject state assigned_at confirmed_at",
        people="coverer decided_by"),
    Kept("observations.CoverOffer", "That you offered to cover", purpose="To ask you when a class needs cover.",
        readers="Who arranges cover at the school.", until="Until you end it.", whose="person", goes=True,
        facts="school made_at", people="person"),
    Kept("observations.CoverLeft", "Classes that you cover no more", purpose="To tell you that you are free.",
        readers="Yourself.", until=RECORD, whose="person", goes=True, facts="coverage day starts ends at",
        people="person"),
    Kept("observations.Swap", "Swaps of cover", purpose="To let two who cover swap.", readers="The two of you.",
        until=RECORD, whose="asker asked", facts="coverage in_return answer made_at answered_at",
        people="asker asked"),
    Kept("observations.Substitute", "Substitutes",
        purpose="To ask a substitute to take a class. They have no account; the office keeps this entry with them.",
        readers="Who arranges cover at the schools that they serve.",
        until="5 school years after their last day, as the district sets it.", others="name email phone subjects",
        plain="ended_on schools"),
    Kept("observations.SubstituteTime", "When substitutes can come", purpose="To ask a substitute who can come.",
        readers="Who arranges cover at the schools that they serve.", until="As long as the substitute's entry.",
        others="weekday day starts ends can_come", plain="substitute"),
    Kept("observations.SubstituteLetter", "E-mails to substitutes",
        purpose="To tell a substitute of the day's classes.",
        readers="Who arranges cover at the schools that they serve.",
        until="Until the district's span for mail is over.", others="told",
        plain="substitute day version next_at attempts sent_at dropped_at failed_at failure"),
    Kept("observations.CoverageExport", "Absence files that you made",
        purpose="To tell the district's absence system of cover.", readers="District admins.", until=PAST,
        whose="made_by", facts="made_at first last whole", people="made_by", plain="token school columns"),
    Kept("observations.ExportedCoverage", "What the absence system was told of your classes",
        purpose="To tell the absence system what changed.", readers="District admins.", until=RECORD,
        whose="coverage__asker", law=PAYROLL, facts="change day", shared="values", plain="export coverage is_last"),
    Kept("observations.ApiToken", "Keys of systems that you made", purpose="To let the absence system fetch cover.",
        readers="District admins.", until="As long as the files that it fetched.", whose="made_by",
        facts="name made_at ended_at", people="made_by", secret="digest", erase=lambda rows, erasure: None,
        fate="Stays without your name: it is the district's key.", plain="used_at"),
    Kept("observations.Walk", "Learning walks that you led", purpose="To learn by watching colleagues.",
        readers="The staff where it is listed, else its people.", until=PAST, whose="facilitator",
        facts="school day half made_at closed_at cancelled_at", people="facilitator", shared="purpose",
        plain="partnership places listed pre_brief round debrief published_at notes_published_at"),
    Kept("observations.WalkPlace", "Learning walks that you joined", purpose="To plan who goes where.",
        readers=WALKERS, until=PAST, whose="person", fate=COUNTED, facts="walk joined_at withdrew_at", words="focus",
        people="person"),
    Kept("observations.WalkWait", "Learning walks that you wait for", purpose="To give you a place when one is free.",
        readers="You and the facilitator.", until="Until you have a place.", whose="person", goes=True,
        facts="walk since", words="focus", people="person"),
    Kept("observations.WalkVisit", "Visits of walks to your class", purpose="To know where a walk goes when.",
        readers=WALKERS, until=PAST, whose="host", fate=COUNTED, facts="walk room event", people="host",
        plain="number"),
    Kept("observations.WalkNote", "Your notes on walks", purpose="To say what you saw, and wonder.", readers=GROUP,
        until="June 30, unless you keep them.", whose="author", goes=True, facts="walk visit_number on",
        words="saw wondered asked idea look_fors", people="author", plain="version mark"),
    Kept("observations.NextTry", "What you will try after a walk", purpose="To remember it, and be reminded.",
        readers="Those who walked and the facilitator.", until=OWN, whose="person",
        fate=COUNTED, facts="walk on tried_on", words="words",
        people="person"),
    Kept("observations.HostThanks", "Thanks that you were sent as a host", purpose="To thank a host.",
        readers="Yourself.", until=OWN, whose="host", goes=True, facts="walk on words", people="host"),
    Kept("observations.StaffNoteYes", "That you agreed to a note to the staff",
        purpose="To send nothing that not all agree to.", readers="Those who walked.", until=PAST, whose="person",
        facts="version", people="person", plain="note"),
    Kept("observations.WalkReflection", "How you look back on walks", purpose="To think back.", readers="Yourself.",
        until=OWN, whose="person", goes=True, facts="walk on", words="words", people="person"),
    Kept("observations.Pattern", "Lines that a group gathered in a debrief", purpose="To learn together from a walk.",
        readers=GROUP, until=PAST, others="words", plain="walk kind version"),
    Kept("observations.ThanksDraft", "Thanks that a group writes", purpose="To thank the hosts.", readers=GROUP,
        until="Until they are sent.", others="words", plain="walk number version"),
    Kept("observations.StaffNote", "Notes of a group to the staff", purpose="To tell the staff what was noticed.",
        readers="The group; the staff once all agree.", until=PAST, others="words", plain="walk version sent_on"),
    Kept("observations.OpenDoor", "Doors that you open", purpose="So that colleagues can watch a class of yours.",
        readers="The staff of the district.", until="Until you end it.", whose="host", goes=True,
        facts="school starts_on ends_on visitors most_visits may_talk made_at paused_at ended_at",
        words="doing look_for seats", people="host", plain="changed_at"),
    Kept("observations.DoorTime", "Which of your classes are open",
        purpose="So that colleagues can watch a class of yours.", readers="The staff of the district.",
        until="Until you end it.", whose="door__host", goes=True,
        facts="position period starts ends class_name subject room moved_on", plain="door"),
    Kept("observations.LookForSet", "Sets of look-fors that you made", purpose="To agree on what a walk looks for.",
        readers="The staff of the district.", until="As long as walks use it.", whose="made_by", facts="name made_at",
        people="made_by"),
    Kept("observations.LookForVersion", "Versions of look-fors that you made",
        purpose="To agree on what a walk looks for.", readers="The staff of the district.",
        until="As long as walks use it.", whose="made_by", facts="number made_at", people="made_by", plain="set"),
    Kept("observations.Brief", "Pre-briefs of walks that you led", purpose="To agree on what a walk is for.",
        readers=WALKERS, until=PAST, whose="walk__facilitator", facts="changed_at", shared="purpose norms focus",
        plain="walk look_fors"),
    Kept("observations.BriefRead", "Pre-briefs that you read", purpose="To know that all agree.",
        readers="You and the facilitator.", until=PAST, whose="person", facts="walk at", people="person"),
    Kept("observations.WalkSearch", "Plans of walks that you had looked for",
        purpose="To plan a walk with the least class time.", readers="The facilitators of the school.", until=PAST,
        whose="made_by", facts="walk made_at first last", people="made_by",
        others="visitors hosts apart pins forbids earlier found conflict trouble",
        plain="half visit_minutes least most team_least team_most pre_brief_minutes debrief_minutes"
        " meeting_room claimed_at done_steps all_steps done_at"),
    Kept("observations.WalkPlan", "Plans of walks that you changed",
        purpose="To plan a walk with the least class time.", readers="The facilitators of the school.", until=PAST,
        whose="changed_by", facts="walk changed_at", people="changed_by", others="plan pins forbids",
        plain="search version published_version"),
    nothing_personal("observations.CoverRule", "school lead_days most_a_week most_out too_many year_budget"),
    nothing_personal("observations.ExportColumn", "position heading fact"),
    nothing_personal("observations.LookFor", "version position kind label"),
    nothing_personal("observations.Substitute_schools", "substitute school"),
    nothing_personal("observations.VisitKey", "walk visit number"),
]
# fmt: on

# A table: an entry is read across, not down.
# fmt: off
RULES = [
    Rule("coverage", "requests for cover", "observations.Coverage", "records", day_before,
        people="asker coverer partnership__members__person", within={"partnerships.Partnership": "partnership"}),
    Rule("walk_notes", "notes of learning walks", "observations.WalkNote", "notes",
        lambda cutoff: Q(on__lt=cutoff.year_end.date()), people="author walk__visits__host", within=WITHIN_WALK,
        owner="author"),
    Rule("cover_left", "classes not covered any more", "observations.CoverLeft", "records", day_before, "person"),
    Rule("substitutes", "entries of substitutes", "observations.Substitute", "records", long_ended,
        forget=forget_substitutes),
    Rule("letters", "e-mails to substitutes", "observations.SubstituteLetter", "mail",
        lambda cutoff: Q(day__lt=cutoff.before.date()) & ~Q(sent_at=None, dropped_at=None, failed_at=None)),
]
# fmt: on
