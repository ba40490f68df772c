"""XLSX, read back with openpyxl; no formula anywhere, and figures that show as the document shows them."""

import io
import re
import zipfile
from datetime import UTC
from decimal import Decimal

import openpyxl
import pytest

from reports.document import Cell, Column, Figure, List, Notice, Paragraph, Section, Table
from reports.writers.xlsx import write
from reports.writers.xlsx_cells import CUT, number_format_of
from tests.reports.writers_sample import BROKEN, BROKEN_CLEANED, HOSTILE, SVG, sample

pytestmark = pytest.mark.engine_free


def raw(document) -> bytes:
    stream = io.BytesIO()
    write(document, stream)
    return stream.getvalue()


def book(document):
    return openpyxl.load_workbook(io.BytesIO(raw(document)))


def tables(document) -> list[Table]:
    tables = [block for section in document.sections for block in section.blocks if isinstance(block, Table)]
    return [*tables, document.data]


def as_shown(cell) -> str:
    """Return what a Dutch spreadsheet program displays for a cell, for the formats that we write."""
    value, form = cell.value, cell.number_format
    if value is None:
        return ""
    if isinstance(value, str):
        sign = re.fullmatch('"(.) "@', form)
        assert sign or form == "General"
        return f"{sign[1]} {value}" if sign else value
    pattern, rest = re.fullmatch(r"(#,##0|0)(?:\.(0+))?(.*)", form).group(1, 3)
    decimals = len(re.fullmatch(r"(?:#,##0|0)(?:\.(0+))?.*", form)[1] or "")
    number = Decimal(repr(value)) * (100 if "%" in rest else 1)
    grouping = "," if pattern == "#,##0" else ""
    return f"{number:{grouping}.{decimals}f}".translate(str.maketrans(",.", ".,")) + rest.replace('"', "")


def test_every_cell_shows_its_text():
    document = sample(draft=True, practice=True)
    sheets = book(document).worksheets[1:]
    assert len(sheets) == len(tables(document)) == 5
    for sheet, table in zip(sheets, tables(document), strict=True):
        rows = [[as_shown(cell) for cell in row] for row in sheet.iter_rows()]
        assert rows[0][0] == table.caption
        assert [row[0] for row in rows[1:3]] == list(document.marks)
        assert rows[3] == [column.heading for column in table.columns]
        body = rows[4 : 4 + len(table.rows)]
        for cells, row in zip(table.rows, body, strict=True):
            assert row == [f"{cell.symbol} {cell.text}" if cell.status else cell.text for cell in cells]
        notes = [row[0] for row in rows[4 + len(table.rows) :] if row[0]]
        assert notes == list(table.footnotes)


def test_exact_figures_are_numbers_and_the_rest_is_text():
    for sheet, table in zip(book(sample()).worksheets[1:], tables(sample()), strict=True):
        for number, cells in enumerate(table.rows, start=3):
            for column, cell in enumerate(cells, start=1):
                written = sheet.cell(number, column)
                if cell.number is None:
                    assert written.value == (cell.text or None)
                else:
                    assert written.data_type == "n"
                    assert Decimal(repr(written.value)) * (100 if cell.unit else 1) == cell.number


@pytest.mark.parametrize(
    ("cell", "form"),
    [
        (Cell("22%", number=Decimal(22), decimals=0, unit="%"), "0%"),
        (Cell("22,50%", number=Decimal("22.5"), decimals=2, unit="%"), "0.00%"),
        (Cell("22,50%*", number=Decimal("22.5"), decimals=2, unit="%"), '0.00%"*"'),
        (Cell("6,2", number=Decimal("6.2"), decimals=1), "0.0"),
        (Cell("6,25", number=Decimal("6.25"), decimals=1), "0.00"),
        (Cell("394", number=Decimal(394), decimals=0), "0"),
        (Cell("1.177", number=Decimal(1177), decimals=0), "#,##0"),
        (Cell("1177", number=Decimal(1177), decimals=0), "0"),
        (Cell("1.177,5", number=Decimal("1177.5"), decimals=1), "#,##0.0"),
        # No format shows these texts: they stay text.
        (Cell("22", number=Decimal(22), decimals=0, unit="%"), None),
        (Cell("22%", number=Decimal(22), decimals=0), None),
        (Cell("395", number=Decimal(394), decimals=0), None),
        (Cell("ca. 394", number=Decimal(394), decimals=0), None),
        (Cell('394"', number=Decimal(394), decimals=0), None),
        (Cell("1234567890123456", number=Decimal("1234567890123456"), decimals=0), None),
        (Cell("<5"), None),
        (Cell("394"), None),
    ],
)
def test_number_formats(cell, form):
    assert number_format_of(cell) == form


@pytest.mark.parametrize("text", [*HOSTILE, BROKEN, "<r><t>los</t></r>", "<r></r>", "_x0041_", "History"])
def test_hostile_text_in_every_place(text):
    clean = BROKEN_CLEANED if text == BROKEN else text
    table = Table(text, (Column(text, kind="heading"),), ((Cell(text),),), footnotes=(text,), name=text)
    blocks = (Paragraph(text), List((text,)), Notice(text), Figure(SVG, text, text), table, table)
    document = sample(
        title=text,
        subtitle=text,
        organisation=text,
        author=text,
        details=((text, text),),
        sections=(Section(text, 1, blocks),),
        data=table,
    )
    workbook = book(document)
    values = [cell.value for sheet in workbook for row in sheet.iter_rows() for cell in row if cell.value]
    assert values.count(clean) >= 8
    assert not [c for sheet in workbook for row in sheet.iter_rows() for c in row if c.data_type == "f"]
    # The writer escapes what Excel would take for an escape; the reader leaves that as it is in properties.
    assert workbook.properties.title.replace("_x005F", "") == document.title[:255]
    names = [name.casefold() for name in workbook.sheetnames]
    assert len(set(names)) == 4 and max(map(len, names)) <= 31 and "history" not in names
    assert not re.search(r"[\[\]:*?/\\]", "".join(names))


def test_no_formulas_no_links_no_macros():
    parts = zipfile.ZipFile(io.BytesIO(raw(sample(draft=True)))).namelist()
    texts = {name: zipfile.ZipFile(io.BytesIO(raw(sample(draft=True)))).read(name).decode() for name in parts}
    assert not [name for name, text in texts.items() if "<f>" in text or "<f " in text or "<hyperlink" in text]
    assert not [name for name in parts if "vba" in name or "external" in name.lower()]


def test_a_text_that_does_not_fit_says_so():
    long = Table("Lang", (Column("Kop"),), ((Cell("a" * 40_000),), (Cell("é😀" * 12_000),)))
    sheet = book(sample(sections=(Section("Lang", 1, (long,)),))).worksheets[1]
    for row in (3, 4):
        value = sheet.cell(row, 1).value
        assert value.endswith(CUT) and 32_700 < len(value.encode("utf-16-le")) / 2 <= 32_767


def test_the_reading_sheet_tells_everything_but_the_tables():
    sheet = book(sample(draft=True)).worksheets[0]
    lines = [cell.value for (cell,) in sheet.iter_rows()]
    assert sheet.title == "Leeswijzer"
    assert lines[:2] == [sample().title, "CONCEPT"]
    assert "Vastgesteld: 23 november 2021, besluit 2021.0042" in lines
    for section in sample().sections:
        assert section.title in lines
    assert "– Aandacht: niet gehaald, maar het cijfer is beter dan de nulmeting." in lines
    assert "Tabel: Alle soorten cijfers (blad “Cijfers alle soorten”)" in lines
    assert "Figuur: Woninginbraken, 2018 tot en met 2021" in lines
    assert book(sample()).sheetnames[-1] == "Gegevens"
    assert "Gegevens" not in book(sample(data=None)).sheetnames


def test_sheets_are_ready_to_read_and_to_print():
    workbook = book(sample(draft=True, practice=True))
    wide = workbook["Prioriteit 1"]
    assert (wide.freeze_panes, wide.print_title_rows) == ("C5", "$1:$4")
    assert (wide.page_setup.orientation, wide.page_setup.fitToHeight) == ("landscape", 0)
    assert workbook["Gegevens"].auto_filter.ref == "A4:F36"
    for sheet in workbook:
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.page_setup.paperSize == 9
        assert sheet.oddHeader.right.text == "CONCEPT · OEFENGEMEENTE – verzonnen cijfers"
    assert book(sample()).worksheets[1].oddHeader.right.text is None
    assert book(sample()).worksheets[1].freeze_panes == "B3"


def test_what_is_printed_stays_within_the_page_and_apart():
    first, *rest = book(sample()).worksheets
    assert first.column_dimensions["A"].width < 92  # characters of Calibri on an A4 with these margins
    cells = [cell for sheet in rest for row in sheet.iter_rows() for cell in row]
    statuses = [cell for cell in cells if re.fullmatch('"(.) "@', cell.number_format)]
    assert statuses and {cell.alignment.indent for cell in statuses} == {1}
    table = rest[0]
    assert [table.cell(row, 1).alignment.vertical for row in (3, 4)] == ["center", "top"]


def test_dates_and_bytes_come_from_the_document():
    properties = book(sample()).properties
    assert properties.created == sample().created.astimezone(UTC).replace(tzinfo=None)
    assert properties.creator == sample().author
    assert raw(sample()) == raw(sample())
    assert raw(sample()) != raw(sample(draft=True))
