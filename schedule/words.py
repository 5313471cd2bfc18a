"""Dates as people say them, for notices and the calendar, in a zone that the caller names."""

from django.core.exceptions import ValidationError

FAR = 300  # days from which a date needs its year


class DoubleBooked(ValidationError):
    """Somebody or something would be in two places at once: says who or what, when, and who has it."""

    def __str__(self):
        return self.message


def clock(moment):
    return f"{moment.hour}:{moment:%M}"


def day_words(day):
    return f"{day:%a} {day.day} {day:%B}"


def span_words(starts_at, ends_at, zone, *, at):
    """Thu 12 March, 10:05 to 10:50; with the year when the day is far from `at`."""
    start, end = starts_at.astimezone(zone), ends_at.astimezone(zone)
    day = day_words(start) + (f" {start.year}" if abs((starts_at - at).days) > FAR else "")
    until = clock(end) if end.date() == start.date() else f"{day_words(end)}, {clock(end)}"
    return f"{day}, {clock(start)} to {until}"


def taken_words(taken, zone, *, at, by=None, is_open=False):
    """Who or what a booking takes and when; by what, only to those for whom its date is open."""
    event, when = taken.event, span_words(taken.starts_at, taken.ends_at, zone, at=at)
    if taken.person_id is None:
        has = f": {'you have' if event.organizer == by else f'{event.organizer.name} has'} it" if event else ""
        return f"{event.place if event else 'The substitute'} is taken {when}{has}."
    if taken.person == by:
        return f"You said yes to {event.title}, {when}." if event else f"You cover a class, {when}."
    return f"{taken.person.name} is busy {when}{f': {event.title}' if event and is_open else ''}."


def when_and_where(event):
    """A mark of the event's time and place: a notice that carries another one tells of what no longer holds."""
    return f"{event.starts_at.timestamp():.0f}-{event.ends_at.timestamp():.0f}-{event.place}"


def count(number, one, many):
    """1 day, 2 days."""
    return f"{number} {one if number == 1 else many}"


def listed(words):
    """Ana, Ben and Cleo."""
    return " and ".join(part for part in (", ".join(words[:-1]), *words[-1:]) if part)
