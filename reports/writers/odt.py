"""ODT: real headings, lists, tables and a contents list, so that staff can go on writing in an open format.

Written as XML, so that the same document gives the same bytes. Pictures are vectors, with a bitmap for programs that
cannot show those.
"""

from collections.abc import Iterator
from typing import BinaryIO
from xml.sax.saxutils import escape, quoteattr

from reports.document import Block, Cell, Column, Document, Figure, List, Notice, Paragraph, Section, Table
from reports.writers.fitting import TEXT_WIDTH, picture_place
from reports.writers.odt_styles import LANDSCAPE, LISTED, PORTRAIT, content_styles, styles_xml
from reports.writers.opendocument import HEAD, SPACES, inline, meta_xml, write_package
from reports.writers.typeset import as_svg, bitmaps

TYPE = "application/vnd.oasis.opendocument.text"
CONTENTS_DEPTH = 2
SHORT_TABLE = 10  # up to this many rows a table is not split over two pages
LINK_LOOK = 'text:style-name="Index_20_Link" text:visited-style-name="Index_20_Link"'


class Writing:
    """The text so far, with the styles that it needs and the pictures in it."""

    def __init__(self, document: Document) -> None:
        self.bitmaps = bitmaps(document)
        self.styles = [content_styles()]
        self.pictures: dict[str, str | bytes] = {}
        self.tables = 0

    def heading_style(self, section: Section, page: str, *, breaks: bool) -> str:
        """The style of a heading: its own, or one that also begins a page (of another kind)."""
        parent = f"Heading_20_{section.level}"
        if not page and not breaks:
            return parent
        name = f"kop{len(self.styles)}"
        master = f' style:master-page-name="{page}"' if page else ""
        before = "" if page else '<style:paragraph-properties fo:break-before="page"/>'
        self.styles.append(
            f'<style:style style:name="{name}" style:family="paragraph" style:parent-style-name="{parent}"{master}>'
            f"{before}</style:style>"
        )
        return name

    def table_style(self, table: Table, width: int) -> str:
        """The name of a table, under which its width and those of its columns are known."""
        self.tables += 1
        whole = "false" if len(table.rows) <= SHORT_TABLE else "true"
        name, total = f"tabel{self.tables}", sum(column.width for column in table.columns)
        self.styles.append(
            f'<style:style style:name="{name}" style:family="table"><style:table-properties style:width="{width}mm" '
            f'table:align="left" style:may-break-between-rows="{whole}"/></style:style>'
        )
        self.styles += [
            f'<style:style style:name="{name}.{number}" style:family="table-column"><style:table-column-properties '
            f'style:column-width="{width * column.width * 100 // total / 100:.2f}mm"/></style:style>'
            for number, column in enumerate(table.columns)
        ]
        return name

    def add_picture(self, figure: Figure) -> str:
        """Put the picture in the file, both ways; gives the name without its end."""
        name = f"Pictures/beeld{len(self.pictures) // 2 + 1}"
        self.pictures |= {f"{name}.svg": as_svg(figure), f"{name}.png": self.bitmaps[figure.svg]}
        return name


def write(document: Document, stream: BinaryIO) -> None:
    """Write `document` as an OpenDocument text."""
    writing = Writing(document)
    body = "".join((*_title_page(document), _contents(document), *_sections(writing, document)))
    content = (
        f'{HEAD}<office:document-content {SPACES} office:version="1.3"><office:automatic-styles>'
        f"{''.join(writing.styles)}</office:automatic-styles><office:body><office:text>{body}</office:text>"
        "</office:body></office:document-content>"
    )
    parts = {"content.xml": content, "styles.xml": styles_xml(document), "meta.xml": meta_xml(document)}
    write_package(stream, TYPE, parts | writing.pictures)


def paragraph(style: str, content: str) -> str:
    """A paragraph in this style; `content` is XML."""
    return f'<text:p text:style-name="{style}">{content}</text:p>'


def _title_page(document: Document) -> Iterator[str]:
    yield paragraph("titelblad", inline(document.organisation))
    yield paragraph("Title", inline(document.title))
    if document.subtitle:
        yield paragraph("Subtitle", inline(document.subtitle))
    for mark in document.marks:
        yield paragraph("Markering", inline(mark))
    for word, value in document.details:
        yield paragraph("Titelregel", f"{inline(word)}<text:tab/>{inline(value)}")


def _contents(document: Document) -> str:
    """The list, which the office program can make anew; the page numbers in it are fields that it fills in at once."""
    levels = "".join(
        f'<text:table-of-content-entry-template text:outline-level="{level}" text:style-name="Contents_20_{level}">'
        "<text:index-entry-link-start/><text:index-entry-text/>"
        '<text:index-entry-tab-stop style:type="right"/><text:index-entry-page-number/>'
        "<text:index-entry-link-end/></text:table-of-content-entry-template>"
        for level in range(1, CONTENTS_DEPTH + 1)
    )
    entries = "".join(
        paragraph(
            f"Contents_20_{section.level}",
            f'<text:a {LINK_LOOK} xlink:type="simple" xlink:href="#deel-{number}">{inline(section.title)}<text:tab/>'
            f'<text:bookmark-ref text:reference-format="page" text:ref-name="deel-{number}">…</text:bookmark-ref>'
            "</text:a>",
        )
        for number, section in enumerate(document.sections, start=1)
        if section.level <= CONTENTS_DEPTH
    )
    title = "Inhoud"
    return (
        '<text:table-of-content text:name="Inhoud" text:protected="false"><text:table-of-content-source '
        f'text:outline-level="{CONTENTS_DEPTH}"><text:index-title-template text:style-name="Contents_20_Heading">'
        f"{title}</text:index-title-template>{levels}</text:table-of-content-source><text:index-body>"
        f'<text:index-title text:name="Inhoud kop">{paragraph("Contents_20_Heading", title)}</text:index-title>'
        f"{entries}</text:index-body></text:table-of-content>"
    )


def _sections(writing: Writing, document: Document) -> Iterator[str]:
    number = 0
    for landscape, sections in document.page_runs():
        for place, section in enumerate(sections):
            number += 1
            page = (LANDSCAPE if landscape else PORTRAIT) if not place else ""
            style = writing.heading_style(section, page, breaks=section.new_page)
            yield (
                f'<text:h text:style-name="{style}" text:outline-level="{section.level}">'
                f'<text:bookmark-start text:name="deel-{number}"/>{inline(section.title)}'
                f'<text:bookmark-end text:name="deel-{number}"/></text:h>'
            )
            for block in section.blocks:
                yield from _block(writing, block, landscape)


def _block(writing: Writing, block: Block, landscape: bool) -> Iterator[str]:
    match block:
        case Paragraph(text):
            yield paragraph("Standard", inline(text))
        case Notice(text):
            yield paragraph("Opmerking", inline(text))
        case List(items):
            listed = "".join(
                f"<text:list-item>{paragraph('List_20_1', inline(item))}</text:list-item>" for item in items
            )
            yield f'<text:list text:style-name="{LISTED}">{listed}</text:list>'
        case Figure():
            yield _figure(writing, block, landscape)
        case Table():
            yield from _table(writing, block, landscape)


def _figure(writing: Writing, figure: Figure, landscape: bool) -> str:
    """The picture as wide as it wants to be, or smaller where it would be too high for its page."""
    name, (width, height) = writing.add_picture(figure), picture_place(figure, landscape)
    link = 'xlink:type="simple" xlink:show="embed" xlink:actuate="onLoad"'
    frame = (
        f'<draw:frame draw:style-name="beeld" draw:name="{name.rpartition("/")[2]}" text:anchor-type="as-char" '
        f'svg:width="{width:.2f}mm" svg:height="{height:.2f}mm">'
        f'<draw:image xlink:href="{name}.svg" {link} draw:mime-type="image/svg+xml"/>'
        f'<draw:image xlink:href="{name}.png" {link} draw:mime-type="image/png"/>'
        f"<svg:title>{escape(figure.caption or 'Beeld')}</svg:title><svg:desc>{escape(figure.alt)}</svg:desc>"
        "</draw:frame>"
    )
    return paragraph("Beeld", frame) + (paragraph("Figure", inline(figure.caption)) if figure.caption else "")


def _table(writing: Writing, table: Table, landscape: bool) -> Iterator[str]:
    if table.caption:
        yield paragraph("Table", inline(table.caption))
    name = writing.table_style(table, TEXT_WIDTH[landscape])
    columns = "".join(
        f'<table:table-column table:style-name="{name}.{number}"/>' for number in range(len(table.columns))
    )
    small = "-klein" if table.compact else ""
    head = "".join(_cell(Cell(column.heading), column, f"Tabelkop{small}", f"kop{small}") for column in table.columns)
    last = len(table.rows) - 1
    rows = "".join(
        _row(
            _cell(
                cell,
                column,
                ("Tabelrij" if column.kind == "heading" else "Tabeltekst") + small,
                ("slot" if n == last else "rij") + small,
            )
            for cell, column in zip(row, table.columns, strict=True)
        )
        for n, row in enumerate(table.rows)
    )
    yield (
        f'<table:table table:name={quoteattr(name.capitalize())} table:style-name="{name}">'
        f"<table:title>{escape(table.caption)}</table:title>{columns}"
        f"<table:table-header-rows>{_row([head])}</table:table-header-rows>{rows}</table:table>"
    )
    for note in table.footnotes:
        yield paragraph("Tabelnoot", inline(note))
    yield paragraph("Tabelnoot", "")  # or two tables would run together


def _row(cells: Iterator[str] | list[str]) -> str:
    return f'<table:table-row table:style-name="heel">{"".join(cells)}</table:table-row>'


def _cell(cell: Cell, column: Column, style: str, box: str) -> str:
    side = "" if column.alignment == "left" else f"-{column.alignment}"
    content = inline(cell.text)
    if cell.status:
        content = f'<text:span text:style-name="{cell.status}">{cell.symbol}\u00a0{content}</text:span>'
    return (
        f'<table:table-cell table:style-name="{box}" office:value-type="string">'
        f"{paragraph(style + side, content)}</table:table-cell>"
    )
