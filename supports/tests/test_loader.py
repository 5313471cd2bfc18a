import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from supports.loader import load
from supports.models import ApprovalRule, Resource, Responsibility, StepTemplate, SupportType
from supports.reading import CatalogueError, read_folder

MODELS = (SupportType, StepTemplate, Responsibility, Resource, ApprovalRule)


def rows():
    return [list(model.objects.order_by("pk").values()) for model in MODELS]


def complaints(folder):
    with pytest.raises(CatalogueError) as caught:
        read_folder(folder)
    return caught.value.problems


def test_load_writes_the_support_its_steps_and_its_parts(db, kinds, folder):
    load(folder)

    support = SupportType.objects.get(slug="pairs")
    assert (support.name, support.focus_examples, support.people_at_least) == (
        "Pairs",
        ["guided reading", "word walls"],
        1,
    )
    assert list(support.steps.values_list("key", "position", "each_member", "optional", "due_after_days")) == [
        ("meet", 1, False, False, 7),
        ("gather", 2, True, False, None),
        ("tell", 2, False, True, None),
    ]
    assert support.steps.get(key="gather").config == {"about": "reading"}
    assert [r.title for r in support.resources.order_by("kind")] == ["Plan sheet", "Listening rounds"]
    assert support.responsibilities.get().text == "Bring a question."
    assert not support.approval_rules.get(school=None).needed


def test_second_load_changes_nothing(db, kinds, folder):
    load(folder)
    before = rows()

    told = load(folder)

    assert rows() == before
    assert told == {"same": 1}


def test_load_of_a_changed_file_keeps_the_ids_of_what_stayed(db, kinds, folder, toml):
    load(folder)
    ids = dict(StepTemplate.objects.values_list("key", "pk"))
    (folder / "pairs.toml").write_text(toml().replace('key = "gather"', 'key = "collect"').replace("One page", "Two"))

    told = load(folder)

    after = dict(StepTemplate.objects.values_list("key", "pk"))
    assert told == {"changed": 1}
    assert set(after) == {"meet", "collect", "tell"}
    assert (after["meet"], after["tell"]) == (ids["meet"], ids["tell"])
    assert Resource.objects.get(title="Plan sheet").body == "Two."


def test_load_with_one_bad_file_writes_nothing_at_all(db, kinds, folder, toml):
    (folder / "visits.toml").write_text(toml("Visits", 2).replace('"test_gather"', '"gossip"'))

    with pytest.raises(CatalogueError):
        load(folder)

    assert rows() == [[], [], [], [], []]


def test_load_that_fails_while_writing_leaves_the_rows_as_they_were(db, kinds, folder, toml, monkeypatch):
    load(folder)
    before = rows()
    (folder / "pairs.toml").write_text(toml(goal="Another goal"))
    monkeypatch.setattr(Resource, "save", lambda self: 1 / 0)
    (folder / "visits.toml").write_text(toml("Visits", 2))

    with pytest.raises(ZeroDivisionError):
        load(folder)

    assert rows() == before


def test_load_leaves_alone_what_the_district_edited_unless_told(db, kinds, folder, toml):
    load(folder)
    SupportType.objects.update(goal="Ours", edited_at=timezone.now())
    (folder / "pairs.toml").write_text(toml(goal="Theirs"))

    assert load(folder) == {"kept": 1}
    assert SupportType.objects.get().goal == "Ours"

    assert load(folder, overwrite=True) == {"changed": 1}
    assert SupportType.objects.get().goal == "Theirs"
    assert SupportType.objects.get().edited_at is None


def test_load_leaves_alone_the_districts_order_menu_and_approval(db, kinds, folder, toml):
    load(folder)
    SupportType.objects.update(position=9, on_menu=False)
    ApprovalRule.objects.update(needed=True)

    load(folder)

    support = SupportType.objects.get()
    assert (support.position, support.on_menu) == (9, False)
    assert ApprovalRule.objects.get().needed


def test_needs_approval_becomes_a_rule_for_all_schools(db, kinds, folder, toml):
    (folder / "pairs.toml").write_text("needs_approval = true\n" + toml())

    load(folder)

    assert ApprovalRule.objects.get().needed
    assert ApprovalRule.objects.get().school is None


REFUSALS = [
    ('goal = "Read', 'gaol = "Read', ['pairs.toml: unknown key "gaol".', 'pairs.toml: "goal" is missing.']),
    ("position = 1", 'position = "1"', ["pairs.toml: \"position\" must be a whole number, not '1'."]),
    ("position = 1", "position = true", ['pairs.toml: "position" must be a whole number, not True.']),
    ("usual_days = 30", "usual_days = 99999", ['pairs.toml: "usual_days" must be from 0 to 32767.']),
    ('name = "Pairs"', 'name = ""', ['pairs.toml: "name" is refused: This field cannot be blank.']),
    ('name = "Pairs"', 'name = "P\\u0000"', ['pairs.toml: "name" holds something that cannot be kept']),
    (
        'depth = "varies"',
        'depth = "shallow"',
        ['pairs.toml: "depth" is "shallow"; it must be one of no_contact, low_stakes, varies, deep_dive.'],
    ),
    ('begins = "start"', 'begins = "soon"', ['pairs.toml: "begins" is "soon"; it must be one of start, request']),
    ('spans = ["weeks"]', 'spans = ["eons"]', ['pairs.toml: "spans" must name one or more of half_day, days']),
    ('spans = ["weeks"]', "spans = [1]", ['pairs.toml: "spans" must be a list of texts.']),
    ('spans = ["weeks"]', "spans = 5", ['pairs.toml: "spans" must be a list of texts, not 5.']),
    ('spans = ["weeks"]', "spans = []", ['pairs.toml: "spans" is refused: This field cannot be blank.']),
    ('hue = "teal"', 'hue = "beige"', ['pairs.toml: "hue" is "beige"; it must be one of teal']),
    ('shape = "circle"', 'shape = "blob"', ['pairs.toml: "shape" is "blob"; it must be one of circle']),
    ('icon = "people"', 'icon = "unicorn"', ['pairs.toml: unknown icon "unicorn".']),
    ('icon = "people"', 'icon = "people', ["pairs.toml: this is not TOML. "]),
    ("usual_days", "people_at_least = 9\nusual_days", ['pairs.toml: "people_at_least" is 1 or more, and no more']),
    ("usual_days", "needs_approval = 1\nusual_days", ['pairs.toml: "needs_approval" must be true or false.']),
    ('begins = "start"', 'begins = "take"', ['pairs.toml: a support that begins with "take" has no steps.']),
    ('part = "teacher"', 'part = "chef"', ['pairs.toml: responsibility 1: "part" is "chef"; it must be one of']),
    ('body = "One page."', "", ['pairs.toml: material 1: "body" is missing.']),
    ('key = "gather"', 'key = "meet"', ['pairs.toml: two steps have the key "meet".']),
    ('key = "meet"', 'key = "me et"', ['pairs.toml: step 1 (me et): "key" is refused: Enter a valid']),
    ('kind = "test_gather"', "kind = 3", ['pairs.toml: step 2 (gather): "kind" must be text, not 3.']),
    ('kind = "test_gather"', 'kind = "gossip"', ['pairs.toml: step 2 (gather): unknown kind "gossip". The kinds are ']),
    ('actor = "lead"', 'actor = "mayor"', ['pairs.toml: step 3 (tell): "actor" is "mayor"; it must be one of']),
    ('actor = "lead"\n', "", ['pairs.toml: step 3 (tell): "actor" is missing.']),
    ('title = "Tell"', 'titel = "Tell"', ['pairs.toml: step 3 (tell): unknown key "titel".', '"title" is missing.']),
    ('about = "reading"', "", ['step 2 (gather): a step of the kind "test_gather" needs "about" in its config.']),
    ('about = "reading"', "about = 1979-05-27", ['"config" holds something that cannot be kept', "must be a text."]),
    ('about = "reading"', "about = 3", ['step 2 (gather): "about" must be a text.']),
    (
        'about = "reading"',
        'about = "reading"\nmood = "good"',
        ['step 2 (gather): a step of the kind "test_gather" does not know "mood" in its config.'],
    ),
    (
        'actor = "members"\neach_member',
        'actor = "principal"\neach_member',
        [
            'step 2 (gather): "each_member" goes with the actor "members"; here the actor is "principal".',
            'step 2 (gather): the principal does steps of the kind "approval", and no others',
        ],
    ),
    ('actor = "lead"', 'actor = "principal"', ["step 3 (tell): the principal does steps of the kind"]),
    ('actor = "lead"', 'actor = "facilitator"', ["step 3 (tell): a facilitator does not take part, and cannot do"]),
    ("due_after_days = 7", "with_previous = true", ['step 1 (meet): "with_previous" is true or false, and never']),
    ("due_after_days = 7", "position = 1", ['step 1 (meet): unknown key "position".']),
]


@pytest.mark.parametrize(("good", "bad", "reasons"), REFUSALS)
def test_each_fault_of_a_file_is_told_with_its_place_and_reason(kinds, folder, toml, good, bad, reasons):
    assert good in toml()
    (folder / "pairs.toml").write_text(toml().replace(good, bad, 1))

    problems = complaints(folder)

    assert len(problems) == len(reasons)
    assert all(reason in problem for reason, problem in zip(reasons, problems, strict=True))


def test_all_faults_of_all_files_are_told_at_once(kinds, folder, toml):
    (folder / "pairs.toml").write_text(toml(steps=""))
    (folder / "visits.toml").write_text(toml("Pairs").replace('"test_talk"', '"gossip"'))

    problems = complaints(folder)

    assert problems[0] == 'pairs.toml: a support that begins with "start" needs at least one step.'
    assert [problem[:24] for problem in problems[1:3]] == ["visits.toml: step 1 (mee", "visits.toml: step 3 (tel"]
    assert problems[3] == 'pairs.toml, visits.toml: both are called "Pairs".'
    assert problems[4] == 'pairs.toml, visits.toml: duplicate position 1 among the supports of the depth "varies".'


def test_files_that_are_no_text_or_badly_named_are_told(kinds, folder, toml):
    (folder / "latin.toml").write_bytes("name = 'é'".encode("latin-1"))
    (folder / "two words.toml").write_text(toml("Two"))
    (folder / "tables.toml").write_text('steps = "none"\n' + toml("Tables", 4, steps=""))

    assert complaints(folder) == [
        "latin.toml: the file is not UTF-8 text.",
        "tables.toml: [[steps]] must be a list of tables.",
        'tables.toml: a support that begins with "start" needs at least one step.',
        "two words.toml: a file is named with letters, digits and hyphens only.",
    ]


def test_load_menu_checks_without_writing_and_fails_with_reasons(db, kinds, folder, toml, capsys):
    call_command("load_menu", folder, "--check")
    assert "nothing to complain of" in capsys.readouterr().out
    assert not SupportType.objects.exists()

    call_command("load_menu", folder)
    assert SupportType.objects.count() == 1

    (folder / "pairs.toml").write_text(toml().replace("test_talk", "gossip"))
    with pytest.raises(CommandError, match=r"step 1 \(meet\): unknown kind"):
        call_command("load_menu", folder)


def test_load_menu_says_when_a_folder_holds_no_file(tmp_path):
    with pytest.raises(CommandError, match=r"there is no \.toml file"):
        call_command("load_menu", tmp_path, "--check")
