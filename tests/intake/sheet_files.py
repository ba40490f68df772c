"""Make the files that the tests of indicators/intake/sheets read: with the usual libraries, or by hand."""

import io
import zipfile
from collections.abc import Callable, Iterable
from typing import Any

import openpyxl
import pytest
import xlsxwriter

from indicators.domain.cells import Cell
from indicators.intake.sheets import SheetRefused, read_sheet

HEAD = ["Indicator", "Jaar", "Meting"]
CONTENT_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/xl/workbook.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
    '<Override PartName="/xl/sharedStrings.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/></Types>'
)
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Target="worksheets/sheet1.xml" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"/></Relationships>'
)
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
WORKBOOK = (
    f'<workbook {MAIN} xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
    '<sheets><sheet name="Blad1" sheetId="1" r:id="r1"/></sheets></workbook>'
)
STRINGS = f"<sst {MAIN}><si><t>indicator</t></si><si><t>jaar</t></si><si><t>meting</t></si></sst>"
HEAD_ROW = '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="s"><v>2</v></c></row>'
ODS_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
ODS_NAMES = (
    " ".join(
        f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for prefix, name in (
            ("office", "office"),
            ("table", "table"),
            ("text", "text"),
            ("style", "style"),
            ("number", "datastyle"),
            ("manifest", "manifest"),
        )
    )
    + ' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
)


def zipped(parts: dict[str, str | bytes]) -> bytes:
    """Return a ZIP with these parts, compressed."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, part in parts.items():
            package.writestr(name, part)
    return buffer.getvalue()


def replaced(content: bytes, /, **parts: str | bytes | Callable[[bytes], bytes]) -> bytes:
    """Return the package with parts replaced, edited by a function, or added; names with __ for / and without .xml."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        content_by_name: dict[str, Any] = {name: package.read(name) for name in package.namelist()}
    for key, part in parts.items():
        name = key.replace("__", "/") + ".xml"
        content_by_name[name] = part(content_by_name[name]) if callable(part) else part
    return zipped(content_by_name)


def raw_xlsx(
    rows: str, *, strings: str = STRINGS, styles: str | None = None, after: str = "", before: str = ""
) -> bytes:
    """Return the smallest possible XLSX, with `rows` as the XML of its only sheet."""
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": CONTENT_TYPES,
        "xl/workbook.xml": WORKBOOK,
        "xl/_rels/workbook.xml.rels": RELATIONS,
        "xl/sharedStrings.xml": strings,
        "xl/worksheets/sheet1.xml": f"<worksheet {MAIN}>{before}<sheetData>{rows}</sheetData>{after}</worksheet>",
    }
    if styles:
        parts["xl/styles.xml"] = styles
    return zipped(parts)


def raw_ods(table: str, *, automatic: str = "", styles: str | None = None, attributes: str = "") -> bytes:
    """Return the smallest possible ODS, with `table` as the XML inside its only table."""
    return ods_document(f'<table:table table:name="Blad1" {attributes}>{table}</table:table>', automatic, styles)


def ods_document(tables: str, automatic: str = "", styles: str | None = None) -> bytes:
    """Return an ODS with these tables."""
    parts: dict[str, str | bytes] = {
        "mimetype": ODS_TYPE,
        "content.xml": (
            f"<office:document-content {ODS_NAMES}><office:automatic-styles>{automatic}</office:automatic-styles>"
            f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
        ),
    }
    if styles:
        parts["styles.xml"] = (
            f"<office:document-styles {ODS_NAMES}><office:styles>{styles}</office:styles></office:document-styles>"
        )
    return zipped(parts)


def ods_text(text: str, attributes: str = "") -> str:
    """Return a text cell of an ODS."""
    return f'<table:table-cell office:value-type="string" {attributes}><text:p>{text}</text:p></table:table-cell>'


def ods_row(*cells: str, attributes: str = "") -> str:
    """Return a row of an ODS; a cell that is not XML becomes text."""
    inside = "".join(cell if cell.startswith("<") else ods_text(cell) for cell in cells)
    return f"<table:table-row {attributes}>{inside}</table:table-row>"


ODS_HEAD = ods_row(*HEAD)


def xlsx(rows: Iterable[Iterable[Any]], edit: Callable[[openpyxl.Workbook], None] | None = None) -> bytes:
    """Return an XLSX written by openpyxl: text that begins with = becomes a formula without a result."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(list(row))
    if edit:
        edit(book)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def written_xlsx(write: Callable[[xlsxwriter.Workbook, Any], None]) -> bytes:
    """Return an XLSX by XlsxWriter with headings in row 1 and what `write` adds; not marked for calculation."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, HEAD)
    write(book, sheet)
    book.close()
    return replaced(buffer.getvalue(), xl__workbook=lambda part: part.replace(b' fullCalcOnLoad="1"', b""))


def refusal(name: str, content: bytes) -> str:
    """Return the sentences that refuse a file; fail when it is not refused, or when they do not say what to do."""
    with pytest.raises(SheetRefused) as caught:
        read_sheet(name, content)
    assert caught.value.advice, "every refusal says what to do"
    return str(caught.value)


def measured(name: str, content: bytes) -> Cell:
    """Return the cell in the column `meting` of the only row."""
    (row,) = read_sheet(name, content)
    return row.cells["meting"]
