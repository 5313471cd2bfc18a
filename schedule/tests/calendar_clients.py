"""Calendar programmes that no one here wrote: khal and vdirsyncer in an environment of their own, and libical."""

import ctypes
import os
import subprocess

import pytest
from django.conf import settings

PROGRAMMES = settings.BASE_DIR / ".venv-clients/bin"
SYNCED = """
[general]
status_path = "{home}/status/"
[pair feed]
a = "remote"
b = "local"
collections = null
conflict_resolution = "a wins"
[storage remote]
type = "http"
url = "{url}"
[storage local]
type = "filesystem"
path = "{home}/calendar/"
fileext = ".ics"
"""
SHOWN = """
[calendars]
[[feed]]
path = {home}/calendar
readonly = True
[locale]
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
default_timezone = {zone}
local_timezone = {zone}
"""
FORMAT = "{start} | {end} | {title} | {location} | {status}"
needs_clients = pytest.mark.skipif(
    not (PROGRAMMES / "khal").exists(), reason="No khal and vdirsyncer: script/clients installs them."
)


class Subscriber:
    """Somebody whose own calendar follows a feed, in a zone."""

    def __init__(self, home, url, zone="America/New_York"):
        home.mkdir()
        places = {"XDG_CONFIG_HOME": "config", "XDG_DATA_HOME": "data", "XDG_CACHE_HOME": "cache"}
        paths = {name: str(home / part) for name, part in places.items()}
        self.env = {"PATH": os.environ["PATH"], "HOME": str(home), "LANG": "C.UTF-8", **paths}
        for programme, words in (("vdirsyncer", SYNCED), ("khal", SHOWN)):
            folder = home / "config" / programme
            folder.mkdir(parents=True)
            (folder / "config").write_text(words.format(home=home, url=url, zone=zone))
        (home / "calendar").mkdir()
        self.run("vdirsyncer", "discover", "feed")

    def run(self, programme, *arguments):
        command = [str(PROGRAMMES / programme), *arguments]
        done = subprocess.run(
            command, env=self.env, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def sees(self, first="2027-01-01", span="365d"):
        """What stands in the calendar after it has asked for changes: (start, end, title, place, status)."""
        self.run("vdirsyncer", "sync", "feed")
        lines = self.run("khal", "list", "--day-format", "", "--format", FORMAT, first, span).splitlines()
        return [tuple(part.strip() for part in line.split(" | ")) for line in lines if line.strip()]


def _libical():
    try:
        library = ctypes.CDLL("libical.so.3")
    except OSError:
        return None
    library.icalparser_parse_string.restype = ctypes.c_void_p
    library.icalparser_parse_string.argtypes = [ctypes.c_char_p]
    for name in ("icalrestriction_check", "icalcomponent_count_errors"):
        getattr(library, name).argtypes = [ctypes.c_void_p]
    return library


LIBICAL = _libical()
needs_libical = pytest.mark.skipif(LIBICAL is None, reason="No libical: apt-get install libical3.")


def libical_faults(octets):
    """How much libical finds wrong: errors of parsing, and whether the rules of iTIP (RFC 5546) are broken."""
    calendar = LIBICAL.icalparser_parse_string(octets)
    assert calendar, "libical cannot read it"
    is_fine = LIBICAL.icalrestriction_check(calendar)
    return LIBICAL.icalcomponent_count_errors(calendar) + (not is_fine)
