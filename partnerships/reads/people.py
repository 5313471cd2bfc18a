"""Names of people as a sentence, days as people say them, and who may be asked."""

from django.utils import timezone

from people.models import Expertise, Role, User
from schedule.words import FAR, day_words

SHARED = [Expertise.Kind.CAN_SHOW, Expertise.Kind.WANTS_TO_GROW]
MOST = 3  # names in a sentence, before "and 2 more"


def names(people, reader):
    """You and Ben Okafor; Ana Ruiz, Ben Okafor and 2 more."""
    others = [str(person) for person in people if person.pk != reader.pk]
    said = (["You"] if len(others) < len(people) else []) + others
    if len(said) > MOST:
        said = [*said[: MOST - 1], f"{len(said) - MOST + 1} more"]
    return " and ".join(part for part in (", ".join(said[:-1]), said[-1] if said else "") if part)


def day(moment):
    """Thu 12 March, in the reader's zone; with the year when that is far from today."""
    if moment is None:
        return ""
    local = timezone.localtime(moment).date() if hasattr(moment, "hour") else moment
    return day_words(local) + (f" {local.year}" if abs((local - timezone.localdate()).days) > FAR else "")


def near(user):
    """Colleagues to pick from while a name is typed: those of the person's own schools."""
    return User.objects.visible_to(user).staff_of(user.standing.schools).exclude(pk=user.pk)[:200]


def fitting(partnership, user):
    """Colleagues who may be asked: {"near": at the same schools, "alike": [(person, why), ...] by what they share}."""
    members = [member.person_id for member in partnership.members.all() if member.state in ("active", "invited")]
    schools = {member.school_id for member in partnership.members.all() if member.state == "active"}
    free = User.objects.visible_to(user).exclude(pk__in=members)
    free = free.exclude(pk__in=User.objects.staff_of(schools, Role.PRINCIPAL).values("pk"))
    topics = Expertise.objects.visible_to(user).filter(user=user, kind__in=SHARED).values("topic")
    alike = Expertise.objects.visible_to(user).filter(kind__in=SHARED, topic__in=topics, user__in=free)
    return {
        "near": free.staff_of(schools)[:200],
        "alike": {
            row.user: f"{row.get_kind_display().lower()} {row.topic}" for row in alike.select_related("user")[:12]
        },
    }
