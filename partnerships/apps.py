from django.apps import AppConfig


class PartnershipsConfig(AppConfig):
    name = "partnerships"

    def ready(self):
        from notices import registry as notices
        from supports import registry as supports

        from .kinds import KINDS as STEP_KINDS
        from .told import KINDS as NOTICE_KINDS

        notices.register(*NOTICE_KINDS)
        supports.register(*STEP_KINDS)
