"""Files and links of a partnership. A file is only ever handed out by this page, to somebody who may open it."""

from django.contrib import messages
from django.http import FileResponse, Http404
from django.shortcuts import redirect, render
from django.views.decorators.cache import cache_control

from people.access import require, visible_or_404
from people.once import sent_once

from ..forms.artifacts import ArtifactForm
from ..models import Artifact
from ..policy import may_take_part, member_of
from ..reads.journey import partnership_for
from ..services.artifacts import add_artifact, remove_artifact
from .posting import sent

# A file is downloaded and never shown as a page of ours, whatever is in it.
HEADERS = {"Content-Security-Policy": "sandbox; default-src 'none'", "X-Content-Type-Options": "nosniff"}


@sent_once
def artifact_add(request, pk):
    partnership = partnership_for(request.user, pk)
    require(may_take_part(request.user, partnership))
    form = ArtifactForm(sent(request), request.FILES or None)
    if form.is_valid():
        made = add_artifact(partnership, by=request.user, **form.cleaned_data)
        messages.success(request, f"“{made.title}” is added.")
        return redirect(partnership)
    return render(request, "partnerships/artifact_add.html", {"partnership": partnership, "form": form})


@cache_control(private=True, no_store=True)
def artifact(request, pk):
    artifact = visible_or_404(Artifact, request.user, pk=pk)
    if artifact.link:
        return redirect(artifact.link)
    try:
        file = artifact.file.open()
    except FileNotFoundError as gone:
        raise Http404("The file is gone.") from gone
    return FileResponse(
        file, as_attachment=True, filename=artifact.file_name, content_type=artifact.content_type, headers=HEADERS
    )


def artifact_remove(request, pk):
    artifact = visible_or_404(Artifact.objects.select_related("partnership"), request.user, pk=pk)
    require(artifact.added_by_id == request.user.pk, "Only the person who added this removes it.")
    if request.method == "POST":
        remove_artifact(artifact, by=request.user)
        messages.success(request, f"“{artifact.title}” is removed.")
        is_member = member_of(request.user, artifact.partnership)
        return redirect(artifact.partnership if is_member else "partnership_list")
    return render(request, "partnerships/artifact_remove.html", {"artifact": artifact})
