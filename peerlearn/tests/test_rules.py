"""The rules hold over the whole tree, and each finds a planted fault."""

import pytest

from . import rules


def broken(paths, rule, *args):
    """Where the rule is broken: "file: what"."""
    return [
        f"{path.relative_to(rules.ROOT)}: {fault}"
        for path in paths
        for fault in rule(path.read_text(encoding="utf-8"), *args)
    ]


def catalogue_slugs():
    return [path.stem for path in rules.files(".toml", under="supports/catalogue")]


# --- (a) the first door -------------------------------------------------------------------------------------------


def test_views_reach_rows_only_through_the_door():
    assert broken(rules.views(), rules.unguarded_rows) == []


@pytest.mark.parametrize(
    "fault",
    [
        "Partnership.objects.get(pk=pk)",
        "rows = Partnership.objects",
        "Partnership.objects.filter(pk=pk).visible_to",
        "Partnership.objects.filter(pk__in=visible_to(user))",
        "get_object_or_404(Partnership, pk=pk)",
        "rows = all_of(Partnership)\nget_object_or_404(rows, pk=pk)",
        "show(Partnership.objects.all(), user)",
        "getattr(Partnership, 'objects')",
        "rows = Partnership.objects.all()\nfirst = rows.first()\nvisible_or_404(rows, user)",
        "rows = Partnership.objects.all()",
    ],
)
def test_a_way_past_the_door_is_found(fault):
    assert list(rules.unguarded_rows(fault))


@pytest.mark.parametrize(
    "fine",
    [
        "Partnership.objects.filter(a=1).visible_to(request.user).order_by('pk')[:50]",
        "visible_or_404(Partnership.objects.select_related('support'), request.user, pk=pk)",
        "rows = Partnership.objects.select_related('support')\nvisible_or_404(rows, request.user, pk=pk)",
        "get_object_or_404(calls_for(request.user), pk=pk)",
        "seen = Event.objects.visible_to(request.user)\nget_object_or_404(seen.select_related('school'), pk=pk)",
        "form.objects_wanted",
    ],
)
def test_the_door_itself_is_no_fault(fine):
    assert list(rules.unguarded_rows(fine)) == []


def test_views_are_short_functions():
    assert broken(rules.views(), rules.long_or_classy) == []


def test_a_long_view_and_a_class_are_found():
    long = "def page(request):\n    '''Why.'''\n" + "    x = 1\n" * 21

    assert list(rules.long_or_classy(long)) == ["line 1: page has 21 lines"]
    assert list(rules.long_or_classy("class Page(View): ...")) == ["line 1: class Page"]


# --- (b) a support type is data --------------------------------------------------------------------------------------


def test_no_python_names_a_support_type():
    assert catalogue_slugs()
    paths = [path for path in rules.python_of_apps() if not {"demo", "catalogue"}.intersection(path.parts)]

    assert broken(paths, rules.slugs_compared) == []
    assert broken(paths, rules.slugs_named, catalogue_slugs()) == []


def test_no_template_names_a_support_type():
    named = [
        f"{path}: {slug}"
        for path in rules.files(".html", ".txt", under="templates")
        for slug in ["slug ==", "slug in", *(slug for slug in catalogue_slugs() if "-" in slug)]
        if slug in path.read_text()
    ]

    assert named == []


@pytest.mark.parametrize("fault", ["if step.support.slug == name: ...", "if slug in {'a', 'b'}: ..."])
def test_a_compared_slug_is_found(fault):
    assert list(rules.slugs_compared(fault))


def test_a_named_support_type_is_found():
    assert list(rules.slugs_named("find(slug='book-study')", ["book-study"])) == ["line 1: book-study"]
    assert list(rules.slugs_named("go('/menu/book-study/')", ["book-study"]))


# --- (c) nothing inline ----------------------------------------------------------------------------------------------


def test_pages_carry_no_inline_script_or_style():
    # A mail has no policy and no style sheet: its reader's program knows only what stands in it.
    pages = [path for path in rules.files(".html", under="templates") if not {"mail", "email"}.intersection(path.parts)]

    assert len(pages) > 3
    assert broken(pages, rules.inline_parts) == []
    assert broken(rules.python_of_apps(), rules.inline_attributes) == []


@pytest.mark.parametrize(
    "fault",
    [
        "<script>go()</script>",
        '<script type="module">go()</script>',
        '<p class="{% if a > b %}x{% endif %}" style="color: red">',
        '<button\n  onclick="go()">',
        '<a href="javascript:go()">',
        "<style>p {}</style>",
    ],
)
def test_an_inline_part_is_found(fault):
    assert list(rules.inline_parts(fault))


def test_what_only_looks_inline_is_no_fault():
    fine = '<script src="a.js" defer></script><p data-on="1" class="style">one = 1</p><meta content="x">'

    assert list(rules.inline_parts(fine)) == []


def test_an_inline_attribute_of_a_widget_is_found():
    assert list(rules.inline_attributes("Textarea(attrs={'rows': 3, 'onchange': 'go()'})")) == ["line 1: onchange"]


# --- (d) files that fit a reader -------------------------------------------------------------------------------------

# One file, because an operator looks in one place.
MAY_BE_LONG = {"peerlearn/settings.py"}


def too_long(paths, most):
    counts = {path.relative_to(rules.ROOT).as_posix(): len(path.read_text().splitlines()) for path in paths}
    return {path: lines for path, lines in counts.items() if lines > most}


def test_files_are_short():
    code = [path for path in rules.files(".py", ".js", ".sh") if "migrations" not in path.parts]

    assert too_long(code, 300).keys() - MAY_BE_LONG == set()
    assert too_long(rules.files(".html", ".txt", under="templates"), 120) == {}


def test_a_long_file_is_found(tmp_path, monkeypatch):
    monkeypatch.setattr(rules, "ROOT", tmp_path)
    (tmp_path / "long.html").write_text("<p>\n" * 121)

    assert too_long(rules.files(".html"), 120) == {"long.html": 121}


# --- (g) nothing of one machine --------------------------------------------------------------------------------------


def test_nothing_names_one_machine_or_a_download_host():
    kinds = [".py", ".html", ".txt", ".md", ".toml", ".ini", ".lock", ".json", ".yaml", ".yml", ".service", ".css"]
    plain = [*rules.files(*kinds, ".js", ".svg", ".conf"), *rules.files("", under="script")]
    plain += [*rules.files("", under=".ci"), *rules.files("", ".example", under="deploy")]
    tests_of_this_rule = [path for path in plain if path.name == "test_rules.py"]

    assert tests_of_this_rule
    assert broken((path for path in plain if path not in tests_of_this_rule), rules.of_one_machine) == []


@pytest.mark.parametrize(
    "fault", ["--index-url https://wheels.corp.test/simple", "open('/home/ana/x')", "file:///opt/wheels", "/root/.x"]
)
def test_a_trace_of_one_machine_is_found(fault):
    assert list(rules.of_one_machine(fault))


@pytest.mark.parametrize("fine", ["https://peer.example/x", "http://localhost:8000", "http://www.w3.org/2000/svg"])
def test_a_placeholder_is_no_trace(fine):
    assert list(rules.of_one_machine(fine)) == []
