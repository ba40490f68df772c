"""DOCX: real headings, lists and tables, so that it can be worked on and is read aloud in the right order."""

from io import BytesIO
from typing import BinaryIO

import docx
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.oxml.table import CT_Row, CT_Tc
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shape import InlineShape
from docx.shared import Mm, Pt, RGBColor, Twips
from docx.table import Table as WordTable
from docx.text.paragraph import Paragraph as WordParagraph

from reports.document import Block, Cell, Column, Document, Figure, List, Notice, Paragraph, Table
from reports.writers.docx_contents import mark_heading, write_contents
from reports.writers.docx_frame import (
    TABLE_STYLE,
    element,
    lay_page,
    save,
    set_header_and_footer,
    set_properties,
    set_styles,
    text_width,
)
from reports.writers.looks import STATUS_COLOURS
from reports.writers.typeset import as_png, as_svg

HIGHEST_PICTURE = {WD_ORIENT.PORTRAIT: Mm(175), WD_ORIENT.LANDSCAPE: Mm(115)}
SHORT_TABLE = 10  # up to this many rows a table is not split over two pages
_ALIGNMENTS = {
    "left": None,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
}


def write(document: Document, stream: BinaryIO) -> None:
    """Write `document` as a Word document."""
    word = docx.Document()
    set_properties(word, document)
    set_styles(word, document.language)
    lay_page(word.sections[0], landscape=False)
    set_header_and_footer(word.sections[0], document)
    _write_title_page(word, document)
    write_contents(word, document)
    number = 0
    for landscape, sections in document.page_runs():
        lay_page(word.add_section(WD_SECTION.NEW_PAGE), landscape)
        _keep_out_of_sight(word)
        for place, section in enumerate(sections):
            number += 1
            heading = word.add_paragraph(section.title, style=f"Heading {section.level}")
            heading.paragraph_format.page_break_before = True if section.new_page and place else None
            mark_heading(heading, number)
            for block in section.blocks:
                _write_block(word, block)
    save(word, stream)


def _keep_out_of_sight(word: WordDocument) -> None:
    """What is empty at the end of a section: on a full page a paragraph of common height would make a blank page."""
    for paragraph in word.paragraphs[-2:]:
        if not paragraph.text.strip() and not paragraph._p.xpath(".//w:drawing"):
            place = paragraph.paragraph_format
            place.line_spacing, place.space_before, place.space_after = Pt(1), Pt(0), Pt(0)


def _write_title_page(word: WordDocument, document: Document) -> None:
    word.add_paragraph(document.organisation)
    word.add_paragraph(document.title, style="Title")
    if document.subtitle:
        word.add_paragraph(document.subtitle, style="Subtitle")
    for mark in document.marks:
        word.add_paragraph(mark, style="Markering")
    for label, value in document.details:
        word.add_paragraph(f"{label}\t{value}", style="Titelregel")


def _write_block(word: WordDocument, block: Block) -> None:
    match block:
        case Paragraph(text):
            word.add_paragraph(text)
        case Notice(text):
            word.add_paragraph(text, style="Opmerking")
        case List(items):
            for item in items:
                word.add_paragraph(item, style="List Bullet")
        case Figure():
            _write_figure(word, block)
        case Table():
            _write_table(word, block)


def _write_figure(word: WordDocument, figure: Figure) -> None:
    width = text_width(word.sections[-1]) * figure.width // 100
    holder = word.add_paragraph()
    holder.paragraph_format.keep_with_next = bool(figure.caption)
    picture = holder.add_run().add_picture(BytesIO(as_png(figure, f"{width / 20}pt")), width=Twips(width))
    highest = HIGHEST_PICTURE[word.sections[-1].orientation]
    if picture.height > highest:  # one that would be too high for its page is made smaller
        picture.width, picture.height = picture.width * highest // picture.height, highest
    _add_vectors(word, picture, figure)
    picture._inline.docPr.set("descr", figure.alt)
    picture._inline.graphic.graphicData.pic.nvPicPr.cNvPr.set("descr", figure.alt)
    if figure.caption:
        caption = word.add_paragraph(figure.caption, style="Caption")
        caption.paragraph_format.keep_with_next = False


def _add_vectors(word: WordDocument, picture: InlineShape, figure: Figure) -> None:
    """The drawing itself beside its bitmap: Word since 2016 shows that, an older one the bitmap."""
    package = word.part.package
    name = PackURI(f"/word/media/{picture._inline.docPr.id}.svg")
    drawn = Part(name, "image/svg+xml", as_svg(figure).encode(), package)
    blip = picture._inline.graphic.graphicData.pic.blipFill.blip
    blip.append(parse_xml(
        f'<a:extLst {nsdecls("a")}><a:ext uri="{{96DAC541-7B7A-43D3-8B79-37D633B846F1}}"><asvg:svgBlip '
        f'xmlns:asvg="http://schemas.microsoft.com/office/drawing/2016/SVG/main" {nsdecls("r")} '
        f'r:embed="{word.part.relate_to(drawn, RT.IMAGE)}"/></a:ext></a:extLst>'
    ))  # fmt: skip


def _write_table(word: WordDocument, table: Table) -> None:
    if table.caption:
        word.add_paragraph(table.caption, style="Caption")
    made = word.add_table(rows=1 + len(table.rows), cols=len(table.columns), style=TABLE_STYLE)
    widths = _column_widths(table, text_width(word.sections[-1]))
    _set_up_table(made, table, widths)
    small = " klein" if table.compact else ""
    head, *rows = made._tbl.tr_lst
    _set_up_row(head, header=True)
    # Cells are walked row by row: asking a table for a cell by its number counts all cells each time.
    for tc, width, column in zip(head.tc_lst, widths, table.columns, strict=True):
        _fill(tc, width, Cell(column.heading), column, made, f"Tabelkop{small}")
    for number, (tr, row) in enumerate(zip(rows, table.rows, strict=True), start=1):
        _set_up_row(tr, header=False)
        keep = number < len(table.rows) <= SHORT_TABLE
        for tc, width, cell, column in zip(tr.tc_lst, widths, row, table.columns, strict=True):
            _fill(
                tc, width, cell, column, made, ("Tabelrij" if column.kind == "heading" else "Tabeltekst") + small, keep
            )
    for note in table.footnotes:
        word.add_paragraph(note, style="Tabelnoot")
    # Two tables without a paragraph between them would run together.
    word.add_paragraph()


def _column_widths(table: Table, available: int) -> list[int]:
    total = sum(column.width for column in table.columns)
    return [available * column.width // total for column in table.columns]


def _set_up_table(made: WordTable, table: Table, widths: list[int]) -> None:
    """Fixed widths, the caption for who does not see the table, and which row and column are headings."""
    made.autofit = False
    properties = made._tbl.tblPr
    look = properties.find(docx.oxml.ns.qn("w:tblLook"))
    if look is not None:
        properties.remove(look)
    naming = "1" if table.columns[0].kind == "heading" else "0"
    flags = {
        "firstRow": "1",
        "lastRow": "0",
        "firstColumn": naming,
        "lastColumn": "0",
        "noHBand": "1",
        "noVBand": "1",
    }
    properties.append(element("tblLook", val="06A0" if naming == "1" else "0620", **flags))
    if table.caption:
        properties.append(element("tblCaption", val=table.caption))
    for grid_column, width in zip(made._tbl.tblGrid.gridCol_lst, widths, strict=True):
        grid_column.w = Twips(width)


def _set_up_row(tr: CT_Row, *, header: bool) -> None:
    properties: BaseOxmlElement = tr.get_or_add_trPr()
    properties.append(element("cantSplit"))
    if header:
        properties.append(element("tblHeader"))


def _fill(tc: CT_Tc, width: int, cell: Cell, column: Column, made: WordTable, style: str, keep: bool = False) -> None:
    tc.width = Twips(width)
    paragraph = WordParagraph(tc.p_lst[0], made._parent)
    paragraph._p.style = style.replace(" ", "")  # the id, without a search through all styles
    if keep:
        paragraph.paragraph_format.keep_with_next = True
    if _ALIGNMENTS[column.alignment] is not None:
        paragraph.alignment = _ALIGNMENTS[column.alignment]
    text = f"{cell.symbol}\u00a0{cell.text}" if cell.status else cell.text
    if not text:
        return
    run = paragraph.add_run(text)
    if cell.status:
        run.bold = True
        run.font.color.rgb = RGBColor.from_string(STATUS_COLOURS[cell.status].upper())
