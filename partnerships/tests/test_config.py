import pytest

from supports.registry import STEP_KINDS


@pytest.mark.parametrize(
    ("kind", "config", "reason"),
    [
        ("events", {"kinds": ["meeting"], "at_least": "two"}, '"at_least" must be a whole number.'),
        ("events", {"kinds": ["meeting"], "at_least": 0}, '"at_least" must be a whole number from 1 to 1000.'),
        ("events", {"kinds": ["party"]}, '"kinds" does not know party.'),
        ("contact", {"whom": "the mayor"}, '"whom" does not know the mayor.'),
        ("plan", {"sections": ["goal", "budget"]}, '"sections" does not know budget, goal.'),
        ("reflection", {"prompts": ["Why?", 3]}, '"prompts" must be a list of texts.'),
        ("reflection", {"fist_to_five": 1}, '"fist_to_five" must be true or false.'),
    ],
)
def test_a_config_value_that_would_break_a_page_is_refused(kind, config, reason):
    found = list(STEP_KINDS[kind].misfits(config))

    assert len(found) == 1
    assert found[0].startswith(reason)
