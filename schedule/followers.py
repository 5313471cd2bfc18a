"""Who follows an event: functions that upper apps register, called inside its services, in their transaction."""

ON_CREATE = []  # (event, by, at) -> None, once its people are expected
ON_MOVE = []  # (event, by, at) -> None
ON_CANCEL = []  # (event, by, at) -> None
ON_PEOPLE = []  # (event, by, at) -> None, after people were added, removed or answered
ON_DAYS_CHANGED = []  # (school, days: set of dates, at) -> None, after these dates became other days at the school
# (user) -> Q over Event: which further events an upper app lets the person see in full
MAY_SEE = []
# (event, user) -> bool: whether an upper app lets the person change the event
MAY_CHANGE = []
# (user) -> {thread: what its people call it}: the pieces of work whose dates the person may follow in a feed
THREADS = []
# (person's id, since) -> [feeds.CoverRow]: the classes that a person takes for colleagues, for their own feed
FEED_ROWS = []
# (classes that need cover: [busy.ClassTaken], people, starts_at, ends_at) -> [sentence]: what else to know beforehand
ON_CLASSES = []
# (event, user) -> (template, context) or None: what an upper app shows on the event's page, as `panel`
EVENT_PANELS = []
