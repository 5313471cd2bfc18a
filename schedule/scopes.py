"""What a person may follow in a calendar: their own dates, pieces of work of theirs, the schools they know."""

from dataclasses import dataclass

from django.conf import settings

from .agenda import schools_of
from .followers import THREADS
from .models import Feed


def shared_by(user):
    """What the person calls each, by the scope of its feed: "partnership:12", "school:3"."""
    if not user.is_active:
        return {}
    threads = {thread: label for of in THREADS for thread, label in of(user).items()}
    return threads | {f"school:{school.pk}": school.name for school in schools_of(user)}


@dataclass(frozen=True)
class Followed:
    """One line of the page of feeds: what may be followed, and the private address where there is one."""

    scope: str
    label: str
    feed: Feed | None

    @property
    def mark(self):
        """A name for the page's own use: letters, digits and a hyphen."""
        return self.scope.replace(":", "-")

    @property
    def is_school(self):
        return self.scope.startswith("school:")

    @property
    def address(self):
        return f"{settings.SITE_URL}/feeds/{self.feed.token}.ics" if self.feed else ""

    @property
    def webcal(self):
        """The same for programmes that subscribe to what is opened in them; they ask over https where there is it."""
        return f"webcal://{self.address.partition('://')[2]}" if self.feed else ""


def followed_by(user, feeds):
    """Everything that the person may follow, their own dates first, with the feeds that they have."""
    made = {feed.scope: feed for feed in feeds}
    labels = {Feed.OWN: "Your own dates"} | shared_by(user)
    return [Followed(scope, label, made.get(scope)) for scope, label in labels.items()]
