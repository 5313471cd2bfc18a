"""What erasing would do to what is kept about a person, as they read it before they say yes."""

from dataclasses import dataclass

from people.registry import PERSONAL


@dataclass(frozen=True)
class Outlook:
    """Lists of (title, how many rows, what becomes of them or why they stay)."""

    gone: list
    by_law: list
    nameless: list


def outlook(person):
    found = Outlook([], [], [])
    for kept in PERSONAL:
        count = kept.rows_of(person).count() if kept.whose else 0
        if count and kept.law:
            found.by_law.append((kept.title, count, f"{kept.law} How long: {kept.until}"))
        elif count:
            (found.gone if kept.goes else found.nameless).append((kept.title, count, kept.erased))
    return found


def register_by_room():
    """{room: [kept, ...]} of what is kept of people, for the privacy page."""
    rooms = {}
    for kept in PERSONAL:
        if kept.is_personal and (kept.whose or kept.others):
            rooms.setdefault(ROOMS.get(kept.model.split(".")[0], "Signing in"), []).append(kept)
    return rooms


ROOMS = {
    "people": "You and your posts",
    "notices": "What you are told",
    "schedule": "Dates and timetables",
    "supports": "The menu",
    "partnerships": "Working together",
    "observations": "Visits and cover",
    "growth": "What came of it",
}
