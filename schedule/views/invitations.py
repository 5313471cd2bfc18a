"""Whether dates come as invitations by e-mail, and answering one by its link, without signing in."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from .. import services


@require_POST
def invitations_choose(request):
    wanted = request.POST.get("wanted") == "yes"
    services.want_invitations(request.user, by=request.user, wanted=wanted)
    said = "From now on new dates come as invitations." if wanted else "New dates no longer come as invitations."
    messages.success(request, said)
    return redirect("feed_settings")


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def reply(request, token):
    """Mail programmes open links by themselves, so only a press of the button answers."""
    question = services.question_of(token, timezone.now())
    if question is None:
        raise Http404
    fault = ""
    wished = "declined" if request.POST.get("answer", request.GET.get("answer")) == "declined" else "accepted"
    # What they answer is what they saw: if it was moved meanwhile, the page comes back with the new time.
    seen = request.POST.get("sequence") == str(question.event.sequence)
    if request.method == "POST" and question.is_open and seen:
        try:
            services.answer_by_link(question, answer=wished)
        except ValidationError as refused:
            fault = refused.message
        else:
            return redirect(f"{request.path}?answer={wished}")
    page = {"question": question, "wished": wished, "fault": fault, "moved": request.method == "POST" and not seen}
    response = render(request, "schedule/reply.html", page)
    response["X-Robots-Tag"] = "noindex"
    return response
