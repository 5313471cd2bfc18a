"""Steps that put dates into the calendar."""

from collections import Counter

from people.models import User
from schedule.models import Event
from schedule.services import create_event
from supports.registry import StepKind

from ..forms.dating import EventForm
from ..models import PlannedEvent


class Events(StepKind):
    """Dates to be set: each becomes an event in everybody's calendar. Two observations per teacher is `per_member`."""

    key, label = "events", "Set dates"
    needs = frozenset({"kinds"})
    knows = frozenset({"at_least", "per_member", "minutes"})
    choices = {"kinds": Event.Kind.values}
    repeats = True
    for_members = False

    def form(self, step, person, *, data=None, files=None, initial=None):
        return EventForm(step, person, data=data, initial=initial)

    def act(self, step, *, by, answers, at):
        partnership = step.partnership
        people = list(User.objects.filter(memberships__in=partnership.members.active()))
        event = create_event(
            by=by,
            kind=answers["kind"],
            title="",
            starts_at=answers["starts_at"],
            ends_at=answers["ends_at"],
            people=people,
            visited=[person for person in people if person.pk == answers.get("observed")],
            school=partnership.school,
            place=answers["place"],
            video_link=answers["video_link"],
            thread=partnership.thread,
            path=partnership.get_absolute_url(),
            at=at,
        )
        PlannedEvent.objects.create(
            partnership=partnership, step=step, event=event, observed_id=answers.get("observed")
        )

    def done(self, step):
        planned = list(PlannedEvent.objects.filter(step=step, event__cancelled_at=None))
        wanted = step.config.get("at_least", 1)
        if len(planned) < wanted:
            return f"Set {wanted - len(planned)} more {'date' if wanted - len(planned) == 1 else 'dates'} first."
        if per_member := step.config.get("per_member"):
            visits = Counter(event.observed_id for event in planned)
            members = step.partnership.members.active().select_related("person")
            short = [str(m.person) for m in members if visits[m.person_id] < per_member]
            if short:
                return f"{', '.join(short)} still needs dates: {per_member} observations for each of you."
