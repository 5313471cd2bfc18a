"""The application as it is deployed, with two things more: a constant view, and statements counted when asked."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "peerlearn.settings")
settings.ROOT_URLCONF = "bench.urls"
settings.MIDDLEWARE = ["bench.counting.counting", *settings.MIDDLEWARE]

application = get_wsgi_application()
