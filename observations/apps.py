from django.apps import AppConfig


class ObservationsConfig(AppConfig):
    name = "observations"

    def ready(self):
        from notices import registry as notices
        from partnerships.registry import PARTNERSHIP_PANELS
        from people import registry as people
        from schedule import followers

        from .reads import panels
        from .services import following, stops
        from .told import KINDS

        notices.register(*KINDS)
        followers.ON_CANCEL += [following.follow_cancelled_event, stops.follow_cancelled_event]
        followers.ON_MOVE += [following.follow_moved_event, stops.follow_moved_event]
        followers.MAY_CHANGE.append(stops.may_change_event)
        followers.MAY_SEE.append(stops.may_see_events)
        people.UNFINISHED_WORK.append(following.unfinished_work)
        people.HAND_OVER.append(following.hand_over)
        PARTNERSHIP_PANELS += [panels.walk_panel, panels.coverage_panel]
