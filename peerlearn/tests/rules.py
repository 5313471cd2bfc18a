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
SIDE_DOORS = {"get_object_or_404", "get_list_or_404", "_default_manager", "_base_manager", "raw", "get_model", "cursor"}


def unguarded_rows(source):
    """Every `.objects` in a view is asked `.visible_to(...)` in the same chain, or handed to `visible_or_404`."""
    for node in ast.walk(with_parents(source)):
        if isinstance(node, ast.Attribute) and node.attr == "objects" and not guarded(node):
            yield f"line {node.lineno}: {ast.unparse(node)} without .visible_to("
        name = getattr(node, "attr", None) or getattr(node, "id", None)
        if name in SIDE_DOORS or isinstance(node, ast.Constant) and node.value == "objects":
            yield f"line {node.lineno}: {name or 'objects'} passes the door by"


def guarded(node):
    while isinstance(parent := node.parent, ast.Attribute) or isinstance(parent, ast.Call) and parent.func is node:
        if isinstance(parent, ast.Attribute) and parent.attr == "visible_to":
            return isinstance(parent.parent, ast.Call) and bool(parent.parent.args)
        node = parent
    handed_over = isinstance(parent, ast.Call) and isinstance(parent.func, ast.Name) and node in parent.args[:1]
    return handed_over and parent.func.id == "visible_or_404"


def long_or_classy(source, most=20):
    """Views are functions, and short: decorators and docstring do not count."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ClassDef):
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
)


def of_one_machine(text):
    for found in PATHS_OF_A_MACHINE.finditer(text):
        yield found.group()
    for found in ADDRESS.finditer(text):
        host = found.group(1).rsplit("@", 1)[-1]
        if not PLACEHOLDERS.fullmatch(host):
            yield found.group()
