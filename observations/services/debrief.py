"""The debrief: lines gathered by several people at once, what each tries, thanks by number, and the end of a walk."""

from django.db import transaction
from django.utils import timezone

from notices.services import tell, tell_all
from partnerships.models import Entry
from partnerships.policy import may_take_part, member_of
from partnerships.services.closing import bring_to_end, look_back_elsewhere
from partnerships.services.time import category_of, record_guest_minutes, record_minutes
from partnerships.services.words import rewrite, write
from people import clock
from people.access import require
from people.models import User
from schedule.models import Attendance

from ..models import (
    HostThanks,
    NextTry,
    Pattern,
    StaffNote,
    StaffNoteYes,
    ThanksDraft,
    VisitKey,
    Walk,
    WalkPlace,
    WalkReflection,
)
from ..policy import may_arrange, may_debrief, may_reflect, may_speak
from . import NotNow
from .ground import fact, hosts_of, lock, refuse_future
from .notes import LOT

PROMPT = "Looking back on the walk"


class Changed(NotNow):
    """Somebody else's words stand there now. `row` holds them."""

    def __init__(self, row):
        super().__init__("Somebody changed this meanwhile. Both stand here: put them together, and save again.")
        self.row = row


def debriefed(walk, by):
    """The walk, locked, for those who take part in its debrief: of two who write at once, one waits."""
    walk = lock(walk)
    require(may_debrief(by, walk))
    return walk


@transaction.atomic
def add_line(walk, *, by, kind, words):
    """Put a pattern or a wondering (Pattern.Kind) on the group's page."""
    return Pattern.objects.create(walk=debriefed(walk, by), kind=kind, words=words)


@transaction.atomic
def change_line(line, *, by, words, seen):
    """Change a line, or take it away with empty words. Raises Changed when it is not the version that was seen."""
    debriefed(line.walk, by)
    now = Pattern.objects.filter(pk=line.pk).first()
    if now is None:
        raise NotNow("Somebody took this line away meanwhile. Copy yours, and add it as a new one.")
    if words:
        put(now, words, seen)
    elif now.version != seen:
        raise Changed(now)
    else:
        now.delete()


def put(row, words, seen):
    """Words over those that were seen, and over no others; the same words again change nothing."""
    if row.words == words:
        return
    if row.version != seen:
        raise Changed(row)
    row.words, row.version = words, row.version + 1
    row.save(update_fields=["words", "version"])


@transaction.atomic
def set_try(walk, *, by, words, on):
    """Say what one will try and on which day; one is reminded on that day, once."""
    walk = debriefed(walk, by)
    require(may_speak(by, walk))
    NextTry.objects.update_or_create(walk=walk, person=by, defaults={"words": words, "on": on, "tried_on": None})


@transaction.atomic
def mark_tried(walk, *, by, at=None):
    """Say that one has tried it; a second press changes nothing."""
    on = clock.today(walk.school, at or timezone.now())
    NextTry.objects.filter(walk=walk, person=by, tried_on=None).update(tried_on=on)


@transaction.atomic
def draft_thanks(walk, *, by, number, words, seen):
    """Write or change the "we noticed" note for a visit, by its number in the notes. Raises Changed as lines do."""
    walk = debriefed(walk, by)
    if not VisitKey.objects.filter(walk=walk, number=number).exists():
        raise NotNow("No host waits for a note under this number.")
    draft = ThanksDraft.objects.filter(walk=walk, number=number).first()
    if draft:
        put(draft, words, seen)
    else:
        ThanksDraft.objects.create(walk=walk, number=number, words=words)


@transaction.atomic
def send_thanks(walk, *, by, at=None):
    """Send what is drafted to the hosts. The key says to whom, to this function alone; the drafts are gone then."""
    at = at or timezone.now()
    walk = lock(walk)
    require(may_arrange(by, walk))
    deliver_thanks(walk, at=at)


def deliver_thanks(walk, *, at):
    """In an order drawn by lot, so that the rows of the thanks do not stand in that of the numbers."""
    hosts = dict(VisitKey.objects.filter(walk=walk).values_list("number", "visit__host"))
    drafts = list(ThanksDraft.objects.filter(walk=walk, words__gt="", number__in=hosts))
    LOT.shuffle(drafts)
    for draft in drafts:
        given, new = HostThanks.objects.get_or_create(
            walk=walk, host_id=hosts[draft.number], defaults={"words": draft.words, "on": clock.today(walk.school, at)}
        )
        if not new:
            HostThanks.objects.filter(pk=given.pk).update(words=f"{given.words}\n\n{draft.words}")
    ThanksDraft.objects.filter(walk=walk).delete()
    thanked = User.objects.filter(pk__in={hosts[draft.number] for draft in drafts}).order_by("pk")
    tell_all(thanked, "walk_noticed", **fact(walk, "noticed", at, path=f"/debriefs/{walk.pk}/noticed/"))


@transaction.atomic
def write_staff_note(walk, *, by, words, seen):
    """Write the note to the staff; whoever agreed to other words is asked again. Raises Changed as lines do."""
    walk = debriefed(walk, by)
    note = StaffNote.objects.filter(walk=walk).first()
    if note is None:
        StaffNote.objects.create(walk=walk, words=words)
    elif note.sent_on:
        raise NotNow("The note is with the staff already.")
    else:
        put(note, words, seen)


@transaction.atomic
def agree_to_staff_note(walk, *, by, seen):
    """Agree to the note as it stands. Raises Changed when it says something else by now."""
    walk = debriefed(walk, by)
    require(may_speak(by, walk))
    note = StaffNote.objects.filter(walk=walk, sent_on=None).first()
    if note is None:
        raise NotNow("There is no note to agree to.")
    if note.version != seen:
        raise Changed(note)
    StaffNoteYes.objects.get_or_create(note=note, person=by, version=note.version)


def not_agreed(note):
    """Participants who have not agreed to the note as it stands."""
    agreed = StaffNoteYes.objects.filter(note=note, version=note.version).values("person")
    return WalkPlace.objects.taken().filter(walk=note.walk_id).exclude(person__in=agreed)


@transaction.atomic
def send_staff_note(walk, *, by, at=None):
    """Show the note to the staff of the school. Raises NotNow until everybody who walked has agreed to it."""
    at = at or timezone.now()
    walk = lock(walk)
    require(may_arrange(by, walk))
    note = StaffNote.objects.filter(walk=walk, sent_on=None).first()
    if note is None or not_agreed(note).exists():
        raise NotNow("The staff read it once everybody who walked has agreed to it.")
    StaffNote.objects.filter(pk=note.pk).update(sent_on=clock.today(walk.school, at))
    staff = User.objects.staff_of([walk.school_id]).exclude(pk=by.pk)
    tell_all(staff, "walk_staff_note", **fact(walk, "staff-note", at, path=f"/debriefs/{walk.pk}/note/"))


@transaction.atomic
def reflect(walk, *, by, words, at=None):
    """Look back, for oneself: an Entry of the walk's partnership, private, or a text that the walk keeps alone."""
    at = at or timezone.now()
    walk = lock(walk)
    require(may_reflect(by, walk))
    on, is_member = clock.today(walk.school, at), walk.partnership and may_take_part(by, walk.partnership)
    if entry := looked_back_on(walk).filter(author=by).select_related("partnership__support").first():
        rewrite(entry, by=by, body=words, at=at)
    elif is_member:
        write(walk.partnership, by=by, kind=Entry.Kind.REFLECTION, body=words, prompt=PROMPT, on=on, at=at)
    else:
        WalkReflection.objects.update_or_create(walk=walk, person=by, defaults={"words": words, "on": on})
    if is_member:
        look_back_elsewhere(walk.partnership, by=by, at=at)


def looked_back_on(walk):
    """What members of the walk's partnership wrote at its debrief."""
    rows = Entry.objects.filter(prompt=PROMPT, kind=Entry.Kind.REFLECTION)
    return rows.filter(partnership=walk.partnership_id) if walk.partnership_id else rows.none()


@transaction.atomic
def close_walk(walk, *, by, at=None):
    """Close the debrief: the hosts are thanked, the key is erased, minutes count, and its partnership comes to its end.

    That is complete once each of its people has looked back.

    Notes that were not published stay with their authors. Raises NotNow before the day.
    """
    at = at or timezone.now()
    walk = lock(walk)
    require(may_arrange(by, walk))
    refuse_future(walk, at)
    if not walk.published_at:
        raise NotNow("Its people were never told of it. Cancel it instead.")
    Walk.objects.filter(pk=walk.pk).update(closed_at=at)
    deliver_thanks(walk, at=at)
    VisitKey.objects.filter(walk=walk).delete()
    thanked = set(HostThanks.objects.filter(walk=walk).values_list("host", flat=True))
    for host in hosts_of(walk):
        if host.pk not in thanked:
            tell(host, "walk_thanks", **fact(walk, "thanks", at))
    count_minutes(walk, at=at)
    if walk.partnership:
        written = User.objects.filter(pk__in=looked_back_on(walk).values("author"))
        reason = "The walk is over, and its debrief is closed."
        bring_to_end(walk.partnership, by=by, reason=reason, looked_back=written, at=at)


def count_minutes(walk, *, at):
    """The time of those who walked: the meetings, and their visits to others. Members' count with their partnership."""
    came = Attendance.objects.filter(event__thread=walk.thread, event__cancelled_at=None, event__ends_at__lte=at)
    came = came.filter(visited=False).exclude(answer=Attendance.Answer.DECLINED)
    walked = set(WalkPlace.objects.taken().filter(walk=walk).values_list("person", flat=True))
    for one in came.select_related("event", "person").order_by("event__starts_at", "person"):
        if walk.partnership and member_of(one.person, walk.partnership):
            record_minutes(
                walk.partnership,
                one.person,
                category=category_of(one.event),
                minutes=one.event.minutes,
                on=walk.day,
                event=one.event,
                at=at,
            )
        elif one.person_id in walked:
            record_guest_minutes(one.event, one.person, on=walk.day, at=at)
