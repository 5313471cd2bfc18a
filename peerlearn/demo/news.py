"""Shout-outs and newsletters of the demo district: some weeks of both, up to the issue that goes out next."""

import datetime as dt
from decimal import Decimal

from django.utils import timezone

from growth.models import ShoutOut
from growth.services.newsletters import schedule_newsletter, send, write_newsletter
from growth.services.shout_outs import keep_between_us, show_to_all, thank
from growth.sharing import new_items
from people import clock
from people.models import Role, School, User
from supports.services import add_session

from .work import school_day

TEACHER, OFFICE, PRINCIPAL = "teacher@demo.example", "frontoffice@demo.example", "principal@demo.example"
AGREED, DECLINED, WAITING = "agreed", "declined", "waiting"
# Days ago, who thanks, who is thanked, what for, and what the one who is thanked says. A number is a teacher of the
# teacher's school.
THANKS = [
    (26, 3, OFFICE, "Three classes to cover before eight o'clock, and you still asked how my daughter is.", AGREED),
    (24, TEACHER, 5, "You let me watch your first ten minutes. I have begun mine like that all week.", AGREED),
    (
        20,
        6,
        2,
        "You sat with me after the lesson that went wrong, and asked what I saw before you said a word.",
        AGREED,
    ),
    (18, 8, TEACHER, "The cards for exit questions were in my box the day after I asked. They work.", AGREED),
    (15, 4, 9, "You told me about your hard week, and mine felt lighter. Thank you for trusting me.", DECLINED),
    (12, OFFICE, 7, "You gave up your free period twice so that two colleagues could visit each other.", AGREED),
    (10, 2, PRINCIPAL, "You took my class for a whole period so that I could go on the walk.", AGREED),
    (6, 9, 3, "You read my plan at lunch and found the one question that was missing.", AGREED),
    (4, 7, 8, "You opened your door on a Friday afternoon. I saw how you wait for an answer.", AGREED),
    (2, 5, TEACHER, "You came to look at one thing and told me just that one thing. It was the right one.", WAITING),
    (
        1,
        TEACHER,
        6,
        "You stayed with my group when the fire drill cut our talk short. We finished because of you.",
        WAITING,
    ),
]
# Weeks ago, the words to begin with, and those at the end.
ISSUES = [
    (3, "**One thing to try on Monday:** wait three seconds longer after a question. Count in your head.", ""),
    (
        2,
        "Two teams came to the end of their work this week. What both say: start with *one* question.\n\n"
        "**One thing to try on Monday:** let a student read the task aloud before you explain it.",
        "A question for lunch: when did you last see a colleague teach?",
    ),
    (
        1,
        "The weeks are full, and still: there is no better half hour than one at the back of a colleague's class.\n\n"
        "**One thing to try on Monday:** end ten minutes early, and ask what was hard.",
        "A question for lunch: what would you love to be asked about your teaching?",
    ),
    (
        0,
        "**One thing to try on Monday:** write one sentence of thanks. It takes two minutes.\n\n"
        "The walks of this term have places left. No lesson is put on for them, and nobody is rated.",
        "A question for lunch: which lesson would you teach again tomorrow?",
    ),
]


def make_news(cast, now):
    make_session(cast["facilitator"], now)
    make_thanks(cast["teacher"], now)
    for weeks, opening, closing in ISSUES:
        make_issue(cast["facilitator"], now, weeks=weeks, opening=opening, closing=closing)


def make_session(facilitator, now):
    """What is coming up: the other sessions of the catalogue are over, and followed up."""
    leader = User.objects.holding(Role.TEACHER_LEADER).order_by("pk").first()
    add_session(
        by=facilitator,
        leader=leader,
        title="Questions that keep a class thinking",
        held_on=school_day(timezone.localdate(now) + dt.timedelta(days=13)),
        school=School.objects.filter(posts__user=leader).first(),
        hours=Decimal("1.5"),
        summary="We watch two short lessons, and rewrite the questions that we ask every day.",
        goal="Ask fewer questions, and better ones",
        focus_area="Questions that have more than one answer",
        measured_by="One lesson taught with the new questions",
        materials="* Two short films\n* A page to write on",
    )


def make_thanks(teacher, now):
    staff = list(User.objects.staff_of(teacher.standing.schools, Role.TEACHER).exclude(pk=teacher.pk).order_by("pk"))
    known = {person.email: person for person in User.objects.filter(email__in=[TEACHER, OFFICE, PRINCIPAL])}

    def person(who):
        return known[who] if who in known else staff[who]

    for days, author, to, words, answer in THANKS:
        at = now - dt.timedelta(days=days, hours=3)
        shout_out = thank(person(to), by=person(author), words=words, at=at)
        if answer == AGREED:
            show_to_all(shout_out, by=person(to), at=at + dt.timedelta(hours=2))
        if answer == DECLINED:
            keep_between_us(shout_out, by=person(to), at=at + dt.timedelta(hours=2))


def make_issue(facilitator, now, *, weeks, opening, closing):
    """The issue of a Monday at seven: of so many weeks ago, or with 0 of the next one, which waits for its moment."""
    today = timezone.localdate(now)
    monday = today - dt.timedelta(days=today.weekday() + 7 * (weeks - 1))
    send_at = clock.at(monday, dt.time(7))
    written_at = min(send_at - dt.timedelta(days=3), now)
    issue = write_newsletter(
        by=facilitator,
        school=None,
        title=f"The week of {monday:%-d %B}",
        opening=opening,
        closing=closing,
        picks=picks_of(facilitator, written_at, newest=weeks < 2),
        at=written_at,
    )
    schedule_newsletter(issue, by=facilitator, send_at=send_at)
    if send_at <= now:
        send(issue.pk, send_at)


def picks_of(facilitator, at, *, newest):
    """The thanks of the week before; in the newest issues also what colleagues look for and what is coming up."""
    week = at - dt.timedelta(days=7), at
    thanks = [f"thanks:{pk}" for pk in ShoutOut.objects.filter(shown_at__range=week).values_list("pk", flat=True)]
    if not newest:
        return thanks
    new = [
        item.pick for source, items in new_items(facilitator, since=week[0]) if source.key != "thanks" for item in items
    ]
    return new + thanks
