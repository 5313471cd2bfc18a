"""Who follows an event: functions that upper apps register, called inside `move` and `cancel`, in their transaction."""

ON_MOVE = []  # (event, by, at) -> None
ON_CANCEL = []  # (event, by, at) -> None
# (user) -> Q over Event: which further events an upper app lets the person see in full
MAY_SEE = []
# (event, user) -> bool: whether an upper app lets the person change the event
MAY_CHANGE = []
