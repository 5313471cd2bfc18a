"""Write a support as the text of a file, so that a district can change its steps and load it again."""

import json

from .models import ApprovalRule, Resource
from .reading import STEP_KEYS, TYPE_KEYS


def toml_of(support):
    """The text of the file that would load as this support."""
    rule = ApprovalRule.objects.filter(support=support, school=None).first()
    lines = [_line(key, getattr(support, key)) for key in TYPE_KEYS]
    lines.append(_line("needs_approval", bool(rule and rule.needed)))
    for row in support.responsibilities.all():
        lines += ["", "[[responsibilities]]", _line("part", row.part), _line("text", row.text)]
    for row in support.resources.order_by("-kind", "position"):
        part = "protocols" if row.kind == Resource.Kind.PROTOCOL else "materials"
        lines += ["", f"[[{part}]]", _line("title", row.title), _line("body", row.body)]
    before = None
    for step in support.steps.all():
        lines += ["", "[[steps]]"] + [_line(key, getattr(step, key)) for key in STEP_KEYS if _says(step, key)]
        lines += ["with_previous = true"] if before and before.position == step.position else []
        before = step
    return "\n".join(lines) + "\n"


def _says(step, key):
    column = step._meta.get_field(key)
    return key == "actor" or not column.has_default() and not column.null or getattr(step, key) != column.get_default()


def _line(key, value):
    return f"{key} = {_value(value)}"


def _value(value):
    if isinstance(value, str):
        return _long_text(value) if "\n" in value else _text(value)
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{_text(key)} = {_value(item)}" for key, item in value.items()) + " }"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(_value(item) for item in value) + "]"
    return json.dumps(value)  # numbers, true and false look the same in both


def _text(value):
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007F")


def _long_text(value):
    return '"""\n' + "\n".join(_text(line)[1:-1] for line in value.split("\n")) + '"""'
