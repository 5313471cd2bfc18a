"""Two tables that are forms: where supports stand on the menu, and who approves them."""

from django import forms

from ..models import ApprovalRule, SupportType

PlaceFormSet = forms.modelformset_factory(
    SupportType,
    fields=["position", "on_menu"],
    extra=0,
    widgets={"position": forms.NumberInput(attrs={"min": 0, "max": 999})},
)


class ApprovalForm(forms.Form):
    """One choice for each support and school; the first column is the rule for all schools."""

    def __init__(self, *args, supports, schools, **kwargs):
        super().__init__(*args, **kwargs)
        places = ApprovalRule.objects.filter(support__in=supports).values_list("support_id", "school_id", "needed")
        self.rules = {(support, school): needed for support, school, needed in places}
        self.schools = [None, *schools]
        self.table = [(support, [self._cell(support, school) for school in self.schools]) for support in supports]

    def _cell(self, support, school):
        place = (support.pk, school and school.pk)
        name = f"rule-{support.pk}-{school.pk if school else 'all'}"
        asks, asks_not = ("yes", "Needed"), ("no", "Not needed")
        self.fields[name] = forms.ChoiceField(
            label=f"{support}: {school or 'all schools'}",
            choices=[("", "As all schools"), asks, asks_not] if school else [asks_not, asks],
            required=school is None,
            initial={True: "yes", False: "no", None: "" if school else "no"}[self.rules.get(place)],
        )
        self.fields[name].place = place
        self.fields[name].widget.attrs["aria-label"] = self.fields[name].label
        return school, self[name]

    @property
    def changed_rules(self):
        """{(support id, school id or None): True, False or None} of the choices that differ from what is kept."""
        answers = {"yes": True, "no": False, "": None}
        return {self.fields[name].place: answers[self.cleaned_data[name]] for name in self.changed_data}
