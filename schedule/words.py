"""Dates as people say them, for notices and the calendar, in a zone that the caller names."""

FAR = 300  # days from which a date needs its year


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
