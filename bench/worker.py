"""The project's queue with the one task of mailing.py."""

from peerlearn.celery import app

app.conf.imports = ["bench.mailing"]
