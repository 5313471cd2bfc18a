"""The report as files to keep: a workbook with a sheet for each table, and one long CSV."""

import csv
import io

import xlsxwriter

from .tables import every_cell, tables_of

RISKY = ("=", "+", "-", "@", "\t", "\r")


def harmless(value):
    """A text that a spreadsheet would run as a formula is shown as text."""
    return f"'{value}" if isinstance(value, str) and value.startswith(RISKY) else value


def as_csv(report):
    """The long table as CSV: bytes in UTF-8 with the mark that spreadsheets look for."""
    table, out = every_cell(report), io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["School year", *table.head])
    writer.writerows([report.year, *map(harmless, row)] for row in table.rows)
    return out.getvalue().encode("utf-8-sig")


def as_xlsx(report):
    """A workbook: a sheet for each table, its meaning on top, its header frozen. Returns bytes."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    bold, note = book.add_format({"bold": True, "text_wrap": True}), book.add_format({"italic": True})
    for table in [*tables_of(report), every_cell(report)]:
        sheet = book.add_worksheet(table.title[:31])
        sheet.write(0, 0, f"{table.title}, {report.year}. {table.meaning}", note)
        sheet.write_row(1, 0, table.head, bold)
        for number, row in enumerate(table.rows, start=2):
            sheet.write_row(number, 0, row)
        sheet.freeze_panes(2, len(table.labels))
        sheet.set_column(0, len(table.labels) - 1, 28)
        sheet.set_column(len(table.labels), len(table.head), 12)
    book.close()
    return out.getvalue()
