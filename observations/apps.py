from django.apps import AppConfig


class ObservationsConfig(AppConfig):
    name = "observations"

    def ready(self):
        from notices import registry as notices
        from schedule import followers

        from .services.coverage import follow_cancelled_event, follow_moved_event
        from .told import KINDS

        notices.register(*KINDS)
        followers.ON_CANCEL.append(follow_cancelled_event)
        followers.ON_MOVE.append(follow_moved_event)
