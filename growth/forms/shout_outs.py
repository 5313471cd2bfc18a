"""Thanking a colleague."""

from crispy_forms.helper import FormHelper
from django import forms

from partnerships.forms.fields import ColleagueField, LongTextField


class ThankForm(forms.Form):
    words = LongTextField(
        label="What did they do for you?",
        max_length=500,
        rows=4,
        help_text="Two or three sentences. Leave students out, and private things too, even when you mean well.",
    )

    def __init__(self, *args, by, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["to"] = ColleagueField(
            asker=by,
            label="Whom do you want to thank?",
            help_text="A name or an e-mail. Anyone on the staff: the aide, the custodian and the office too.",
        )
        self.order_fields(["to", "words"])
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
