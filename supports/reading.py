"""Read the files of the menu. Everything is checked first, and every problem says which file, which step, and why."""

import json
import re
import tomllib
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from django.contrib.staticfiles import finders
from django.core.exceptions import ValidationError
from django.core.validators import validate_slug
from django.db import models

from . import registry
from .models import Resource, Responsibility, StepTemplate, SupportType

TYPE_KEYS = [
    "name",
    "position",
    "depth",
    "begins",
    "question",
    "summary",
    "for_whom",
    "goal",
    "focus_area",
    "focus_examples",
    "duration",
    "spans",
    "usual_days",
    "measured_by",
    "time_cost",
    "class_cost",
    "people_at_least",
    "people_at_most",
    "follows_session",
    "icon",
    "hue",
    "shape",
]
STEP_KEYS = ["key", "kind", "title", "guidance", "actor", "each_member", "optional", "due_after_days", "config"]
MUST_SAY = {"position", "spans", "icon", "hue", "shape", "actor"}  # a default exists, and would be a guess
LARGEST = 32767  # what PostgreSQL keeps in the column; SQLite would take more
LISTS = ("steps", "responsibilities", "protocols", "materials")


class CatalogueError(Exception):
    """The files cannot be loaded; `problems` has a line for each reason."""

    def __init__(self, problems):
        self.problems = problems
        super().__init__("\n".join(problems))


@dataclass
class MenuFile:
    """One support as its file tells it: the fields of its rows, checked."""

    slug: str
    fields: dict = field(default_factory=dict)
    needs_approval: bool = False
    steps: list = field(default_factory=list)
    responsibilities: list = field(default_factory=list)
    resources: list = field(default_factory=list)


def read_folder(folder):
    """Every *.toml of the folder as MenuFile, in the order of their names; raises CatalogueError with all problems."""
    paths = sorted(Path(folder).glob("*.toml"))
    if not paths:
        raise CatalogueError([f"{folder}: there is no .toml file in this folder."])
    files, problems = [], []
    for path in paths:
        file, found = read(path.name, path.read_bytes())
        files.append(file)
        problems += found
    problems += _clashes(files)
    if problems:
        raise CatalogueError(problems)
    return files


def read_text(slug, text):
    """One support from the text of a file; raises CatalogueError."""
    file, problems = read(f"{slug}.toml", text.encode())
    if problems:
        raise CatalogueError(problems)
    return file


def read(name, content):
    """(MenuFile, problems) of one file."""
    file = MenuFile(slug=name.removesuffix(".toml"))
    try:
        validate_slug(file.slug)
        tables = tomllib.loads(content.decode())
    except ValidationError:
        return file, [f"{name}: a file is named with letters, digits and hyphens only."]
    except UnicodeDecodeError:
        return file, [f"{name}: the file is not UTF-8 text."]
    except (tomllib.TOMLDecodeError, RecursionError) as fault:
        return file, [f"{name}: this is not TOML. {fault}."]
    problems = []
    parts = {part: _tables(tables.pop(part, []), f"{name}: [[{part}]]", problems) for part in LISTS}
    file.needs_approval = tables.pop("needs_approval", False)
    file.fields = _row(SupportType, TYPE_KEYS, tables, name, problems)
    file.steps = _steps(parts["steps"], name, problems)
    file.responsibilities = _rows(Responsibility, parts["responsibilities"], f"{name}: responsibility", problems)
    for kind, part in ((Resource.Kind.PROTOCOL, "protocols"), (Resource.Kind.MATERIAL, "materials")):
        rows = _rows(Resource, parts[part], f"{name}: {kind}", problems)
        file.resources += [{**row, "kind": kind.value} for row in rows]
    return file, problems + [f"{name}: {problem}" for problem in _whole(file)]


def _tables(value, place, problems):
    if isinstance(value, list) and all(isinstance(table, dict) for table in value):
        return value
    problems.append(f"{place} must be a list of tables.")
    return []


def _row(model, keys, table, place, problems):
    """The fields of one row from one table; what is left out and has a default gets the default."""
    problems += [f'{place}: unknown key "{key}".' for key in table if key not in keys]
    row = {}
    for key in keys:
        column = model._meta.get_field(key)
        if key in table:
            row[key] = table[key]
            problems += [f'{place}: "{key}" {reason}' for reason in _refusals(column, table[key])]
        elif key in MUST_SAY or not (column.has_default() or column.blank or column.null):
            problems.append(f'{place}: "{key}" is missing.')
        else:
            row[key] = column.get_default()
    return row


def _rows(model, tables, place, problems):
    keys = {Responsibility: ("part", "text"), Resource: ("title", "body")}[model]
    rows = [_row(model, keys, table, f"{place} {number}", problems) for number, table in enumerate(tables, 1)]
    titles = [row.get("title") for row in rows if "title" in row]
    problems += [f'{place}: two are called "{title}".' for title in _repeated(titles)]
    return [{**row, "position": number} for number, row in enumerate(rows, 1)]


def _steps(tables, name, problems):
    """Steps stand in the order of the file; one that says with_previous shares the place of the step before."""
    steps, position = [], 0
    for number, table in enumerate(tables, 1):
        place = f"{name}: step {number} ({table.get('key', 'without key')})"
        beside = table.pop("with_previous", False)
        if type(beside) is not bool or (beside and number == 1):
            problems.append(f'{place}: "with_previous" is true or false, and never true for the first step.')
        row = _row(StepTemplate, STEP_KEYS, table, place, problems)
        problems += [f"{place}: {reason}" for reason in _misfits(row)]
        position += 0 if beside and steps else 1
        steps.append({**row, "position": position})
    repeated = _repeated([step.get("key") for step in steps if "key" in step])
    problems += [f'{name}: two steps have the key "{key}".' for key in repeated]
    return steps


def _misfits(step):
    """What is wrong with a step whose keys may each be right."""
    actor, config, name = step.get("actor"), step.get("config"), step.get("kind")
    if step.get("each_member") is True and actor != StepTemplate.Actor.MEMBERS:
        yield f'"each_member" goes with the actor "members"; here the actor is "{actor}".'
    kind = registry.STEP_KINDS.get(name) if isinstance(name, str) else None
    if isinstance(name, str) and kind is None:
        yield f'unknown kind "{name}". The kinds are {", ".join(sorted(registry.STEP_KINDS))}.'
    if kind and kind.decided_elsewhere != (actor == StepTemplate.Actor.PRINCIPAL):
        yield f'the principal does steps of the kind "approval", and no others: here "{actor}" does "{name}".'
    if kind and kind.for_members and actor == StepTemplate.Actor.FACILITATOR:
        yield f'a facilitator does not take part, and cannot do a step of the kind "{name}".'
    if kind and isinstance(config, dict):
        for key in sorted(kind.needs - set(config)):
            yield f'a step of the kind "{kind.key}" needs "{key}" in its config.'
        for key in sorted(set(config) - kind.needs - kind.knows):
            yield f'a step of the kind "{kind.key}" does not know "{key}" in its config.'
        yield from kind.misfits(config)


def _whole(file):
    """What is wrong with a file whose parts may each be right."""
    begins, fields = file.fields.get("begins"), file.fields
    take = begins == SupportType.Begins.TAKE
    if take and file.steps:
        yield 'a support that begins with "take" has no steps.'
    if begins in SupportType.Begins.values and not take and not file.steps:
        yield f'a support that begins with "{begins}" needs at least one step.'
    if type(file.needs_approval) is not bool:
        yield '"needs_approval" must be true or false.'
    elif take and file.needs_approval:
        yield 'nobody approves a support that begins with "take": leave "needs_approval" out.'
    least, most = fields.get("people_at_least"), fields.get("people_at_most")
    if type(least) is int and type(most) is int and not 1 <= least <= most:
        yield '"people_at_least" is 1 or more, and no more than "people_at_most".'
    spans = fields["spans"] if isinstance(fields.get("spans"), list) else []
    if {span for span in spans if isinstance(span, str)} - set(SupportType.Span.values):
        yield f'"spans" must name one or more of {", ".join(SupportType.Span.values)}.'
    if isinstance(fields.get("icon"), str) and fields["icon"] not in icons():
        yield f'unknown icon "{fields["icon"]}". The icons are those of static/icons.svg.'


def _clashes(files):
    """What is wrong with files that may each be right."""
    names = [file.fields.get("name") for file in files]
    yield from (f'{_named(files, "name", name)}: both are called "{name}".' for name in _repeated(names) if name)
    for depth in SupportType.Depth.values:
        group = [file for file in files if file.fields.get("depth") == depth]
        for position in _repeated([file.fields.get("position") for file in group]):
            both = _named(group, "position", position)
            yield f'{both}: duplicate position {position} among the supports of the depth "{depth}".'


def _named(files, key, value):
    return ", ".join(f"{file.slug}.toml" for file in files if file.fields.get(key) == value)


def _repeated(values):
    seen = [value for value in values if isinstance(value, (str, int))]
    return sorted({value for value in seen if seen.count(value) > 1}, key=str)


TYPES = {
    models.BooleanField: (bool, "must be true or false"),
    models.PositiveSmallIntegerField: (int, "must be a whole number"),
    models.CharField: (str, "must be text"),
    models.SlugField: (str, "must be text"),
    models.TextField: (str, "must be text"),
    models.JSONField: (list, "must be a list of texts"),
}


def _refusals(column, value):
    """Why a column does not take the value, as the end of a sentence."""
    wanted, reason = TYPES[type(column)]
    if column.name == "config":
        wanted, reason = dict, "must be a table"
    if type(value) is not wanted:
        return [f"{reason}, not {value!r}."[:160]]
    if wanted is int and not 0 <= value <= LARGEST:
        return [f"must be from 0 to {LARGEST}."]
    if column.choices and value not in dict(column.choices):
        return [f'is "{value}"; it must be one of {", ".join(dict(column.choices))}.']
    if not _can_be_kept(value):
        return ["holds something that cannot be kept: a date, a zero character, or a number that is not finite."]
    if wanted is list and not all(isinstance(item, str) for item in value):
        return [f"{reason}."]
    try:
        column.clean(value, None)
    except ValidationError as fault:
        return [f"is refused: {message}" for message in fault.messages]
    return []


def _can_be_kept(value):
    try:
        return "\\u0000" not in json.dumps(value, allow_nan=False)
    except (TypeError, ValueError):
        return False


@cache
def icons():
    """The names of the icons that pages can draw."""
    return frozenset(re.findall(r'<symbol id="([^"]+)"', Path(finders.find("icons.svg")).read_text()))
