from django.apps import AppConfig


class ScheduleConfig(AppConfig):
    name = "schedule"

    def ready(self):
        from notices import acts
        from notices.registry import register
        from people import registry as people
        from people.registry import ON_CALENDAR_CHANGE, WHAT_BREAKS

        from . import personal
        from .answers import ACTS
        from .followers import ON_PEOPLE
        from .kinds import KINDS
        from .services.invitations import keep_calendars
        from .services.rehearsing import broken_by
        from .services.school_days import change_of_days

        register(*KINDS, group="Dates")
        for kind, possible in ACTS.items():
            acts.register(kind, *possible)
        ON_PEOPLE.append(keep_calendars)
        ON_CALENDAR_CHANGE.append(change_of_days)
        WHAT_BREAKS.append(broken_by)
        people.PERSONAL += personal.PERSONAL
        people.RULES += personal.RULES
        people.LET_GO.append(personal.let_go)
        people.CLEAN.append(personal.empty_waiting_files)
