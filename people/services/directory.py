"""What the directory shows of people, read in one query for a whole page."""

from django.db.models import CharField, Value
from django.db.models.functions import Cast

from people.models import Expertise, Post, Role, School


def cards(people):
    """For each person a dict: the person, their posts in words, and lists of topics under the kinds' names."""
    ids = [person.pk for person in people]
    posts = Post.objects.current().filter(user__in=ids).order_by().values_list("user", "role", "school__name")
    topics = Expertise.objects.filter(user__in=ids).order_by()
    facts = topics.values_list("user", "kind", "topic").union(posts, all=True)
    found = {pk: {"posts": []} | {kind: [] for kind in Expertise.Kind.values} for pk in ids}
    for pk, kind, words in sorted(facts, key=lambda fact: (fact[1], in_order(fact[2] or ""))):
        if kind in Role.values:
            found[pk]["posts"].append(f"{Role(kind).label}, {words or 'the district'}")
        else:
            found[pk][kind].append(words)
    return [{"person": person} | found[person.pk] for person in people]


def filter_options():
    """The choices under school, grade and subject, in one query."""
    schools = School.objects.open().order_by().annotate(key=Cast("pk", CharField()), what=Value("school"))
    topics = Expertise.objects.filter(kind__in=[Expertise.Kind.GRADE, Expertise.Kind.SUBJECT]).order_by()
    rows = topics.values_list("kind", "topic", "topic").distinct().union(schools.values_list("what", "key", "name"))
    options = {"school": {}, "grade": {}, "subject": {}}
    for what, key, words in rows:
        options[what].setdefault(key.casefold(), (key, words))
    return {what: sorted(found.values(), key=lambda pair: in_order(pair[1])) for what, found in options.items()}


def in_order(words):
    """Words before numbers, and 2 before 10, so that grades stand as people say them."""
    return (1, int(words), "") if words.isdecimal() and len(words) < 9 else (0, 0, words.casefold())
