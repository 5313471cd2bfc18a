"""What a file of staff would change: each person in it beside the same person here."""

import hashlib
from dataclasses import dataclass, field

from people.models import Expertise, Post, Role, School, User
from people.topics import split_topics

from .csv_files import Trouble

TOPIC_KINDS = {"grades": Expertise.Kind.GRADE.value, "subjects": Expertise.Kind.SUBJECT.value}
KIND_LABELS, ROLE_LABELS = dict(Expertise.Kind.choices), dict(Role.choices)
NOBODY = User()


@dataclass
class Person:
    """A person as the file has them, all rows together."""

    line: int
    email: str
    name: str = ""
    staff_code: str = ""
    posts: set = field(default_factory=set)  # of (role, school code or "")
    topics: dict = field(default_factory=dict)  # kind -> list; a kind without topics in the file is left alone


@dataclass
class Change:
    """One person who would change: `user` is None for somebody new, `lines` are (what, before, after)."""

    person: Person
    user: User | None
    lines: list
    fields: dict
    new_posts: set
    topics: dict

    @property
    def name(self):
        return self.fields.get("name") or (self.user and self.user.name)


@dataclass
class Comparison:
    new: list
    changed: list
    unchanged: int
    not_in_file: list  # people who hold a post here and are not in the file: [(user, posts in words)]
    posts_not_in_file: list  # posts of people who are in the file, that it does not have
    troubles: list

    @property
    def fingerprint(self):
        """Two comparisons that would write the same have the same one."""
        told = [(c.person.email, c.fields, c.lines) for c in self.new + self.changed]
        return hashlib.sha256(repr(told).encode()).hexdigest()

    @property
    def changes_anything(self):
        return bool(self.new or self.changed)


class Here:
    """Everybody in the district, as four queries whatever their number."""

    def __init__(self, day):
        users = list(User.objects.all())
        self.users = {user.pk: user for user in users}
        self.by_email = {user.email.lower(): user for user in users}
        self.by_code = {user.staff_code: user for user in users if user.staff_code}
        self.schools = {school.code.lower(): school for school in School.objects.all()}
        codes = {school.pk: code for code, school in self.schools.items()} | {None: ""}
        self.posts, self.topics = {}, {}
        # Posts that have begun or will: an announced one is not given twice.
        for user, role, school in Post.objects.not_over(day).order_by().values_list("user", "role", "school"):
            self.posts.setdefault(user, set()).add((role, codes[school]))
        for user, kind, topic in Expertise.objects.filter(kind__in=TOPIC_KINDS.values()).values_list(
            "user", "kind", "topic"
        ):
            self.topics.setdefault((user, kind), []).append(topic)

    def post_in_words(self, post):
        role, code = post
        return f"{ROLE_LABELS[role]}, {self.schools[code].name if code else 'the district'}"


def compare(rows, *, day):
    """The comparison of the rows with the district on the day. Writes nothing."""
    here, people = Here(day), people_of(rows)
    result = Comparison([], [], 0, [], [], [])
    seen = set()
    for person in people.values():
        user, words = _user_for(person, here, people)
        if words:
            result.troubles.append(Trouble(person.line, words))
            continue
        change = _change_of(person, user, here)
        seen.add(user and user.pk)
        if user is None:
            result.new.append(change)
        elif change.lines:
            result.changed.append(change)
        else:
            result.unchanged += 1
        if user:
            kept = here.posts.get(user.pk, set()) - person.posts
            result.posts_not_in_file += [(user, here.post_in_words(post)) for post in sorted(kept)]
    result.not_in_file = _not_seen(here, seen)
    return result


def _not_seen(here, seen):
    gone = [pk for pk in here.posts if pk not in seen and here.users[pk].is_active]
    rows = [(here.users[pk], "; ".join(map(here.post_in_words, sorted(here.posts[pk])))) for pk in gone]
    return sorted(rows, key=lambda row: row[0].name)


def people_of(rows):
    people = {}
    for row in rows:
        person = people.setdefault(row.email, Person(row.line, row.email))
        person.name = person.name or row.name
        person.staff_code = person.staff_code or row.staff_code
        person.posts.add((row.role, row.school))
        for column, kind in TOPIC_KINDS.items():
            topics = split_topics(",".join([*person.topics.get(kind, []), *getattr(row, column)]))
            if topics:
                person.topics[kind] = topics
    return people


def _user_for(person, here, people):
    """The account that the person has here, found by address and then by staff code; and what is wrong, if anything."""
    user, owner = here.by_email.get(person.email), here.by_code.get(person.staff_code)
    if owner and owner is not user:
        in_file = people.get(owner.email.lower())
        if in_file and in_file.staff_code not in ("", person.staff_code):
            owner = None  # the same file gives the owner another code
        elif in_file or user:
            return None, f"The staff code {person.staff_code} is that of {owner.name} ({owner.email}) here."
    user = user or owner
    if user is None and not person.name:
        return None, f"{person.email} is new here and needs a name."
    return user, ""


def _change_of(person, user, here):
    fields, lines = {}, []
    was = user or NOBODY
    for name, label in (("name", "Name"), ("email", "E-mail"), ("staff_code", "Staff code")):
        before, after = getattr(was, name), getattr(person, name)
        if after and after != before:
            fields[name] = after
            if user or name == "staff_code":  # a new person's name and address head the list of the others
                lines.append((label, before, after))
    if user and not user.is_active:
        fields |= {"is_active": True, "left_on": None}
        lines.append(("Account", "closed", "open again"))
    new_posts = person.posts - here.posts.get(was.pk, set())
    lines += [("Post", "", here.post_in_words(post)) for post in sorted(new_posts)]
    topics = {}
    for kind, wanted in person.topics.items():
        before = here.topics.get((was.pk, kind), [])
        if sorted(before) != sorted(wanted):
            topics[kind] = wanted
            lines.append((KIND_LABELS[kind], ", ".join(before), ", ".join(wanted)))
    return Change(person, user, lines, fields, new_posts, topics)
