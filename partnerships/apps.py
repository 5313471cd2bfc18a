from django.apps import AppConfig


class PartnershipsConfig(AppConfig):
    name = "partnerships"

    def ready(self):
        from notices import acts
        from notices import registry as notices
        from people import registry as people
        from schedule import followers
        from supports import registry as supports

        from . import personal
        from .answers import ACTS
        from .dates import may_change, may_see, threads_of
        from .kinds import KINDS as STEP_KINDS
        from .panels import on_menu, on_sessions, on_support
        from .services.leavers import hand_over_all, let_go, unfinished
        from .told import KINDS as NOTICE_KINDS

        notices.register(*NOTICE_KINDS, group="Working together")
        notices.THREADS.append(threads_of)
        for kind, possible in ACTS.items():
            acts.register(kind, *possible)
        supports.register(*STEP_KINDS)
        supports.MENU_PANELS.append(on_menu)
        supports.SUPPORT_PANELS.append(on_support)
        supports.SESSION_PANELS.append(on_sessions)
        people.UNFINISHED_WORK.append(unfinished)
        people.HAND_OVER.append(hand_over_all)
        people.LET_GO.append(let_go)
        people.PERSONAL += personal.PERSONAL
        people.RULES += personal.RULES
        followers.MAY_SEE.append(may_see)
        followers.THREADS.append(threads_of)
        followers.MAY_CHANGE.append(may_change)
