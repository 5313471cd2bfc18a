"""Who reads what one is typing in this room: derived from what it is and from the readers that are chosen."""

from people.beside import Beside, span_of

from .models import Entry

PRIVATE, PARTNERS, SCHOOL = Entry.Audience.PRIVATE, Entry.Audience.PARTNERS, Entry.Audience.SCHOOL
NO_POST = "No principal, admin or facilitator does."
ONLY_YOU = "Only you read this."
PARTNERS_READ = f"You and your partners read this. {NO_POST}"
STAFF_READ = "The staff of your school read this, your principal among them."
ALL_AGREE = "You and your partners read this. The staff of your school do once each of you has agreed."

WITH_YOU = "Kept as long as you work here, or until you throw it away."
WITH_THE_WORK = "Kept as long as the work."


def of_own_words(chosen, choices):
    reads = {PRIVATE: ONLY_YOU, PARTNERS: PARTNERS_READ, SCHOOL: STAFF_READ}
    return Beside({audience: reads[audience] for audience in choices}, chosen, WITH_YOU)


def of_joint_words(chosen):
    return Beside({PARTNERS: PARTNERS_READ, SCHOOL: ALL_AGREE}, chosen, WITH_THE_WORK)


def of_notes():
    """Of a visit, or prepared for one."""
    return Beside({"": PARTNERS_READ}, kept=until_handed_over())


def until_handed_over():
    return f"Deleted {span_of('notes')} after you hand it over, and on June 30 at the latest."


def of_messages():
    return Beside({"": f"Those who take part read this. {NO_POST}"}, kept=WITH_THE_WORK)


def of_words_for_partners():
    return Beside({"": PARTNERS_READ}, kept=WITH_YOU)


def of_contacts():
    return Beside({"": "You and your partners read this, and the person that you ask."}, kept=WITH_THE_WORK)


def of_plans():
    kept = f"Deleted {span_of('records')} after the work."
    return Beside({"": "You and your partners, your facilitator and your principal read the plan."}, kept=kept)


def of_dates():
    return Beside({"": "Your partners see the whole. Others at the school see a busy time and a place at most."})


def of_entry(entry, choices):
    """Of a text that is there already, as its author changes it."""
    if entry.joint:
        return of_joint_words(entry.audience)
    if entry.kind == Entry.Kind.NOTE:
        return Beside({PRIVATE: ONLY_YOU, PARTNERS: PARTNERS_READ}, entry.audience, until_handed_over())
    if entry.kind == Entry.Kind.MESSAGE:
        return of_messages()
    return of_own_words(entry.audience, choices)


def readers_of(entry):
    """Who reads a text that is written, in a sentence to somebody who reads it.

    Its `is_shown` (reads.words.with_named) says whether a version of it is shown to somebody by name as well.
    """
    return _readers_inside(entry) + (" A version of it is shown by name." if getattr(entry, "is_shown", False) else "")


def _readers_inside(entry):
    if entry.handed_over_at:
        return "Only you read this. Its author handed it to you."
    if entry.audience == PRIVATE:
        return ONLY_YOU
    if entry.audience == PARTNERS:
        return "Read by those who take part, and nobody else."
    if entry.released_at:
        return "Shared with the staff of the school."
    return "Read by those who take part. It is shared with the school once all have agreed."
