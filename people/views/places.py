"""The district, its schools, years and no-school days, for admins."""

from copy import copy

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Case, Count, Q, When
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from people import policy
from people.access import require, visible_or_404
from people.clock import district
from people.confirming import attempt
from people.forms.place import CloseSchoolForm, DistrictForm, NoSchoolForm, SchoolForm, YearForm
from people.models import NoSchoolDay, Post, School, SchoolYear, User
from people.paging import query_without_page
from people.services import places
from people.services.counting import district_counts

from .asking import ask


def district_home(request):
    require(policy.may_run_district(request.user))
    return render(request, "people/district_home.html", {"counts": district_counts(timezone.localdate())})


def district_settings(request):
    require(policy.may_run_district(request.user))
    form = DistrictForm(request.POST or None, instance=district())
    if request.method == "POST" and form.is_valid():
        places.keep(form.instance, by=request.user)
        messages.success(request, "The settings are saved and hold from now on.")
        return redirect("district_settings")
    where = "What holds for every school of the district."
    return ask(
        request, form, h1="District settings", where=where, button="Save settings", back=reverse("district_home")
    )


def school_list(request):
    require(policy.may_run_district(request.user))
    today = timezone.localdate()
    going = Q(posts__user__is_active=True) & (Q(posts__ends_on=None) | Q(posts__ends_on__gte=today))
    staff = Count("posts__user", distinct=True, filter=going)
    schools = School.objects.visible_to(request.user).annotate(staff=staff).order_by("name")
    return render(request, "people/school_list.html", {"schools": schools})


def school_add(request):
    require(policy.may_run_district(request.user))
    form = SchoolForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        school = places.keep(form.instance, by=request.user)
        messages.success(request, f"{school.name} is added. Next, give people posts there.")
        return redirect("school_list")
    return ask(request, form, h1="Add a school", button="Add school", back=reverse("school_list"))


def school_edit(request, pk):
    require(policy.may_run_district(request.user))
    school = visible_or_404(School, request.user, pk=pk)
    form = SchoolForm(request.POST or None, instance=school)
    tried = attempt(request, form, lambda: places.keep(copy(form.instance), by=request.user))
    if tried.done:
        messages.success(request, f"{form.instance.name} is saved.")
        return redirect("school_list")
    page = {"form": form, "school": visible_or_404(School, request.user, pk=pk), "tried": tried}
    return render(request, "people/school_edit.html", page)


def school_close(request, pk):
    require(policy.may_run_district(request.user))
    school = visible_or_404(School, request.user, pk=pk)
    form = CloseSchoolForm(request.POST or None, initial={"on": timezone.localdate()})
    tried = attempt(
        request, form, lambda: places.close_school(copy(school), on=form.cleaned_data["on"], by=request.user)
    )
    if tried.done:
        messages.success(request, f"{school.name} is closed. Under People, those without a post can be placed anew.")
        return redirect("school_list")
    held = Post.objects.visible_to(request.user).not_over(timezone.localdate()).filter(school=school).count()
    notes = [
        f"{held} post{'' if held == 1 else 's'} at {school.name} will end the day before.",
        "Nobody is deleted. What was done there stays readable and is counted in the reports.",
    ]
    words = {"h1": f"Close {school.name}", "button": "Close school", "back": reverse("school_edit", args=[pk])}
    return ask(request, form, **words, notes=notes, danger=True, tried=tried)


@require_POST
def school_reopen(request, pk):
    require(policy.may_run_district(request.user))
    school = places.reopen_school(visible_or_404(School, request.user, pk=pk), by=request.user)
    messages.success(request, f"{school.name} is open again. Its former posts stay ended: give people posts there.")
    return redirect("school_list")


def year_list(request):
    require(policy.may_run_district(request.user))
    years = SchoolYear.objects.visible_to(request.user)
    return render(request, "people/year_list.html", {"years": years, "today": timezone.localdate()})


def year_add(request):
    require(policy.may_run_district(request.user))
    form = YearForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        year = places.keep(form.instance, by=request.user)
        messages.success(request, f"{year.name} is added. Next, add its days without classes.")
        return redirect("year_list")
    return ask(request, form, h1="Add a school year", button="Add year", back=reverse("year_list"))


def year_edit(request, pk):
    require(policy.may_run_district(request.user))
    form = YearForm(request.POST or None, instance=visible_or_404(SchoolYear, request.user, pk=pk))
    tried = attempt(request, form, lambda: places.keep(copy(form.instance), by=request.user))
    if tried.done:
        messages.success(request, f"{form.instance.name} is saved.")
        return redirect("year_list")
    notes = ["Reports count what happened between the first and the last day, so changing them moves the counts."]
    words = {"h1": "Edit a school year", "button": "Save year", "back": reverse("year_list")}
    return ask(request, form, **words, notes=notes, tried=tried)


def year_turn(request):
    require(policy.may_run_district(request.user))
    last = SchoolYear.objects.visible_to(request.user).first()
    name, starts_on, ends_on = places.next_year_after(last, today=timezone.localdate())
    proposed = {"name": name, "starts_on": starts_on, "ends_on": ends_on}
    form = YearForm(request.POST or None, initial=proposed)
    if request.method == "POST" and form.is_valid():
        year = places.keep(form.instance, by=request.user)
        messages.success(request, f"{year.name} is made. Next: its days without classes, then the new staff file.")
        return redirect("no_school_list")
    leavers = User.objects.visible_to(request.user).filter(is_active=True, left_on__isnull=False).count()
    posts = Post.objects.visible_to(request.user).filter(ends_on=None, user__is_active=True).count()
    facts = {"form": form, "last": last, "leavers": leavers, "posts": posts}
    return render(request, "people/year_turn.html", facts)


def no_school_list(request):
    require(policy.may_run_district(request.user))
    form, added = NoSchoolForm(request.POST or None), []
    tried = attempt(
        request, form, lambda: added.append(places.add_no_school_days(by=request.user, **form.cleaned_data))
    )
    if tried.done:
        messages.success(request, added_words(added[-1]))
        return redirect("no_school_list")
    is_over = Case(When(day__lt=timezone.localdate(), then=1), default=0)
    days = NoSchoolDay.objects.visible_to(request.user).select_related("school").order_by(is_over, "day", "pk")
    page = Paginator(days, 50).get_page(request.GET.get("page"))
    shown = {"form": form, "page": page, "query": query_without_page(request), "tried": tried}
    return render(request, "people/no_school_list.html", shown)


def added_words(count):
    said = "1 day is added." if count == 1 else f"{count} days are added."
    return f"{said} Nobody is asked to meet then." if count else "Those days were all here already."


def no_school_delete(request, pk):
    require(policy.may_run_district(request.user))
    day, form = visible_or_404(NoSchoolDay, request.user, pk=pk), forms.Form(request.POST)
    tried = attempt(request, form, lambda: places.remove_no_school_day(copy(day), by=request.user))
    if tried.done:
        messages.success(request, f"{day.name} on {day.day:%A %-d %B} is deleted: that day has classes again.")
        return redirect("no_school_list")
    notes = [f"{day.name}, {day.day:%A %-d %B %Y}, {day.school or 'all schools'}: that day will have classes again."]
    words = {"h1": "Delete a no-school day", "button": "Delete the day", "back": reverse("no_school_list")}
    return ask(request, form, **words, notes=notes, danger=True, tried=tried)
