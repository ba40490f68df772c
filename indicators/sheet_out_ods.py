"""The sheet to fill in as ODS, written by hand: a few lines of XML, with cells of text where a figure is typed."""

import zipfile
from collections.abc import Sequence
from typing import BinaryIO
from xml.sax.saxutils import escape, quoteattr

from indicators.sheet_out import COLUMNS, EXPLAINED, Line
from reports.document import clean_text

TYPE = "application/vnd.oasis.opendocument.spreadsheet"
SPACES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (
        ("office", "office"),
        ("table", "table"),
        ("text", "text"),
        ("style", "style"),
        ("fo", "xsl-fo-compatible"),
        ("number", "datastyle"),
        ("meta", "meta"),
        ("manifest", "manifest"),
    )
)
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
WRAP = 'fo:wrap-option="wrap" style:vertical-align="top"'
STYLES = (
    '<number:text-style style:name="tekst"><number:text-content/></number:text-style>'
    f'<style:style style:name="gewoon" style:family="table-cell"><style:table-cell-properties {WRAP}/></style:style>'
    '<style:style style:name="invullen" style:family="table-cell" style:data-style-name="tekst">'
    f'<style:table-cell-properties {WRAP} fo:border="0.5pt dotted #56616a"/></style:style>'
    '<style:style style:name="kop" style:family="table-cell"><style:table-cell-properties '
    'fo:border-bottom="1pt solid #0b4f63"/><style:text-properties fo:font-weight="bold"/></style:style>'
)
MANIFEST = (
    f'{HEAD}<manifest:manifest {SPACES} manifest:version="1.3">'
    f'<manifest:file-entry manifest:full-path="/" manifest:version="1.3" manifest:media-type="{TYPE}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
    '<manifest:file-entry manifest:full-path="styles.xml" manifest:media-type="text/xml"/>'
    '<manifest:file-entry manifest:full-path="meta.xml" manifest:media-type="text/xml"/></manifest:manifest>'
)
DOCUMENT_STYLES = (
    f'{HEAD}<office:document-styles {SPACES} office:version="1.3"><office:styles>'
    '<style:default-style style:family="table-cell"><style:text-properties fo:language="nl" fo:country="NL"/>'
    "</style:default-style></office:styles></office:document-styles>"
)


def write_fill_ods(lines: Sequence[Line], title: str, stream: BinaryIO) -> None:
    """Write the sheet to fill in as ODS."""
    year = lines[0].year if lines else ""
    widths = "".join(_column_style(number, width) for number, (_, width, _) in enumerate(COLUMNS))
    content = (
        f'{HEAD}<office:document-content {SPACES} office:version="1.3"><office:automatic-styles>{STYLES}{widths}'
        f"{_column_style('a', 26)}{_column_style('b', 90)}</office:automatic-styles><office:body><office:spreadsheet>"
        f"{_figures(lines, f'Cijfers {year}'.strip())}{_explanation()}"
        "</office:spreadsheet></office:body></office:document-content>"
    )
    meta = (
        f'{HEAD}<office:document-meta {SPACES} xmlns:dc="http://purl.org/dc/elements/1.1/" office:version="1.3">'
        f"<office:meta><dc:title>{_safe(title)}</dc:title><dc:language>nl-NL</dc:language></office:meta>"
        "</office:document-meta>"
    )
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("mimetype", TYPE, zipfile.ZIP_STORED)  # first and not compressed, as the format wants
        package.writestr("content.xml", content)
        package.writestr("styles.xml", DOCUMENT_STYLES)
        package.writestr("meta.xml", meta)
        package.writestr("META-INF/manifest.xml", MANIFEST)


def _figures(lines: Sequence[Line], name: str) -> str:
    columns = "".join(
        f'<table:table-column table:style-name="k{number}" '
        f'table:default-cell-style-name="{"invullen" if fillable else "gewoon"}"/>'
        for number, (_, _, fillable) in enumerate(COLUMNS)
    )
    head = "".join(_text(heading, "kop") for heading, _, _ in COLUMNS)
    rows = "".join(f"<table:table-row>{''.join(_cells(line))}</table:table-row>" for line in lines)
    return (
        f"<table:table table:name={quoteattr(name)}>{columns}"
        f"<table:table-header-rows><table:table-row>{head}</table:table-row></table:table-header-rows>{rows}</table:table>"
    )


def _cells(line: Line) -> list[str]:
    cells = []
    for heading, _, fillable in COLUMNS:
        if heading == "jaar":
            cells.append(
                f'<table:table-cell table:style-name="gewoon" office:value-type="float" office:value="{line.year}">'
                f"<text:p>{line.year}</text:p></table:table-cell>"
            )
        else:
            cells.append(_text(line.texts.get(heading, ""), "invullen" if fillable else "gewoon"))
    return cells


def _explanation() -> str:
    rows = "".join(
        f"<table:table-row>{_text(what, 'gewoon' if meaning else 'kop')}{_text(meaning, 'gewoon')}</table:table-row>"
        for what, meaning in EXPLAINED
    )
    columns = '<table:table-column table:style-name="ka"/><table:table-column table:style-name="kb"/>'
    return f'<table:table table:name="Uitleg">{columns}{rows}</table:table>'


def _column_style(name: int | str, width: int) -> str:
    """The width of a column: some two millimetres for each character."""
    return (
        f'<style:style style:name="k{name}" style:family="table-column"><style:table-column-properties '
        f'style:column-width="{width * 2}mm"/></style:style>'
    )


def _text(text: str, style: str) -> str:
    if not text:
        return f'<table:table-cell table:style-name="{style}"/>'
    paragraphs = "".join(f"<text:p>{_safe(line)}</text:p>" for line in text.split("\n"))
    return f'<table:table-cell table:style-name="{style}" office:value-type="string">{paragraphs}</table:table-cell>'


def _safe(text: str) -> str:
    return escape(clean_text(text))
