"""The whole application as a process of its own on an embedded database, and the browser that looks at it."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager

from playwright.sync_api import sync_playwright

from peerlearn.tests.markers import CHROMIUM
from peerlearn.tests.rules import ROOT

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]


@contextmanager
def application(folder, *commands):
    """Its address while it runs, on a database in the folder that these commands of manage.py filled."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    environment = {**kept, "DEMO": "1", "PORT": str(port), "DATA_DIR": str(folder)}
    manage = [sys.executable, "manage.py"]
    for command in [["migrate"], *commands]:
        given = {"cwd": ROOT, "env": environment, "check": True, "stdout": subprocess.DEVNULL}
        subprocess.run([*manage, *command, "--verbosity=0"], **given)
    with (folder / "log").open("w") as log:
        process = subprocess.Popen([*manage, "demo"], cwd=ROOT, env=environment, stdout=log, stderr=log)
        wait_for(f"http://localhost:{port}/health/")
        yield f"http://localhost:{port}"
        process.terminate()
        process.wait(timeout=60)


def wait_for(url):
    until = time.monotonic() + 90
    while time.monotonic() < until:
        try:
            return urllib.request.urlopen(url, timeout=2).close()
        except OSError:
            time.sleep(0.2)
    raise AssertionError(f"{url} does not answer.")


@contextmanager
def a_browser():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()
