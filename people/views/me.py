"""A person's own pages."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from people.access import visible_or_404
from people.clock import district
from people.forms.profile import ProfileForm
from people.forms.staff import DeputyForm
from people.models import Deputy, Role, User
from people.services import posts
from people.services.profile import keep_profile


def profile(request):
    me = visible_or_404(User, request.user, pk=request.user.pk)
    form = ProfileForm(request.POST or None, instance=me)
    if request.method == "POST" and form.is_valid():
        keep_profile(form.instance, topics=form.topics, by=request.user)
        messages.success(request, "Your profile is saved. Colleagues read it in the directory.")
        return redirect("profile")
    leads = request.user.standing.holds(Role.PRINCIPAL)
    return render(request, "people/profile.html", {"form": form, "leads": leads})


def waiting(request):
    if request.user.standing.is_placed:
        return redirect("home")
    return render(request, "people/waiting.html", {"district": district()})


def deputies(request):
    me = request.user
    if not me.standing.holds(Role.PRINCIPAL):
        raise PermissionDenied("Deputies are named by principals. You lead no school today.")
    form = DeputyForm(request.POST or None, principal=me)
    if request.method == "POST" and form.is_valid():
        standing_in = posts.name_deputy(me, by=me, **form.cleaned_data)
        messages.success(request, f"{standing_in.deputy.name} decides for you on those days. Tell them.")
        return redirect("deputies")
    rows = Deputy.objects.visible_to(me).not_over(timezone.localdate()).filter(principal=me)
    return render(request, "people/deputies.html", {"form": form, "rows": rows.select_related("deputy", "school")})


@require_POST
def deputy_end(request, pk):
    standing_in = visible_or_404(Deputy, request.user, pk=pk)
    posts.end_deputy(standing_in, by=request.user)
    messages.success(request, f"{standing_in.deputy.name} no longer decides for {standing_in.principal.name}.")
    if standing_in.principal == request.user:
        return redirect("deputies")
    return redirect("staff_person", pk=standing_in.principal_id)
