"""What tests of school time's pages share: a school with three periods, and a date in the second of them."""

import datetime as dt

from notices.models import Notice
from people import clock
from schedule import services

NINE, TEN, ELEVEN, NOON = (dt.time(hour) for hour in (9, 10, 11, 12))
THREE = [("1", NINE, TEN), ("2", TEN, ELEVEN), ("3", ELEVEN, NOON)]


def next_monday(school):
    today = clock.today(school)
    return today + dt.timedelta(days=7 - today.weekday())


def three_periods(school, by):
    bells = services.add_bells(school, by=by, name="Regular day", periods=THREE)
    services.lay_out_days([school])
    return bells


def second_period(school, day, people):
    span = {"starts_at": clock.at(day, TEN, school), "ends_at": clock.at(day, ELEVEN, school)}
    event = services.create_event(by=people[0], kind="meeting", title="", people=people, school=school, **span)
    Notice.objects.all().delete()
    return event


def sign_in(client, person):
    client.force_login(person)
    return client
