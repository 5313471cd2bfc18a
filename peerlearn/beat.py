"""What beat wakes, and how often: each task looks for all that is due, and finds nothing twice."""

from celery.schedules import crontab


def beat_schedule(*, demo, reads_mailbox):
    """{name: entry} as Celery's beat reads it; in the demo what somebody may wait for at the screen comes sooner."""
    entries = {
        # Often, for somebody may wait at the screen for a mail that helps to sign in. With nothing due it asks four
        # times for a row of a partial index; what piles up behind long mailings is thrown away.
        "deliver notices": {"task": "notices.tasks.deliver", "schedule": 2.0, "options": {"expires": 30}},
        "send digests": {"task": "notices.tasks.send_digests", "schedule": crontab(minute="*/15")},
        "remind of steps": {"task": "partnerships.tasks.remind", "schedule": crontab(minute="5,35")},
        "count time of events": {"task": "partnerships.tasks.count_time", "schedule": crontab(minute="20,50")},
        "remind of growth meetings": {"task": "growth.tasks.remind_of_meetings", "schedule": crontab(minute="8,38")},
        "send newsletters": {"task": "growth.tasks.send_newsletters", "schedule": 5.0 if demo else 60.0},
        "send invitations": {"task": "people.tasks.send_invitations", "schedule": 2.0 if demo else 20.0},
        "close accounts of leavers": {
            "task": "people.tasks.close_accounts_of_leavers",
            "schedule": crontab(minute="20"),
        },
        "forget presses": {"task": "people.tasks.forget_presses", "schedule": crontab(hour="4", minute="45")},
        "delete what is due": {"task": "people.tasks.delete_what_is_due", "schedule": crontab(hour="5", minute="15")},
        "make exports": {"task": "people.tasks.make_exports", "schedule": 2.0 if demo else 20.0},
        "erase people": {"task": "people.tasks.erase_people", "schedule": crontab(minute="25")},
        "lay out school days": {"task": "schedule.tasks.lay_out_days", "schedule": crontab(hour="4", minute="15")},
        "send day sheets": {"task": "observations.tasks.send_day_sheets", "schedule": crontab(minute="3,33")},
        "send letters": {"task": "observations.tasks.send_letters", "schedule": 2.0 if demo else 20.0},
        "remind of walks": {"task": "observations.tasks.remind_of_walks", "schedule": crontab(minute="12,42")},
        "remind of cover": {"task": "observations.tasks.remind_of_cover", "schedule": crontab(minute="15,45")},
        "bring in timetables": {"task": "schedule.tasks.bring_in_timetables", "schedule": 2.0 if demo else 10.0},
        "look for plans of walks": {"task": "observations.tasks.look_for_plans", "schedule": 2.0 if demo else 5.0},
        "remind of events": {"task": "schedule.tasks.remind", "schedule": crontab(minute="10,40")},
        "send calendar invitations": {"task": "schedule.tasks.send_invitations", "schedule": 2.0 if demo else 20.0},
    }
    if reads_mailbox:
        entries["take calendar replies"] = {"task": "schedule.tasks.take_calendar_replies", "schedule": 60.0}
    for entry in entries.values():
        # While no worker runs they do not pile up.
        entry.setdefault("options", {"expires": 300})
    return entries
