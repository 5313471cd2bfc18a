"""Partnerships carried along their steps, at the hours when people would have done it."""

import datetime as dt

from partnerships.models import Approval, HelpRequest, Member, Plan, Step
from partnerships.policy import deciders, may_do_step
from partnerships.services import approvals, artifacts, members, progress, requests, words
from people import clock
from people.models import NoSchoolDay
from schedule.busy import blocks
from supports.registry import kind_of

from . import sayings


class Work:
    """One partnership on its way: `at` is the moment that it has come to, `now` the moment that it cannot pass."""

    def __init__(self, partnership, *, at, now, pace, rng):
        self.partnership, self.at, self.now, self.pace, self.rng = partnership, at, now, pace, rng

    def wait(self, days=None):
        """Let some days pass; weekends are rested on, and nothing happens in the future."""
        self.at += dt.timedelta(days=days or self.rng.uniform(0.4, 1.6) * self.pace, minutes=self.rng.randint(0, 90))
        while self.at.weekday() > 4:
            self.at += dt.timedelta(days=1)
        return self.at < self.now

    def go_on(self, *, until=None):
        """Do what is next until it is complete, the present is reached, or a step of the kind `until` is current."""
        for _ in range(80):
            self.partnership.refresh_from_db()
            if not self.partnership.is_active or not self.wait() or not self.take_turn(until):
                return self

    def take_turn(self, until):
        for invitation in self.partnership.members.filter(state=Member.State.INVITED).select_related("person"):
            members.accept(invitation, by=invitation.person, level=self.rng.randint(1, 3), at=self.at)
        for request in HelpRequest.objects.waiting().filter(partnership=self.partnership).select_related("school"):
            facilitator = progress.facilitators_of({request.school_id})[0]
            requests.answer_request(request, by=facilitator, answer=self.rng.choice(sayings.ANSWERS), at=self.at)
        steps = list(Step.objects.current().filter(partnership=self.partnership).select_related("member__person"))
        for step in steps:
            if until and step.kind == until:
                return False
        for step in steps[:1]:
            step.partnership = self.partnership
            self.decide(step) if kind_of(step).decided_elsewhere else self.do(step)
        return bool(steps)

    def decide(self, step):
        """The principal answers: one in four comes back with a remark first."""
        for approval in Approval.objects.filter(step=step, decision="").select_related("school", "version"):
            principal = deciders(approval.school_id, self.partnership)[0]
            if approval.version.number == 1 and self.rng.random() < 0.25:
                remark = {"success": self.rng.choice(sayings.REMARKS)}
                return approvals.return_plan(approval, by=principal, remarks=remark, at=self.at)
            approvals.approve(approval, by=principal, on_resources="You will have it by Monday.", at=self.at)

    def do(self, step):
        people = [m.person for m in self.partnership.members.active().select_related("person").order_by("pk")]
        helpers = progress.facilitators_of({self.partnership.school_id})
        doer = next(person for person in [*people, *helpers] if may_do_step(person, step))
        if step.optional and len(people) == 1:
            return progress.skip(step, by=doer, reason="I do this one on my own.", at=self.at)
        answers = answers_for(step, people, at=self.at, rng=self.rng)
        try:
            progress.finish(step, by=doer, answers=answers, at=self.at)
        except progress.NotYet:
            progress.record(step, by=doer, answers=answers, at=self.at)

    def talk(self, times):
        people = [m.person for m in self.partnership.members.active().select_related("person")]
        for _ in range(times):
            words.send_message(
                self.partnership, by=self.rng.choice(people), body=self.rng.choice(sayings.MESSAGES), at=self.at
            )

    def show(self):
        person = self.partnership.members.active().first().person
        artifacts.add_artifact(
            self.partnership,
            by=person,
            title=self.rng.choice(sayings.ARTIFACTS),
            link="https://files.demo.example/sheet",
            at=self.at,
        )


def school_day(day):
    """The day itself, or the next with school on it."""
    while day.weekday() > 4 or NoSchoolDay.objects.filter(day=day, school=None).exists():
        day += dt.timedelta(days=1)
    return day


def answers_for(step, people, *, at, rng):
    """What somebody would answer to this step: the cleaned form of its kind, made from the kind's own questions."""
    kind = kind_of(step)
    if hasattr(kind, "asked"):
        return written(kind.asked(step), at, rng)
    if "kinds" in kind.needs:
        return dated(step, people, at, rng)
    if kind.key == "plan":
        return planned(step.partnership, at, rng)
    partner = next((person for person in people if person.pk != people[0].pk), None)
    return {
        "goal": rng.choice(sayings.QUESTIONS if kind.key == "question" else sayings.GOALS),
        "level": rng.randint(1, 3),
        "parts": rng.choice(sayings.QUESTIONS),
        "baseline": rng.choice(sayings.LINES),
        "words": rng.choice(sayings.ASKS),
        "answer": rng.choice(sayings.ANSWERS),
        "colleague": partner,
        "minutes": rng.choice([20, 30, 45]),
    }


def written(prompts, at, rng):
    return {
        "texts": [
            (prompt, line) for prompt, line in zip(prompts, rng.sample(sayings.LINES, len(prompts)), strict=True)
        ],
        "minutes": rng.choice([15, 20, 30, 45, 60]),
        "on": at.date(),
        "audience": rng.choice(["private", "private", "partners"]),
        "fist_to_five": rng.choice([2, 3, 3, 4, 4, 4, 5, 5]),
        "next_step": rng.choice(["keep", "expand", "expand", "revise", "drop"]),
        "level": rng.randint(3, 5),
    }


# The talk before a visit stands before it in the calendar, and the talk after it behind.
AROUND_SCHOOL = [dt.time(15, 45), dt.time(16, 30), dt.time(7)]
DAYS_AHEAD = {"pre_conference": 2, "observation": 5, "post_conference": 11}


def dated(step, people, at, rng):
    kinds, number = step.config["kinds"], step.planned_events.count()
    kind, rounds = kinds[number % len(kinds)], number // len(kinds)
    day = school_day(at.date() + dt.timedelta(days=DAYS_AHEAD.get(kind, 3) + 7 * rounds))
    visited = people[number % len(people)] if kind == "observation" and len(people) > 1 else None
    length = dt.timedelta(minutes=step.config.get("minutes", 45))
    starts = free_time(people, visited, day, length, step.partnership.school, rng)
    return {
        "kind": kind,
        "starts_at": starts,
        "ends_at": starts + length,
        "place": f"Room {rng.randint(101, 240)}",
        "video_link": "",
        "observed": visited.pk if visited else None,
    }


def free_time(people, visited, day, length, school, rng):
    """When nobody of them is at something else: a visit in a class of whoever is visited, other dates around school."""
    for _ in range(10):
        busy = blocks(people, day, day)
        times = [clock.at(day, time, school) for time in rng.sample(AROUND_SCHOOL, len(AROUND_SCHOOL))]
        if visited:
            classes = [block.starts_at for block in busy[visited.pk] if block.kind == "class"]
            times = rng.sample(classes, len(classes)) + times
        taken = [block for spans in busy.values() for block in spans if block.kind in ("event", "cover", "off")]
        for starts in times:
            if not any(block.overlaps(starts, starts + length) for block in taken):
                return starts
        day = school_day(day + dt.timedelta(days=1))
    raise LookupError(f"Nobody has time in the ten school days before {day}.")


def planned(partnership, at, rng):
    first, length = at.date(), (partnership.ends_on - partnership.starts_on).days
    dates = [school_day(first + dt.timedelta(days=round(max(length, 30) * part))) for part in (0.25, 0.5, 0.8)]
    return {
        "approach": rng.choice([Plan.Approach.OBSERVE, Plan.Approach.LESSONS, Plan.Approach.EXPERIMENT]),
        "own_approach": "",
        "objective": rng.choice(sayings.OBJECTIVES),
        "success": rng.choice(sayings.SUCCESS),
        "resources": rng.choice(sayings.RESOURCES),
        "direction": rng.choice(sayings.DIRECTION),
        "coverage": rng.choice(sayings.COVERAGE),
        "milestones": list(zip(sayings.MILESTONES, dates, strict=False)),
        "starts_on": first,
        "ends_on": first + dt.timedelta(days=max(length, 30)),
    }
