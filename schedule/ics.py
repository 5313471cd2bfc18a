"""iCalendar (RFC 5545), written by hand: what calendar programmes read of us, in feeds and in mails.

The icalendar library builds the same bytes at 3 to 74 times the cost for each event, and every phone asks for its
feed every hour. What we write is a dozen lines of fixed shape, so we write them, and the tests read them back with
that library, with libical and with real calendars. What others send us is read by the library (reading_replies.py).
"""

import datetime as dt
from functools import lru_cache

SUMMARY = "Peer learning"
BUSY = "Busy"
COVER = "Class cover"
CANCELLED, TENTATIVE, CONFIRMED = "CANCELLED", "TENTATIVE", "CONFIRMED"
OPENING = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//peerlearn//calendar//EN\r\nCALSCALE:GREGORIAN\r\n"
REFRESH = "REFRESH-INTERVAL;VALUE=DURATION:PT1H\r\nX-PUBLISHED-TTL:PT1H\r\n"
CLOSING = "END:VCALENDAR\r\n"
# Some readers of invitations look for a time zone, though all times are UTC and none refers to it.
ZONE = (
    "BEGIN:VTIMEZONE\r\nTZID:Etc/UTC\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\nTZOFFSETFROM:+0000\r\n"
    "TZOFFSETTO:+0000\r\nTZNAME:UTC\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n"
)

# Line ends beyond \n split a line in some readers, and control characters are not allowed at all.
ESCAPES = dict.fromkeys([*range(32), 127]) | {0x85: " ", 0x2028: " ", 0x2029: " "}
ESCAPES |= {ord("\t"): " ", ord("\n"): "\\n", ord("\\"): "\\\\", ord(";"): "\\;", ord(","): "\\,"}


def escape(text):
    return text.translate(ESCAPES)


def fold(line):
    """The line in pieces of at most 75 octets, cut between characters."""
    if len(line) <= 75 and line.isascii():
        return line
    pieces, piece, size = [], "", 0
    for char in line:
        octets = len(char.encode())
        if size + octets > 75:
            pieces.append(piece)
            piece, size = " ", 1
        piece += char
        size += octets
    return "\r\n".join([*pieces, piece])


def stamp(moment):
    """20270311T150500Z, for a few; of many the database writes them (feeds.Stamp)."""
    text = (moment if moment.tzinfo is dt.UTC else moment.astimezone(dt.UTC)).isoformat()
    return f"{text[:4]}{text[5:7]}{text[8:13]}{text[14:16]}{text[17:19]}Z"


@lru_cache(maxsize=4096)
def location(where):
    """The line of a place. A calendar names few places, and each of them many times."""
    return f"{fold(f'LOCATION:{escape(where)}')}\r\n" if where else ""


def vevent(uid, starts, ends, changed, sequence, status, summary, where, url, further=""):
    """One event, its times as `stamp` writes them. `summary` and `further` are our own words: nothing to escape."""
    link = f"{fold(f'URL:{url}')}\r\n" if url else ""
    return (
        f"BEGIN:VEVENT\r\nUID:{uid}\r\nDTSTAMP:{changed}\r\nLAST-MODIFIED:{changed}\r\nSEQUENCE:{sequence}\r\n"
        f"DTSTART:{starts}\r\nDTEND:{ends}\r\nSTATUS:{status}\r\nSUMMARY:{summary}\r\n"
        f"{location(where)}{link}{further}END:VEVENT\r\n"
    )


def vcalendar(events, *, name):
    """A calendar to follow. It carries no METHOD: it is nobody's invitation."""
    name = escape(name)
    names = f"{fold(f'NAME:{name}')}\r\n{fold(f'X-WR-CALNAME:{name}')}\r\n"
    return "".join([OPENING, names, REFRESH, *events, CLOSING])


def imip(event, *, method):
    """The one event of an invitation."""
    return f"{OPENING}METHOD:{method}\r\n{ZONE}{event}{CLOSING}"
