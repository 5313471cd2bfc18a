from django.db import migrations

BATCH = 2000


def book_what_stands(apps, schema_editor):
    """Book what each event that stands takes: of two firm ones at one time, only the first is firm."""
    Attendance, Event, Booking = (apps.get_model("schedule", name) for name in ("Attendance", "Event", "Booking"))
    booked = set(Booking.objects.filter(source__startswith="event:").values_list("event", flat=True))
    until, rows = {}, []
    for holder, person, event, starts_at, ends_at, firm in holders(Attendance, Event):
        firm = firm and until.get(holder, starts_at) <= starts_at
        if firm:
            until[holder] = ends_at
        if event in booked:
            continue
        span = {"starts_at": starts_at, "ends_at": ends_at, "firm": firm}
        rows.append(Booking(holder=holder, person_id=person, event_id=event, source=f"event:{event}", **span))
        if len(rows) == BATCH:
            Booking.objects.bulk_create(rows)
            rows.clear()
    Booking.objects.bulk_create(rows)


def holders(Attendance, Event):
    """People who were asked and did not decline, then rooms; each in the order of time."""
    expected = Attendance.objects.filter(event__cancelled_at=None).exclude(answer="declined")
    columns = ("person", "event", "event__starts_at", "event__ends_at", "answer")
    for person, *event, answer in expected.order_by("event__starts_at", "event").values_list(*columns).iterator():
        yield f"person:{person}", person, *event, answer == "accepted"
    events = Event.objects.filter(cancelled_at=None).exclude(school=None).exclude(place="")
    columns = ("school", "place", "pk", "starts_at", "ends_at")
    for school, place, *event in events.order_by("starts_at", "pk").values_list(*columns).iterator():
        if room := " ".join(place.split()).casefold()[:120]:
            yield f"room:{school}:{room}", None, *event, True


def unbook(apps, schema_editor):
    apps.get_model("schedule", "Booking").objects.filter(source__startswith="event:").delete()


class Migration(migrations.Migration):

    dependencies = [
        ('schedule', '0007_timetable_imports'),
    ]

    operations = [
        migrations.RunPython(book_what_stands, unbook),
    ]
