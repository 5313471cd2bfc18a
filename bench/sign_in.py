"""Write a session for each person id given, as signing in does; prints {"<id>": "<session key>"}."""

import importlib
import json
import os
import sys

import django
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, get_user_model

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "peerlearn.settings")


def session_for(user):
    session = importlib.import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return session.session_key


if __name__ == "__main__":
    django.setup()
    people = get_user_model().objects.in_bulk([int(pk) for pk in sys.argv[1:]])
    print(
        json.dumps({"cookie": settings.SESSION_COOKIE_NAME, "keys": {pk: session_for(p) for pk, p in people.items()}})
    )
