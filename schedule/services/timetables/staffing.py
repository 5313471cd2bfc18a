"""Who the teachers of a file are: found among a school's staff by e-mail address or staff code."""

from collections import defaultdict

from django.db.models import Q
from django.utils import timezone

from people.models import Post, Role, User
from people.services.csv_files import Trouble

TEACHING = {Role.TEACHER, Role.TEACHER_LEADER}


class Staff:
    """`found` has the id of the teacher of each row of the sheet, None for somebody unknown.

    `names` are those of the whole staff by id, `teaching` the ids of those whose post is to teach.
    """

    def __init__(self, schools, sheet):
        self.sheet, self.names, self.teaching, ids = sheet, {}, set(), {}
        posts = Post.objects.not_over(timezone.localdate()).filter(school__in=schools, user__is_active=True)
        facts = ("school", "user", "role", "user__name", "user__email", "user__staff_code")
        for school, pk, role, name, email, code in posts.order_by().values_list(*facts):
            self.names[pk] = name
            if role in TEACHING:
                self.teaching.add(pk)
            for word in filter(None, (email, code)):
                ids[school, word.casefold()] = pk
        pairs = set(zip(sheet.schools, sheet.teachers, strict=True))
        self.known = {(school, word): ids.get((school, word.casefold())) for school, word in pairs}
        self.found = list(map(self.known.get, zip(sheet.schools, sheet.teachers, strict=True)))

    @property
    def fingerprint(self):
        return sorted(self.known.items(), key=repr)

    def unknown(self):
        """One trouble for each unknown teacher, at the first line that names them."""
        missing = {pair for pair, pk in self.known.items() if pk is None}
        if not missing:
            return []
        lines, names = defaultdict(list), _names_elsewhere({word for _, word in missing})
        for line, *pair in zip(self.sheet.lines, self.sheet.schools, self.sheet.teachers, strict=True):
            if tuple(pair) in missing:
                lines[tuple(pair)].append(line)
        return [
            Trouble(found[0], _not_here(word, names.get(word.casefold()), len(found)))
            for (_, word), found in lines.items()
        ]


def _names_elsewhere(words):
    """Names of people of the district by these addresses and codes; of the first ones, for all may be unknown."""
    words = sorted(words)[:1000]
    lower = [word.casefold() for word in words]
    people = User.objects.filter(Q(email__in=lower) | Q(staff_code__in=words), is_active=True).order_by()
    rows = people.values_list("name", "email", "staff_code")
    return {word.casefold(): name for name, *both in rows for word in both if word}


def _not_here(word, name, count):
    more = f" {count} lines name them." if count > 1 else ""
    if name:
        return f"“{word[:60]}” is {name}, who holds no post at this school.{more}"
    return f"Nobody here has the e-mail address or staff code “{word[:60]}”.{more}"
