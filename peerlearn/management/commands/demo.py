"""The whole application in one process: pages, worker and beat, on a demo district that it fills when there is none."""

import shutil
import signal
import threading
import time

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import BaseCommand, CommandError, call_command, get_commands
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.db import connection

from peerlearn.demo import PASSWORD
from peerlearn.embedded import queue_in_this_process
from peerlearn.wsgi import application

SIGN_INS = ["teacher", "facilitator", "principal", "admin", "frontoffice"]


class Handler(WSGIRequestHandler):
    def address_string(self):
        return self.client_address[0]


class Command(BaseCommand):
    help = __doc__
    requires_migrations_checks = False

    def add_arguments(self, parser):
        parser.add_argument("--fresh", action="store_true", help="Start over: forget what is in DATA_DIR.")

    def handle(self, *, fresh, **options):
        if not settings.DEMO:
            raise CommandError("This serves invented people with a known password. Set DEMO=1 when you mean it.")
        stop = threading.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: stop.set())
        # The port first: one that is taken should say so before anything is written.
        server = self.bind(settings.HOST, settings.PORT)
        if fresh:
            self.forget()
        self.prepare()
        self.serve(server, stop)

    def bind(self, host, port):
        try:
            server = ThreadedWSGIServer((host, port), Handler, ipv6=":" in host)
        except OSError as fault:
            raise CommandError(
                f"Cannot listen on {host}:{port}: {fault.strerror}. Set PORT to another number."
            ) from None
        server.set_app(application)
        return server

    def forget(self):
        if connection.vendor != "sqlite":
            raise CommandError("--fresh only forgets the embedded database. Empty the one of DATABASE_URL yourself.")
        for file in settings.DATA_DIR.glob("peerlearn.sqlite3*"):
            file.unlink()
        shutil.rmtree(settings.DATA_DIR / "files", ignore_errors=True)

    def prepare(self):
        """Tables, menu and people. A second start finds them and takes no time."""
        call_command("migrate", verbosity=0)
        made = get_commands()
        if "load_menu" in made:
            call_command("load_menu", verbosity=0)
        if "fill_demo" in made and not get_user_model().objects.exists():
            self.say("Filling the demo district; this happens once.")
            began = time.monotonic()
            call_command("fill_demo", verbosity=0)
            self.say(f"Filled in {time.monotonic() - began:.0f} seconds.")

    def serve(self, server, stop):
        threading.Thread(target=server.serve_forever, args=[0.1], name="Pages", daemon=True).start()
        with queue_in_this_process():
            self.greet()
            stop.wait()
        server.shutdown()
        server.server_close()
        self.say("Stopped.")

    def greet(self):
        people = "\n".join(f"    {who}@demo.example" for who in SIGN_INS)
        self.say(
            f"\n  Peer learning is at {settings.SITE_URL}\n"
            f"\n  Sign in with the password {PASSWORD} as one of\n{people}\n"
            "\n  Mail stays here: see /outbox/ when signed in. Press Ctrl+C to stop."
        )

    def say(self, text):
        self.stdout.write(text)
        self.stdout.flush()
