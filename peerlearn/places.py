"""The places that the frame of a page leads to, by what the reader is."""

from dataclasses import dataclass

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
    Place("coverage_list", "Class coverage", "shield-check"),
    Place("my_hours", "My hours", "clock-history"),
)
DUTIES = (
    Place("help_queue", "Requests for help", "question-circle", (Role.FACILITATOR,)),
    Place("approval_list", "Plans to approve", "clipboard-check", (Role.PRINCIPAL, "deputy")),
    Place("report", "Year-end report", "graph-up", (Role.PRINCIPAL, Role.ADMIN)),
)
DISTRICT = (
    Place("staff_list", "People and posts", "person-gear", (Role.ADMIN,)),
    Place("school_list", "Schools", "building", (Role.ADMIN,)),
    Place("year_list", "School years", "calendar2-week", (Role.ADMIN,)),
    Place("district_settings", "District settings", "gear", (Role.ADMIN,)),
)
YOU = (
    Place("profile", "Your profile", "person-circle"),
    Place("notice_preferences", "What you are told", "bell"),
    Place("feed_settings", "Your calendar feed", "calendar-plus"),
    Place("mfa_index", "Sign-in security", "key"),
)


def places_for(request):
    """The links that this reader has use for, in groups; each knows its address and whether the reader is in it."""
    groups = {"main": MAIN, "more": MORE, "duties": DUTIES, "district": DISTRICT, "you": YOU}
    if not request.user.standing.is_placed:  # signed up, and waiting for an admin to say where they work
        groups = {"you": YOU}
    return {group: _links(places, request) for group, places in groups.items()}


def _links(places, request):
    links = []
    for place in places:
        address = _address(place.name)
        if address and _is_for(request.user, place):
            links.append({"place": place, "url": address, "here": _is_here(request.path, address)})
    return links


def _is_for(user, place):
    if "deputy" in place.roles and user.standing.deputised_schools:
        return True
    return not place.roles or user.standing.holds(*place.roles)


def _is_here(path, address):
    return path == address if address == "/" else path.startswith(address)


def _address(name):
    try:
        return reverse(name)
    except NoReverseMatch:  # a room that is not built yet
        return ""
