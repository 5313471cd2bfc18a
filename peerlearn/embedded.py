"""The queue without a server: worker and beat as threads of the process that serves the pages.

A module of its own, so that a web process in production does not load what only workers need.
"""

import threading
from contextlib import contextmanager

from celery.beat import EmbeddedService, Scheduler
from celery.worker import WorkController, state

from .celery import app


@contextmanager
def queue_in_this_process():
    """Tasks run in the worker's thread once it is ready, and no longer where they are called."""
    # The schedule is kept in memory: beat's usual file is one more thing that two starts can fight over.
    beat = EmbeddedService(app, thread=True, scheduler_cls=Scheduler)

    def begin(consumer):
        app.conf.task_always_eager = False
        beat.start()

    quiet = {"without_heartbeat": True, "without_mingle": True, "without_gossip": True}
    worker = WorkController(app=app, pool="solo", ready_callback=begin, **quiet)
    thread = threading.Thread(target=worker.start, name="Worker", daemon=True)
    thread.start()
    try:
        yield
    finally:
        if beat.is_alive():
            beat.stop()
        state.should_stop = 0  # celery's own flag: the worker ends its task and leaves its loop
        thread.join(timeout=5)
