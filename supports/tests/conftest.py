"""A small menu of the tests' own, and step kinds that need no upper app."""

import pytest

from supports import registry
from supports.loader import load
from supports.models import SupportType

TYPE = """
name = "{name}"
position = {position}
depth = "varies"
begins = "{begins}"
question = "Who thinks it through with you?"
summary = "Two colleagues and one question."
for_whom = "Anyone."
goal = "{goal}"
focus_area = "Reading"
focus_examples = ["guided reading", "word walls"]
duration = "Some weeks"
spans = ["weeks"]
usual_days = 30
measured_by = "Artifacts"
time_cost = "45 minutes"
class_cost = "No class missed"
icon = "people"
hue = "teal"
shape = "circle"
"""

PARTS = """
[[responsibilities]]
part = "teacher"
text = "Bring a question."

[[protocols]]
title = "Listening rounds"
body = "Sit down. **Listen.**"

[[materials]]
title = "Plan sheet"
body = "One page."
"""

STEPS = """
[[steps]]
key = "meet"
kind = "test_talk"
title = "Meet"
guidance = "Say what you hope for."
actor = "members"
due_after_days = 7

[[steps]]
key = "gather"
kind = "test_gather"
title = "Gather"
actor = "members"
each_member = true

[steps.config]
about = "reading"

[[steps]]
key = "tell"
kind = "test_talk"
title = "Tell"
actor = "lead"
optional = true
with_previous = true
"""


class Talk(registry.StepKind):
    key = "test_talk"
    label = "Talk"


class Gather(registry.StepKind):
    key = "test_gather"
    label = "Gather"
    needs = frozenset({"about"})
    knows = frozenset({"times"})


@pytest.fixture
def kinds(monkeypatch):
    for kind in (Talk(), Gather()):
        monkeypatch.setitem(registry.STEP_KINDS, kind.key, kind)


@pytest.fixture
def toml():
    """The text of a file that is right; what a test changes in it is what it tests."""

    def text(name="Pairs", position=1, begins="start", goal="Read better together", parts=PARTS, steps=STEPS):
        return TYPE.format(name=name, position=position, begins=begins, goal=goal) + parts + steps

    return text


@pytest.fixture
def folder(tmp_path, toml):
    (tmp_path / "pairs.toml").write_text(toml())
    return tmp_path


@pytest.fixture
def menu(db, kinds, folder, toml):
    """Three supports: one to start, one on request, one to take."""
    (folder / "visits.toml").write_text(toml("Visits", 2, "request", goal="Watch others teach"))
    (folder / "posters.toml").write_text(toml("Posters", 3, "take", goal="Pick up an idea", steps=""))
    load(folder)
    return {support.slug: support for support in SupportType.objects.all()}


@pytest.fixture
def pairs(menu):
    return menu["pairs"]
