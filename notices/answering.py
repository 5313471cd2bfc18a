"""What a reader does from a mail, without signing in: answer, and stop the mails of a kind."""

from dataclasses import dataclass

from django.core.exceptions import ObjectDoesNotExist, PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from people.access import require
from people.models import User

from .acts import Act, Refused, act_of
from .links import read_answer, read_stop
from .models import How, Notice, Preference
from .policy import may_keep
from .registry import KINDS, NoticeKind, kind_of


@dataclass(frozen=True)
class Chance:
    """A link that may be used: what it does, and for whom."""

    notice: Notice
    act: Act

    @property
    def will(self):
        return self.act.will.format_map(self.notice.facts)

    @property
    def done(self):
        return self.act.done.format_map(self.notice.facts)

    @property
    def path(self):
        return self.act.where(self.notice) if self.act.where else self.notice.path


def chance_of(token):
    """What a link of a mail may still do, or None: it is false, old or used, or what it is about is settled.

    Whoever has left, or works nowhere any more, may do nothing.
    """
    pk, key = read_answer(token) or (None, None)
    notice = Notice.objects.filter(pk=pk, acted_at=None, dropped_at=None).select_related("person").first()
    act = notice and act_of(notice, key)
    if not act or not may_act(notice.person) or not kind_of(notice).still_due(notice):
        return None
    return Chance(notice, act)


def answered_of(token):
    """The notice that its reader has answered by a link of this mail, or None."""
    pk, _ = read_answer(token) or (None, None)
    return Notice.objects.filter(pk=pk, acted_at__isnull=False, person__is_active=True).first()


def may_act(person):
    return person.is_active and person.standing.is_placed


@transaction.atomic
def take(chance, *, by, words="", at=None):
    """Do what the link says, once, with its reader as the one who does it.

    Raises Refused, with a sentence, when the link was used meanwhile or the room refuses; then the link stays good.
    """
    at = at or timezone.now()
    notice = chance.notice
    require(may_keep(by, notice) and may_act(by))
    if not Notice.objects.filter(pk=notice.pk, acted_at=None).update(acted_at=at):
        raise Refused("This link was used a moment ago.")
    try:
        chance.act.do(notice, by=by, words=words, at=at)
    except PermissionDenied as refusal:
        raise Refused(str(refusal)) from refusal
    except ValidationError as refusal:
        raise Refused(" ".join(refusal.messages)) from refusal
    except ObjectDoesNotExist as gone:
        raise Refused("It is no longer there.") from gone
    Notice.objects.filter(pk=notice.pk, read_at=None).update(read_at=at)


@dataclass(frozen=True)
class Stop:
    """Whose mails of which kind a link stops; `kind` is None for all that can be stopped."""

    person: User
    kind: NoticeKind | None

    @property
    def kinds(self):
        """The kinds that are stopped."""
        return [kind for kind in ([self.kind] if self.kind else KINDS.values()) if kind.can_be_off]

    @property
    def kept(self):
        """The kinds that go on all the same: somebody waits for the reader, or a class does."""
        return [] if self.kind else [kind for kind in KINDS.values() if not kind.can_be_off]


def stop_of(token):
    """What a link to stop mails is about, or None: it is false, the person has left, or the kind is no more."""
    pk, key = read_stop(token) or (None, "")
    person = User.objects.filter(pk=pk, is_active=True).first()
    if not person or (key and key not in KINDS):
        return None
    return Stop(person, KINDS.get(key))


@transaction.atomic
def stop_mails(stop):
    """Leave these kinds to the inbox from now on; a second time changes nothing."""
    Preference.objects.bulk_create(
        [Preference(person=stop.person, kind=kind.key, how=How.OFF) for kind in stop.kinds],
        update_conflicts=True,
        unique_fields=["person", "kind"],
        update_fields=["how"],
    )
