"""Searching and narrowing lists of people."""

import django_filters
from django import forms
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from people.models import Expertise, Post, Role, User

SEARCH = forms.TextInput(attrs={"type": "search"})


def with_topic(**lookup):
    return Exists(Expertise.objects.filter(user=OuterRef("pk"), **lookup))


class DirectoryFilter(django_filters.FilterSet):
    """`options` are the choices that the district has: lists under school, grade and subject."""

    q = django_filters.CharFilter(label="Name or topic", method="search", max_length=100, widget=SEARCH)
    expertise = django_filters.ChoiceFilter(
        label="Topic as",
        empty_label="Anything",
        choices=[("can_show", "Something they can show"), ("wants_to_grow", "Something they want to grow in")],
        method="with_expertise",
    )
    school = django_filters.ChoiceFilter(label="School", empty_label="All schools", method="at_school")
    grade = django_filters.ChoiceFilter(label="Grade", empty_label="All grades", method="with_grade")
    subject = django_filters.ChoiceFilter(label="Subject", empty_label="All subjects", method="with_subject")

    class Meta:
        model = User
        fields = []

    def __init__(self, *args, options, **kwargs):
        super().__init__(*args, **kwargs)
        for name, choices in options.items():
            self.filters[name].extra["choices"] = choices

    def search(self, people, name, text):
        kind = self.form.cleaned_data.get("expertise")
        kinds = {"kind": kind} if kind else {}
        return people.filter(Q(name__icontains=text) | with_topic(topic__icontains=text, **kinds))

    def with_expertise(self, people, name, kind):
        return people.filter(with_topic(kind=kind))

    def at_school(self, people, name, school):
        posts = Post.objects.current().filter(user=OuterRef("pk"), school=school)
        return people.filter(Exists(posts))

    def with_grade(self, people, name, topic):
        return people.filter(with_topic(kind=Expertise.Kind.GRADE, topic__iexact=topic))

    def with_subject(self, people, name, topic):
        return people.filter(with_topic(kind=Expertise.Kind.SUBJECT, topic__iexact=topic))


class StaffFilter(django_filters.FilterSet):
    """The admin's list: everybody with an account, those who left only when asked for."""

    STATES = [
        ("unplaced", "Waiting to be placed"),
        ("new", "Never signed in"),
        ("leaving", "Leaving soon"),
        ("left", "Left"),
    ]

    q = django_filters.CharFilter(label="Name, e-mail or staff code", method="search", max_length=100, widget=SEARCH)
    school = django_filters.ChoiceFilter(label="School", empty_label="All schools", method="ignore")
    role = django_filters.ChoiceFilter(label="Role", empty_label="All roles", choices=Role.choices, method="ignore")
    state = django_filters.ChoiceFilter(label="Who", empty_label="Everybody here", choices=STATES, method="ignore")

    class Meta:
        model = User
        fields = []

    def __init__(self, *args, schools, **kwargs):
        super().__init__(*args, **kwargs)
        self.filters["school"].extra["choices"] = schools

    def search(self, people, name, text):
        code = Q(staff_code__iexact=text)
        return people.filter(Q(name__icontains=text) | Q(email__icontains=text) | code)

    def ignore(self, people, name, value):
        return people

    def filter_queryset(self, people):
        people, asked = super().filter_queryset(people), self.form.cleaned_data
        # Role and school have to be those of one post.
        post = {name: asked[name] for name in ("role", "school") if asked.get(name)}
        today = timezone.localdate()
        if asked.get("state") == "left":
            people = people.filter(is_active=False)
            return people.filter(Exists(Post.objects.filter(user=OuterRef("pk"), **post))) if post else people
        people = people.filter(is_active=True)
        if post:
            people = people.filter(Exists(Post.objects.not_over(today).filter(user=OuterRef("pk"), **post)))
        if asked.get("state") == "unplaced":
            return people.filter(~Exists(Post.objects.not_over(today).filter(user=OuterRef("pk"))), is_superuser=False)
        if asked.get("state") == "new":
            return people.filter(last_login=None)
        return people.filter(left_on__isnull=False) if asked.get("state") == "leaving" else people
