"""What is told of cover, and to whom. Notices carry time, place, class and who: nothing of the visit's purpose."""

from notices.services import tell, tell_all
from people.models import Post, Role, User
from schedule.words import day_words

from .letters import write_to_substitute


def fact(coverage, verb, at, *, path="", **more):
    """What a notice of cover says, and the key under which it is told once."""
    return {
        "key": f"coverage-{verb}:{coverage.pk}:{at:%Y%m%d%H%M%S%f}",
        "path": path or coverage.get_absolute_url(),
        "thread": f"coverage:{coverage.pk}",
        "at": at,
        "facts": {
            "who": str(coverage.asker),
            "class": coverage.class_name,
            "day": day_words(coverage.day),
            "starts": f"{coverage.starts:%-H:%M}",
            "ends": f"{coverage.ends:%-H:%M}",
            "where": f", {coverage.room}" if coverage.room else "",
            **more,
        },
    }


def tell_asker(coverage, verb, at, **more):
    tell(coverage.asker, f"coverage_{verb}", **fact(coverage, verb, at, **more))


def tell_coverer(coverage, verb, at, **more):
    """A substitute has no account, and is mailed what the day is now."""
    if coverage.coverer:
        tell(coverage.coverer, f"coverage_{verb}", **fact(coverage, verb, at, **more))
    elif coverage.substitute:
        write_to_substitute(coverage.substitute, coverage.day, at=at)


def leaders_of(school_id):
    """The principal and her deputy of the day."""
    return User.objects.leading(school_id)


def arrangers_of(school_id):
    """The principal, her deputy and the front office."""
    office = Post.objects.current().filter(role=Role.FRONT_OFFICE, school=school_id)
    return (leaders_of(school_id) | User.objects.filter(pk__in=office.values("user"))).distinct()


def tell_leaders(coverage, at):
    tell_all(
        leaders_of(coverage.school_id).exclude(pk=coverage.asker_id), "coverage_asked", **fact(coverage, "asked", at)
    )


def tell_arrangers(coverage, verb, at, *, but, **more):
    """Those who arrange cover, save whoever did it."""
    people = arrangers_of(coverage.school_id).exclude(pk__in=[coverage.asker_id, *(person.pk for person in but)])
    tell_all(people, f"coverage_{verb}", **fact(coverage, verb, at, **more))


def tell_needed(event, person, classes, at):
    """One notice for all the classes of a teacher that an event takes: `classes` are rows of one day or several."""
    number = len(classes)
    facts = {
        "number": f"{number} of your classes" if number > 1 else "a class of yours",
        "day": day_words(classes[0].day),
    }
    tell(
        person,
        "coverage_needed",
        key=f"coverage-needed:{event.pk}:{at:%Y%m%d%H%M%S%f}",
        path=f"/coverage/needed/{event.pk}/",
        thread=f"event:{event.pk}",
        facts=facts,
        at=at,
    )
