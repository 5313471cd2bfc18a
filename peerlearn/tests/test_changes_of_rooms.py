"""Every room writes the log of changes: a line for each change, and no act without a change that is tried."""

import pytest

from notices import mailroom
from observations import services as observations
from observations.services import exporting
from partnerships.models import Approval
from partnerships.services.approvals import approve, return_plan
from partnerships.services.emergency import approve_reading, ask_to_read, end_reading
from partnerships.services.ground import NotNow
from peerlearn.tests.test_home import waiting_plan
from people.models import Change
from people.models.acts import ACTS
from people.tests import test_changes as of_people
from supports import loader
from supports.models import SupportType
from supports.reading import read_text
from supports.services import menu, set_approval_rules
from supports.writing import toml_of


def pairs():
    return SupportType.objects.get(slug="peer-partners")


def loads_a_part(admin, **world):
    pairs().steps.first().delete()
    for _ in range(2):
        loader.load()


def edits_a_support(admin, **world):
    menu.edit_support(pairs(), by=admin, goal="A goal of our own")


def edits_a_step(admin, **world):
    menu.edit_part(pairs().steps.first(), by=admin, title="Begin")


def removes_a_resource(admin, **world):
    menu.remove_part(pairs().resources.first(), by=admin)


def takes_one_off_the_menu(admin, **world):
    support = pairs()
    support.on_menu = False
    menu.arrange_menu([support, SupportType.objects.get(slug="book-study")], by=admin)


def adds_a_support(admin, **world):
    text = toml_of(pairs()).replace("Peer Partners", "Our own")
    menu.add_support(read_text("our-own", text), by=admin)


def rewrites_a_support(admin, **world):
    support = pairs()
    menu.rewrite_support(support, read_text(support.slug, toml_of(support)), by=admin)


def sets_a_rule(admin, school, **world):
    support = pairs()
    rules = {(support.pk, school.pk): False, (support.pk, None): True}
    set_approval_rules(rules, by=admin)


def asks(ana, **world):
    waiting_plan(ana)


def answered(answer):
    """The question is there already: only what is answered is counted."""

    def change(ana, principal, count_from_here, **world):
        waiting_plan(ana)
        count_from_here()
        answer(Approval.objects.get(), by=principal)

    change.__name__ = answer.__name__
    return change


def approves(approval, *, by):
    approve(approval, by=by, remarks={"goal": "Secret words"})
    with pytest.raises(NotNow):
        approve(approval, by=by)


def returns(approval, *, by):
    return_plan(approval, by=by, remarks={"goal": "Secret words"})


def chooses_columns(admin, **world):
    for _ in range(2):
        exporting.set_columns([("Id", "request"), ("Day", "date")], by=admin)


def makes_a_key(admin, **world):
    exporting.make_token("Absence system", by=admin)
    with pytest.raises(observations.NotNow):
        exporting.make_token("Absence system", by=admin)


def ends_a_key(admin, count_from_here, **world):
    _, token = exporting.make_token("Absence system", by=admin)
    count_from_here()
    for _ in range(2):
        exporting.end_token(token, by=admin)


def pauses(admin, **world):
    for _ in range(2):
        mailroom.pause(by=admin)


def resumes(admin, count_from_here, **world):
    mailroom.pause(by=admin)
    count_from_here()
    for _ in range(2):
        mailroom.resume(by=admin)


def asks_in_an_emergency(ana, operator, count_from_here, **world):
    work = waiting_plan(ana)
    count_from_here()
    return ask_to_read(work, by=operator, reason="Secret words")


def agrees_in_an_emergency(admin, count_from_here, **world):
    reading = asks_in_an_emergency(count_from_here=count_from_here, **world)
    count_from_here()
    approve_reading(reading, by=admin)


def ends_an_emergency(admin, count_from_here, **world):
    reading = asks_in_an_emergency(count_from_here=count_from_here, **world)
    count_from_here()
    for _ in range(2):
        end_reading(reading, by=admin)


MAPLE = "at Maple Grove Elementary"
LOADED = "Whoever runs the server loaded the menu from its files: 0 added, 1 changed."
CHANGES = [
    ("menu_loaded", loads_a_part, LOADED, []),
    ("support_changed", edits_a_support, "Ada Novak changed Peer Partners on the menu.", ["Goal: changed"]),
    ("support_changed", edits_a_step, "Ada Novak changed Peer Partners on the menu.", ["Step template: changed"]),
    ("support_changed", removes_a_resource, "Ada Novak changed Peer Partners on the menu.", ["Resource: changed"]),
    (
        "support_changed",
        rewrites_a_support,
        "Ada Novak changed Peer Partners on the menu.",
        ["Its whole text: changed"],
    ),
    (
        "menu_arranged",
        takes_one_off_the_menu,
        "Ada Novak arranged the menu.",
        ["Peer Partners: from on the menu to off the menu"],
    ),
    ("support_added", adds_a_support, "Ada Novak added Our own to the menu.", []),
    (
        "approval_rules_changed",
        sets_a_rule,
        "Ada Novak changed which plans need a principal's approval.",
        ["Peer Partners, Maple Grove Elementary: from no rule of its own to not needed"],
    ),
    (
        "approval_asked",
        asks,
        f"Ana Ruiz asked for approval of the plan of work {{number}}, Action Research, {MAPLE}.",
        [],
    ),
    (
        "approval_given",
        answered(approves),
        f"Pia Lindqvist approved the plan of work {{number}}, Action Research, {MAPLE}.",
        [],
    ),
    (
        "approval_returned",
        answered(returns),
        f"Pia Lindqvist returned the plan of work {{number}}, Action Research, {MAPLE}.",
        [],
    ),
    ("absence_columns_changed", chooses_columns, "Ada Novak changed the columns of the absence files.", None),
    ("key_made", makes_a_key, "Ada Novak made a key to the absence files for Absence system.", []),
    ("key_ended", ends_a_key, "Ada Novak ended the key to the absence files of Absence system.", []),
    ("mail_paused", pauses, "Ada Novak paused the mail of the district.", []),
    ("mail_resumed", resumes, "Ada Novak let the mail of the district go again.", []),
    (
        "emergency_asked",
        asks_in_an_emergency,
        "Root Operator asked to open words in an emergency, number {number}.",
        [],
    ),
    ("emergency_agreed", agrees_in_an_emergency, "Ada Novak agreed to emergency reading {number}.", []),
    ("emergency_ended", ends_an_emergency, "Ada Novak ended emergency reading {number}.", []),
]


@pytest.fixture
def world(admin, ana, principal, school, other_school, year, operator):
    """The people, and `count_from_here`: what was written before it is left out of account."""
    loader.load()
    seen = {"last": Change.objects.latest("pk").pk}
    people = {"admin": admin, "ana": ana, "principal": principal, "operator": operator, "school": school}
    return people | {"count_from_here": lambda: seen.update(last=Change.objects.latest("pk").pk), "seen": seen}


@pytest.mark.parametrize(
    ("act", "change", "sentence", "particulars"), CHANGES, ids=[row[1].__name__ for row in CHANGES]
)
def test_a_change_writes_one_line_and_no_words(world, act, change, sentence, particulars):
    seen = world.pop("seen")

    change(**world)

    line = Change.objects.with_names().get(pk__gt=seen["last"])
    assert (line.act, line.sentence) == (act, sentence.format(number=line.number))
    assert particulars is None or line.particulars == particulars
    assert "Secret" not in str(list(Change.objects.values()))


def test_every_act_is_tried(world):
    """Those of people in their own tests, whose sentences name them; those of the other rooms above."""
    told = {sentence for _, sentence, _ in of_people.CHANGES}
    tried = {act for act, *_ in CHANGES}

    untried = [act for act in ACTS.keys() - tried if not any(fits(ACTS[act].sentence, one) for one in told)]

    assert untried == ["staff_file_applied"]  # a file is tried in people/tests, with the posts that it gives


def fits(template, sentence):
    """Whether the sentence has the words of the template between its blanks."""
    words = template.replace("{", "}").split("}")[::2]
    return all(word in sentence for word in words)
