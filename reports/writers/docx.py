"""DOCX: real headings, lists and tables, so that it can be worked on and is read aloud in the right order.

The package with its styles, header and footer is made with python-docx; the text itself is written as XML, which takes
a tenth of the time.
"""

from collections.abc import Iterator
from io import BytesIO
from typing import BinaryIO
from xml.sax.saxutils import quoteattr

from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import Part

from reports.document import Block, Cell, Column, Document, Figure, List, Notice, Paragraph, Table
from reports.writers.docx_contents import contents, marked
from reports.writers.docx_frame import (
    TABLE_STYLE,
    TEXT_TWIPS,
    begin,
    first_page,
    page,
    save,
    set_body,
    set_header_and_footer,
    set_properties,
)
from reports.writers.docx_text import paragraph, run
from reports.writers.fitting import picture_place, stays_together
from reports.writers.looks import STATUS_COLOURS
from reports.writers.typeset import as_svg, bitmaps

SHORT_TABLE = 10  # up to this many rows a table is not split over two pages
EMU_PER_MM = 36000
BETWEEN_TABLES = "<w:p/>"  # without a paragraph between them two tables would run together
# An empty paragraph at the end of a run of pages: of common height it would make a blank page after a full one.
OUT_OF_SIGHT = '<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>'
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"


def write(document: Document, stream: BinaryIO) -> None:
    """Write `document` as a Word document."""
    word = begin(document.language)
    set_properties(word, document)
    set_header_and_footer(word.sections[0], document)
    set_body(word, "".join((*_title_page(document), *contents(document), *_sections(word, document))))
    save(word, stream)


def _title_page(document: Document) -> Iterator[str]:
    yield paragraph("", run(document.organisation))
    yield paragraph("Title", run(document.title))
    if document.subtitle:
        yield paragraph("Subtitle", run(document.subtitle))
    for mark in document.marks:
        yield paragraph("Markering", run(mark))
    for label, value in document.details:
        yield paragraph("Titelregel", run(f"{label}\t{value}"))


def _sections(word: WordDocument, document: Document) -> list[str]:
    """The text; between two runs of pages a paragraph that says how the pages before it lie."""
    pictures, number, before = Pictures(word, document), 0, first_page(word)
    text: list[str] = []
    for landscape, sections in document.page_runs():
        if text and text[-1] == BETWEEN_TABLES:
            text[-1] = f"<w:p><w:pPr>{OUT_OF_SIGHT}</w:pPr></w:p>"
        text.append(f"<w:p><w:pPr>{OUT_OF_SIGHT}{before}</w:pPr></w:p>")
        before = page(landscape)
        for place, section in enumerate(sections):
            number += 1
            breaks = "<w:pageBreakBefore/>" if section.new_page and place else ""
            text.append(paragraph(f"Heading{section.level}", marked(number, run(section.title)), breaks))
            together = stays_together(section)
            for left, block in zip(range(len(section.blocks) - 1, -1, -1), section.blocks, strict=True):
                keep = ("<w:keepNext/><w:keepLines/>" if left else "<w:keepLines/>") if together else ""
                text += _block(pictures, block, landscape, keep)
    return [*text, before]


class Pictures:
    """The pictures of a document, as parts of its package."""

    def __init__(self, word: WordDocument, document: Document) -> None:
        self.part, self.bitmaps, self.number = word.part, bitmaps(document), 0

    def add(self, figure: Figure) -> tuple[str, str]:
        """The bitmap, and the drawing itself: Word since 2016 shows that, an older one the bitmap. Gives their ids."""
        self.number += 1
        bitmap, _ = self.part.get_or_add_image(BytesIO(self.bitmaps[figure.svg]))
        name = PackURI(f"/word/media/{self.number}.svg")
        drawn = Part(name, "image/svg+xml", as_svg(figure).encode(), self.part.package)
        return bitmap, self.part.relate_to(drawn, RT.IMAGE)


def _block(pictures: Pictures, block: Block, landscape: bool, keep: str) -> Iterator[str]:
    """The paragraphs of a block; `keep` is XML that says what of a text stays on one page."""
    match block:
        case Paragraph(text):
            yield paragraph("", run(text), keep)
        case Notice(text):
            yield paragraph("Opmerking", run(text), keep)
        case List(items):
            for item in items:
                yield paragraph("ListBullet", run(item), keep)
        case Figure():
            yield from _figure(pictures, block, landscape)
        case Table():
            yield from _table(block, TEXT_TWIPS[landscape])


def _figure(pictures: Pictures, figure: Figure, landscape: bool) -> Iterator[str]:
    width, height = (round(side * EMU_PER_MM) for side in picture_place(figure, landscape))
    bitmap, drawn = pictures.add(figure)
    said, size = quoteattr(figure.alt), f'cx="{width}" cy="{height}"'
    drawing = (
        f'<w:r><w:drawing><wp:inline xmlns:a="{DRAWING}/main" xmlns:pic="{DRAWING}/picture"><wp:extent {size}/>'
        f'<wp:docPr id="{pictures.number}" name="Picture {pictures.number}" descr={said}/><wp:cNvGraphicFramePr>'
        f'<a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr><a:graphic>'
        f'<a:graphicData uri="{DRAWING}/picture"><pic:pic><pic:nvPicPr><pic:cNvPr id="0" name="image.png" '
        f'descr={said}/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="{bitmap}"><a:extLst>'
        '<a:ext uri="{96DAC541-7B7A-43D3-8B79-37D633B846F1}"><asvg:svgBlip '
        f'xmlns:asvg="http://schemas.microsoft.com/office/drawing/2016/SVG/main" r:embed="{drawn}"/></a:ext></a:extLst>'
        '</a:blip><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/>'
        f'<a:ext {size}/></a:xfrm><a:prstGeom prst="rect"/></pic:spPr></pic:pic></a:graphicData></a:graphic>'
        "</wp:inline></w:drawing></w:r>"
    )
    yield paragraph("", drawing, "<w:keepNext/>" if figure.caption else "")
    if figure.caption:
        yield paragraph("Figuurbijschrift", run(figure.caption))


def _table(table: Table, available: int) -> Iterator[str]:
    if table.caption:
        yield paragraph("Caption", run(table.caption))
    total = sum(column.width for column in table.columns)
    widths = [available * column.width // total for column in table.columns]
    small = "klein" if table.compact else ""
    heads = [_cell(Cell(column.heading), column, width, f"Tabelkop{small}")
             for width, column in zip(widths, table.columns, strict=True)]  # fmt: skip
    yield f"<w:tbl>{_table_look(table)}<w:tblGrid>"
    yield "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    yield f"</w:tblGrid>{_row(heads, '<w:tblHeader/>')}"
    styles = [("Tabelrij" if column.kind == "heading" else "Tabeltekst") + small for column in table.columns]
    for number, row in enumerate(table.rows, start=1):
        keep = "<w:keepNext/>" if number < len(table.rows) <= SHORT_TABLE else ""
        yield _row([_cell(*facts, keep) for facts in zip(row, table.columns, widths, styles, strict=True)])
    yield "</w:tbl>"
    for note in table.footnotes:
        yield paragraph("Tabelnoot", run(note))
    yield BETWEEN_TABLES


def _table_look(table: Table) -> str:
    """Fixed widths, the caption for who does not see the table, and which row and column are headings."""
    naming = table.columns[0].kind == "heading"
    caption = f"<w:tblCaption w:val={quoteattr(table.caption)}/>" if table.caption else ""
    return (
        f'<w:tblPr><w:tblStyle w:val="{TABLE_STYLE}"/><w:tblW w:type="auto" w:w="0"/><w:tblLayout w:type="fixed"/>'
        f'<w:tblLook w:val="{"06A0" if naming else "0620"}" w:firstRow="1" w:lastRow="0" w:firstColumn="{naming:d}" '
        f'w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>{caption}</w:tblPr>'
    )


def _row(cells: list[str], more: str = "") -> str:
    return f"<w:tr><w:trPr><w:cantSplit/>{more}</w:trPr>{''.join(cells)}</w:tr>"


def _cell(cell: Cell, column: Column, width: int, style: str, keep: str = "") -> str:
    side = "" if column.alignment == "left" else f'<w:jc w:val="{column.alignment}"/>'
    if cell.status:
        look = f'<w:b/><w:color w:val="{STATUS_COLOURS[cell.status].upper()}"/>'
        content = run(f"{cell.symbol}\u00a0{cell.text}", look)
    else:
        content = run(cell.text)
    inside = paragraph(style, content, keep + side)
    return f'<w:tc><w:tcPr><w:tcW w:type="dxa" w:w="{width}"/></w:tcPr>{inside}</w:tc>'
