"""What is kept about a person, for that person: keep it, take it along, have it erased."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, Http404
from django.shortcuts import redirect, render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST, require_safe

from people import policy
from people.access import require, visible_or_404
from people.clock import district
from people.forms.keeping import EraseForm
from people.models import Erasure, SubjectExport, User
from people.services import erasing, retention, subject_exports
from people.services.holds import holds_on
from people.services.outlook import outlook, register_by_room
from people.services.posts import LAST_ADMIN


def own_data(request):
    exports = SubjectExport.objects.visible_to(request.user).filter(person=request.user)
    facts = {
        "soon": retention.soon_deleted(request.user),
        "exports": exports[:5],
        "waits": any(export.done_at is None for export in exports[:5]),
        "erasure": Erasure.objects.visible_to(request.user).waiting().filter(person=request.user).first(),
    }
    return render(request, "people/own_data.html", facts)


@require_POST
def keep(request, rule):
    if retention.keep_mine(rule, by=request.user):
        messages.success(request, "They stay until you delete them yourself.")
    return redirect("own_data")


@require_POST
def ask_for_export(request):
    me = visible_or_404(User, request.user, pk=request.user.pk)
    subject_exports.ask_for_export(me, by=request.user)
    messages.success(request, "Your file is being made. You are told when it is ready; you need not wait here.")
    return redirect("own_data")


@require_safe
@cache_control(private=True, no_store=True)
def export_file(request, pk):
    return sent(visible_or_404(SubjectExport, request.user, pk=pk))


@require_safe
@login_not_required
@cache_control(private=True, no_store=True)
def collect(request, token):
    """For somebody who has left and cannot sign in: the link went to their own mailbox."""
    made = subject_exports.export_of(token)
    if made is None:
        raise Http404("This link is too old, or was never given out.")
    return sent(made)


def sent(export):
    if not (export.is_ready and export.file):
        raise Http404("The file is not there yet, or not any more.")
    try:
        file = export.file.open()
    except FileNotFoundError as gone:
        raise Http404("The file is gone.") from gone
    name = f"kept-about-me-{export.done_at:%Y-%m-%d}.zip"
    return FileResponse(file, as_attachment=True, filename=name, content_type="application/zip")


def erase(request):
    me = visible_or_404(User, request.user, pk=request.user.pk)
    form = EraseForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and policy.is_last_admin(me):
        form.add_error(None, LAST_ADMIN)
    elif request.method == "POST" and form.is_valid():
        erasing.ask_for_erasure(me, by=request.user)
        return redirect("own_erasure")
    facts = {
        "form": form,
        "person": me,
        "outlook": outlook(me),
        "held": holds_on(me),
        "erasure": Erasure.objects.visible_to(me).waiting().filter(person=me).first(),
        "days": erasing.WAITS.days,
    }
    return render(request, "people/erase.html", facts)


@require_POST
def undo(request):
    asked = visible_or_404(Erasure.objects.waiting(), request.user, person=request.user)
    if erasing.undo_erasure(asked, by=request.user):
        messages.success(request, "Nothing is erased. Everything stays as it is.")
    return redirect("own_data")


@require_safe
def privacy(request):
    require(request.user.is_authenticated)
    return render(request, "people/privacy.html", {"rooms": register_by_room(), "district": district()})
