from django.apps import AppConfig


class ScheduleConfig(AppConfig):
    name = "schedule"

    def ready(self):
        from notices.registry import register

        from .kinds import KINDS

        register(*KINDS)
