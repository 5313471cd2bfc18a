"""Who may do what to a notice: a notice is its reader's alone."""


def may_keep(user, notice):
    return notice.person_id == user.pk
