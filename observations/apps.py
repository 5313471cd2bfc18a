from django.apps import AppConfig


class ObservationsConfig(AppConfig):
    name = "observations"

    def ready(self):
        from notices import acts
        from notices import registry as notices
        from partnerships.registry import PARTNERSHIP_PANELS
        from people import registry as people
        from schedule import followers

        from . import personal
        from .answers import ACTS
        from .reads import calendar_rows, lead, panels
        from .services import changed_days, doors, following, needs, stops
        from .told import KINDS

        notices.register(*KINDS, group="Visits and cover")
        for kind, possible in ACTS.items():
            acts.register(kind, *possible)
        followers.ON_CREATE.append(needs.follow_event)
        followers.ON_PEOPLE.append(needs.follow_event)
        followers.ON_CANCEL += [needs.follow_cancelled_event, stops.follow_cancelled_event]
        followers.ON_MOVE += [needs.follow_event, stops.follow_moved_event]
        followers.ON_DAYS_CHANGED += [changed_days.follow_days, doors.follow_days]
        followers.FEED_ROWS.append(calendar_rows.cover_rows)
        followers.ON_CLASSES.append(lead.lead_words)
        followers.EVENT_PANELS.append(panels.event_panel)
        followers.MAY_CHANGE.append(stops.may_change_event)
        followers.MAY_SEE.append(stops.may_see_events)
        people.UNFINISHED_WORK.append(following.unfinished_work)
        people.HAND_OVER.append(following.hand_over)
        people.LET_GO.append(following.let_go_of_all)
        people.PERSONAL += personal.PERSONAL
        people.RULES += personal.RULES
        PARTNERSHIP_PANELS += [panels.walk_panel, panels.coverage_panel]
