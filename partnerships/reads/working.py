"""What the page of a step needs: its form with the draft in it, and what is there already."""

from supports.registry import kind_of

from ..forms.skipping import SkipForm
from .journey import Journey, dates_of, draft_of, entries_of, plan_of
from .people import fitting


def working(step, user, *, form=None, kept=None, came=None, skipping=None, refusal="", chosen=None):
    """`form` is one that was sent and refused, `kept` the words that were typed while signed out, `came`
    those that came too late for the step, `chosen` what the address brings along.
    """
    journey = Journey(step.partnership, user)
    draft = draft_of(step, user)
    is_theirs = step in journey.mine
    if is_theirs and form is None:
        begun = kept or (draft.answers if draft else {})
        form = kind_of(step).form(step, user, initial=begun | (chosen or {}) or None)
    return {
        "step": step,
        "partnership": step.partnership,
        "journey": journey,
        "form": form if is_theirs else None,
        "kind": kind_of(step),
        "draft": draft,
        "kept": kept,
        "left_over": left_over(step, user, came or kept or (draft.answers if draft else {})) if not is_theirs else [],
        "refusal": refusal,
        "skipping": skipping or SkipForm(),
        "entries": entries_of(step, user),
        "plan": plan_of(step.partnership) if step.is_finished else None,
        "dates": dates_of(step.partnership).filter(step__key=step.key),
        "people": fitting(step.partnership, user) if is_theirs and form and "colleague" in form.fields else None,
    }


def left_over(step, user, answers):
    """What somebody had typed when the step was finished by somebody else: [(label, text), ...]."""
    form = kind_of(step).form(step, user) if answers else None
    if form is None:
        return []
    texts = ((field.label, answers.get(name)) for name, field in form.fields.items() if not hasattr(field, "choices"))
    return [(label, text) for label, text in texts if text and isinstance(text, str)]
