from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "notices"

    def ready(self):
        from people import registry as people

        from . import acts, personal, registry, services
        from .kinds import KEEP, KINDS, OF_RECORDS

        registry.register(*KINDS)
        registry.register(*OF_RECORDS, group="What is kept about you")
        acts.register("deleted_soon", KEEP)
        people.PERSONAL += personal.PERSONAL
        people.RULES += personal.RULES
        people.CLEAN.append(personal.drop_mails)
        people.TELL.append(services.tell)
