from django.apps import AppConfig


class GrowthConfig(AppConfig):
    name = "growth"

    def ready(self):
        from partnerships.registry import PARTNERSHIP_PANELS

        from .panels import hours_panel

        PARTNERSHIP_PANELS.append(hours_panel)
