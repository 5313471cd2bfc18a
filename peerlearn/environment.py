"""Readers of environment values for settings.py: empty counts as unset, NAME_FILE names a file that holds the value."""

import os
import secrets
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

env = environ.FileAwareEnv()
env.ENVIRON = environ.FileAwareMapping({name: value for name, value in os.environ.items() if value.strip()})


def switch(name):
    """On or off, and off without a value. environ's own reader takes every word that it does not know for "off"."""
    value = env.str(name, default="off").lower()
    if value not in {"1", "true", "yes", "on", "0", "false", "no", "off"}:
        raise ImproperlyConfigured(f"{name} is {value!r}: write on or off.")
    return value in {"1", "true", "yes", "on"}


def mailbox(name):
    """Where calendars answer: an address of a mailbox, "pipe:", or nothing."""
    value = env.str(name, default="")
    parts = urlsplit(value)
    known = value in {"", "pipe:"} or (parts.scheme == "maildir" and parts.path)
    if not known and not (parts.scheme in {"imap", "imap+tls", "imap+ssl"} and parts.hostname):
        # Without the value itself: it holds a password.
        raise ImproperlyConfigured(f"{name}: write imap+tls://user:password@host/folder, maildir:///folder or pipe:")
    return value


def kept_secret(path):
    """The key of a site on one machine: made at the first start and kept beside its data."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(48))
    except FileExistsError:
        pass  # an earlier start made it
    return path.read_text()
