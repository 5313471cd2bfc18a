"""Log lines carry no address that opens something by itself, in messages and in tracebacks."""

import logging

from django.conf import settings


class Line(logging.Formatter):
    def format(self, record):
        return settings.SECRETS_IN_PATHS.sub(r"\1[secret]", super().format(record))
