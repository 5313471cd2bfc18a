from django.apps import AppConfig


class PeerlearnConfig(AppConfig):
    name = "peerlearn"
