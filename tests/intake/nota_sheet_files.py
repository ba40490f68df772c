"""A small nota as a municipality fills it in, and files of it in both formats with edits."""

import copy
import io
from dataclasses import dataclass
from datetime import date
from xml.sax.saxutils import escape

import openpyxl

from indicators.domain.nota import NotaRefused
from indicators.intake.nota_sheets import read_nota_sheet
from tests.intake.sheet_files import ods_document

FORMATS = ("xlsx", "ods")


@dataclass(frozen=True)
class Percent:
    """A number with a percent format: Percent(0.2) shows as 20%."""

    number: float


@dataclass(frozen=True)
class Error:
    """An error of the spreadsheet program."""

    text: str


@dataclass(frozen=True)
class Formula:
    """A formula without a stored result."""

    text: str


def filled_in():
    """Return the rows of each sheet of a small nota, with no more than is needed."""
    return copy.deepcopy(
        {
            "Kadernota": [
                ["Veld", "Waarde"],
                ["titel", "Veilig Voorbeeld"],
                ["organisatie", "Voorbeeld"],
                ["eerste jaar", 2027],
                ["laatste jaar", "2030"],
            ],
            "Onderwerpen": [
                ["soort", "naam", "doel"],
                ["prioriteit", "Veilige buurt", "De buurt is veilig."],
                ["prioriteit", "Zorg", "Wie zorg nodig heeft, krijgt die."],
                ["thema", "Verkeer", None],
                ["VTH", "Vergunningen", None],
            ],
            "Indicatoren": [
                ["Code", "Naam", "Onderwerp", "Bron", "Geplande jaren", "Definitie"],
                ["V1", "Inbraken", "prioriteit 1", "Politie", None, None],
                ["V2", "Voelt zich onveilig", "1", "Gemeente", "2028, 2030", None],
                ["V3", "Cohesie", "Zorg", "Gemeente", None, "Een cijfer."],
                ["V4", "Diefstal", "prioriteit 2", "Politie", None, None],
            ],
            "Onderdelen": [
                ["Indicator", "Naam", "Eenheid", "Richting", "Nulmeting", "Jaar nulmeting", 2027, "2028", 2029, 2030],
                ["V1", None, "aantal", "lager", 565, None, 550, "<500", "450", "0 <400"],
                ["V2", None, "percentage", "lager", Percent(0.22), 2025, Percent(0.2), "20%", "19", "<18%"],
                ["V3", None, "rapportcijfer", "hoger", "6,2", None, 6.3, "6,4", None, ">6,5"],
                ["V4", "absoluut", "aantal", "lager", "5.000", None, None, None, None, "<4.500"],
                ["V4", "deel", "percentage", "lager", "pm", None, None, None, None, None],
            ],
        }
    )


def edited_sheets(*edits):
    """Return the sheets with edits: (sheet, cell, value), or functions that change the sheets."""
    sheets = filled_in()
    for edit in edits:
        if callable(edit):
            edit(sheets)
        else:
            sheet, place, value = edit
            row, column = int(place[1:]) - 1, ord(place[0]) - 65
            rows = sheets[sheet]
            rows.extend([] for _ in range(row + 1 - len(rows)))
            rows[row].extend([None] * (column + 1 - len(rows[row])))
            rows[row][column] = value
    return sheets


def book(extension, sheets, *, merged=(), hidden_rows=(), hidden_sheets=()):
    """Return a file: `merged` and `hidden_rows` are pairs of a sheet and an area or a row."""
    write = {"xlsx": xlsx_book, "ods": ods_book}[extension]
    return write(sheets, merged, hidden_rows, hidden_sheets)


def xlsx_book(sheets, merged, hidden_rows, hidden_sheets):
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.active)
    for name, rows in sheets.items():
        sheet = workbook.create_sheet(name)
        for number, row in enumerate(rows, start=1):
            for column, value in enumerate(row, start=1):
                cell = sheet.cell(number, column)
                cell.value = value if value is None or isinstance(value, str | int | float | date) else value_of(value)
                if isinstance(value, str):
                    cell.data_type = "s"
                elif isinstance(value, Percent):
                    cell.number_format = "0%"
        for _, area in (pair for pair in merged if pair[0] == name):
            sheet.merge_cells(area)
        for _, number in (pair for pair in hidden_rows if pair[0] == name):
            sheet.row_dimensions[number].hidden = True
        if name in hidden_sheets:
            sheet.sheet_state = "hidden"
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def value_of(value):
    return value.number if isinstance(value, Percent) else value.text


def ods_book(sheets, merged, hidden_rows, hidden_sheets):
    tables = []
    for name, rows in sheets.items():
        body = []
        for number, row in enumerate(rows, start=1):
            hidden = ' table:visibility="collapse"' if (name, number) in hidden_rows else ""
            cells = []
            for column, value in enumerate(row):
                spans = [area for sheet, area in merged if sheet == name]
                starts = any(area.split(":")[0] == f"{chr(65 + column)}{number}" for area in spans)
                cells.append(ods_cell(value, ' table:number-rows-spanned="2"' if starts else ""))
            body.append(f"<table:table-row{hidden}>{''.join(cells)}</table:table-row>")
        style = ' table:style-name="weg"' if name in hidden_sheets else ""
        tables.append(f'<table:table table:name="{escape(name)}"{style}>{"".join(body)}</table:table>')
    invisible = '<style:table-properties table:display="false"/>'
    automatic = f'<style:style style:name="weg" style:family="table">{invisible}</style:style>'
    return ods_document("".join(tables), automatic)


def ods_cell(value, attributes=""):
    match value:
        case None:
            return f"<table:table-cell{attributes}/>"
        case Percent():
            attributes += f' office:value-type="percentage" office:value="{value.number}"'
            text = ""
        case Error():
            attributes += ' office:value-type="string" calcext:value-type="error" table:formula="of:=1/0"'
            text = value.text
        case Formula():
            attributes += f' table:formula="of:{escape(value.text)}"'
            text = ""
        case bool():
            attributes += f' office:value-type="boolean" office:boolean-value="{str(value).lower()}"'
            text = "WAAR" if value else "ONWAAR"
        case date():
            attributes += f' office:value-type="date" office:date-value="{value.isoformat()}"'
            text = str(value)
        case int() | float():
            attributes += f' office:value-type="float" office:value="{value}"'
            text = str(value)
        case _:
            attributes += ' office:value-type="string"'
            text = value
    lines = "".join(f"<text:p>{escape(line)}</text:p>" for line in text.split("\n")) if text else ""
    return f"<table:table-cell{attributes}>{lines}</table:table-cell>"


def read(extension, sheets, **own):
    """Return the data in a file with these sheets."""
    return read_nota_sheet(f"nota.{extension}", book(extension, sheets, **own))


def findings_of(data):
    """Return the findings as (code, "Sheet A1", typed, meant, sentence); none for a valid nota."""
    try:
        data.nota()
    except NotaRefused as error:
        return [described(finding, data) for finding in error.findings]
    return []


def described(finding, data):
    place = data.place(finding)
    where = f"{place.sheet} {place.column}{place.row}" if place else ""
    return finding.code, where, finding.typed, finding.meant, finding.sentence
