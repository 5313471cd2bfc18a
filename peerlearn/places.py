"""The places that the frame of a page leads to, by what the reader is."""

from dataclasses import dataclass
from functools import lru_cache

from django.urls import NoReverseMatch, reverse

from people.models import Role


@dataclass(frozen=True)
class Place:
    """A link of the navigation; `roles` empty means everyone on the staff."""

    name: str
    label: str
    icon: str
    roles: tuple = ()


MAIN = (
    Place("home", "Home", "house"),
    Place("menu", "Menu", "compass"),
    Place("partnership_list", "My work", "people"),
    Place("calendar", "Calendar", "calendar-event"),
    Place("directory", "Colleagues", "person-badge"),
)
MORE = (
    Place("open_calls", "Looking for partners", "megaphone"),
    Place("pd_list", "PD sessions", "mortarboard"),
    Place("walk_list", "Learning walks", "footprints"),
    Place("door_list", "Open doors", "door-open"),
    Place("my_timetable", "My timetable", "table", (Role.TEACHER, Role.TEACHER_LEADER, Role.COACH)),
    Place("coverage_list", "Class coverage", "shield-check"),
    Place("newsletter_list", "Newsletter", "newspaper"),
    Place("shout_out_list", "Shout-outs", "heart"),
    Place("shared_words", "Shared with you", "chat-quote"),
    Place("my_hours", "My hours", "clock-history"),
    Place("school_time_list", "School days and bells", "bell"),
)
DUTIES = (
    Place("help_queue", "Requests for help", "question-circle", (Role.FACILITATOR,)),
    Place("approval_list", "Plans to approve", "clipboard-check", (Role.PRINCIPAL, "deputy")),
    Place("coverage_desk", "Cover to answer", "shield-check", (Role.PRINCIPAL, "deputy", Role.FRONT_OFFICE)),
    Place("meeting_list", "Growth meetings", "cup-hot", (Role.PRINCIPAL, "deputy")),
    Place("model_counts", "How it went, in counts", "bar-chart", (Role.FACILITATOR,)),
    Place("report", "Year-end report", "graph-up", (Role.PRINCIPAL, Role.ADMIN)),
)
DISTRICT = (
    Place("staff_list", "People and posts", "person-gear", (Role.ADMIN,)),
    Place("school_list", "Schools", "building", (Role.ADMIN,)),
    Place("year_list", "School years", "calendar2-week", (Role.ADMIN,)),
    Place("mailroom", "Mail", "envelope", (Role.ADMIN,)),
    Place("district_settings", "District settings", "gear", (Role.ADMIN,)),
)
YOU = (
    Place("profile", "Your profile", "person-circle"),
    Place("my_readers", "Who has read what is yours", "binoculars"),
    Place("notice_preferences", "What you are told", "bell"),
    Place("feed_settings", "Your calendar feed", "calendar-plus"),
    Place("mfa_index", "Sign-in security", "key"),
)


@dataclass(frozen=True)
class Link:
    """A place with its address, and whether the reader is in it."""

    place: Place
    url: str
    here: bool


@dataclass(frozen=True, eq=False)
class Places:
    """The links that a reader has use for, in groups."""

    main: tuple = ()
    more: tuple = ()
    duties: tuple = ()
    district: tuple = ()
    you: tuple = ()


GROUPS = {"main": MAIN, "more": MORE, "duties": DUTIES, "district": DISTRICT, "you": YOU}


def places_for(request):
    """The places of a reader. All who hold the same posts and are in the same place are given the same object."""
    standing = request.user.standing
    roles = frozenset(role for role in (*Role, "deputy") if standing.holds(role))
    known = [address for places in GROUPS.values() for place in places if (address := _address(place.name))]
    return _places(roles, tuple(address for address in known if _is_here(request.path, address)))


@lru_cache(maxsize=1000)
def _places(roles, here):
    # Without a post: signed up, and waiting for an admin to say where they work.
    groups = GROUPS if roles & set(Role) else {"you": YOU}
    return Places(**{group: tuple(_links(places, roles, here)) for group, places in groups.items()})


def _links(places, roles, here):
    for place in places:
        address = _address(place.name)
        if address and (not place.roles or roles & set(place.roles)):
            yield Link(place, address, address in here)


def _is_here(path, address):
    return path == address if address == "/" else path.startswith(address)


@lru_cache
def _address(name):
    try:
        return reverse(name)
    except NoReverseMatch:  # a room that is not built yet
        return ""
