"""ODT: structured headings, lists, tables and a table of contents, so that staff can edit the text in an open format.

Pictures are SVG, with a bitmap for programs without SVG.
"""

from collections.abc import Iterator
from typing import BinaryIO

from reports.document import Block, Cell, Column, Document, Figure, List, Notice, Paragraph, Section, Table
from reports.writers.fitting import TEXT_WIDTH, figure_size
from reports.writers.odt_styles import LANDSCAPE, LISTED, PORTRAIT, named_styles, shared_styles
from reports.writers.opendocument import (
    Xml,
    element,
    escaped,
    fill_template,
    inline,
    join,
    paragraph,
    properties_of,
    style,
    write_package,
)
from reports.writers.typeset import as_svg, bitmaps

CONTENTS_DEPTH = 2  # as in odt_contents.xml
SHORT_TABLE = 10  # a table with at most this many rows is not split over pages
LINK = {"xlink:type": "simple"}
INDEX_LINK = {"text:style-name": "Index_20_Link", "text:visited-style-name": "Index_20_Link"}
EMBEDDED = {**LINK, "xlink:show": "embed", "xlink:actuate": "onLoad"}


class TextFile:
    """The automatic styles that the text uses, and its pictures by path."""

    def __init__(self, document: Document) -> None:
        self.bitmaps = bitmaps(document)
        self.styles = shared_styles()
        self.pictures: dict[str, str | bytes] = {}
        self.tables = 0

    def heading_style(self, section: Section, page: str, *, breaks: bool) -> str:
        """Return the style of a heading; a new one when it starts a page, with the page style `page` if given."""
        parent = f"Heading_20_{section.level}"
        if not page and not breaks:
            return parent
        name = f"kop{len(self.styles)}"
        attributes = {"style:parent-style-name": parent, "style:master-page-name": page or None}
        before = [] if page else [element("style:paragraph-properties", {"fo:break-before": "page"})]
        self.styles.append(style(name, "paragraph", attributes, *before))
        return name

    def table_style(self, table: Table, width: int) -> str:
        """Return the name of a new style for a table of `width` mm; its columns have NAME.0, NAME.1 and so on."""
        self.tables += 1
        name, total = f"tabel{self.tables}", sum(column.width for column in table.columns)
        whole = {
            "style:width": f"{width}mm",
            "table:align": "left",
            "style:may-break-between-rows": "false" if len(table.rows) <= SHORT_TABLE else "true",
        }
        self.styles.append(style(name, "table", {}, element("style:table-properties", whole)))
        for number, column in enumerate(table.columns):
            part = {"style:column-width": f"{width * column.width * 100 // total / 100:.2f}mm"}
            properties = element("style:table-column-properties", part)
            self.styles.append(style(f"{name}.{number}", "table-column", {}, properties))
        return name

    def add_picture(self, figure: Figure) -> str:
        """Add a picture as SVG and as PNG; return its path without extension."""
        name = f"Pictures/beeld{len(self.pictures) // 2 + 1}"
        self.pictures |= {f"{name}.svg": as_svg(figure), f"{name}.png": self.bitmaps[figure.svg]}
        return name


def write(document: Document, stream: BinaryIO) -> None:
    """Write `document` as an OpenDocument text."""
    file = TextFile(document)
    body = [*_title_page(document), _contents(document), *_sections(file, document)]
    write_package(
        stream,
        "text",
        properties=properties_of(document),
        styles=named_styles(document),
        automatic_styles=file.styles,
        body=body,
        pictures=file.pictures,
    )


def _title_page(document: Document) -> Iterator[Xml]:
    yield paragraph("titelblad", inline(document.organisation))
    yield paragraph("Title", inline(document.title))
    if document.subtitle:
        yield paragraph("Subtitle", inline(document.subtitle))
    for mark in document.marks:
        yield paragraph("Markering", inline(mark))
    for term, value in document.details:
        yield paragraph("Titelregel", inline(term), inline("\t"), inline(value))


def _contents(document: Document) -> Xml:
    """Return the table of contents, which office programs can update; its page numbers are fields."""
    entries = (
        _contents_entry(number, section)
        for number, section in enumerate(document.sections, start=1)
        if section.level <= CONTENTS_DEPTH
    )
    return fill_template("odt_contents.xml", entries=join(entries))


def _contents_entry(number: int, section: Section) -> Xml:
    target = f"deel-{number}"
    page = {"text:reference-format": "page", "text:ref-name": target}
    link = element(
        "text:a",
        {**INDEX_LINK, **LINK, "xlink:href": f"#{target}"},
        inline(section.title),
        inline("\t"),
        element("text:bookmark-ref", page, escaped("…")),
    )
    return paragraph(f"Contents_20_{section.level}", link)


def _sections(file: TextFile, document: Document) -> Iterator[Xml]:
    number = 0
    for landscape, sections in document.page_runs():
        for place, section in enumerate(sections):
            number += 1
            page = (LANDSCAPE if landscape else PORTRAIT) if not place else ""
            bookmark = {"text:name": f"deel-{number}"}
            yield element(
                "text:h",
                {
                    "text:style-name": file.heading_style(section, page, breaks=section.new_page),
                    "text:outline-level": section.level,
                },
                element("text:bookmark-start", bookmark),
                inline(section.title),
                element("text:bookmark-end", bookmark),
            )
            for block in section.blocks:
                yield from _block(file, block, landscape)


def _block(file: TextFile, block: Block, landscape: bool) -> Iterator[Xml]:
    match block:
        case Paragraph(text):
            yield paragraph("Standard", inline(text))
        case Notice(text):
            yield paragraph("Opmerking", inline(text))
        case List(items):
            entries = (element("text:list-item", {}, paragraph("List_20_1", inline(item))) for item in items)
            yield element("text:list", {"text:style-name": LISTED}, *entries)
        case Figure():
            yield paragraph("Beeld", _picture(file, block, landscape))
            if block.caption:
                yield paragraph("Figure", inline(block.caption))
        case Table():
            yield from _table(file, block, landscape)


def _picture(file: TextFile, figure: Figure, landscape: bool) -> Xml:
    """Return the picture at its own width, or smaller where it would be too high for its page."""
    path, (width, height) = file.add_picture(figure), figure_size(figure, landscape)
    frame = {
        "draw:style-name": "beeld",
        "draw:name": path.rpartition("/")[2],
        "text:anchor-type": "as-char",
        "svg:width": f"{width:.2f}mm",
        "svg:height": f"{height:.2f}mm",
    }
    return element(
        "draw:frame",
        frame,
        element("draw:image", {"xlink:href": f"{path}.svg", **EMBEDDED, "draw:mime-type": "image/svg+xml"}),
        element("draw:image", {"xlink:href": f"{path}.png", **EMBEDDED, "draw:mime-type": "image/png"}),
        element("svg:title", {}, escaped(figure.caption or "Beeld")),
        element("svg:desc", {}, escaped(figure.alt)),
    )


def _table(file: TextFile, table: Table, landscape: bool) -> Iterator[Xml]:
    if table.caption:
        yield paragraph("Table", inline(table.caption))
    name = file.table_style(table, TEXT_WIDTH[landscape])
    small, last = "-klein" if table.compact else "", len(table.rows) - 1
    head = (_cell(Cell(column.heading), column, f"Tabelkop{small}", f"kop{small}") for column in table.columns)
    rows = (
        _row(
            _cell(cell, column, f"{'Tabelrij' if column.kind == 'heading' else 'Tabeltekst'}{small}", f"{box}{small}")
            for cell, column in zip(row, table.columns, strict=True)
        )
        for row, box in ((row, "slot" if number == last else "rij") for number, row in enumerate(table.rows))
    )
    yield element(
        "table:table",
        {"table:name": name.capitalize(), "table:style-name": name},
        element("table:title", {}, escaped(table.caption)),
        *(
            element("table:table-column", {"table:style-name": f"{name}.{number}"})
            for number in range(len(table.columns))
        ),
        element("table:table-header-rows", {}, _row(head)),
        *rows,
    )
    for note in table.footnotes:
        yield paragraph("Tabelnoot", inline(note))
    yield paragraph("Tabelnoot")  # otherwise two adjacent tables would merge


def _row(cells: Iterator[Xml]) -> Xml:
    return element("table:table-row", {"table:style-name": "heel"}, *cells)


def _cell(cell: Cell, column: Column, text_style: str, box: str) -> Xml:
    side = "" if column.alignment == "left" else f"-{column.alignment}"
    content = inline(cell.text)
    if cell.status:
        content = element("text:span", {"text:style-name": cell.status}, inline(f"{cell.symbol}\u00a0"), content)
    attributes = {"table:style-name": box, "office:value-type": "string"}
    return element("table:table-cell", attributes, paragraph(f"{text_style}{side}", content))
