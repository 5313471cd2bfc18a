"""The planner at work, for the workers that beat wakes: searches that wait are taken, and say how far they are.

Whatever is imported from here loads OR-tools: tasks alone do.
"""

import time
from dataclasses import dataclass, replace

from django.utils import timezone

from schedule.words import day_words

from ..checker import check
from ..models import WalkSearch
from ..plan_rest import rest_of, without
from ..planner.half_days import Choice, three_best
from ..planner.replanning import replan
from ..planner.solving import plan_walk
from ..reads.plan_facts import Facts
from ..reads.plan_json import packed, unpacked
from ..reads.plan_words import clock_words, unmatched
from .ground import minute_of

SECONDS = 10.0
CONFLICT_SECONDS = 5.0
NOTHING = "There is no school on these dates in that half of the day, as far as the calendar is laid out."


class TakenOver(Exception):
    """Another worker has this search by now, since this one said nothing for long."""


def look_for_plans(*, at=None):
    """Take one waiting search after the other, each by one worker, and write what was found. Returns how many."""
    done = 0
    while search := _claim(at or timezone.now()):
        try:
            _Work(search, at).do()
        except TakenOver:
            continue
        done += 1
    return done


def _claim(now):
    waiting = WalkSearch.objects.waiting(now)
    search = waiting.select_related("walk__school").order_by("made_at").first()
    # Of two workers that saw it the database lets one have it.
    if search is None or not waiting.filter(pk=search.pk).update(claimed_at=now):
        return None
    search.claimed_at = now
    return search


@dataclass
class _Work:
    """One search in this worker's hands. Every word that it writes holds only while it is still there."""

    search: WalkSearch
    at: object
    said: float = 0.0

    def do(self):
        """Write the offers, or the wishes in conflict, or why nothing was looked at."""
        facts = Facts(self.search)
        try:
            questions = facts.questions()
        except ValueError as why:
            return self._end(trouble=str(why)[:200])
        if not questions:
            return self._end(trouble=NOTHING)
        self._write(all_steps=len(questions))
        closest = max(questions, key=openness)
        choices, conflict = self._again(closest) if self.search.earlier else self._look(questions, closest)
        about = closely(closest.half_day) if conflict and len(questions) > 1 else ""
        found = [offer_of(choice, facts) for choice in choices]
        return self._end(found=found, conflict=list(conflict), trouble=about)

    def _look(self, questions, closest):
        """(Choices, wishes in conflict when there is none)"""
        best = three_best(questions, seconds=SECONDS, progress=self._progress).best
        return best, () if best else plan_walk(closest, seconds=CONFLICT_SECONDS).conflict

    def _again(self, question):
        """The same for the rest of a plan, with the fewest changes: what has begun stays as it was."""
        earlier, walk = unpacked(self.search.earlier), self.search.walk
        here = {one.key for one in (*question.visitors, *question.hosts)}
        people = {who for team in earlier.teams for who in team} | {visit.host for visit in earlier.visits}
        now = minute_of(walk, self.at or timezone.now())
        new = replan(question, earlier, gone=frozenset(people - here), now=now, seconds=SECONDS)
        if new.plan is None:
            return [], new.answer.conflict
        plan = without(new.plan, people - here, now)
        left, _ = rest_of(question, plan, now)
        return [Choice(left, replace(new.answer, plan=plan))], ()

    def _progress(self, done, total):
        """To the row, at most once a second."""
        if time.monotonic() - self.said > 1:
            self.said = time.monotonic()
            self._write(done_steps=done, all_steps=total, claimed_at=self.at or timezone.now())

    def _end(self, **found):
        self._write(done_at=self.at or timezone.now(), **found)

    def _write(self, **fields):
        mine = WalkSearch.objects.filter(pk=self.search.pk, claimed_at=self.search.claimed_at, done_at=None)
        if not mine.update(**fields):
            raise TakenOver
        self.search.claimed_at = fields.get("claimed_at", self.search.claimed_at)


def openness(question):
    """Of all half days the one with the most open doors says best what is in the way."""
    return sum(len(host.open) for host in question.hosts)


def closely(half_day):
    return f"Looked at closely: {day_words(half_day.day)}, {half_day.half}, when most doors are open."


def offer_of(choice, facts):
    """A Choice as the row keeps it: the plan, its cost, and what of it people ask about first."""
    question, answer = choice.question, choice.answer
    verdict = check(question, answer.plan)
    half_day = question.half_day
    covers = sorted(verdict.covers, key=lambda one: (one[1].starts, str(one[0])))
    return {
        "day": half_day.day.isoformat(),
        "half": half_day.half,
        "plan": packed(answer.plan),
        "cost": list(answer.cost),
        "bound": list(answer.bound),
        "covers": [[who, class_words(lesson)] for who, lesson in covers],
        "absent": sorted(choice.away),
        "unmatched": [one.key for one in unmatched(question, answer.plan)],
        "rooms": [facts.room_at(one.host, half_day.day, one.starts) for one in answer.plan.visits],
    }


def class_words(lesson):
    return f"period {lesson.period}, {clock_words(lesson.starts)} to {clock_words(lesson.ends)}"
