"""What is kept of people: what for, who reads it, how long, what an export holds of it, and what erasing does to it.

Each room says so in its `personal.py`, one `Kept` for each model, and fills it into `people.registry.PERSONAL`. A test
walks every model of the site and fails on a field that no room speaks of.

The fields of a model are named in groups, each a string of names, and the group says what becomes of them.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.apps import apps
from django.db.models import Q

# {group: (whether the export holds it, what erasing does where the row stays)}
GROUPS = {
    "facts": (True, "stays without a name"),
    "words": (True, "is emptied"),
    "files": (True, "is deleted"),
    "people": (True, "becomes “a former colleague”"),
    "shared": (True, "stays with those who share it, without the name"),
    "others": (False, "stays theirs, without the name"),
    "secret": (False, "is emptied"),
    "plain": (False, "is not about a person"),
}


@dataclass(frozen=True)
class Kept:
    """What one model holds about people.

    `whose` are the paths that lead to the person it is about, or a function (person) -> Q. `goes` says that erasing
    deletes the row; `erase(rows, person)` does what neither that nor the groups say, and `fate` tells it in words.
    `law` says why a row has to stay for a time, as the person reads it.
    """

    model: str
    title: str
    purpose: str = ""
    readers: str = ""
    until: str = ""
    whose: str | Callable = ""
    goes: bool = False
    erase: Callable | None = None
    fate: str = ""
    law: str = ""
    facts: str = ""
    words: str = ""
    files: str = ""
    people: str = ""
    shared: str = ""
    others: str = ""
    secret: str = ""
    plain: str = ""

    def group(self, *names):
        return [field for name in names for field in getattr(self, name).split()]

    @property
    def treated(self):
        """{field: group} of every field that is spoken of."""
        return {field: name for name in GROUPS for field in self.group(name)}

    @property
    def exported(self):
        """The fields of an export, in the order in which the model has them."""
        chosen = {field for field, group in self.treated.items() if GROUPS[group][0]}
        if self.people == self.whose:
            chosen -= {self.people}  # "person: you" on every line would say nothing
        return [field for field in self.model_class._meta.concrete_fields if field.name in chosen]

    @property
    def model_class(self):
        return apps.get_model(self.model)

    @property
    def is_personal(self):
        return bool(set(self.treated.values()) - {"plain"})

    @property
    def erased(self):
        """What erasing does to it, as the person reads it."""
        if self.fate or self.goes:
            return self.fate or "Deleted."
        emptied = self.group("words", "files", "secret")
        return "Stays without your name; your words are gone." if emptied else "Stays without your name."

    def rows_of(self, person):
        """The rows that are about the person."""
        rows = self.model_class._base_manager.all()
        if callable(self.whose):
            return rows.filter(self.whose(person)).distinct()
        about = Q(pk__in=[])
        for path in self.whose.split():
            about |= Q(**{path: person})
        return rows.filter(about).distinct()


def nothing_personal(model, plain):
    """A model that holds nothing about people. Its fields are named all the same, so that a new one is noticed."""
    return Kept(model, title=model, plain=plain)


def faults(model, entries):
    """What these entries miss, say in vain or leave open of a model. A surrogate key needs no word."""
    label = model._meta.label
    named = {name for kept in entries for name in kept.treated}
    fields = {field.name: field for field in [*model._meta.concrete_fields, *model._meta.many_to_many]}
    keys = {name for name, field in fields.items() if field.primary_key and name == "id"}
    yield from (f"{label}.{name} is not registered" for name in sorted(fields.keys() - named - keys))
    yield from (f"{label}.{name} is registered and does not exist" for name in sorted(named - fields.keys()))
    for kept in filter(lambda one: one.is_personal, entries):
        said = ("purpose", "readers", "until")
        yield from (f"{label} does not say: {name}" for name in said if not getattr(kept, name))
    for name in {name for kept in entries for name in kept.group("plain")} & fields.keys():
        if leads_to_a_person(fields[name]):
            yield f"{label}.{name} is a person and is said to be none"


def leads_to_a_person(field):
    return field.is_relation and field.related_model is apps.get_model("people.User")
