"""PDF: archivable (PDF/A-2a) and accessible (PDF/UA-1), set by typst with appendix.typ.

The document is passed as JSON in `sys.inputs`, never as source, so that text is not read as markup. Only the fonts
inside the typst package are used, so that the bytes do not depend on the machine.
"""

import json
import re
from pathlib import Path
from typing import Any, BinaryIO

import typst

from reports.document import (
    DRAFT_BADGE,
    PRACTICE_MARK,
    STATUS_SYMBOLS,
    Block,
    Cell,
    Document,
    Figure,
    List,
    Notice,
    Paragraph,
    Table,
)
from reports.writers import looks
from reports.writers.fitting import TABLE_HEIGHT, figure_size, stays_together, table_heights, whole_rows
from reports.writers.typeset import CannotTypeset, displayable, fonts, typeset_error

TEMPLATE = Path(__file__).with_name("appendix.typ")
TABLE_SIZE, WIDE_SIZE, COMPACT_SIZE = 9.5, 8.5, 7.5  # points
_LONG_WORD = re.compile(r"[^\s\u200b]{30,}")


def write(document: Document, stream: BinaryIO) -> None:
    """Write `document` as PDF. Raises CannotTypeset when typst refuses the document or gives a warning."""
    inputs = {"document": json.dumps(_as_data(document), ensure_ascii=False, sort_keys=True)}
    try:
        pdf, warnings = _compiler().compile_with_warnings(
            format="pdf",
            sys_inputs=inputs,
            pdf_standards=["a-2a", "ua-1"],
            timestamp=int(document.created.timestamp()),
        )
    except typst.TypstError as error:
        raise typeset_error(error) from error
    if warnings:
        raise CannotTypeset("; ".join(warning.message for warning in warnings))
    assert isinstance(pdf, bytes)  # a list is for formats with a file per page
    stream.write(pdf)


def _compiler() -> typst.Compiler:
    return typst.Compiler(TEMPLATE, root=TEMPLATE.parent, font_paths=fonts(), ignore_system_fonts=True)


def _as_data(document: Document) -> dict[str, Any]:
    return {
        "title": displayable(document.title),
        "subtitle": displayable(document.subtitle),
        "organisation": displayable(document.organisation),
        "language": document.language,
        "author": displayable(document.author or document.organisation),
        "subject": displayable(document.subject),
        "keywords": [displayable(keyword) for keyword in document.keywords],
        "details": [[displayable(term), displayable(value)] for term, value in document.details],
        "draft": DRAFT_BADGE if document.draft else "",
        "practice": PRACTICE_MARK if document.practice else "",
        "symbols": STATUS_SYMBOLS,
        "colours": {
            "ink": looks.INK,
            "quiet": looks.QUIET,
            "accent": looks.ACCENT,
            "hairline": looks.HAIRLINE,
            "watermark": looks.WATERMARK,
            "band": looks.BAND,
            "band-ink": looks.BAND_INK,
            **looks.STATUS_COLOURS,
        },
        "runs": [
            {
                "landscape": landscape,
                "sections": [
                    {
                        "title": displayable(section.title),
                        "level": section.level,
                        "new-page": section.new_page,
                        "together": stays_together(section),
                        "blocks": [_block(block, landscape) for block in section.blocks],
                    }
                    for section in sections
                ],
            }
            for landscape, sections in document.page_runs()
        ],
    }


def _block(block: Block, landscape: bool) -> dict[str, Any]:
    match block:
        case Paragraph(text):
            return {"kind": "paragraph", "text": _words(text)}
        case Notice(text):
            return {"kind": "notice", "text": _words(text)}
        case List(items):
            return {"kind": "list", "items": [_words(item) for item in items]}
        case Figure():
            return {
                "kind": "figure",
                "svg": displayable(block.svg),
                "alt": displayable(block.alt),
                "caption": _words(block.caption),
                "width": figure_size(block, landscape)[0],
            }
        case Table():
            return _table(block, landscape)


def _table(table: Table, landscape: bool) -> dict[str, Any]:
    size = COMPACT_SIZE if table.compact else WIDE_SIZE if table.wide else TABLE_SIZE
    fits, heights = table_heights(table, size, landscape)
    return {
        "kind": "table",
        "caption": _words(table.caption),
        "size": size,
        "compact": table.compact,
        "highest": TABLE_HEIGHT[landscape],
        "fits": fits,
        "heights": heights,
        "whole": whole_rows(table, size, landscape),
        "columns": [
            {
                "heading": _words(column.heading),
                "kind": column.kind,
                "width": column.width,
                "align": column.alignment,
            }
            for column in table.columns
        ],
        "rows": [[_cell(cell) for cell in row] for row in table.rows],
        "footnotes": [_words(note) for note in table.footnotes],
    }


def _cell(cell: Cell) -> dict[str, Any]:
    return {"text": _words(cell.text), "status": cell.status or ""}


def _words(text: str) -> str | list[str]:
    """Return text for typst, in a list when it has a word that may need breaking: searching for these in typst is slow.

    A space before a line end separates the two lines for screen readers.
    """
    words = displayable(text).replace("\n", " \n")
    return [words] if _LONG_WORD.search(words) else words
