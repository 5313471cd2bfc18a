"""The log of changes: each service writes its line in the transaction of the change itself."""

from django.utils import timezone

from people.models import Change


def note_change(act, *, by, at=None, **about):
    """Write that somebody did it: `act` is a key of ACTS, `about` are fields of Change. `by` None: a command line."""
    return Change.objects.create(act=act, by=by, made_at=at or timezone.now(), **shortened(**about))


def note_changes(act, many, *, by, at):
    """The same for many at once, such as the posts that a staff list gives: {field: value} of each."""
    lines = [Change(act=act, by=by, made_at=at, **shortened(**about)) for about in many]
    Change.objects.bulk_create(lines, batch_size=1000)


def shortened(*, title="", **about):
    return {"title": title[:200], **about}


def kept_now(row):
    """What the database holds of a row before it is saved: {field: value}, or None for one that is new."""
    return type(row)._base_manager.filter(pk=row.pk).values().first() if row.pk else None


def differences(row, before, *, only=(), personal=()):
    """[what, before, after] of each field that a row holds otherwise; of personal ones that it changed, no more."""
    found = []
    for field in row._meta.concrete_fields:
        old, new = before[field.attname], getattr(row, field.attname)
        if old != new and (not only or field.name in only):
            name = str(field.verbose_name).capitalize()
            found.append([name] if field.name in personal else [name, in_words(old), in_words(new)])
    return found


def in_words(value):
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)


def days(first, last):
    """The span of a post, a deputy or a closure, as details."""
    named = [("First day", first), ("Last day", last)]
    return [[what, "", in_words(day)] for what, day in named if day]
