"""What the words of a file mean at a school: its days, its periods, and which classes are duties or meetings.

Guesses only: a person sees and corrects them. What was matched the last time is guessed again.
"""

import re
from collections import Counter, defaultdict
from dataclasses import dataclass

from schedule.frames import frames
from schedule.models import TeachingSlot, TimetableImport

from .reading import plain

CLASS, DUTY = TeachingSlot.Kind.CLASS.value, TeachingSlot.Kind.DUTY.value
LEFT_OUT = "-"
MOST_NAMES = 300  # of classes that a page can ask about
STAFF_WIDE = 4  # so many teachers at one time have a meeting, not a class
DUTY_WORDS = re.compile(
    r"\b(dut(y|ies)|meetings?|supervision|patrol|recess|hallway|bus|plc|guardias?|reunion(es)?|aufsicht|konferenz|"
    r"surveillance|reunions?|reuniao)\b"
)
FREE_WORDS = re.compile(r"(planning|prep(aration)?|conference|free|lunch|libre|frei|springstunde)( period| time)?")
NO_NAME = ("day", "dia", "tag", "period", "p", "per", "block", "hour")  # words that are not what tells two days apart
# The beginnings of weekdays in English, Spanish, French, German, Italian and Portuguese.
WEEKDAYS = (
    ("mon", "lun", "mont", "seg"), ("tue", "mart", "mard", "dien", "ter"), ("wed", "mier", "merc", "mitt", "qua"),
    ("thu", "juev", "jeu", "donn", "giov", "qui"), ("fri", "vier", "ven", "frei", "sex"),
)  # fmt: skip
SHORT = (("mo", "lu", "m", "l"), ("tu", "di", "t"), ("we", "mi", "w"), ("th", "do", "r"), ("fr", "f"))


@dataclass
class Words:
    """The different words of a sheet: days and periods of each school, and the names of classes.

    A name is (class, subject) with the subject only where there is no class. All with their number of rows.
    """

    days: dict
    periods: dict
    names: Counter
    together: dict  # name -> the most teachers who have it at one time
    teachers: dict  # name -> how many teachers have it at all


def words_of(sheet):
    days, periods = defaultdict(Counter), defaultdict(Counter)
    for (school, word), count in Counter(zip(sheet.schools, sheet.days, strict=True)).items():
        days[school][word] = count
    for (school, word), count in Counter(zip(sheet.schools, sheet.periods, strict=True)).items():
        periods[school][word] = count
    names = names_of(sheet)
    at_once, teachers = defaultdict(set), defaultdict(set)
    for name, school, day, period, teacher in zip(
        names, sheet.schools, sheet.days, sheet.periods, sheet.teachers, strict=True
    ):
        at_once[name, school, day, period].add(teacher)
        teachers[name].add(teacher)
    together = Counter()
    for (name, *_), there in at_once.items():
        together[name] = max(together[name], len(there))
    return Words(days, periods, Counter(names), together, {name: len(who) for name, who in teachers.items()})


def names_of(sheet):
    """By what each row is a class or a duty: its class, or without one its subject."""
    pairs = zip(sheet.classes, sheet.subjects, strict=True)
    return [(name, "") if name else ("", subject) for name, subject in pairs]


def guesses(words, *, starts_on, several_schools):
    """Matches for these words as `TimetableImport.matches` keeps them; a word that nobody can guess is missing."""
    schools = sorted(words.days)
    before, here = _matched_before(schools, several_schools), frames(schools, starts_on)
    days, periods = before.get("days", {}), before.get("periods", {})
    kinds = {tuple(name): kind for *name, kind in before.get("names", [])}
    guessed = {"days": {}, "periods": {}, "names": []}
    for school in schools:
        frame, key = here[school], str(school)
        known_days = {word: at for word, at in days.get(key, {}).items() if at == LEFT_OUT or at < len(frame.days)}
        known = {word: name for word, name in periods.get(key, {}).items() if name in (LEFT_OUT, *frame.periods)}
        guessed["days"][key] = _only(words.days[school], guess_days(words.days[school], frame) | known_days)
        guessed["periods"][key] = _only(words.periods[school], guess_periods(words.periods[school], frame) | known)
    guessed["names"] = [[*name, kinds.get(name) or guess_kind(name, words)] for name in asked_names(words)]
    return guessed


def asked_names(words):
    """The names that a page asks about: the likeliest duties first, so that the end of a long list is no loss."""
    doubts = {name: (guess_kind(name, words) == CLASS, name[0] > "", -words.together[name]) for name in words.names}
    return sorted(doubts, key=lambda name: (doubts[name], name))[:MOST_NAMES]


def guess_days(words, frame):
    """{word: position} of the words that name a day of the cycle, each position once."""
    by_name = {_core(name): position for position, name in enumerate(frame.days)}
    by_number = {_number(name): position for position, name in enumerate(frame.days) if _number(name)}
    by_number = by_number or {number + 1: number for number in range(len(frame.days))}
    found = {}
    for word in words:
        position = by_name.get(_core(word))
        if position is None and frame.is_the_week:
            position = _weekday(plain(word))
        if position is None:
            position = by_number.get(_number(word))
        if position is not None and position not in found.values():
            found[word] = position
    return found


def guess_periods(words, frame):
    """{word: name of a period}: equal names, or else equal numbers."""
    by_name = {_core(name): name for name in frame.periods}
    by_number = {_number(name): name for name in reversed(frame.periods) if _number(name)}
    found = {}
    for word in words:
        name = by_name.get(_core(word)) or by_number.get(_number(word))
        if name and name not in found.values():
            found[word] = name
    return found


def guess_kind(name, words):
    """Whether rows of this name are classes, duties or meetings, or planning and lunch, which are left out."""
    said = plain(" ".join(name))
    if DUTY_WORDS.search(said):
        return DUTY
    if FREE_WORDS.fullmatch(said):
        return LEFT_OUT
    if name[0]:
        return DUTY if words.together[name] > STAFF_WIDE else CLASS
    # Without a class: what several people have is a duty; what one person has is a lesson of theirs.
    return DUTY if words.teachers[name] > 1 or not name[1] else CLASS


def _matched_before(schools, several_schools):
    """What the last file of the school meant; of a file of several schools the last one of such."""
    past = TimetableImport.objects.exclude(applied_at=None)
    past = past.filter(school=None) if several_schools else past.filter(school__in=schools)
    return past.order_by("-applied_at").values_list("matches", flat=True).first() or {}


def _only(words, found):
    return {word: found[word] for word in words if word in found}


def _core(word):
    """Day_1, "Day 1" and "1" are one; so are Period 3 and P3."""
    parts = [part for part in re.findall(r"[^\W\d_]+|\d+", plain(word)) if part not in NO_NAME]
    return "".join(parts) or plain(word)


def _number(word):
    digits = re.findall(r"\d+", word)
    return int(digits[0]) if len(digits) == 1 and len(digits[0]) < 5 else None


def _weekday(word):
    for beginnings in (WEEKDAYS, SHORT):
        for position, ones in enumerate(beginnings):
            if any(word.startswith(one) if beginnings is WEEKDAYS else word == one for one in ones):
                return position
    return None
