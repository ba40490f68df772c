"""The document on screen: its sections, tables and figures, prepared for the template."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe

from indicators.domain.assessment import Status
from indicators.pages.badges import mark
from reports.document import Block, Cell, Column, Document, Figure, Section, Table

LONGEST_FIGURE = 11  # characters; a longer printed text in a column of figures may wrap


@dataclass(frozen=True, slots=True)
class CellView:
    """A table cell with its CSS classes; `is_heading` makes it the heading of its row."""

    text: str | SafeString
    css: str
    is_heading: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockView:
    """A block with the name of its kind and an id; of a table the cells, of a figure the SVG."""

    kind: str
    block: Block
    identity: str
    headings: tuple[CellView, ...] = ()
    rows: tuple[tuple[CellView, ...], ...] = ()
    drawing: SafeString = mark_safe("")


@dataclass(frozen=True, slots=True)
class SectionView:
    """A section with its id. Its level is one lower than in the document: the title of the page is the only h1."""

    title: str
    level: int
    identity: str
    blocks: tuple[BlockView, ...]


def section_views(document: Document) -> list[SectionView]:
    """Return the sections of the document for the template."""
    return [_section(section, f"deel-{number}") for number, section in enumerate(document.sections, start=1)]


def _section(section: Section, identity: str) -> SectionView:
    blocks = tuple(_block(block, f"{identity}-{number}") for number, block in enumerate(section.blocks, start=1))
    return SectionView(section.title, section.level + 1, identity, blocks)


def _block(block: Block, identity: str) -> BlockView:
    kind = type(block).__name__.lower()
    match block:
        case Table():
            return BlockView(
                kind=kind,
                block=block,
                identity=identity,
                headings=tuple(
                    CellView(column.heading, "figure" if column.kind == "figure" else "", False)
                    for column in block.columns
                ),
                rows=tuple(tuple(_cells(row, block)) for row in block.rows),
            )
        case Figure():
            # Safe: charts are drawn by this application, which escapes every text in them.
            return BlockView(kind=kind, block=block, identity=identity, drawing=mark_safe(block.svg))
        case _:
            return BlockView(kind=kind, block=block, identity=identity)


def _cells(row: tuple[Cell, ...], table: Table) -> Iterator[CellView]:
    for cell, column in zip(row, table.columns, strict=True):
        text = mark(Status(cell.status), cell.text) if cell.status else cell.text
        yield CellView(text, _css(cell, column), column.kind == "heading")


def _css(cell: Cell, column: Column) -> str:
    """Return the classes of a cell: figures stay on one line, longer printed texts among them may wrap."""
    if column.kind != "figure":
        return ""
    return "figure" if cell.number is not None or len(cell.text) <= LONGEST_FIGURE else "figure long"
