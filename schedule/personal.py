"""What this room keeps of people: read with people/kept.py."""

from django.db.models import Q
from django.utils import timezone

from people.kept import Kept, nothing_personal
from people.retention import Rule

from .models import Attendance, Booking, Event, TimetableImport

ACCOUNT = "As long as the account is there."
MAIL = "Until the district's span for mail is over."
PAST = "As long as the district counts earlier years."
RECORD = "5 school years, as the district sets it."


def let_go(person, *, at):
    """What is still to come goes on without them; a date that nobody else is expected at is called off."""
    ahead = Event.objects.standing().filter(starts_at__gt=at)
    expected = Attendance.objects.filter(person=person, event__in=ahead)
    expected.update(answer=Attendance.Answer.DECLINED, answered_at=at)
    others = Attendance.objects.exclude(person=person).exclude(answer=Attendance.Answer.DECLINED).values("event")
    alone = ahead.filter(organizer=person).exclude(pk__in=others)
    Booking.objects.filter(event__in=alone).delete()
    alone.update(cancelled_at=at, changed_at=at)


def empty_waiting_files(names):
    """A timetable that waits to be brought in is packed, and its rows may name anybody: it is to be uploaded anew."""
    waiting = TimetableImport.objects.filter(applied_at=None).exclude(content=b"")
    waiting.update(content=b"", refused="Somebody in it was erased. Upload the file again.", wanted_at=None)


def forget_words(rows, erasure):
    rows.update(cancel_word="", video_link="", links=[])


# A table: an entry is read across, not down.
# fmt: off
PERSONAL = [
    Kept("schedule.Event", "Dates that you organized", purpose="To meet, and to know when and where.",
        readers="Who is expected there; the principal sees time, place and people.", until=PAST, whose="organizer",
        erase=forget_words, fate="Stays for those who were there; your link and your words about it are gone.",
        facts="kind title starts_at ends_at school place cancelled_at made_at", words="video_link cancel_word links",
        people="organizer", plain="uid thread path listed sequence changed_at series awaits_cover trouble"),
    Kept("schedule.Attendance", "Dates at which you were expected", purpose="To know who comes.",
        readers="Who is expected there; the principal.", until=PAST, whose="person",
        fate="Stays without your name, for the report counts how many took part.",
        facts="event answer required visited asked_at answered_at", people="person"),
    Kept("schedule.Booking", "When your time is taken", purpose="So that nobody is in two places at once.",
        readers="Yourself; others see that you are busy.", until=RECORD, whose="person", goes=True,
        facts="source starts_at ends_at firm", people="person", plain="holder event"),
    Kept("schedule.Feed", "Private addresses of your calendar", purpose="To show your dates in your own calendar.",
        readers="Whoever you give the address to.", until="Until you change it.", whose="person", goes=True,
        facts="scope made_at", people="person", secret="token"),
    Kept("schedule.TakenOff", "Dates that you were taken off", purpose="To take them out of your calendar.",
        readers="Yourself.", until=RECORD, whose="person", goes=True, facts="event at starts_at ends_at",
        people="person", plain="times sequence"),
    Kept("schedule.WantsInvitations", "That you want invitations by e-mail",
        purpose="To send each date to your calendar.", readers="Yourself.", until=ACCOUNT, whose="person", goes=True,
        facts="since", people="person"),
    Kept("schedule.EventInvitation", "Invitations to your calendar",
        purpose="To put dates into your calendar, and change them there.", readers="Yourself.", until=MAIL,
        whose="person", goes=True, facts="event method starts_at ends_at where answer made_at sent_at",
        people="person", plain="next_at attempts dropped_at failed_at failure sequence version tentative due_at"),
    Kept("schedule.CalendarReply", "Answers from your calendar", purpose="To know whether you come.",
        readers="Yourself.", until=MAIL, whose="person", goes=True, facts="event stamped_at answer taken_at",
        people="person", plain="message sequence acted"),
    Kept("schedule.TeachingSlot", "Your timetable",
        purpose="To find times that take the least class time, and to know which class needs cover.",
        readers="The staff of the school.", until=ACCOUNT, whose="teacher", goes=True,
        facts="timetable position period kind class_name room subject", people="teacher"),
    Kept("schedule.Timetable", "Timetables that you brought in", purpose="To know where a timetable came from.",
        readers="The staff of the school.", until="As long as the timetable.", whose="made_by",
        facts="file_name made_at", people="made_by", plain="school starts_on ends_on edited_at"),
    Kept("schedule.TimetableImport", "Timetable files that you uploaded",
        purpose="To look at a file before it is brought in.", readers="The school's office and district admins.",
        until="The rows: until they are brought in, or 30 days, as the district sets it.", whose="made_by",
        fate="Stays as a record of the school, without your name; files that wait lose their rows.",
        facts="file_name made_at wanted_at applied_at", people="made_by wanted_by applied_by",
        others="content matches",
        plain="school starts_on row_count looked_at claimed_at refused added removed changed"),
    nothing_personal("schedule.BellSchedule", "school name is_default"),
    nothing_personal("schedule.Period", "schedule name starts ends"),
    nothing_personal("schedule.Term", "year school name starts_on ends_on"),
    nothing_personal("schedule.DayCycle", "school starts_on follows"),
    nothing_personal("schedule.CycleDay", "cycle position name bell_schedule"),
    nothing_personal("schedule.SpecialDay", "school day name bell_schedule position"),
    nothing_personal("schedule.SchoolDay", "school day position cycle_day bell_schedule off"),
]
# fmt: on


def long_over(cutoff):
    return Q(ends_at__lt=cutoff.before)


# A table: an entry is read across, not down.
# fmt: off
RULES = [
    Rule("timetable_files", "rows of uploaded timetables", "schedule.TimetableImport", "uploads",
        lambda cutoff: Q(made_at__lt=cutoff.before, applied_at=None) & ~Q(content=b""), people="made_by",
        forget=lambda rows: rows.update(content=b"", refused="It waited too long. Upload the file again.")),
    Rule("bookings", "busy times", "schedule.Booking", "records", long_over, people="person"),
    Rule("taken_off", "dates taken off", "schedule.TakenOff", "records", long_over, people="person"),
    Rule("calendar_mail", "calendar invitations", "schedule.EventInvitation", "mail",
        lambda cutoff: Q(made_at__lt=cutoff.before, ends_at__lt=timezone.now()), people="person"),
    Rule("calendar_replies", "answers from calendars", "schedule.CalendarReply", "mail",
        lambda cutoff: Q(taken_at__lt=cutoff.before), people="person"),
]
# fmt: on
