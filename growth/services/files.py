"""The report as files to keep: a workbook with a sheet for each table, and one long CSV."""

import csv
import io

import xlsxwriter

from people.spreadsheets import harmless

from .notes import notes_of
from .tables import every_cell, tables_of
from .walk_tables import walk_rows


def as_csv(report, *, at):
    """The long table as CSV: bytes in UTF-8 with the mark that spreadsheets look for. The day is that of `at`."""
    return lines_of(every_cell(report), report, at)


def as_walks_csv(report, *, at):
    """The same with a line for each school that had learning walks."""
    return lines_of(walk_rows(report.walks, report.school), report, at)


def lines_of(table, report, at):
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["School year", "Counted on", *table.head])
    writer.writerows(map(harmless, [report.year.name, f"{at:%Y-%m-%d}", *row]) for row in table.rows)
    return out.getvalue().encode("utf-8-sig")


def as_xlsx(report, *, at):
    """A workbook, as bytes: what the figures mean, then a sheet for each table with its header frozen."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    bold, wrap = book.add_format({"bold": True, "text_wrap": True}), book.add_format({"text_wrap": True})
    about = book.add_worksheet("About")
    about.set_column(0, 0, 28, bold)
    about.set_column(1, 1, 90, wrap)
    for number, (word, meaning) in enumerate(notes_of(report, at=at)):
        about.write_row(number, 0, [word, meaning])
    for table in [*tables_of(report), every_cell(report)]:
        add_sheet(book, table, bold)
    book.close()
    return out.getvalue()


def add_sheet(book, table, bold):
    sheet = book.add_worksheet(table.title)
    sheet.write(0, 0, table.meaning)
    sheet.write_row(1, 0, table.head, bold)
    for number, row in enumerate(table.rows, start=2):
        sheet.write_row(number, 0, row)
    sheet.freeze_panes(2, len(table.labels))
    sheet.set_column(0, len(table.labels) - 1, 28)
    sheet.set_column(len(table.labels), len(table.head) - 1, 12)
