from django import forms

from people.models import Expertise, User

from .fields import TopicsField

KINDS = {
    "grades": Expertise.Kind.GRADE,
    "subjects": Expertise.Kind.SUBJECT,
    "can_show": Expertise.Kind.CAN_SHOW,
    "wants_to_grow": Expertise.Kind.WANTS_TO_GROW,
}
COMMAS = "Put commas between them, or one on each line."


class ProfileForm(forms.ModelForm):
    """What colleagues read about a person. The four lists of topics are Expertise rows."""

    grades = TopicsField(
        label="Grades you teach", required=False, widget=forms.TextInput, help_text="For example: 4, 5."
    )
    subjects = TopicsField(
        label="Subjects", required=False, widget=forms.TextInput, help_text="For example: reading, science."
    )
    can_show = TopicsField(
        label="What you can show",
        required=False,
        help_text=f"What colleagues could come and see. For example: number talks, quiet starts. {COMMAS}",
    )
    wants_to_grow = TopicsField(
        label="What you want to grow in",
        required=False,
        help_text=f"What you would like to work on with somebody. {COMMAS}",
    )

    calendar_link = forms.URLField(
        label="Link to your calendar or booking page",
        required=False,
        assume_scheme="https",
        help_text="If you have one. It begins with https://",
    )

    class Meta:
        model = User
        fields = ["name", "about", "when_free", "calendar_link"]
        labels = {
            "name": "Your name",
            "about": "About you",
            "when_free": "When you are free",
        }
        help_texts = {
            "about": "A few lines for colleagues: what you teach, what you care about.",
            "when_free": "For example: Tuesday period 4, most days after 3:30.",
        }
        widgets = {"about": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.order_fields(
            ["name", "about", "grades", "subjects", "can_show", "wants_to_grow", "when_free", "calendar_link"]
        )
        if not self.is_bound:
            held = list(self.instance.expertise.values_list("kind", "topic"))
            for field, kind in KINDS.items():
                self.initial[field] = [topic for its_kind, topic in held if its_kind == kind]

    @property
    def topics(self):
        return {kind: self.cleaned_data[field] for field, kind in KINDS.items()}
