"""Small files of timetables, and a school whose bells they fit."""

import datetime as dt

from people.models import User
from schedule.models import BellSchedule, Period, TeachingSlot
from schedule.services.timetables import bring_in, keep_file, look_at

HEADER = "teacher,day,period,class,room,subject\n"
FIRST = dt.date(2026, 8, 17)


def ring_and_name(schools, people):
    """Periods 1, 2 and Lunch at these schools, and staff codes T001, T002 … for these people."""
    for school in schools:
        usual = BellSchedule.objects.create(school=school)
        for name, starts, ends in (("1", "08:10", "09:00"), ("2", "09:05", "09:55"), ("Lunch", "12:00", "12:30")):
            Period.objects.create(schedule=usual, name=name, starts=starts, ends=ends)
    for number, person in enumerate(people, start=1):
        User.objects.filter(pk=person.pk).update(staff_code=f"T{number:03}")


def keep(rows, by, school, starts_on=FIRST, header=HEADER):
    content = (header + "".join(f"{row}\n" for row in rows)).encode()
    return keep_file(content, file_name="tt.csv", starts_on=starts_on, school=school, by=by)


def apply(rows, by, school, **given):
    kept, troubles = keep(rows, by, school, **given)
    assert troubles == []
    return bring_in(kept, looked_at=look_at(kept).fingerprint, by=by)


def told(rows, by, school, **given):
    kept, troubles = keep(rows, by, school, **given)
    return [(trouble.line, trouble.words) for trouble in troubles or look_at(kept).troubles]


def standing():
    rows = TeachingSlot.objects.order_by("pk")
    return sorted(rows.values_list("teacher__name", "position", "period", "class_name", "room", "subject", "kind"))


ROWS = ["T001,Mo,1,9A,R1,Art", "ana@cedar.example,Tu,2,9B,R1,Art", "t002,Mo,1,9A,R1,Art", "T002,Mo,Lunch,,,Lunch duty"]
STANDING = [
    ("Ana Ruiz", 0, "1", "9A", "R1", "Art", "class"),
    ("Ana Ruiz", 1, "2", "9B", "R1", "Art", "class"),
    ("Ben Okafor", 0, "1", "9A", "R1", "Art", "class"),
    ("Ben Okafor", 0, "Lunch", "", "", "Lunch duty", "duty"),
]
