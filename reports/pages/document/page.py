"""The document on screen: the same sections, tables and pictures as in the files, ready for the template."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe

from indicators.domain.assessment import Status
from indicators.pages.badges import mark
from reports.document import Block, Cell, Column, Document, Figure, Section, Table


@dataclass(frozen=True)
class ShownCell:
    """A cell with what the template needs to know of it."""

    text: str | SafeString
    css: str
    names_row: bool


@dataclass(frozen=True)
class ShownBlock:
    """A block with the name of its kind; a table with its rows, a picture with its drawing."""

    kind: str
    block: Block
    identity: str
    headings: tuple[ShownCell, ...] = ()
    rows: tuple[tuple[ShownCell, ...], ...] = ()
    drawing: SafeString = mark_safe("")


@dataclass(frozen=True)
class ShownSection:
    """A section with the place to link to; the page's own title is the only heading of level 1."""

    title: str
    level: int
    identity: str
    blocks: tuple[ShownBlock, ...]


def shown_sections(document: Document) -> list[ShownSection]:
    """The sections of the document for the template."""
    return [_section(section, f"deel-{number}") for number, section in enumerate(document.sections, start=1)]


def _section(section: Section, identity: str) -> ShownSection:
    blocks = tuple(_block(block, f"{identity}-{number}") for number, block in enumerate(section.blocks, start=1))
    return ShownSection(section.title, section.level + 1, identity, blocks)


def _block(block: Block, identity: str) -> ShownBlock:
    kind = type(block).__name__.lower()
    if isinstance(block, Table):
        headings = tuple(ShownCell(c.heading, "figure" if c.kind == "figure" else "", False) for c in block.columns)
        return ShownBlock(kind, block, identity, headings, tuple(tuple(_cells(row, block)) for row in block.rows))
    if isinstance(block, Figure):
        # Our own charts, which escape every text that they hold; never anything that was typed or uploaded.
        return ShownBlock(kind, block, identity, drawing=mark_safe(block.svg))
    return ShownBlock(kind, block, identity)


def _cells(row: tuple[Cell, ...], table: Table) -> Iterator[ShownCell]:
    for cell, column in zip(row, table.columns, strict=True):
        text = mark(Status(cell.status), cell.text) if cell.status else cell.text
        yield ShownCell(text, _css(cell, column), column.kind == "heading")


def _css(cell: Cell, column: Column) -> str:
    """Figures keep to one line; a printed cell that says more than a figure may wrap."""
    if column.kind != "figure":
        return ""
    return "figure" if cell.number is not None or len(cell.text) < 12 else "figure long"
