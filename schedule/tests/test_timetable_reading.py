import pytest
from hypothesis import given
from hypothesis import strategies as st

from people.services.csv_files import NotReadable
from schedule.frames import Frame
from schedule.rotation import NAMES
from schedule.services.timetables.matching import guess_days, guess_kind, guess_periods, words_of
from schedule.services.timetables.reading import Sheet, read_sheet

HEADER = "teacher,day,period,class,room,subject\n"
SIX = Frame(tuple(f"Day {number}" for number in range(1, 7)), ("1", "2", "3"), {})
WEEK = Frame(NAMES, ("Period 1", "Period 2", "Lunch"), {})


def read(text, several_schools=False):
    content = text if isinstance(text, bytes) else text.encode()
    return read_sheet(content, several_schools=several_schools)


@pytest.mark.parametrize(
    "header",
    [
        "teacher,day,period,class,room,subject",
        "Teacher ID,Day,Period,Section,Room,Course",
        "\ufeffStaff_Code;Cycle Day;Block;Class Name;Location;Course Name",
        "E-mail\tWeekday\tLesson\tGroup\tRoom Number\tSubject",
        "Profesor,Día,Hora,Grupo,Aula,Asignatura",
        "Lehrer,Tag,Stunde,Klasse,Raum,Fach",
        "  TEACHER , DAY ,Period, Class,ROOM,subject",
    ],
)
def test_columns_go_by_several_names(header):
    mark = next(mark for mark in ",;\t" if mark in header)
    sheet, troubles = read(f"{header}\r\n" + mark.join(["T1", "Mo", "2", "9A", "R5", "Art"]) + "\r\n")

    assert troubles == []
    assert (sheet.teachers, sheet.days, sheet.periods) == (["T1"], ["Mo"], ["2"])
    assert (sheet.classes, sheet.rooms, sheet.subjects, sheet.schools) == (["9A"], ["R5"], ["Art"], [""])


def test_columns_come_in_any_order_and_others_are_passed_over():
    sheet, _ = read("shoe size,period,day,teacher\n38,2,Mo,T1\n")

    assert (sheet.teachers, sheet.days, sheet.periods, sheet.classes) == (["T1"], ["Mo"], ["2"], [""])


def test_an_address_is_preferred_to_a_code():
    sheet, _ = read("staff id,teacher email,day,period\n7,ana@cedar.example,Mo,1\n")

    assert sheet.teachers == ["ana@cedar.example"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_spanish_is_read_in_the_encodings_of_spreadsheets(encoding):
    sheet, troubles = read((HEADER + "T1,Miércoles,1,4ºA,Aula 3,Biología y Geología\n").encode(encoding))

    assert troubles == []
    assert (sheet.days, sheet.classes, sheet.subjects) == (["Miércoles"], ["4ºA"], ["Biología y Geología"])


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (",Mo,1,9A,,", "There is no teacher."),
        ("T1,,1,9A,,", "There is no day."),
        ("T1,Mo,,9A,,", "There is no period."),
        ("T1,Mo", "There is no period."),
        ("T1,Mo,1,9A,,Art,more", "This line has more cells than the first line has names."),
        (f"T1,Mo,1,{'x' * 81},,", "The class has 81 characters; 80 fit."),
        (f"T1,Mo,1,9A,{'x' * 41},", "The room has 41 characters; 40 fit."),
        (f"T1,Mo,1,9A,,{'x' * 81}", "The subject has 81 characters; 80 fit."),
    ],
)
def test_a_bad_line_is_told_with_its_number(line, told):
    _, troubles = read(HEADER + f'T1,Mo,1,"two\nlines",,\n\n{line}\n')

    assert [(trouble.line, trouble.words) for trouble in troubles] == [(5, told)]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "The file is empty"),
        (b"\n\n", "The file is empty"),
        (HEADER.encode(), "nothing below"),
        (b"class,room\n9A,R1\n", "columns teacher and day and period"),
        (b"teacher,day,period,room,room\nT1,Mo,1,a,b\n", "names the column room twice"),
        (b"PK\x03\x04rest", "workbook"),
        (HEADER.encode("utf-16"), "CSV"),
        (b'teacher,day,period\n"' + b"x" * 200_000, "quotation mark"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(content, told):
    with pytest.raises(NotReadable, match=told):
        read(content)


def test_a_file_of_several_schools_names_them():
    with pytest.raises(NotReadable, match="does not name the column school"):
        read(HEADER + "T1,Mo,1,9A,,\n", several_schools=True)

    assert read("school,teacher,day,period\nmaple,T1,Mo,1\n,T2,Mo,1\n", several_schools=True)[1][0].line == 3


@given(st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_any_bytes_are_read_or_refused_with_a_reason(content):
    try:
        sheet, troubles = read(HEADER.encode() + content)
    except NotReadable:
        return

    assert all(trouble.line > 1 and trouble.words for trouble in troubles)
    assert len(sheet.lines) + len(troubles) > 0
    assert Sheet.unpacked(sheet.packed()) == sheet


@pytest.mark.parametrize(
    ("words", "frame", "found"),
    [
        (["Monday", "Friday"], WEEK, {"Monday": 0, "Friday": 4}),
        (["Mo", "Tu", "We", "Th", "Fr"], WEEK, {"Mo": 0, "Tu": 1, "We": 2, "Th": 3, "Fr": 4}),
        (["M", "T", "W", "R", "F"], WEEK, {"M": 0, "T": 1, "W": 2, "R": 3, "F": 4}),
        (["Lunes", "Martes", "Miércoles", "Jueves", "VIERNES"], WEEK,
         {"Lunes": 0, "Martes": 1, "Miércoles": 2, "Jueves": 3, "VIERNES": 4}),
        (["Montag", "Dienstag", "Mittwoch"], WEEK, {"Montag": 0, "Dienstag": 1, "Mittwoch": 2}),
        (["lundi", "mardi", "mercredi", "jeudi"], WEEK, {"lundi": 0, "mardi": 1, "mercredi": 2, "jeudi": 3}),
        (["1", "5", "6"], WEEK, {"1": 0, "5": 4}),
        (["Saturday", "Domingo"], WEEK, {}),
        (["Day_1", "D6", "4", "Day 7"], SIX, {"Day_1": 0, "D6": 5, "4": 3}),
        (["A", "Day B", "a"], Frame(("A", "B"), (), {}), {"A": 0, "Day B": 1}),
        (["Monday", "Día 2"], SIX, {"Día 2": 1}),
    ],
)  # fmt: skip
def test_days_are_guessed(words, frame, found):
    assert guess_days(words, frame) == found


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (["Period 1", "2", "LUNCH"], {"Period 1": "Period 1", "2": "Period 2", "LUNCH": "Lunch"}),
        (["P1", "Block 2", "3", "Homeroom"], {"P1": "Period 1", "Block 2": "Period 2"}),
        (["1", "01"], {"1": "Period 1"}),
    ],
)
def test_periods_are_guessed(words, found):
    assert guess_periods(words, WEEK) == found


def kinds(rows):
    sheet, _ = read(HEADER + "".join(f"{row}\n" for row in rows))
    words = words_of(sheet)
    return {name[0] or name[1]: guess_kind(name, words) for name in words.names}


def test_duties_are_guessed_by_their_words_and_by_who_has_them():
    rows = ["T1,Mo,1,Reunión,,Equipo", "T1,Mo,2,,,Guardia", "T1,Mo,3,,,Physics", "T1,Mo,4,,,Bus duty", "T1,Mo,5,Prep,,"]
    rows += [f"T{number},Tu,1,Everybody,,Talk" for number in range(5)]
    rows += [f"T{number},Tu,2,Team,,Talk" for number in range(3)]
    rows += [f"T{number},Tu,3,,,Watch" for number in range(2)] + ["T1,Tu,4,College prep,,", "T1,Tu,5,,,"]

    assert kinds(rows) == {
        "Reunión": "duty", "Guardia": "duty", "Physics": "class", "Bus duty": "duty", "Prep": "-", "Everybody": "duty",
        "Team": "class", "Watch": "duty", "College prep": "class", "": "duty",
    }  # fmt: skip
