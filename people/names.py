"""The names of a person who is to be forgotten, and texts without them."""

import json
import re
from dataclasses import dataclass
from functools import cached_property

from django.db import models
from django.db.models import Q

FORMER = "A former colleague"
ADDRESS = "a former colleague's address"


@dataclass(frozen=True)
class Names:
    """`name` and `addresses` as colleagues and systems write them, in whatever case."""

    name: str
    addresses: tuple = ()

    @property
    def all(self):
        return [text for text in (*self.addresses, self.name) if text]

    @cached_property
    def _pattern(self):
        # Addresses first, longest first. A name is not looked for inside a longer word: Ann Lee is not Joann Leeds.
        spelled = [re.escape(text) for text in sorted(self.addresses, key=len, reverse=True) if text]
        if self.name:
            spelled.append(r"(?<!\w)" + r"\s+".join(map(re.escape, self.name.split())) + r"(?!\w)")
        return re.compile("|".join(spelled) or r"(?!)", re.IGNORECASE)

    def found_in(self, value):
        """Whether a text, or anything in a list or dict of texts, names the person."""
        if isinstance(value, str):
            return bool(self._pattern.search(value))
        if isinstance(value, dict):
            return any(self.found_in(part) for pair in value.items() for part in pair)
        return isinstance(value, (list, tuple)) and any(map(self.found_in, value))

    def without(self, value):
        """The same with the person unnamed."""
        if isinstance(value, str):
            return self._pattern.sub(lambda match: self._instead(match[0], whole=match[0] == value), value)
        if isinstance(value, dict):
            return {self.without(key): self.without(part) for key, part in value.items()}
        return [self.without(part) for part in value] if isinstance(value, list) else value

    def _instead(self, found, *, whole):
        if "@" in found:
            return ADDRESS
        return FORMER if whole else FORMER[0].lower() + FORMER[1:]

    def among(self, field):
        """Q: rows whose field may name the person; some more than do, for `found_in` has the last word."""
        near = Q(pk__in=[])
        for text in self.all:
            near |= Q(**{f"{field.name}__icontains": text.split()[-1]})
            if isinstance(field, models.JSONField):  # SQLite keeps other letters than ASCII as \u00e9
                near |= Q(**{f"{field.name}__icontains": json.dumps(text.split()[-1])[1:-1]})
        return near


def names_of(person, others=()):
    return Names(name=person.name, addresses=tuple({person.email, *others}))
