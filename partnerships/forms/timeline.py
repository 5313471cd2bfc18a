"""The partners' own dates."""

from django import forms

from people import clock

from .fields import DayField
from .people import PlainForm

FURTHEST = 730


class TimelineForm(PlainForm):
    starts_on = DayField(label="When do you begin?")
    ends_on = DayField(
        label="When will you be done?",
        help_text="The reminders of your open steps follow. More than a year is set up for one, then revisited.",
    )

    def __init__(self, *args, partnership, **options):
        options.setdefault("initial", {"starts_on": partnership.starts_on, "ends_on": partnership.ends_on})
        super().__init__(*args, **options)
        self.today = clock.today(partnership.school)

    def clean(self):
        answers = super().clean()
        starts, ends = answers.get("starts_on"), answers.get("ends_on")
        if starts and abs((starts - self.today).days) > FURTHEST:
            self.add_error("starts_on", "That is too far from today. Check the year.")
        if ends and (ends - self.today).days > 5 * FURTHEST:
            self.add_error("ends_on", "That is too far from today. Check the year.")
        if starts and ends and ends < starts:
            self.add_error("ends_on", "This is before you begin. Choose a later day.")
        return answers


class MilestonesForm(PlainForm):
    """A row for each milestone that is not reached yet, and a few empty ones; an emptied row goes."""

    EMPTY = 3

    def __init__(self, *args, partnership, **options):
        super().__init__(*args, **options)
        kept = [milestone for milestone in partnership.milestones.all() if not milestone.reached_at]
        self.numbers = range(len(kept) + self.EMPTY)
        for number in self.numbers:
            milestone = kept[number] if number < len(kept) else None
            self.fields[f"title_{number}"] = forms.CharField(
                label=f"Milestone {number + 1}", max_length=120, required=False, initial=milestone and milestone.title
            )
            self.fields[f"due_{number}"] = DayField(
                label=f"By when is milestone {number + 1} reached?",
                required=False,
                initial=milestone and milestone.due_on,
            )

    def clean(self):
        answers = super().clean()
        answers["milestones"] = []
        for number in self.numbers:
            title, due_on = answers.get(f"title_{number}"), answers.get(f"due_{number}")
            if title and not due_on and f"due_{number}" not in self.errors:
                self.add_error(f"due_{number}", "Give this milestone a date.")
            if due_on and not title and f"title_{number}" not in self.errors:
                self.add_error(f"title_{number}", "Say what is reached by then.")
            if title and due_on:
                answers["milestones"].append((title, due_on))
        return answers
