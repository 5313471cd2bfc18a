"""Which requests are approved at once, and who is to cover each."""

from people.models import User

from ..models import Substitute

MOST = 100


class ApproveSeveralForm:
    """What the desk sends: `chosen`, ids of requests, and `who-<id>` of each: a person, "substitute:<id>", or nobody.

    `wanted` are pairs of a request and who covers it; `faults` reasons by id; `picked` what was sent of `who`; `gone`
    whether some of the chosen wait no more.
    """

    def __init__(self, sent, *, rows):
        numbers = {int(text) for text in sent.getlist("chosen")[:MOST] if is_number(text)}
        found = list(rows.filter(pk__in=numbers))
        self.page = sent.get("page") if is_number(sent.get("page", "")) else ""
        self.chosen, self.gone = bool(numbers), len(numbers) > len(found)
        self.picked = {one.pk: sent.get(f"who-{one.pk}", "") for one in rows.filter(pk__in=asked_about(sent))}
        self.wanted, self.faults = [], {}
        people = Named(self.picked.values(), {one.school_id for one in found})
        for one in found:
            key = self.picked.get(one.pk, "")
            who = people.find(key, one.school_id)
            if key and who is None:
                self.faults[one.pk] = "Choose somebody from the list, or nobody yet."
            else:
                self.wanted.append((one, who))


def asked_about(sent):
    texts = [name.removeprefix("who-") for name in sent if name.startswith("who-")]
    return [int(text) for text in texts[:MOST] if is_number(text)]


def is_number(text):
    return text.isdecimal() and text.isascii() and len(text) < 19


class Named:
    """Those whom the keys name, at the schools that they serve: a query for each school, and two."""

    def __init__(self, keys, schools):
        numbers = {key: key.removeprefix("substitute:") for key in keys}
        people = [number for key, number in numbers.items() if key == number and is_number(number)]
        others = [number for key, number in numbers.items() if key != number and is_number(number)]
        self.found = {}
        for school in schools:
            for person in User.objects.staff_of([school]).filter(pk__in=people):
                self.found[str(person.pk), school] = person
        for substitute in Substitute.objects.filter(pk__in=others).prefetch_related("schools"):
            for school in substitute.schools.all():
                self.found[f"substitute:{substitute.pk}", school.pk] = substitute

    def find(self, key, school):
        return self.found.get((key, school))
