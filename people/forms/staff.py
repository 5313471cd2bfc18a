"""People and their posts, as a district admin writes them."""

from allauth.account.models import EmailAddress
from django import forms
from django.db.models import Q

from people.models import DISTRICT_ROLES, Deputy, Post, Role, School, User

from .fields import DayField, PersonField, check_order

MOST_BYTES = 20 * 1024 * 1024


class PersonForm(forms.ModelForm):
    class Meta:
        model = User
        fields = ["name", "email", "staff_code"]
        labels = {"name": "Name", "email": "E-mail", "staff_code": "Staff code"}
        help_texts = {
            "email": "They sign in with it. A new address has to be confirmed from its mailbox first.",
            "staff_code": "The district's own code, if your staff file has one.",
        }

    def clean_email(self):
        email = self.cleaned_data["email"].lower()
        taken = User.objects.filter(email__iexact=email).exclude(pk=self.instance.pk).exists()
        if taken or EmailAddress.objects.filter(email=email, verified=True).exclude(user=self.instance.pk).exists():
            raise forms.ValidationError("Somebody has an account with this address. Search for it under People.")
        return email

    def clean_staff_code(self):
        code = self.cleaned_data["staff_code"]
        owner = code and User.objects.filter(staff_code=code).exclude(pk=self.instance.pk).first()
        if owner:
            raise forms.ValidationError(f"That is the staff code of {owner.name}.")
        return code


class PostForm(forms.Form):
    role = forms.ChoiceField(label="As what", choices=Role)
    school = forms.ModelChoiceField(
        School.objects.open(),
        label="Where",
        required=False,
        empty_label="The whole district",
        help_text="Facilitators and district admins can serve the whole district.",
    )
    starts_on = DayField(label="First day", required=False, help_text="Empty: from now on.")
    ends_on = DayField(label="Last day", required=False, help_text="Empty: until somebody ends it.")

    def __init__(self, *args, person, **kwargs):
        super().__init__(*args, **kwargs)
        self.person = person

    def clean(self):
        super().clean()
        role, school = self.cleaned_data.get("role"), self.cleaned_data.get("school")
        if role and not school and role not in DISTRICT_ROLES and "school" not in self.errors:
            self.add_error("school", f"Choose the school where this {Role(role).label.lower()} works.")
        check_order(self, "starts_on", "ends_on", "The last day comes after the first.")
        same = Post.objects.filter(user=self.person, role=role, school=school)
        if (
            not self.errors
            and same.filter(Q(ends_on=None) | Q(ends_on__gte=self.cleaned_data["starts_on"] or "2000-01-01")).exists()
        ):
            self.add_error("role", f"{self.person.name} holds this post already.")


class EndForm(forms.Form):
    on = DayField(label="Last day", help_text="From the day after, the person no longer acts in this role.")


class MoveForm(forms.Form):
    from_school = forms.ModelChoiceField(School.objects.none(), label="From", empty_label=None)
    to_school = forms.ModelChoiceField(School.objects.open(), label="To")
    on = DayField(label="First day at the new school")

    def __init__(self, *args, person, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["from_school"].queryset = School.objects.filter(
            pk__in=Post.objects.filter(user=person, ends_on=None).order_by().values("school")
        )

    def clean(self):
        super().clean()
        to_school = self.cleaned_data.get("to_school")
        if to_school and to_school == self.cleaned_data.get("from_school"):
            self.add_error("to_school", "Choose another school than the one they leave.")


class DeputyForm(forms.Form):
    school = forms.ModelChoiceField(School.objects.none(), label="School", empty_label=None)
    deputy = PersonField(label="Who decides", help_text="A colleague at the school, or another school's principal.")
    starts_on = DayField(label="First day", required=False, help_text="Empty: from now on.")
    ends_on = DayField(label="Last day", required=False, help_text="Empty: until you end it.")

    def __init__(self, *args, principal, **kwargs):
        super().__init__(*args, **kwargs)
        self.principal = principal
        led = Post.objects.current().filter(user=principal, role=Role.PRINCIPAL).order_by().values("school")
        self.fields["school"].queryset = School.objects.filter(pk__in=led)
        nearby = User.objects.staff_of(School.objects.filter(pk__in=led)) | User.objects.holding(Role.PRINCIPAL)
        self.fields["deputy"].queryset = nearby.exclude(pk=principal.pk)

    def clean(self):
        super().clean()
        check_order(self, "starts_on", "ends_on", "The last day comes after the first.")
        if self.errors:
            return
        data = self.cleaned_data
        same = Deputy.objects.filter(principal=self.principal, school=data["school"], deputy=data["deputy"])
        starts, ends = data["starts_on"], data["ends_on"]
        begun = Q(starts_on=None) | Q(starts_on__lte=ends) if ends else Q()
        going = Q(ends_on=None) | Q(ends_on__gte=starts) if starts else Q()
        if same.filter(begun, going).exists():
            self.add_error("deputy", f"{data['deputy'].name} stands in for some of these days already.")


class LeaveForm(forms.Form):
    on = DayField(label="Last day", help_text="On this day the account closes and the posts end.")


class HandOverForm(forms.Form):
    to = PersonField(label="Who takes it over")

    def __init__(self, *args, person, **kwargs):
        super().__init__(*args, **kwargs)
        schools = School.objects.filter(pk__in=person.posts.order_by().values("school"))
        near = (
            User.objects.staff_of(schools) | User.objects.holding(Role.FACILITATOR) | User.objects.holding(Role.ADMIN)
        )
        self.fields["to"].queryset = near.exclude(pk=person.pk)


class ImportForm(forms.Form):
    file = forms.FileField(
        label="Your staff file",
        help_text="A CSV file of at most 20 MB.",
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
        error_messages={"empty": "The file is empty."},
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError("The file is larger than 20 MB. Split it, and upload the parts one by one.")
        return file
