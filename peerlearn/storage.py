"""Static files: hashed, compressed, and their addresses found once."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticFilesStorage(CompressedManifestStaticFilesStorage):
    """A page asks for sixty addresses, and none changes while the process lives."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.addresses = {}

    def url(self, name, force=False):
        if (name, force) not in self.addresses:
            self.addresses[name, force] = super().url(name, force)
        return self.addresses[name, force]
