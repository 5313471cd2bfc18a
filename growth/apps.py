from django.apps import AppConfig


class GrowthConfig(AppConfig):
    name = "growth"

    def ready(self):
        from notices import registry as notices
        from partnerships.registry import PARTNERSHIP_PANELS
        from people import registry as people
        from schedule import followers

        from . import personal
        from .panels import event_panel, hours_panel, meeting_panel
        from .told import MEETINGS, NEWS

        notices.register(*NEWS, group="Newsletter and thanks")
        notices.register(*MEETINGS, group="Growth meetings")
        PARTNERSHIP_PANELS += [meeting_panel, hours_panel]
        followers.EVENT_PANELS.append(event_panel)
        people.PERSONAL += personal.PERSONAL
        people.RULES += personal.RULES
