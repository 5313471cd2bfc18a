"""Who may make an account, and what an e-mail address must show before it opens one."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.constants import LoginStageKey
from allauth.account.internal.flows.email_verification import consume_email_verification_rate_limit
from allauth.account.stages import LoginStageController
from django.contrib import messages

from .models import District, Invitation, User
from .services import accounts, invitations


class StaffAccountAdapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": "This account is closed.",
        "email_password_mismatch": "That address and password do not go together. Check both, or get a new password.",
        "enter_current_password": "That is not your password now.",
        "incorrect_code": "That code is not right. Codes change every half minute: try the one you see now.",
        "incorrect_password": "That is not your password.",
        "invalid_password_reset": "This link has been used or is too old. Ask for a new one.",
        "rate_limited": "That was too often in a short time. Wait a few minutes and try again.",
        "too_many_login_attempts": "That was too often in a short time. Wait a few minutes and try again.",
        "duplicate_email": "That is your address already.",
        "same_as_current": "That is what it is now. Write the new one.",
    }

    def is_open_for_signup(self, request):
        district = District.objects.first()
        return bool(district and district.domains)

    def save_user(self, request, user, form, commit=True):
        user.name = form.cleaned_data["name"]
        return super().save_user(request, user, form, commit)

    def send_account_already_exists_mail(self, email):
        """Who signs up at the address of an account that waits for its owner gets the link to claim it."""
        person = User.objects.filter(email__iexact=email, is_active=True).first()
        if person and not person.has_usable_password():
            invitations.mail_claim_link(person)
        else:
            super().send_account_already_exists_mail(email)

    def remind_of_invitation(self, request, email):
        """Send an open invitation once more. The page says the same whether there is one or not."""
        person = User.objects.filter(email__iexact=email, is_active=True).first()
        invited = person and Invitation.objects.filter(user=person, accepted_at=None).exists()
        if invited and consume_email_verification_rate_limit(request, email):
            invitations.mail_claim_link(person)

    def send_password_reset_mail(self, user, email, context):
        # An address that waits to be confirmed must open nothing, so only the account's own gets the link.
        if email.lower() == user.email.lower():
            super().send_password_reset_mail(user, email, context)

    def set_password(self, user, password):
        super().set_password(user, password)
        # Nobody is signed in: the password was set with a link from the mailbox, which shows whose address it is.
        if not self.request.user.is_authenticated:
            accounts.accept(user)

    def confirm_email(self, request, email_address):
        user = email_address.user
        if User.objects.exclude(pk=user.pk).filter(email__iexact=email_address.email).exists():
            messages.error(
                request, "That address belongs to another account. An admin of your district can sort it out."
            )
            return False
        # Somebody else may have signed up with this address and a password of theirs. Only the browser that typed
        # the password keeps it; from any other, the reader of the mail chooses a new one.
        if not email_address.user.emailaddress_set.filter(verified=True).exists() and not typed_here(request, user):
            user.set_unusable_password()
            user.save(update_fields=["password"])
        return super().confirm_email(request, email_address)

    def get_email_verification_redirect_url(self, email_address):
        user = email_address.user
        if email_address.verified and not self.request.user.is_authenticated and not user.has_usable_password():
            return invitations.claim_path(user)
        return super().get_email_verification_redirect_url(email_address)


def typed_here(request, user):
    """Whether this browser has just signed in or signed up as the user, with the password."""
    stage = LoginStageController.enter(request, LoginStageKey.VERIFY_EMAIL.value)
    return request.user == user or bool(stage and stage.login.user == user)
