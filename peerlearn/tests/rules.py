"""Rules over the whole tree. Each takes text and yields what breaks it, so that a planted fault can prove the rule."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
APPS = ["peerlearn", "growth", "observations", "partnerships", "supports", "schedule", "notices", "people"]
NOT_OURS = {"vendor", "node_modules", "staticfiles", "__pycache__", "var"}


def files(*suffixes, under="."):
    """Our files of these kinds: nothing hidden, generated, installed or vendored."""
    for path in sorted((ROOT / under).rglob("*")):
        parts = path.relative_to(ROOT).parts
        hidden = any(part.startswith(".") and part != ".ci" for part in parts)
        if path.suffix in suffixes and path.is_file() and not hidden and not NOT_OURS.intersection(parts):
            yield path


def python_of_apps():
    for app in APPS:
        for path in files(".py", under=app):
            if not {"tests", "migrations"}.intersection(path.parts):
                yield path


def views():
    """views.py, the modules of a views package, and home: whatever answers requests with rows."""
    for path in python_of_apps():
        if path.stem in {"views", "home"} or path.stem.endswith("_views") or path.parent.name == "views":
            yield path


def with_parents(source):
    tree = ast.parse(source)
    for node in ast.walk(tree):
        for child in ast.iter_child_nodes(node):
            child.parent = node
    return tree


# --- (a) the first door -------------------------------------------------------------------------------------------

# Ways to rows that pass the door by.
SIDE_DOORS = {"get_list_or_404", "_default_manager", "_base_manager", "raw", "get_model", "cursor"}


def unguarded_rows(source):
    """Every `.objects` in a view is asked `.visible_to(...)` in the same chain, or handed to `visible_or_404`, at once
    or by a name that serves for nothing else.
    """
    for node in ast.walk(with_parents(source)):
        if isinstance(node, ast.Attribute) and node.attr == "objects" and not guarded(node):
            yield f"line {node.lineno}: {ast.unparse(node)} without .visible_to("
        name = getattr(node, "attr", None) or getattr(node, "id", None)
        if name in SIDE_DOORS or isinstance(node, ast.Constant) and node.value == "objects":
            yield f"line {node.lineno}: {name or 'objects'} passes the door by"
        if name == "get_object_or_404" and not asks_for_the_reader(node.parent):
            yield f"line {node.lineno}: get_object_or_404 of rows that nobody was asked about"


def guarded(node):
    while isinstance(parent := node.parent, ast.Attribute) or isinstance(parent, ast.Call) and parent.func is node:
        if isinstance(parent, ast.Attribute) and parent.attr == "visible_to":
            return isinstance(parent.parent, ast.Call) and bool(parent.parent.args)
        node = parent
    if isinstance(parent, ast.Assign) and len(parent.targets) == 1 and isinstance(parent.targets[0], ast.Name):
        return all(guarded(use) for use in uses(parent.targets[0])) and any(uses(parent.targets[0]))
    handed_over = isinstance(parent, ast.Call) and isinstance(parent.func, ast.Name) and node in parent.args[:1]
    return handed_over and parent.func.id == "visible_or_404"


def home_of(node):
    """The function that it stands in, or the module."""
    while not isinstance(node, ast.FunctionDef | ast.Module):
        node = node.parent
    return node


def uses(name):
    """Where a name of a function is read."""
    for node in ast.walk(home_of(name)):
        if is_name(node) and node.id == name.id and isinstance(node.ctx, ast.Load):
            yield node


def asks_for_the_reader(call):
    """Whether the rows come from something that was told who reads: `calls_for(request.user)`, or a name for it."""
    rows = call.args[0] if isinstance(call, ast.Call) and call.args else None
    told = [rows, *(made.value for made in ast.walk(home_of(call)) if isinstance(made, ast.Assign))]
    names = {part.id for part in ast.walk(rows) if isinstance(part, ast.Name)} if rows else set()
    for source in told:
        of_rows = source is rows or any(target.id in names for target in source.parent.targets if is_name(target))
        if (
            source
            and of_rows
            and "user" in {getattr(part, "attr", getattr(part, "id", "")) for part in ast.walk(source)}
        ):
            return True
    return rows is None


def is_name(node):
    return isinstance(node, ast.Name)


def long_or_classy(source, most=20):
    """Views are functions, and short: decorators and docstring do not count. A plain record is no view."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ClassDef) and node.bases:
            yield f"line {node.lineno}: class {node.name}"
        if isinstance(node, ast.FunctionDef):
            body = node.body[1:] if ast.get_docstring(node) else node.body
            lines = node.end_lineno - body[0].lineno + 1 if body else 0
            if lines > most:
                yield f"line {node.lineno}: {node.name} has {lines} lines"


# --- (b) a support type is data --------------------------------------------------------------------------------------


def slugs_compared(source):
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Compare):
            sides = [node.left, *node.comparators]
            named = [side for side in sides if getattr(side, "attr", getattr(side, "id", "")) == "slug"]
            if named and any(isinstance(op, ast.Eq | ast.NotEq | ast.In | ast.NotIn) for op in node.ops):
                yield f"line {node.lineno}: {ast.unparse(node)}"


def slugs_named(source, slugs):
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            for slug in slugs:
                if re.search(rf"(?<![\w-]){slug}(?![\w-])", node.value) and ("-" in slug or node.value == slug):
                    yield f"line {node.lineno}: {slug}"


# --- (c) nothing inline ----------------------------------------------------------------------------------------------

SCRIPT_BODY = re.compile(r"<script\b(?![^>]*\bsrc=)[^>]*>", re.I)
INLINE = re.compile(r"<[a-z][^<>]*?\s(style|on[a-z]+|hx-on[a-z:-]*)\s*=", re.I)
STYLE_BODY = re.compile(r"<style\b|\bjavascript:", re.I)
TAGS = re.compile(r"{%.*?%}|{{.*?}}|{#.*?#}", re.S)


def inline_parts(template):
    text = TAGS.sub(" ", template)
    for rule in (SCRIPT_BODY, STYLE_BODY, INLINE):
        for found in rule.finditer(text):
            yield found.group()[-60:]


def inline_attributes(source):
    """The same from Python: attributes of widgets and helpers."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Dict):
            for key in node.keys:
                name = key.value if isinstance(key, ast.Constant) else None
                if name == "style" or re.fullmatch(r"on(?!ce$|ly$)[a-z]+", str(name)):
                    yield f"line {key.lineno}: {name}"


# --- (g) nothing of one machine --------------------------------------------------------------------------------------

PATHS_OF_A_MACHINE = re.compile(r"/(?:work|root|opt|home|Users)/[\w.-]+")
ADDRESS = re.compile(r"\b(?:https?|git|ssh|file)://([^\s/:\"'<>)\]}`,]+)")
PLACEHOLDERS = re.compile(
    r"([\w-]+\.)*example(\.(com|org|net))?|localhost|127\.0\.0\.1|0\.0\.0\.0|\[::1\]|testserver|[{$%].*|www\.w3\.org"
    r"|calendar\.google\.com|outlook\.office\.com"  # where the page of a date leads its reader
)


def of_one_machine(text):
    for found in PATHS_OF_A_MACHINE.finditer(text):
        yield found.group()
    for found in ADDRESS.finditer(text):
        host = found.group(1).rsplit("@", 1)[-1]
        if not PLACEHOLDERS.fullmatch(host):
            yield found.group()
