"""People and their posts, for admins."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from people import policy
from people.access import require, visible_or_404
from people.forms.lists import StaffFilter
from people.forms.staff import DeputyForm, EndForm, MoveForm, PersonForm, PostForm
from people.models import Deputy, Invitation, Post, Role, School, User
from people.paging import page_of, query_without_page
from people.registry import unfinished_work
from people.services import accounts, invitations, posts

from .asking import ask


def staff_list(request):
    require(policy.may_run_district(request.user))
    schools = [(str(school.pk), school.name) for school in School.objects.visible_to(request.user)]
    found = StaffFilter(request.GET, queryset=User.objects.visible_to(request.user), schools=schools)
    page = page_of(found.qs, request)
    held = Post.objects.visible_to(request.user).not_over(timezone.localdate()).filter(user__in=page.object_list)
    of_person = {}
    for post in held.select_related("school"):
        of_person.setdefault(post.user_id, []).append(post)
    rows = [(person, of_person.get(person.pk, [])) for person in page.object_list]
    facts = {"filter": found, "page": page, "rows": rows, "query": query_without_page(request)}
    facts |= {"narrowed": any(found.form.data.get(name) for name in found.filters), "today": timezone.localdate()}
    return render(request, "people/staff_list.html", facts)


def staff_add(request):
    require(policy.may_run_district(request.user))
    form = PersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        person = accounts.add_person(by=request.user, **form.cleaned_data)
        messages.success(request, f"{person.name} is added. Next, give them a post and invite them.")
        return redirect("post_add", pk=person.pk)
    where = "For one person. Many come faster in a file."
    return ask(request, form, h1="Add a person", where=where, button="Add person", back=reverse("staff_list"))


def staff_person(request, pk):
    require(policy.may_run_district(request.user))
    person = visible_or_404(User, request.user, pk=pk)
    form = PersonForm(request.POST or None, instance=person)
    if request.method == "POST" and form.is_valid():
        accounts.edit_person(form.instance, by=request.user)
        messages.success(request, f"{form.instance.name} is saved.")
        return redirect("staff_person", pk=pk)
    # The form may hold what could not be saved; the page around it shows what is.
    person = visible_or_404(User, request.user, pk=pk)
    return render(request, "people/staff_person.html", _about(person, request.user) | {"form": form})


def _about(person, reader):
    posts_held = list(Post.objects.visible_to(reader).filter(user=person).select_related("school"))
    deputies = Deputy.objects.visible_to(reader).filter(principal=person).select_related("deputy", "school")
    return {
        "person": person,
        "posts": posts_held,
        "may_move": any(post.school_id and post.ends_on is None for post in posts_held),
        "leads": person.is_active and any(post.role == Role.PRINCIPAL for post in posts_held),
        "deputies": deputies.not_over(timezone.localdate()),
        "invitation": Invitation.objects.visible_to(reader).filter(user=person).first(),
        "unfinished": unfinished_work(person),
        "today": timezone.localdate(),
    }


def post_add(request, pk):
    require(policy.may_run_district(request.user))
    person = visible_or_404(User, request.user, pk=pk)
    form = PostForm(request.POST or None, person=person)
    if request.method == "POST" and form.is_valid():
        post = posts.place(person, by=request.user, **form.cleaned_data)
        messages.success(request, f"{person.name} holds the post {post}.")
        return redirect("staff_person", pk=pk)
    h1, back = f"Give {person.name} a post", reverse("staff_person", args=[pk])
    return ask(request, form, h1=h1, button="Give the post", back=back)


def post_end(request, pk):
    require(policy.may_run_district(request.user))
    post = visible_or_404(Post, request.user, pk=pk)
    form = EndForm(request.POST or None, initial={"on": timezone.localdate()})
    back = reverse("staff_person", args=[post.user_id])
    if request.method == "POST" and form.is_valid():
        posts.end_post(post, on=form.cleaned_data["on"], by=request.user)
        messages.success(request, f"{post.user.name}: the post {post} has its last day.")
        return redirect(back)
    notes = ["Work that is under way stays theirs.", "Somebody without any post cannot see the district's pages."]
    h1 = f"End the post {post}"
    return ask(request, form, h1=h1, where=post.user.name, button="End the post", back=back, notes=notes, danger=True)


def staff_move(request, pk):
    require(policy.may_run_district(request.user))
    person = visible_or_404(User, request.user, pk=pk)
    form = MoveForm(request.POST or None, person=person)
    back = reverse("staff_person", args=[pk])
    if request.method == "POST" and form.is_valid():
        posts.move(person, by=request.user, **form.cleaned_data)
        messages.success(request, f"{person.name} moves to {form.cleaned_data['to_school']}.")
        return redirect(back)
    notes = [
        "Posts at the old school end the day before; the same posts open at the new one.",
        "Partnerships go on: they may cross schools.",
    ]
    h1 = f"Move {person.name} to another school"
    return ask(request, form, h1=h1, button="Move", back=back, notes=notes)


def staff_deputy(request, pk):
    require(policy.may_run_district(request.user))
    person = visible_or_404(User, request.user, pk=pk)
    form = DeputyForm(request.POST or None, principal=person)
    back = reverse("staff_person", args=[pk])
    if request.method == "POST" and form.is_valid():
        standing_in = posts.name_deputy(person, by=request.user, **form.cleaned_data)
        messages.success(request, f"{standing_in.deputy.name} decides for {person.name} on those days.")
        return redirect(back)
    h1, notes = f"Name a deputy for {person.name}", ["The deputy sees and answers what waits for the principal."]
    return ask(request, form, h1=h1, button="Name deputy", back=back, notes=notes)


@require_POST
def staff_invite(request, pk):
    require(policy.may_run_district(request.user))
    person = visible_or_404(User, request.user, pk=pk)
    invitations.invite(person, by=request.user)
    messages.success(request, f"The invitation to {person.email} leaves within a minute. Its link works for some days.")
    return redirect("staff_person", pk=pk)


@require_POST
def staff_invite_all(request):
    require(policy.may_run_district(request.user))
    count = invitations.invite_all(by=request.user)
    said = f"{count} invitation{' leaves' if count == 1 else 's leave'} in the next minutes."
    messages.success(request, said if count else "Everybody who holds a post has been invited.")
    return redirect("staff_list")
