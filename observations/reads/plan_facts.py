"""What the planner is told of a school from date to date: rows become Questions, in as many queries for any dates.

Classes, duties and dates come from `schedule`; who could cover from offers, rules and substitutes; doors from their
hosts. Times are minutes after midnight on the clock of the walk's school.
"""

import datetime as dt
import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cached_property
from types import SimpleNamespace

from people.models import School, User
from schedule.busy import CLASS, COVER, EVENT, OFF
from schedule.models import Attendance, Event
from schedule.services import look
from schedule.words import day_words

from ..models import Coverage, CoverOffer, CoverRule, Substitute, Walk, WalkPlace
from ..planner.question import Colleague, HalfDay, Host, Lesson, Question, Span, Visitor, Wish
from .availability import can_come, week_of
from .doors import open_between

NOON = dt.time(12)
ANSWER = "attendances__answer"
NAMES = {OFF: "has no school", EVENT: "has another date", COVER: "covers a class", "duty": "has a duty"}
# Words that say nothing of what somebody wants to see.
EMPTY = {
    "about", "class", "classes", "classroom", "from", "have", "into", "learn", "lesson", "lessons", "more", "other",
    "others", "student", "students", "teach", "teacher", "teachers", "than", "that", "their", "them", "they", "this",
    "want", "ways", "what", "when", "where", "which", "with", "work", "would", "your",
}  # fmt: skip


def words_of(*texts):
    """The words by which a focus and a door find each other."""
    found = re.findall(r"\w{4,}", " ".join(texts).casefold())
    return frozenset(word.rstrip("s") for word in found if word not in EMPTY)


def taken_places(walk):
    return list(WalkPlace.objects.taken().filter(walk=walk).select_related("person").order_by("pk"))


@dataclass
class Facts:
    """A school from the search's first date to its last: `question(day, half)` asks nothing any more.

    `taken` are the walk's places where whoever asks has read them (`taken_places`).
    """

    search: object
    taken: list | None = None

    def __post_init__(self):
        search = self.search
        self.walk, self.elsewhere = search.walk, {}
        places = taken_places(self.walk) if self.taken is None else self.taken
        self.places = [one for one in places if one.person_id in search.visitors]
        doors = open_between([self.walk.school_id], search.first, search.last)
        self.doors = _by((one for one in doors if one.host.pk in search.hosts), lambda one: (one.day, one.host.pk))
        self.visitors = {one.person_id: one.person for one in self.places}
        offers = CoverOffer.objects.filter(school=self.walk.school_id).exclude(person__in=self.visitors)
        offers = list(offers.select_related("person", "school__cover_rule"))
        self.offered = [one.person for one in offers if one.person.is_active]
        # Without a row the defaults hold; without an offer nobody asks.
        rule = getattr(offers[0].school, "cover_rule", None) if offers else None
        self.most_a_week = (rule or CoverRule()).most_a_week
        everyone = self.visitors | {one.pk: one for one in self.offered}
        everyone |= {person: open_periods[0].host for (_, person), open_periods in self.doors.items()}
        self.known = look(everyone.values(), *self._weeks(), school=self.walk.school)
        self.own_events, self.refused = self._own_dates()

    def _own_dates(self):
        """(ids of the walk's dates, ids of hosts who have said no to theirs and to whom no other was given since)"""
        own = Event.objects.filter(thread=self.walk.thread)
        rows = list(own.values_list("pk", "cancelled_at", "attendances__person", "attendances__visited", ANSWER))
        hosts = [(person, answer, gone) for _, gone, person, is_visited, answer in rows if is_visited]
        said_no = {person for person, answer, _ in hosts if answer == Attendance.Answer.DECLINED}
        come = {person for person, answer, gone in hosts if answer != Attendance.Answer.DECLINED and not gone}
        return {pk for pk, *_ in rows}, said_no - come

    def _weeks(self):
        """Whole weeks, since a rule says how many classes somebody covers in one."""
        return week_of(self.search.first)[0], week_of(self.search.last)[1]

    @cached_property
    def people(self):
        """{id: User} of everyone whom a plan of this search may name."""
        known = self.visitors | {one_day[0].host.pk: one_day[0].host for one_day in self.doors.values()}
        closed = set(self.search.hosts) - set(known)
        return known | (User.objects.in_bulk(closed) if closed else {})

    @cached_property
    def coverage(self):
        first, last = self._weeks()
        return list(
            Coverage.objects.live()
            .filter(day__range=(first, last))
            .exclude(event__in=self.own_events)
            .only("day", "starts", "ends", "asker_id", "coverer_id", "substitute_id", "state", "school_id")
        )

    @cached_property
    def substitutes(self):
        """{school: [Substitute]}, by id."""
        rows = Substitute.schools.through.objects.filter(school__in=list(self.schools)).select_related("substitute")
        found = _by(rows.prefetch_related("substitute__times"), lambda one: one.school_id)
        return {school: [one.substitute for one in ones] for school, ones in found.items()}

    def half_days(self):
        """(day, half) of every half day with bells, of those that were asked for."""
        search = self.search
        for day in sorted(self.known.bells or {}):
            if search.first <= day <= search.last:
                halves = [search.half] if search.half else list(Walk.Half.values)
                yield from ((day, half) for half in halves if self.bells(day, half))

    def bells(self, day, half):
        """The periods of a half day: those that begin before noon, or after."""
        rings = (self.known.bells or {}).get(day, ())
        early = half == Walk.Half.MORNING
        return tuple(Span(name, _minute(a), _minute(z)) for name, a, z in rings if (a < NOON) == early)

    def questions(self):
        return [self.question(day, half) for day, half in self.half_days()]

    def question(self, day, half, *, pins=None, forbids=None):
        """The Question of one half day; raises ValueError when it has no school, or a length is none to plan."""
        search, bells = self.search, self.bells(day, half)
        if not bells:
            raise ValueError(f"There is no school on {day_words(day)} in the {half}.")
        half_day = HalfDay(day, half, bells[0].starts, max(one.ends for one in bells), bells)
        visitors = tuple(self._visitor(place, half_day) for place in self.places)
        lengths = ("visit_minutes", "pre_brief_minutes", "debrief_minutes", "team_least", "team_most", "meeting_room")
        return Question(
            half_day,
            visitors,
            tuple(self._hosts(half_day)),
            substitutes=self._substitutes(day, visitors),
            colleagues=tuple(self._colleagues(half_day)),
            pins=tuple(Wish(*one) for one in (search.pins if pins is None else pins)),
            forbids=tuple(Wish(*one) for one in (search.forbids if forbids is None else forbids)),
            **{name: getattr(search, name) for name in lengths},
        )

    def _span(self, block, day):
        """Minutes of the day that a block takes, as far as it lies on that day."""
        start, end = (moment.astimezone(self.known.zone) for moment in (block.starts_at, block.ends_at))
        first = 0 if start.date() < day else _minute(start.time()) if start.date() == day else 1440
        return first, 1440 if end.date() > day else _minute(end.time()) if end.date() == day else 0

    def _that_day(self, person, half_day):
        """(block, starts, ends) of what touches the half day, but for this walk itself."""
        for block in self.known.own[person]:
            starts, ends = self._span(block, half_day.day)
            if starts < min(ends, half_day.closes) and ends > half_day.opens and block.event_id not in self.own_events:
                yield block, starts, ends

    def _visitor(self, place, half_day):
        lessons, busy = {}, []
        for block, starts, ends in self._that_day(place.person_id, half_day):
            if block.kind != CLASS:
                busy.append(Span(NAMES[block.kind], starts, ends))
            elif not set(block.co_teachers) - set(self.visitors):
                lessons[starts] = Lesson(self._period(block), starts, ends, block.room)
        least, most = self.search.apart.get(str(place.person_id), (self.search.least, self.search.most))
        return Visitor(
            place.person_id,
            focus=words_of(place.focus),
            lessons=tuple(lessons[starts] for starts in sorted(lessons)),
            busy=tuple(busy),
            least=least,
            most=most,
            name=place.person.name,
        )

    def _period(self, block):
        """A period's name; of another school with that school, since its classes have substitutes of their own."""
        if block.school_id == self.walk.school_id:
            return block.period
        period = f"{block.period} at {self.schools[block.school_id].name}"
        self.elsewhere[period] = block.school_id
        return period

    @cached_property
    def schools(self):
        """The schools where somebody here teaches, by id."""
        own = (one for blocks in self.known.own.values() for one in blocks)
        here, others = self.walk.school, {one.school_id for one in own if one.school_id} - {self.walk.school_id}
        return {here.pk: here} | (School.objects.in_bulk(others) if others else {})

    def _hosts(self, half_day):
        for (day, person), doors in self.doors.items():
            is_open = day == half_day.day and person not in self.refused
            spans = self._open(person, doors, half_day) if is_open else ()
            if spans:
                words = words_of(*(one.words for one in doors))
                seats = {"capacity": min(one.capacity for one in doors), "most": min(one.most_visits for one in doors)}
                room = self.room_at(person, day, spans[0].starts)
                yield Host(person, room=room, focus=words, open=spans, name=doors[0].host.name, **seats)

    def _open(self, person, doors, half_day):
        """The spans of the half day in which the door is open, and its host is not away."""
        away = [(starts, ends) for block, starts, ends in self._that_day(person, half_day) if block.kind != CLASS]
        away += [
            (_minute(one.starts), _minute(one.ends))
            for one in self.coverage
            if one.asker_id == person and one.day == half_day.day
        ]
        spans = {Span(one.what or "class", _minute(one.starts), _minute(one.ends)) for one in doors}
        return tuple(
            span
            for span in sorted(spans, key=lambda one: one[1:])
            if span.starts < half_day.closes and half_day.opens < span.ends
            if not any(span.starts < end and start < span.ends for start, end in away)
        )

    def room_at(self, host, day, minute):
        """Where the host teaches at that minute with the door open."""
        doors = self.doors.get((day, host), ())
        return next((one.room for one in doors if _minute(one.starts) <= minute < _minute(one.ends)), "")

    def _substitutes(self, day, visitors):
        """{period: how many can be had then, at the school of that class}"""
        found = {}
        for lesson in {lesson for visitor in visitors for lesson in visitor.lessons}:
            school = self.elsewhere.get(lesson.period, self.walk.school_id)
            then = SimpleNamespace(day=day, starts=_time(lesson.starts), ends=_time(lesson.ends))
            found[lesson.period] = sum(self._comes(one, then) for one in self.substitutes.get(school, ()))
        return found

    def _comes(self, substitute, then):
        if not can_come(substitute, then):
            return False
        taken = [one for one in self.coverage if one.substitute_id == substitute.pk and one.day == then.day]
        return not any(one.starts < then.ends and then.starts < one.ends for one in taken if one.is_named)

    def _colleagues(self, half_day):
        """Those who offered, for the periods in which nothing takes their time; the rest of it is theirs."""
        monday, sunday = week_of(half_day.day)
        covers = Counter(one.coverer_id for one in self.coverage if one.is_named and monday <= one.day <= sunday)
        for person in self.offered:
            taken = [(starts, ends) for _, starts, ends in self._that_day(person.pk, half_day)]
            free = frozenset(
                bell.name for bell in half_day.bells if not any(a < bell.ends and bell.starts < z for a, z in taken)
            )
            if free and covers[person.pk] < self.most_a_week:
                yield Colleague(person.pk, free)


def _by(rows, key):
    found = defaultdict(list)
    for row in rows:
        found[key(row)].append(row)
    return found


def _minute(time):
    return time.hour * 60 + time.minute


def _time(minute):
    return dt.time(*divmod(min(minute, 1439), 60))
