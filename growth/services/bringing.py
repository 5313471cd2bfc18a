"""What a team lays on the table: each their own, by their own choice, until the meeting has been held."""

from dataclasses import dataclass

from django.db import transaction
from django.template.defaultfilters import truncatechars
from django.utils import timezone

from partnerships.models import Artifact, Plan
from partnerships.reads.taking import texts_to_take
from partnerships.services.ground import NotNow, people_of, tell_of
from partnerships.services.viewing import active_in, plans_were_read
from people.access import require
from people.models import Viewing
from people.services import viewing

from ..models import Brought, BroughtYes
from ..policy import holds, may_bring, may_take_back
from .meetings import held

PLAN, TEXT, FILE = "plan", "text", "file"
DOOR = "your growth meeting"
WORDS = 50  # letters of a text, to tell it from others
SECTIONS = ("goal", "objective", "success")


@dataclass(frozen=True)
class Thing:
    """Something that a member could bring, as it is now; `words` tell it from others of the same title."""

    title: str
    words: str = ""
    body: str = ""
    artifact: Artifact | None = None
    joint: bool = False

    @property
    def in_a_line(self):
        """For whoever chooses, who may read them all."""
        first_words = f" “{truncatechars(' '.join(self.words.split()), WORDS)}”" if self.words else ""
        return f"{self.title}{first_words}{' (written together: each of you is asked)' if self.joint else ''}"


def things_to_bring(partnership, user):
    """{source: Thing} of what is theirs: their texts, those written together, their files and links, and the plan.

    The plan needs nobody's consent: the principal reads it anyway.
    """
    things = {}
    plan = Plan.objects.visible_to(user).filter(partnership=partnership).first()
    if plan and plan.goal:
        things[PLAN] = Thing("Our plan", plan.goal, words_of(plan))
    for text in texts_to_take(partnership, user):
        things[f"{TEXT}:{text.pk}"] = Thing(text.title, text.body, text.body, joint=text.joint)
    for artifact in Artifact.objects.visible_to(user).filter(partnership=partnership, added_by=user):
        things[f"{FILE}:{artifact.pk}"] = Thing(artifact.title, artifact=artifact)
    return things


def words_of(plan):
    said = [(plan._meta.get_field(name).verbose_name, getattr(plan, name)) for name in SECTIONS]
    return "\n\n".join(f"{str(label).capitalize()}\n{text}" for label, text in said if text)


@transaction.atomic
def bring(meeting, *, by, sources, at=None):
    """Bring exactly these of one's own: what is new is added as it stands, what is missing is taken back.

    The others are asked about a text that was written together. What somebody else has brought stays as it is.
    """
    at = at or timezone.now()
    meeting = held(meeting)
    require(may_bring(by, meeting, at), "The meeting is over, or has no date.")
    there = Brought.objects.filter(meeting=meeting)
    there.filter(by=by).exclude(source__in=sources).delete()
    things, known = things_to_bring(meeting.partnership, by), set(there.values_list("source", flat=True))
    for source in dict.fromkeys(sources):
        if source in things and source not in known:
            lay(meeting, source, things[source], by=by, at=at)


def lay(meeting, source, thing, *, by, at):
    what = {"title": thing.title, "body": thing.body, "artifact": thing.artifact, "joint": thing.joint}
    brought = Brought.objects.create(meeting=meeting, by=by, source=source, brought_at=at, **what)
    if thing.joint:
        others = list(people_of(meeting.partnership, but=by))
        BroughtYes.objects.bulk_create(BroughtYes(brought=brought, person=person) for person in others)
        told = {"key": f"growth_joint:{brought.pk}", "path": brought.get_absolute_url()}
        tell_of(meeting.partnership, others, "growth_joint", who=by, at=at, **told)


@transaction.atomic
def take_back(brought, *, by):
    """Take it off the table: whoever brought it or, of a text written together, any of the team."""
    brought.meeting = held(brought.meeting)
    require(may_take_back(by, brought), "It stays with the meeting, which has been held.")
    brought.delete()


@transaction.atomic
def agree_to_bring(brought, *, by, at=None):
    """Say yes to a text that was written together. The last yes opens it to the principal; a second changes nothing.

    Raises NotNow when it was taken back.
    """
    at = at or timezone.now()
    meeting = held(brought.meeting)
    require(may_bring(by, meeting, at), "The meeting is over, or has no date.")
    asked = BroughtYes.objects.filter(brought=brought, person=by)
    if not asked.exists():
        raise NotNow("It was taken back meanwhile.")
    asked.filter(given_at=None).update(given_at=at)


@transaction.atomic
def open_brought(brought, *, by, at=None):
    """The principal reads it; the team sees since when. Later readings change nothing."""
    require(holds(by, brought.meeting))
    Brought.objects.filter(pk=brought.pk, opened_at=None).update(opened_at=at or timezone.now())


def was_read(brought, *, reader):
    """Log that the principal has it in front of her, for those whose it is. Of a file its row says since when."""
    kind, _, number = brought.source.partition(":")
    partnership = brought.meeting.partnership
    if kind == PLAN:
        plans_were_read([partnership], reader=reader, door=DOOR)
    if kind == TEXT:
        authors = active_in(partnership) if brought.joint else (brought.by_id,)
        thing = viewing.Thing(Viewing.What.WORDS, int(number), brought.title, brought.get_absolute_url(), authors)
        viewing.note_viewings([thing], reader=reader, door=DOOR)
