"""Runs a module of the bench within Django: python -m bench.inside outbox fill 10000"""

import importlib
import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "peerlearn.settings")

if __name__ == "__main__":
    django.setup()
    module, what, *words = sys.argv[1:]
    getattr(importlib.import_module(f"bench.{module}"), what)(*words)
