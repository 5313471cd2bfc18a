"""Writing a newsletter: a title, words of one's own, and picks of what colleagues share."""

import datetime as dt

from crispy_forms.helper import FormHelper
from django import forms
from django.utils import timezone

from people.models import Role, School

from ..models import Newsletter
from ..sharing import new_items

# In days: what is as old as this was told already, also where no issue came before.
BEFORE_THE_FIRST = 14
AHEAD = 60
SATURDAY = 5
MARKDOWN = "You can use Markdown: **bold**, lists, links. Name no student."
DISTRICT = "district"


class NewsletterForm(forms.Form):
    """A new issue begins with everything picked that is new since the last one."""

    title = forms.CharField(max_length=80, help_text="For example: The week of 16 March.")
    school = forms.ChoiceField(label="Who gets it", widget=forms.RadioSelect)
    opening = forms.CharField(
        label="Your words to begin with",
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=f"One thing to try on Monday, for example. {MARKDOWN}",
    )
    closing = forms.CharField(
        label="Your words at the end",
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="For example a question to take to lunch.",
    )

    def __init__(self, *args, by, newsletter=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.newsletter = newsletter
        if newsletter:
            del self.fields["school"]
            self.initial |= {name: getattr(newsletter, name) for name in ("title", "opening", "closing")}
        else:
            self._offer_schools(by)
            self.initial["title"] = f"The week of {monday(timezone.localdate()):%-d %B}"
        self._offer_picks(by)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True

    def _offer_schools(self, by):
        schools = School.objects.visible_to(by).open()
        everyone = [(DISTRICT, "The whole district")]
        if not (by.standing.is_admin or by.standing.is_district_facilitator):
            schools, everyone = schools.filter(pk__in=by.standing.schools_as(Role.FACILITATOR)), []
        self.schools = {str(school.pk): school for school in schools}
        choices = everyone + [(pk, school.name) for pk, school in self.schools.items()]
        self.fields["school"].choices = choices
        self.initial["school"] = choices[0][0] if choices else ""

    def _offer_picks(self, by):
        picked = self.newsletter.picks if self.newsletter else None
        for source, items in new_items(by, since=self._since(by), picks=picked or ()):
            name = f"pick_{source.key}"
            if items:
                self.fields[name] = forms.MultipleChoiceField(
                    label=source.heading,
                    required=False,
                    widget=forms.CheckboxSelectMultiple,
                    choices=[(item.pick, item.in_a_line) for item in items],
                )
                self.initial[name] = [item.pick for item in items if picked is None or item.pick in picked]
        self.order_fields(["title", "school", "opening", *(n for n in self.fields if n.startswith("pick_")), "closing"])

    def _since(self, by):
        """When the last issue went out that the writer sees."""
        last = Newsletter.objects.visible_to(by).sent().values_list("sent_at", flat=True).first()
        return last or timezone.now() - dt.timedelta(days=BEFORE_THE_FIRST)

    @property
    def picks(self):
        names = [name for name in self.fields if name.startswith("pick_")]
        return [pick for name in names for pick in self.cleaned_data[name]]

    @property
    def words(self):
        """What the service keeps."""
        return {name: self.cleaned_data[name] for name in ("title", "opening", "closing")} | {"picks": self.picks}

    @property
    def chosen_school(self):
        return self.schools.get(self.cleaned_data["school"])


def monday(day):
    """Of the week, or at a weekend of the next one."""
    return day - dt.timedelta(days=day.weekday() if day.weekday() < SATURDAY else day.weekday() - 7)


class SendForm(forms.Form):
    """When it goes out; empty means now."""

    send_at = forms.DateTimeField(
        label="Send it on",
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text="In the time of your school. Leave it empty to send it now.",
        error_messages={"invalid": "Write a day and a time."},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True

    def clean_send_at(self):
        send_at, now = self.cleaned_data["send_at"], timezone.now()
        if send_at and not now <= send_at <= now + dt.timedelta(days=AHEAD):
            raise forms.ValidationError(f"Choose a moment from now on, at most {AHEAD} days ahead.")
        return send_at or now
