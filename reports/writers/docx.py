"""Write DOCX with real headings, lists and tables, so that it can be edited and read by a screen reader."""

import zipfile
from io import BytesIO
from typing import BinaryIO

from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.part import Part
from docx.shared import Mm, Pt, RGBColor, Twips
from docx.text.paragraph import Paragraph as WordParagraph

from reports.document import Block, Cell, Document, Figure, List, Notice, Paragraph, Table
from reports.writers.docx_template import new_document, set_page
from reports.writers.docx_xml import (
    TABLE_STYLE,
    add_bookmark,
    add_contents_entry,
    begin_field,
    end_field,
    set_picture_sources,
    set_style,
    set_table_structure,
)
from reports.writers.fitting import TEXT_WIDTH, figure_size, stays_together
from reports.writers.looks import STATUS_COLOURS
from reports.writers.typeset import as_svg, bitmaps

CONTENTS_DEPTH = 2
ALIGNMENTS = {"center": WD_ALIGN_PARAGRAPH.CENTER, "right": WD_ALIGN_PARAGRAPH.RIGHT}
SHORT_TABLE = 10  # rows; a table of at most this many is kept on one page


def write(document: Document, stream: BinaryIO) -> None:
    """Write `document` as a Word document."""
    word = new_document(document)
    _write_title_page(word, document)
    _write_contents(word, document)
    _Body(word, document).write()
    _save(word, stream)


def _write_title_page(word: WordDocument, document: Document) -> None:
    word.add_paragraph(document.organisation)
    word.add_paragraph(document.title, "Title")
    if document.subtitle:
        word.add_paragraph(document.subtitle, "Subtitle")
    for mark in document.marks:
        word.add_paragraph(mark, "Markering")
    for label, value in document.details:
        word.add_paragraph(f"{label}\t{value}", "Titelregel")


def _write_contents(word: WordDocument, document: Document) -> None:
    """Write the contents list: a field that Word can update, with the headings as its result."""
    word.add_paragraph("Inhoud", "Inhoud")
    entries = [(n, section) for n, section in enumerate(document.sections, start=1) if section.level <= CONTENTS_DEPTH]
    for number, section in entries:
        line = word.add_paragraph(style=f"toc {section.level}")
        if (number, section) == entries[0]:
            begin_field(line, f'TOC \\o "1-{CONTENTS_DEPTH}" \\h \\z \\u', dirty=True)
        add_contents_entry(line, section.title, _bookmark(number))
        if (number, section) == entries[-1]:
            end_field(line)


def _bookmark(number: int) -> str:
    return f"_Toc{number:08d}"


class _Body:
    """The sections of a document, written at the end of a Word document."""

    def __init__(self, word: WordDocument, document: Document) -> None:
        self.word, self.document = word, document
        self.bitmaps = bitmaps(document)
        self.landscape = False

    def write(self) -> None:
        """Write all sections; adjacent sections of the same orientation share a Word section."""
        number = 0
        for landscape, sections in self.document.page_runs():
            self.start_pages(landscape)
            for place, section in enumerate(sections):
                number += 1
                heading = self.word.add_heading(section.title, section.level)
                add_bookmark(heading, number, _bookmark(number))
                if section.new_page and place:
                    heading.paragraph_format.page_break_before = True
                together = stays_together(section)
                for left, block in zip(range(len(section.blocks) - 1, -1, -1), section.blocks, strict=True):
                    self.add_block(block, together=together, last=left == 0)

    def start_pages(self, landscape: bool) -> None:
        """Start a Word section on a new page; shrink empty paragraphs around the break, which could fill a page."""
        before, self.landscape = self.word.paragraphs[-1], landscape
        set_page(self.word.add_section(), landscape=landscape)
        for paragraph in (before, self.word.paragraphs[-1]):
            if not paragraph.text:
                form = paragraph.paragraph_format
                form.space_before, form.space_after, form.line_spacing = Pt(0), Pt(0), Pt(1)

    def add_block(self, block: Block, *, together: bool, last: bool) -> None:
        """Write a block; `together` keeps its section on one page, `last` ends that."""
        match block:
            case Table():
                return self.add_table(block)
            case Figure():
                return self.add_figure(block)
            case Paragraph(text):
                paragraphs = [self.word.add_paragraph(text)]
            case Notice(text):
                paragraphs = [self.word.add_paragraph(text, "Opmerking")]
            case List(items):
                paragraphs = [self.word.add_paragraph(item, "List Bullet") for item in items]
        if together:
            for paragraph in paragraphs:
                paragraph.paragraph_format.keep_together = True
                if not last:
                    paragraph.paragraph_format.keep_with_next = True
        return None

    def add_figure(self, figure: Figure) -> None:
        """Write a picture as SVG and as bitmap, with its caption."""
        width, height = (Mm(side) for side in figure_size(figure, self.landscape))
        paragraph = self.word.add_paragraph()
        paragraph.add_run().add_picture(BytesIO(self.bitmaps[figure.svg]), width, height)
        package = self.word.part.package
        name = package.next_partname("/word/media/drawing%d.svg")
        drawing = Part(name, "image/svg+xml", as_svg(figure).encode(), package)
        set_picture_sources(paragraph, figure.alt, self.word.part.relate_to(drawing, RT.IMAGE))
        if figure.caption:
            paragraph.paragraph_format.keep_with_next = True
            self.word.add_paragraph(figure.caption, "Figuurbijschrift")

    def add_table(self, table: Table) -> None:
        """Write a table with its caption and footnotes; an empty paragraph separates it from a next table."""
        if table.caption:
            self.word.add_paragraph(table.caption, "Caption")
        word_table = self.word.add_table(0, len(table.columns), TABLE_STYLE)
        word_table.autofit = False
        width = Mm(TEXT_WIDTH[self.landscape]).twips
        total = sum(column.width for column in table.columns)
        for column, new in zip(table.columns, word_table.columns, strict=True):
            new.width = Twips(width * column.width // total)
        small = "klein" if table.compact else ""
        for new, column in zip(word_table.add_row().cells, table.columns, strict=True):
            _fill(new.paragraphs[0], Cell(column.heading), f"Tabelkop{small}", column.alignment)
        styles = [("Tabelrij" if column.kind == "heading" else "Tabeltekst") + small for column in table.columns]
        for number, row in enumerate(table.rows, start=1):
            keep = number < len(table.rows) <= SHORT_TABLE
            for new, cell, column, style in zip(word_table.add_row().cells, row, table.columns, styles, strict=True):
                paragraph = new.paragraphs[0]
                _fill(paragraph, cell, style, column.alignment)
                if keep:
                    paragraph.paragraph_format.keep_with_next = True
        set_table_structure(word_table, table.caption, names_rows=table.columns[0].kind == "heading")
        for note in table.footnotes:
            self.word.add_paragraph(note, "Tabelnoot")
        self.word.add_paragraph()


def _fill(paragraph: WordParagraph, cell: Cell, style_id: str, alignment: str) -> None:
    """Write a cell; a status gets its symbol and word in its colour."""
    set_style(paragraph, style_id)
    if alignment != "left":
        paragraph.alignment = ALIGNMENTS[alignment]
    if cell.status:
        run = paragraph.add_run(f"{cell.symbol}\u00a0{cell.text}")
        run.bold = True
        run.font.color.rgb = RGBColor.from_string(STATUS_COLOURS[cell.status].upper())
    elif cell.text:
        paragraph.add_run(cell.text)


def _save(word: WordDocument, stream: BinaryIO) -> None:
    """Save with a fixed date on all parts, so that equal documents give equal bytes."""
    package = BytesIO()
    word.save(package)
    with zipfile.ZipFile(package) as source, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(zipfile.ZipInfo(name), source.read(name), zipfile.ZIP_DEFLATED)
