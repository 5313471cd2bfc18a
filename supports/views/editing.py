"""The district edits its menu: pages for admins only."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from people.access import require, visible_or_404
from people.models import School

from .. import policy
from ..forms import (
    ApprovalForm,
    FileForm,
    NewFileForm,
    PlaceFormSet,
    ResourceForm,
    ResponsibilityForm,
    StepForm,
    SupportForm,
)
from ..models import Resource, Responsibility, SupportType
from ..services import (
    add_support,
    arrange_menu,
    edit_part,
    edit_support,
    remove_part,
    rewrite_support,
    set_approval_rules,
)
from ..writing import toml_of

PARTS = {"resources": (Resource, ResourceForm), "responsibilities": (Responsibility, ResponsibilityForm)}


def menu_editing(request):
    require(policy.may_edit_menu(request.user))
    rows = PlaceFormSet(request.POST or None, queryset=SupportType.objects.visible_to(request.user))
    if request.method == "POST" and rows.is_valid():
        arrange_menu([form.instance for form in rows.initial_forms], by=request.user)
        messages.success(request, "The menu stands as you arranged it.")
        return redirect("menu_editing")
    return render(request, "supports/menu_editing.html", {"rows": rows})


def support_edit(request, slug):
    require(policy.may_edit_menu(request.user))
    support = visible_or_404(SupportType, request.user, slug=slug)
    form = SupportForm(request.POST or None, instance=support)
    if form.is_valid():
        edit_support(support, by=request.user, **form.cleaned_data)
        messages.success(request, "The menu says it your way now. Work that is under way stays as it was.")
        return redirect("support_edit", slug)
    return render(request, "supports/support_edit.html", {"support": support, "form": form})


def step_edit(request, slug, pk):
    require(policy.may_edit_menu(request.user))
    support = visible_or_404(SupportType, request.user, slug=slug)
    step = visible_or_404(support.steps.all(), request.user, pk=pk)
    form = StepForm(request.POST or None, instance=step)
    if form.is_valid():
        edit_part(step, by=request.user, **form.cleaned_data)
        messages.success(request, "The step is changed for those who start from now on.")
        return redirect("support_edit", slug)
    return render(request, "supports/part_form.html", {"support": support, "form": form, "part": step})


def part_add(request, slug, parts):
    require(policy.may_edit_menu(request.user))
    support = visible_or_404(SupportType, request.user, slug=slug)
    model, form_class = PARTS[parts]
    part = model(support=support, position=None)
    form = form_class(request.POST or None, instance=part)
    if form.is_valid():
        edit_part(part, by=request.user, **form.cleaned_data)
        messages.success(request, "It is added.")
        return redirect("support_edit", slug)
    return render(request, "supports/part_form.html", {"support": support, "form": form, "parts": parts})


def part_edit(request, slug, parts, pk):
    require(policy.may_edit_menu(request.user))
    support = visible_or_404(SupportType, request.user, slug=slug)
    part = visible_or_404(getattr(support, parts).all(), request.user, pk=pk)
    form = PARTS[parts][1](request.POST or None, instance=part)
    if form.is_valid():
        edit_part(part, by=request.user, **form.cleaned_data)
        messages.success(request, "Your changes are kept.")
        return redirect("support_edit", slug)
    context = {"support": support, "form": form, "part": part, "parts": parts}
    return render(request, "supports/part_form.html", context)


@require_POST
def part_remove(request, slug, parts, pk):
    require(policy.may_edit_menu(request.user))
    support = visible_or_404(SupportType, request.user, slug=slug)
    remove_part(visible_or_404(getattr(support, parts).all(), request.user, pk=pk), by=request.user)
    messages.success(request, f"It is gone from {support}.")
    return redirect("support_edit", slug)


def support_add(request):
    require(policy.may_edit_menu(request.user))
    like = SupportType.objects.visible_to(request.user).filter(slug=request.GET.get("like", "")[:50]).first()
    form = NewFileForm(request.POST or None, request.FILES or None, initial={"text": toml_of(like) if like else ""})
    if form.is_valid():
        support = add_support(form.cleaned_data["file"], by=request.user)
        messages.success(request, f"{support} is on the menu.")
        return redirect("support_edit", support.slug)
    supports = SupportType.objects.visible_to(request.user)
    return render(request, "supports/support_file.html", {"form": form, "like": like, "supports": supports})


def support_file(request, slug):
    require(policy.may_edit_menu(request.user))
    support = visible_or_404(SupportType, request.user, slug=slug)
    form = FileForm(request.POST or None, request.FILES or None, slug=slug, initial={"text": toml_of(support)})
    if form.is_valid():
        rewrite_support(support, form.cleaned_data["file"], by=request.user)
        messages.success(request, "The support says what the text says. Work that is under way stays as it was.")
        return redirect("support_edit", slug)
    return render(request, "supports/support_file.html", {"form": form, "support": support})


def support_download(request, slug):
    require(policy.may_edit_menu(request.user))
    support = visible_or_404(SupportType, request.user, slug=slug)
    headers = {"Content-Disposition": f'attachment; filename="{support.slug}.toml"'}
    return HttpResponse(toml_of(support), content_type="application/toml; charset=utf-8", headers=headers)


def approval_rules(request):
    require(policy.may_edit_menu(request.user))
    supports = [s for s in SupportType.objects.visible_to(request.user) if s.has_workflow]
    schools = list(School.objects.visible_to(request.user).open())
    form = ApprovalForm(request.POST or None, supports=supports, schools=schools)
    if form.is_valid():
        set_approval_rules(form.changed_rules, by=request.user)
        messages.success(request, "Plans that are sent from now on follow these rules.")
        return redirect("approval_rules")
    return render(request, "supports/approval_rules.html", {"form": form})
