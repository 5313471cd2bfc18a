"""The one command: the whole application in one process, started and stopped as a person would."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

import pytest

from .rules import ROOT

pytestmark = pytest.mark.embedded
MANAGE = [sys.executable, "manage.py"]


@pytest.fixture(scope="module")
def environment(tmp_path_factory):
    """A database with tables and one person, so that the demo does not fill it: that has a test of its own."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    values = {**kept, "DEMO": "1", "PORT": str(port), "DATA_DIR": str(tmp_path_factory.mktemp("demo"))}
    subprocess.run([*MANAGE, "migrate", "--verbosity=0"], cwd=ROOT, env=values, check=True)
    operator = ["createsuperuser", "--noinput", "--email=root@demo.example", "--name=Root"]
    secret = {"DJANGO_SUPERUSER_PASSWORD": "only-for-this-test"}
    subprocess.run([*MANAGE, *operator], cwd=ROOT, env=values | secret, check=True, stdout=subprocess.DEVNULL)
    return values


@pytest.fixture
def demo(environment):
    process = subprocess.Popen(
        [*MANAGE, "demo"], cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    process.address = f"http://127.0.0.1:{environment['PORT']}"
    yield process
    process.kill()
    process.communicate()


def page(process, path, seconds=60):
    """The page's text, asked for until it answers."""
    until = time.monotonic() + seconds
    while True:
        try:
            with urllib.request.urlopen(process.address + path, timeout=5) as response:
                return response.read().decode()
        except urllib.error.URLError:
            assert time.monotonic() < until, f"{path} does not answer"
            assert process.poll() is None, process.stdout.read()
            time.sleep(0.1)


def test_demo_serves_pages_and_wakes_tasks_in_one_process(demo):
    sign_in = page(demo, "/accounts/login/")
    assert 'name="login"' in sign_in
    assert "{" in page(demo, re.search(r"/static/\S+?\.css", sign_in).group())

    until = time.monotonic() + 60
    while "beat: ok" not in (said := page(demo, "/health/")):
        assert time.monotonic() < until, said
        time.sleep(0.3)


def test_demo_says_where_and_who_and_ends_cleanly(demo, environment):
    page(demo, "/health/")

    demo.send_signal(signal.SIGTERM)
    said, _ = demo.communicate(timeout=60)

    assert f"http://localhost:{environment['PORT']}" in said
    assert "teacher@demo.example" in said
    assert "peerlearn-demo" in said
    assert "Traceback" not in said
    assert demo.returncode == 0


def test_a_taken_port_is_said_before_anything_is_written(environment, tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        values = environment | {"PORT": str(taken.getsockname()[1]), "DATA_DIR": str(tmp_path)}
        result = subprocess.run([*MANAGE, "demo"], cwd=ROOT, env=values, capture_output=True, text=True)

    assert "Set PORT to another number" in result.stderr
    assert not (tmp_path / "peerlearn.sqlite3").exists()


def test_demo_is_refused_unless_it_is_meant(environment):
    values = {name: value for name, value in environment.items() if name != "DEMO"}
    result = subprocess.run([*MANAGE, "demo"], cwd=ROOT, env=values, capture_output=True, text=True)

    assert result.returncode == 1
    assert "Set DEMO=1" in result.stderr
