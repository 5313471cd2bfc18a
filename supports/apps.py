from django.apps import AppConfig


class SupportsConfig(AppConfig):
    name = "supports"

    def ready(self):
        from people import registry as people

        from . import personal

        people.PERSONAL += personal.PERSONAL
