"""Who may make an account, and how allauth reads and writes our `User`."""

from allauth.account.adapter import DefaultAccountAdapter


class StaffAccountAdapter(DefaultAccountAdapter):
    pass
