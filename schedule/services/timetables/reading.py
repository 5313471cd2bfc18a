"""Reading a file of a timetable: its bytes become columns of words, or a list of what is wrong, line by line.

The first line names the columns, in any order and by one of several names; columns that are not known are passed over:

* teacher: e-mail address or staff code. Co-teachers have a line each; so has each class that is taught at one time.
* day, period: as the school calls them. What they are here is matched on a page.
* class, room, subject (may be missing or empty): duties and meetings often have no class.
* school: code or name, for a file of several schools.

UTF-8 with or without a byte order mark, or else Windows' Western European (cp1252); commas, semicolons or tabs.
"""

import json
import zlib
from dataclasses import asdict, dataclass, field

from people.services.csv_files import NotReadable, Trouble, lines_of, listed

NEEDED = ("teacher", "day", "period")
# The first name that a file has is the column: an address says better than a code who somebody is.
NAMES = {
    "teacher": (
        "teacher", "email", "e-mail", "teacher email", "teacher e-mail", "staff code", "teacher code", "teacher id",
        "staff id", "employee id", "staff", "instructor", "teachers", "profesor", "profesora", "profesorado", "docente",
        "lehrer", "lehrkraft", "enseignant", "professeur", "professor", "insegnante",
    ),
    "day": (
        "day", "cycle day", "day of cycle", "day of the cycle", "weekday", "day of week", "day of the week", "rotation",
        "rotation day", "days", "dia", "dia de la semana", "tag", "wochentag", "jour", "giorno",
    ),
    "period": (
        "period", "block", "hour", "lesson", "time slot", "slot", "periods", "hora", "tramo", "periodo", "stunde",
        "heure", "ora",
    ),
    "class": (
        "class", "class name", "section", "group", "homeroom", "course section", "student group", "grupo", "clase",
        "curso", "klasse", "classe", "turma", "grade",
    ),
    "room": ("room", "room number", "location", "place", "aula", "sala", "raum", "salle"),
    "subject": (
        "subject", "course", "course name", "course title", "asignatura", "materia", "fach", "matiere", "disciplina",
    ),
    "school": ("school", "school code", "school name", "building", "site", "campus", "centro", "schule", "ecole"),
}  # fmt: skip
LONGEST = {"class": 80, "room": 40, "subject": 80}


@dataclass
class Sheet:
    """A file's rows as columns of one length: so a hundred thousand are matched and compared in a blink."""

    lines: list = field(default_factory=list)
    teachers: list = field(default_factory=list)
    days: list = field(default_factory=list)
    periods: list = field(default_factory=list)
    classes: list = field(default_factory=list)
    rooms: list = field(default_factory=list)
    subjects: list = field(default_factory=list)
    schools: list = field(default_factory=list)

    def add(self, line, cells):
        self.lines.append(line)
        self.teachers.append(cells["teacher"])
        self.days.append(cells["day"])
        self.periods.append(cells["period"])
        self.classes.append(cells["class"])
        self.rooms.append(cells["room"])
        self.subjects.append(cells["subject"])
        self.schools.append(cells["school"])

    def packed(self):
        return zlib.compress(json.dumps(asdict(self)).encode(), 1)

    @classmethod
    def unpacked(cls, content):
        return cls(**json.loads(zlib.decompress(content)))


def read_sheet(content, *, several_schools):
    """The Sheet and the troubles of a file's bytes. Raises NotReadable. Reads no rows of the database."""
    sheet, troubles, columns = Sheet(), [], None
    for line, cells in lines_of(content, otherwise="cp1252"):
        if columns is None:
            columns, width = _columns_of(cells, several_schools), len(cells)
            continue
        found = {name: _cell(cells, place) for name, place in columns.items()}
        if words := _trouble_with(found, len(cells) > width, several_schools):
            troubles.append(Trouble(line, words))
        else:
            sheet.add(line, found)
    if columns is None:
        raise NotReadable("The file is empty. Its first line names the columns: teacher,day,period,class,room,subject.")
    if not sheet.lines and not troubles:
        raise NotReadable("The file has a line of column names and nothing below it.")
    return sheet, troubles


def plain(words):
    """Words without capitals, accents, marks and spaces at the ends, to recognise them by."""
    kept = words.casefold().translate(ACCENTS).replace("_", " ").replace("-", " ").strip(" .:#()")
    return " ".join(kept.split())


ACCENTS = str.maketrans("áàâäãéèêëíìîïóòôöõúùûüçñ", "aaaaaeeeeiiiiooooouuuucn")


def _columns_of(cells, several_schools):
    """Where each column stands: {name: place}, None for one that the file does not have."""
    heads = [plain(cell) for cell in cells]
    twice = sorted(head for head in set(heads) if heads.count(head) > 1 and any(head in n for n in NAMES.values()))
    if twice:
        raise NotReadable(f"The first line names {listed(twice)} twice.")
    columns = {
        name: next((heads.index(plain(one)) for one in names if plain(one) in heads), None)
        for name, names in NAMES.items()
    }
    needed = (*NEEDED, "school") if several_schools else NEEDED
    if missing := [name for name in needed if columns[name] is None]:
        raise NotReadable(f"The first line does not name {listed(missing)}. It reads: {', '.join(cells)[:200]}.")
    return columns


def _cell(cells, place):
    return " ".join(cells[place].split()) if place is not None and place < len(cells) else ""


def _trouble_with(found, has_too_many, several_schools):
    """The first thing that is wrong with a line, or nothing."""
    if has_too_many:
        return "This line has more cells than the first line has names."
    for name in (*NEEDED, "school") if several_schools else NEEDED:
        if not found[name]:
            return f"There is no {name}."
    for name, most in LONGEST.items():
        if len(found[name]) > most:
            return f"The {name} has {len(found[name])} characters; {most} fit."
    return ""
