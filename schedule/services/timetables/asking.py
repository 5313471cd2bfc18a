"""The questions about the words of a file, with what is known of the answers, and the answers as they are kept."""

from collections import Counter, defaultdict
from typing import NamedTuple

from people.models import School
from schedule.frames import frames

from .matching import CLASS, DUTY, LEFT_OUT, MOST_NAMES, asked_names, words_of
from .reading import Sheet

OUT = (LEFT_OUT, "Leave these rows out")
KINDS = [(CLASS, "Class"), (DUTY, "Duty or meeting"), (LEFT_OUT, "Leave out: lunch, planning")]


class Word(NamedTuple):
    """A word of the file with its number of rows, what it may mean, and what it is taken to mean, if anything."""

    key: tuple
    word: str
    rows: int
    choices: list
    value: str | None
    is_doubtful: bool = True  # or folded away


class Section(NamedTuple):
    """`lacks` are the words that nobody could guess, `school` one that they are about."""

    title: str
    words: list
    lacks: list
    school: School | None = None


def questions(kept):
    """Sections of words for the page that matches them: days and periods for schools with the same, then classes."""
    words = words_of(Sheet.unpacked(kept.content))
    schools = {school.pk: school for school in School.objects.filter(pk__in=words.days)}
    here, alike = frames(sorted(schools), kept.starts_on), defaultdict(list)
    for pk in sorted(schools, key=lambda pk: schools[pk].name):
        alike[here[pk].days, here[pk].periods].append(pk)
    sections = []
    for (days, periods), group in alike.items():
        at = "" if len(schools) == 1 else f" at {_listed([schools[pk].name for pk in group])}"
        day_choices = [*((str(position), name) for position, name in enumerate(days)), OUT]
        period_choices = [*((name, name) for name in periods), OUT]
        first = schools[group[0]]
        sections.append(_section(f"Days{at}", "days", kept, words.days, group, day_choices, first))
        sections.append(_section(f"Periods{at}", "periods", kept, words.periods, group, period_choices, first))
    return [*sections, _about_names(kept, words)]


def _section(title, what, kept, words, group, choices, school):
    counted = Counter()
    for pk in group:
        counted.update(words[pk])
    known = {word: str(value) for pk in group for word, value in kept.matches.get(what, {}).get(str(pk), {}).items()}
    possible = {value for value, _ in choices}
    rows = [
        Word((what, tuple(group), word), word, count, choices, known[word] if known.get(word) in possible else None)
        for word, count in sorted(counted.items(), key=lambda item: _in_order(item[0]))
    ]
    order = [value for value, _ in choices]
    rows.sort(key=lambda row: order.index(row.value) if row.value else -1)  # what nobody could guess comes first
    return Section(title, rows, [row.word for row in rows if row.value is None], school)


def _about_names(kept, words):
    known = {(name, subject): kind for name, subject, kind in kept.matches.get("names", [])}
    rows = []
    for name in asked_names(words):
        kind, label = known.get(name, CLASS), name[0] or f"No class: {name[1]}"
        rows.append(Word(("names", *name), label, words.names[name], KINDS, kind, kind != CLASS or not name[0]))
    title = "Classes" if len(words.names) <= MOST_NAMES else f"Classes: the {MOST_NAMES} likeliest to be something else"
    return Section(title, rows, [])


def matches_from(answers):
    """The answers, {key of a word: its value}, as `TimetableImport.matches` keeps them."""
    matches = {"days": defaultdict(dict), "periods": defaultdict(dict), "names": []}
    for (what, *about), value in answers.items():
        if what == "names":
            matches["names"].append([*about, value])
            continue
        group, word = about
        for school in group:
            matches[what][str(school)][word] = int(value) if what == "days" and value != LEFT_OUT else value
    return matches


def _in_order(word):
    """2 before 10, and numbers before words."""
    return (0, int(word), "") if word.isdecimal() and len(word) < 9 else (1, 0, word.casefold())


def _listed(names):
    return names[0] if len(names) == 1 else f"{names[0]} and {len(names) - 1} more"
