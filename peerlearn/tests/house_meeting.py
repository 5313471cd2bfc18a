"""The growth meeting of the furnished house."""

import datetime as dt

from growth.models import Brought, GrowthMeeting, MeetingRecord
from schedule.models import Event
from schedule.services import create_event


def meeting_of(house):
    """The growth meeting of the owner and the partner with their principal, under way, with a text on the table."""
    hour = dt.timedelta(hours=1)
    event = create_event(
        by=house.principal, kind=Event.Kind.MEETING, title="Growth meeting", starts_at=house.now - hour,
        ends_at=house.now + 3 * hour, people=[house.principal, house.owner, house.partner], school=house.school,
    )  # fmt: skip
    house.meeting = GrowthMeeting.objects.create(
        partnership=house.partnership, school=house.school, principal=house.principal, event=event, made_at=house.now
    )
    house.brought = Brought.objects.create(
        meeting=house.meeting, by=house.owner, source="text:0", title="Reflect", body="Verbena",
        brought_at=house.now, opened_at=house.now,
    )  # fmt: skip
    MeetingRecord.objects.create(meeting=house.meeting, body="Verbena", changed_by=house.owner, changed_at=house.now)
