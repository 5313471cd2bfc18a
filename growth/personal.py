"""What this room keeps of people: read with people/kept.py."""

from django.db.models import Q

from people.kept import Kept
from people.retention import Rule

AT_TABLE = "meeting__principal meeting__partnership__members__person"
OF_MEETING = {"partnerships.Partnership": "meeting__partnership"}

PAST = "As long as the district counts earlier years."
RECORD = "5 school years, as the district sets it."

# A table: an entry is read across, not down.
# fmt: off
PERSONAL = [
    Kept("growth.ShoutOut", "Thanks that you gave or got", purpose="To thank a colleague.",
        readers="The two of you; the staff once the one who is thanked agrees.",
        until="As long as both of you are here.", whose="author to", goes=True, facts="made_at shown_at kept_at",
        words="words", people="author to kept_by"),
    Kept("growth.Newsletter", "Newsletters that you put together", purpose="To tell the staff what colleagues share.",
        readers="The staff; before it is sent, facilitators.", until="As long as the district keeps its newsletters.",
        whose="made_by", facts="title school made_at send_at sent_at", people="made_by",
        shared="opening closing picks", plain="changed_at"),
    Kept("growth.GrowthMeeting", "Growth meetings that you held or decided in",
        purpose="To look back on the year together.", readers="The team and its principal.",
        until=PAST, whose="principal decided_by",
        law="What a team decided is a record that the district has to keep.",
        facts="partnership school event made_at decision decided_at", people="principal decided_by"),
    Kept("growth.Brought", "What you brought to a growth meeting",
        purpose="To talk about it with your team and principal.",
        readers="The team, and the principal once all who wrote it agree.",
        until="As long as you take part; 5 school years at most, as the district sets it.", whose="by",
        goes=True, facts="meeting title brought_at opened_at", words="body", people="by",
        plain="source artifact joint"),
    Kept("growth.BroughtYes", "That you agreed to bring a text",
        purpose="To lay nothing on the table that not all agree to.", readers="The team.",
        until="As long as the text lies there.", whose="person", facts="given_at", people="person", plain="brought"),
    Kept("growth.MeetingRecord", "Records of growth meetings", purpose="To write down together what was said.",
        readers="The team and its principal.", until=RECORD, whose="changed_by",
        facts="meeting version changed_at agreed_at", people="changed_by", shared="body agreed_body",
        plain="agreed_version"),
    Kept("growth.RecordYes", "That you agreed to a record of a meeting",
        purpose="To keep no record that not all agree to.", readers="The team and its principal.",
        until="As long as the record.", whose="person", facts="given_at", people="person", plain="record"),
]
# fmt: on

# A table: an entry is read across, not down.
# fmt: off
RULES = [
    Rule("meeting_records", "records of growth meetings", "growth.MeetingRecord", "records",
        lambda cutoff: Q(changed_at__lt=cutoff.before), people=AT_TABLE, within=OF_MEETING),
    Rule("brought", "what was brought to growth meetings", "growth.Brought", "records",
        lambda cutoff: Q(brought_at__lt=cutoff.before), people=AT_TABLE, within=OF_MEETING),
]
# fmt: on
