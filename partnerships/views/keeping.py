"""Words outlive the session: what is posted to a step after the session ran out waits for its writer to sign in.

The form carries a signature of who was given it, and for which step. Only that person gets the words back, and only
as what the form begins with: nothing is written to the partnership before they press the button again.
"""

from functools import wraps

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.signing import BadSignature, Signer
from django.http import HttpResponse

KEPT = "words_kept"
NOT_WORDS = {"csrfmiddlewaretoken", "action", "writer", "once"}
LONGEST = 50_000
SIGNED_OUT = "You were signed out. Press the button below: you sign in again, and what you typed is still here."
signer = Signer(salt="partnerships.words")


def mark_of(user, step_pk):
    """What a form carries so that its words find their writer again."""
    return signer.sign(f"{user.pk}:{step_pk}")


def typed(post):
    """What was typed, as a draft keeps it: {field: text, or a list where several are chosen}."""
    words = {}
    for name in set(post) - NOT_WORDS:
        values = [value.replace("\x00", "")[:LONGEST] for value in post.getlist(name)]
        words[name] = values[0] if len(values) == 1 else values
    return words


def keeps_words(view):
    """For the pages of a step: a POST without a session keeps its words and leads to sign-in, and back to the step."""

    @login_not_required
    @wraps(view)
    def kept(request, pk, step_pk):
        if request.user.is_authenticated:
            return view(request, pk, step_pk)
        if request.method == "POST":
            keep(request, step_pk)
        if request.htmx:
            return HttpResponse(SIGNED_OUT)
        return redirect_to_login(f"/partnerships/{pk}/steps/{step_pk}/")

    return kept


def keep(request, step_pk):
    try:
        writer, _, step = signer.unsign(request.POST.get("writer", "")).partition(":")
    except BadSignature:
        return
    if step == str(step_pk):
        request.session[KEPT] = {"writer": int(writer), "step": step_pk, "answers": typed(request.POST)}


def kept_for(request, step):
    """The words that this person typed into this step while signed out, or None."""
    kept = request.session.get(KEPT)
    if kept and kept["writer"] == request.user.pk and kept["step"] == step.pk:
        return kept["answers"]


def let_go(request):
    request.session.pop(KEPT, None)
