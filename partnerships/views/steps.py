"""A step: its form for whoever does it, and what was written in it once it is finished."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from people.access import require
from people.once import sent_once
from supports.registry import kind_of

from ..forms.skipping import SkipForm, says_something
from ..policy import may_do_step, member_of
from ..reads.journey import step_for
from ..reads.working import working
from ..services.progress import finish, record, save_draft, skip
from ..services.viewing import plans_were_read, released_words_were_read
from .keeping import keeps_words, kept_for, let_go, mark_of, typed
from .posting import REFUSALS

OVER = "This work was withdrawn or completed while you wrote. Nothing was added; what you typed stands below to copy."


@keeps_words
@sent_once
def step(request, pk, step_pk):
    step = step_for(request.user, pk, step_pk)
    if request.method == "POST":
        if not step.partnership.is_active and member_of(request.user, step.partnership):
            return show(request, step, came=typed(request.POST), refusal=OVER)
        require(may_do_step(request.user, step))
        let_go(request)
        return PRESSED.get(request.POST.get("action"), press_save)(request, step)
    return show(request, step, kept=kept_for(request, step), chosen=chosen_in(request.GET))


def show(request, step, **more):
    context = working(step, request.user, **more) | {"writer": mark_of(request.user, step.pk)}
    if context["plan"]:
        plans_were_read([step.partnership], reader=request.user, door="the page of a step")
    released_words_were_read(context["entries"], reader=request.user, door="the page of a step")
    return render(request, "partnerships/step.html", context)


def chosen_in(params):
    """A time that was found on another page comes back in the address."""
    return {name: params[name][:20] for name in ("day", "starts", "minutes", "observed", "kind") if params.get(name)}


def press_save(request, step):
    save_draft(step, by=request.user, answers=typed(request.POST))
    messages.info(request, "Your draft is kept. Only you see it. Come back to it when you like.")
    return redirect(step)


def press_record(request, step):
    return act(request, step, record, "It is added.", step)


def press_finish(request, step):
    """A step that repeats is finished as it stands when the form says nothing."""
    form = kind_of(step).form(step, request.user, data=request.POST)
    if kind_of(step).repeats and form and not says_something(form):
        return finish_as_it_stands(request, step)
    return act(request, step, finish, f"“{step.title}” is done.", step.partnership)


def finish_as_it_stands(request, step):
    try:
        finish(step, by=request.user)
    except REFUSALS as refusal:
        return show(request, step, refusal=str(refusal))
    messages.success(request, f"“{step.title}” is done.")
    return redirect(step.partnership)


def act(request, step, service, thanks, where):
    """Do it, or show what is missing with everything kept: on the page, and as a draft."""
    form = kind_of(step).form(step, request.user, data=request.POST, files=request.FILES)
    refusal = ""
    if form is not None and form.is_valid():
        try:
            service(step, by=request.user, answers=form.cleaned_data)
        except REFUSALS as said:
            refusal = str(said)
        else:
            messages.success(request, thanks)
            return redirect(where)
    save_draft(step, by=request.user, answers=typed(request.POST))
    return show(request, step, form=form, refusal=refusal)


def press_skip(request, step):
    form = SkipForm(request.POST)
    if form.is_valid():
        try:
            skip(step, by=request.user, reason=form.cleaned_data["skip_reason"])
        except REFUSALS as refusal:
            return show(request, step, skipping=form, refusal=str(refusal))
        messages.success(request, f"“{step.title}” is left out.")
        return redirect(step.partnership)
    return show(request, step, skipping=form)


PRESSED = {"save": press_save, "record": press_record, "finish": press_finish, "skip": press_skip}


@require_POST
@keeps_words
def step_draft(request, pk, step_pk):
    """What the page sends while somebody types; the answer is one line, such as "Saved 10:42"."""
    step = step_for(request.user, pk, step_pk)
    draft = save_draft(step, by=request.user, answers=typed(request.POST))
    return HttpResponse(f"Saved {timezone.localtime(draft.saved_at):%-H:%M}")
