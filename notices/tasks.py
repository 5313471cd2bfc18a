"""What beat wakes. Each may run twice, at once, or be killed: the rows decide what is left to do."""

from celery import shared_task

from . import delivery, services


@shared_task
def deliver():
    services.heartbeat("beat")
    delivery.send_written()
    delivery.deliver()


@shared_task
def send_digests():
    services.heartbeat("beat")
    delivery.send_digests()
