"""Pages that a mail leads to without a sign-in: answer a question, and stop the mails of a kind.

The link says who acts, whoever is signed in. Nothing happens when it is opened: mailboxes look at links by themselves.
"""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from ..acts import Refused
from ..answering import answered_of, chance_of, stop_mails, stop_of, take
from ..forms import ActForm


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def mail_answer(request, token):
    if (chance := chance_of(token)) is None:
        return render(request, "notices/answered.html", {"notice": answered_of(token)})
    form = ActForm(request.POST if request.method == "POST" else None, act=chance.act)
    context = {"chance": chance, "form": form}
    if form.is_valid():
        try:
            take(chance, by=chance.notice.person, words=form.cleaned_data.get("words", ""))
        except Refused as refusal:
            return render(request, "notices/answer.html", {**context, "refusal": str(refusal)})
        messages.success(request, chance.done)
        return redirect("mail_answer", token)
    return render(request, "notices/answer.html", context)


@login_not_required
@never_cache
@csrf_exempt  # mailboxes post here by themselves (RFC 8058); the signature says whose mails stop
@require_http_methods(["GET", "HEAD", "POST"])
def mail_stop(request, token):
    stop = stop_of(token)
    if stop and request.method == "POST":
        stop_mails(stop)
    # No redirect after it: RFC 8058 forbids one, and a second press changes nothing.
    return render(request, "notices/stop.html", {"stop": stop, "done": request.method == "POST"})
