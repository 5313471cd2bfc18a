import base64
import gzip
import hashlib
import json
import re

import pytest
from django.contrib.staticfiles import finders

ROOT = finders.settings.BASE_DIR
VENDOR = ROOT / "static" / "vendor"
TEMPLATES = [ROOT / "templates", *ROOT.glob("*/templates")]


def digest(file):
    return "sha384-" + base64.b64encode(hashlib.sha384(file.read_bytes()).digest()).decode()


def test_vendored_files_are_those_of_the_manifest():
    lines = (VENDOR / "MANIFEST").read_text().splitlines()
    listed = {name: sha for sha, name in (line.split("  ") for line in lines)}

    present = {str(file.relative_to(VENDOR)): digest(file) for file in VENDOR.rglob("*") if file.is_file()}

    del present["MANIFEST"]
    assert present == listed


def test_vendored_folders_are_the_locked_versions():
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    wanted = json.loads((ROOT / "package.json").read_text())["dependencies"]

    folders = {f"{name.split('/')[-1]}-{packages[f'node_modules/{name}']['version']}" for name in wanted}

    assert {folder.name for folder in VENDOR.iterdir() if folder.is_dir()} == folders
    assert all((VENDOR / folder / "LICENSE").exists() for folder in folders)


def test_the_lock_names_no_download_address():
    text = (ROOT / "package-lock.json").read_text()

    assert '"integrity"' in text
    assert '"resolved"' not in text
    assert "://" not in text


@pytest.mark.parametrize("folder", TEMPLATES, ids=lambda folder: folder.parent.name)
def test_every_static_file_that_a_template_names_is_there(folder):
    pages = [page.read_text() for page in folder.rglob("*.html")]

    named = {name for page in pages for name in re.findall(r"{% static ['\"]([^'\"]+)['\"] %}", page)}

    assert {name for name in named if not finders.find(name)} == set()


def test_every_file_that_a_stylesheet_names_is_there():
    sheets = list(ROOT.glob("static/css/*.css"))
    named = [(s, name) for s in sheets for name in re.findall(r"url\([\"']?(?!data:)([^)\"']+)", s.read_text())]

    assert len(named) >= 3
    assert [name for sheet, name in named if not (sheet.parent / name).exists()] == []


def test_what_is_kept_compressed_is_the_same():
    packed = list((ROOT / "static").rglob("*.gz"))

    assert len(packed) == 3
    assert [file for file in packed if gzip.decompress(file.read_bytes()) != file.with_suffix("").read_bytes()] == []
