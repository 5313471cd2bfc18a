"""What allauth asks, in our words: sign-up for the district's own addresses, and a change of address."""

from allauth.account.adapter import get_adapter
from allauth.account.forms import AddEmailForm, SignupForm
from django import forms
from django.db import IntegrityError, transaction

from people.models import District


def domains():
    district = District.objects.first()
    return district.domains if district else []


def in_words(names):
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} or {names[-1]}"


class StaffSignupForm(SignupForm):
    name = forms.CharField(
        label="Your name", max_length=120, help_text="First and last, as colleagues know you.", strip=True
    )
    field_order = ["name", "email", "password1", "password2"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        allowed = domains()
        self.fields["email"].label = "Your work e-mail"
        if allowed:
            self.fields["email"].help_text = f"Your address at {in_words(allowed)}."
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)

    def clean_email(self):
        email, allowed = super().clean_email(), domains()
        if email.rpartition("@")[2] in allowed:
            return email
        adapter = get_adapter()
        # The same words whether there is an invitation or not, so that nobody learns who was invited.
        adapter.remind_of_invitation(adapter.request, email)
        raise forms.ValidationError(
            f"Accounts are made with an address at {in_words(allowed)}. "
            "If an admin invited you at this one, look in your mail: we have sent the invitation again."
        )

    def try_save(self, request):
        try:
            with transaction.atomic():
                return super().try_save(request)
        except IntegrityError:
            # The same form was sent twice at one moment, and the other one made the account.
            self.account_already_exists = True
            return super().try_save(request)


class StaffAddEmailForm(AddEmailForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["email"].label = "Your new address"
        self.fields["email"].widget.attrs.pop("placeholder", None)

    def clean_email(self):
        email, allowed = super().clean_email(), domains()
        if email.rpartition("@")[2] not in allowed:
            where = f"Here you can change it to one at {in_words(allowed)}. " if allowed else ""
            raise forms.ValidationError(where + "An admin of your district can give your account another address.")
        return email
