from django.apps import AppConfig


class PartnershipsConfig(AppConfig):
    name = "partnerships"

    def ready(self):
        from notices import registry as notices
        from people import registry as people
        from schedule import followers
        from supports import registry as supports

        from .dates import may_change, may_see
        from .kinds import KINDS as STEP_KINDS
        from .panels import on_menu, on_sessions, on_support
        from .services.leavers import hand_over_all, unfinished
        from .told import KINDS as NOTICE_KINDS

        notices.register(*NOTICE_KINDS)
        supports.register(*STEP_KINDS)
        supports.MENU_PANELS.append(on_menu)
        supports.SUPPORT_PANELS.append(on_support)
        supports.SESSION_PANELS.append(on_sessions)
        people.UNFINISHED_WORK.append(unfinished)
        people.HAND_OVER.append(hand_over_all)
        followers.MAY_SEE.append(may_see)
        followers.MAY_CHANGE.append(may_change)
