from django.apps import AppConfig


class GrowthConfig(AppConfig):
    name = "growth"

    def ready(self):
        from notices import registry as notices
        from partnerships.registry import PARTNERSHIP_PANELS

        from .panels import hours_panel
        from .told import KINDS

        notices.register(*KINDS, group="Newsletter and thanks")
        PARTNERSHIP_PANELS.append(hours_panel)
