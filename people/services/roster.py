"""Reading a file of staff: the text of a CSV becomes rows, or a list of what is wrong, line by line.

Columns (the first line names them, in any order; other columns are passed over):

* email: the address the person signs in with. It says who a row is about.
* name: needed for somebody new.
* school: the school's code; empty for a facilitator or admin who serves the whole district.
* role: teacher, teacher_leader, coach, facilitator, principal, front_office or admin; the labels are read as well.
* staff_code: the district's own code. It recognises a person whose address has changed.
* grades, subjects (may be missing): topics separated by commas, semicolons or bars.

UTF-8 with or without a byte order mark; commas, semicolons or tabs between cells. Cells are trimmed, and are text
whatever they begin with. A person with several posts has several rows. At most 100,000 rows and 20 MB.
"""

from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from people.models import DISTRICT_ROLES, Role
from people.topics import split_topics, trouble_with

from .csv_files import NotReadable, Trouble, lines_of, listed

NEEDED = ("email", "name", "school", "role")
OPTIONAL = ("staff_code", "grades", "subjects")
OTHER_NAMES = {"e_mail": "email", "school_code": "school", "grade": "grades", "subject": "subjects"}
ROLES = {role.value: role.value for role in Role} | {role.label.lower().replace(" ", "_"): role.value for role in Role}


class Row(NamedTuple):
    """One line of the file. `school` is a code or empty; grades and subjects are lists of topics."""

    line: int
    email: str
    name: str
    school: str
    role: str
    staff_code: str
    grades: list
    subjects: list


def read_roster(content, *, school_codes):
    """Rows and troubles of a file's bytes. Raises NotReadable. Reads no rows of the database."""
    rows, troubles, columns = [], [], None
    for line, cells in lines_of(content):
        if columns is None:
            columns = _columns_of(cells)
            continue
        found = _row_of(line, dict(zip(columns, cells, strict=False)), len(cells) > len(columns), school_codes)
        (rows if isinstance(found, Row) else troubles).append(found)
    if columns is None:
        raise NotReadable("The file is empty. Its first line names the columns: email,name,school,role,staff_code.")
    if not rows and not troubles:
        raise NotReadable("The file has a line of column names and nothing below it.")
    return rows, troubles + across(rows)


def _columns_of(cells):
    names = [cell.lower().replace(" ", "_").replace("-", "_") for cell in cells]
    names = [OTHER_NAMES.get(name, name) for name in names]
    missing = [name for name in NEEDED if name not in names]
    if missing:
        raise NotReadable(f"The first line does not name {listed(missing)}. It reads: {', '.join(names)[:200]}.")
    twice = [name for name in NEEDED + OPTIONAL if names.count(name) > 1]
    if twice:
        raise NotReadable(f"The first line names {listed(twice)} twice.")
    return names


def _row_of(line, cells, has_too_many, school_codes):
    """The row, or the first trouble with it."""
    row = Row(
        line=line,
        email=cells.get("email", "").lower(),
        name=" ".join(cells.get("name", "").split()),
        school=cells.get("school", "").lower(),
        role=ROLES.get(cells.get("role", "").lower().replace(" ", "_").replace("-", "_"), ""),
        staff_code=cells.get("staff_code", ""),
        grades=split_topics(cells.get("grades", "")),
        subjects=split_topics(cells.get("subjects", "")),
    )
    words = "This line has more cells than the first line has names." if has_too_many else ""
    words = words or _trouble_with_person(row) or _trouble_with_post(row, cells.get("role", ""), school_codes)
    return Trouble(line, words) if words else row


def _trouble_with_person(row):
    try:
        validate_email(row.email)
    except ValidationError:
        return f"“{row.email[:60]}” is not an e-mail address." if row.email else "There is no e-mail address."
    if len(row.email) > 254 or len(row.name) > 120 or len(row.staff_code) > 40:
        return "An address has at most 254 characters, a name 120, a staff code 40."
    return trouble_with(row.grades) or trouble_with(row.subjects)


def _trouble_with_post(row, role_as_written, school_codes):
    if not row.role:
        known = ", ".join(Role.values)
        return f"“{role_as_written[:40]}” is not a role. Roles are {known}." if role_as_written else "There is no role."
    if row.school and row.school not in school_codes:
        return f"No open school has the code “{row.school[:40]}”."
    if not row.school and row.role not in DISTRICT_ROLES:
        return f"A {Role(row.role).label.lower()} needs a school's code."
    return ""


def across(rows):
    """Troubles between rows: one post twice, one person in two ways, one staff code for two people."""
    troubles, posts, people, codes = [], {}, {}, {}
    for row in rows:
        first = posts.setdefault((row.email, row.school, row.role), row)
        same = people.setdefault(row.email, row)
        owner = codes.setdefault(row.staff_code, row) if row.staff_code else row
        if first is not row:
            troubles.append(Trouble(row.line, f"Says the same post as line {first.line}."))
        elif row.name and same.name and row.name != same.name:
            troubles.append(Trouble(row.line, f"Calls {row.email} “{row.name}”; line {same.line} says “{same.name}”."))
        elif row.staff_code and same.staff_code and row.staff_code != same.staff_code:
            troubles.append(Trouble(row.line, f"Gives {row.email} another staff code than line {same.line}."))
        elif owner.email != row.email:
            troubles.append(
                Trouble(row.line, f"The staff code {row.staff_code} is also that of {owner.email}, line {owner.line}.")
            )
    return troubles
