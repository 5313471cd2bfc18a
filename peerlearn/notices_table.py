"""The table of all notices in docs/notices.md: names and channels from the registry, the rest written by hand.

A kind without its written columns is a gap, and a test says so.
"""

from growth.told import KINDS as OF_GROWTH
from notices.acts import ACTS
from notices.kinds import KINDS as OF_MAIL
from notices.kinds import OF_RECORDS
from notices.registry import KINDS
from observations.told import KINDS as OF_VISITS
from partnerships.told import KINDS as OF_WORK
from schedule.kinds import KINDS as OF_DATES

HEAD = ("notice", "subject of its mail", "to whom", "when", "how", "answered from the mail", "what stops it")
WRITTEN = ("to whom", "when", "what stops it")
ROOMS = {
    "Working together": OF_WORK,
    "Dates": OF_DATES,
    "Visits and cover": OF_VISITS,
    "What came of it": OF_GROWTH,
    "What is kept about you": OF_RECORDS,
    "Mail itself": OF_MAIL,
}


def rows_of(text):
    """{kind: {column: cell}} as the document has it."""
    lines = [line for line in text.splitlines() if line.startswith("| `")]
    split = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return {cells[0].strip("`"): dict(zip(HEAD, cells, strict=True)) for cells in split}


def gaps(text):
    """(kinds whose written columns are missing or empty, kinds that are written of and registered no more)"""
    rows = rows_of(text)
    empty = [key for key in KINDS if not all(rows.get(key, {}).get(column) for column in WRITTEN)]
    return empty, sorted(rows.keys() - KINDS.keys())


def with_table(text):
    """The document with its tables anew; what is written before them, and in their written columns, is kept."""
    rows = rows_of(text)
    parts = [text.split("\n## ", 1)[0].rstrip()]
    for title, kinds in ROOMS.items():
        head = [f"## {title}", "", f"| {' | '.join(HEAD)} |", f"|{' --- |' * len(HEAD)}"]
        parts.append("\n".join([*head, *(line(kind, rows.get(kind.key, {})) for kind in kinds)]))
    return "\n\n".join(parts) + "\n"


def line(kind, row):
    told = {
        "notice": f"`{kind.key}`",
        "subject of its mail": kind.subject,
        "how": how(kind),
        "answered from the mail": ", ".join(act.label for act in ACTS.get(kind.key, ())) or "-",
    }
    return f"| {' | '.join(told.get(column) or row.get(column, '') for column in HEAD)} |"


def how(kind):
    """Every notice is in the inbox; this says which mail there is besides."""
    if kind.at_once:
        return "mail at once, or off" if kind.can_be_off else "mail at once, always"
    return "mail now, daily, weekly or off" if kind.can_be_off else "mail now, daily or weekly"
