from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "notices"

    def ready(self):
        from . import registry
        from .kinds import KINDS

        registry.register(*KINDS)
