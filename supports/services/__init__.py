"""What is done to the menu, to who approves, and to the catalogue of PD sessions."""

from .approval import approval_needed, set_approval_rules
from .menu import add_support, arrange_menu, edit_part, edit_support, remove_part, rewrite_support
from .sessions import add_session, edit_session, offer_session_again, withdraw_session

__all__ = [
    "add_session",
    "add_support",
    "approval_needed",
    "arrange_menu",
    "edit_part",
    "edit_session",
    "edit_support",
    "offer_session_again",
    "remove_part",
    "rewrite_support",
    "set_approval_rules",
    "withdraw_session",
]
