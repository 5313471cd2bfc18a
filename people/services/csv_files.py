"""Files of rows that people upload: bytes become lines of trimmed cells, or a reason why not.

CSV with commas, semicolons or tabs between the cells, as a spreadsheet saves it. Cells are text whatever they begin
with. At most 100,000 rows and 20 MB.
"""

import csv
import io
from dataclasses import dataclass

MOST_ROWS = 100_000
MOST_BYTES = 20 * 1024 * 1024
UTF8 = "utf-8-sig"  # with or without a byte order mark


class NotReadable(Exception):
    """The file as a whole cannot be read; the message says why and what to do."""


@dataclass(frozen=True)
class Trouble:
    line: int
    words: str


def lines_of(content, *, otherwise=""):
    """(number, cells) of each line of the file's bytes that has any; the first names the columns.

    What is not UTF-8 is read in the encoding `otherwise`, if there is one. Raises NotReadable.
    """
    reader = csv.reader(io.StringIO(_text_of(content, otherwise), newline=""), delimiter=_delimiter_of(content))
    line, count = 1, -1
    while (cells := _next_line(reader)) is not None:
        if any(cells):
            count += 1
            if count > MOST_ROWS:
                raise NotReadable(
                    f"The file has more than {MOST_ROWS:,} rows. Split it, and upload the parts one by one."
                )
            yield line, cells
        line = reader.line_num + 1


def listed(names, noun="the column"):
    return f"{noun}{'s' if len(names) > 1 else ''} {' and '.join(names)}"


def _text_of(content, otherwise):
    if len(content) > MOST_BYTES:
        raise NotReadable("The file is larger than 20 MB. Split it, and upload the parts one by one.")
    if content[:2] in (b"PK", b"\xd0\xcf"):
        raise NotReadable("This is a workbook. Save the sheet as “CSV UTF-8” and upload that file.")
    text = _decoded(content, otherwise)
    if "\0" in text:
        raise NotReadable("This does not look like a CSV file. Save the sheet as “CSV UTF-8” and upload that file.")
    return text


def _decoded(content, otherwise):
    for encoding in filter(None, (UTF8, otherwise)):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError as error:
            line = content[: error.start].count(b"\n") + 1
    raise NotReadable(f"Line {line} is not written in UTF-8. Save the sheet as “CSV UTF-8” and upload that file.")


def _delimiter_of(content):
    header = content[:4096].lstrip(b"\xef\xbb\xbf\r\n ").split(b"\n")[0]
    return max(",;\t", key=lambda mark: header.count(mark.encode()))


def _next_line(reader):
    try:
        cells = next(reader, None)
    except csv.Error as error:
        raise NotReadable(
            f"Line {reader.line_num} cannot be read: a cell is very long, or a quotation mark is never closed."
        ) from error
    return cells if cells is None else [cell.strip() for cell in cells]
