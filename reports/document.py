"""The document model: sections, tables, figures and text, independent of the file format.

Objects are immutable and hold only text and decimals. Writers therefore need no knowledge of indicators, and equal
documents give equal files. Text is cleaned on construction, so that every format can hold every character.
"""

import itertools
from collections.abc import Iterator
from dataclasses import KW_ONLY, dataclass
from datetime import datetime
from decimal import Decimal
from typing import Literal

from indicators.domain.statuses import STATUSES
from indicators.domain.text_input import clean_line, clean_text

DRAFT_BADGE = "CONCEPT"
PRACTICE_MARK = "OEFENGEMEENTE – verzonnen cijfers"

# The shapes differ, so that a status survives printing in black and white.
# The signs equal those of the pages and the charts; a test compares them.
STATUS_SYMBOLS = {status.value: text.sign for status, text in STATUSES.items()}

# A table with at least this many columns is printed on a landscape page.
WIDE_TABLE_COLUMNS = 8

Align = Literal["left", "center", "right"]
Kind = Literal["text", "figure", "status", "heading"]
ALIGNMENTS = ("left", "center", "right")
KINDS = ("text", "figure", "status", "heading")


def _clean(target: object, *, lines: tuple[str, ...] = (), texts: tuple[str, ...] = ()) -> None:
    """Clean the named fields of a frozen object: `lines` hold one line of text, `texts` may hold several."""
    for names, cleaner in ((lines, clean_line), (texts, clean_text)):
        for name in names:
            value = getattr(target, name)
            cleaned = cleaner(value) if isinstance(value, str) else tuple(cleaner(item) for item in value)
            object.__setattr__(target, name, cleaned)


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell. Every writer shows `text` unchanged.

    `number` is the exact value behind the text, in the unit of the component (22 for "22%"), with its number of
    `decimals`; spreadsheets store it as a number. `status` is a key of STATUS_SYMBOLS: the symbol precedes the text.
    `formula` is the spreadsheet formula of which `text` is the result: {heading} is the cell under that heading in
    the same row, {heading^2} the two cells above it. Formulas never contain user input.
    """

    text: str
    _: KW_ONLY
    number: Decimal | None = None
    decimals: int | None = None
    unit: Literal["", "%"] = ""
    status: str | None = None
    formula: str = ""

    def __post_init__(self) -> None:
        _clean(self, texts=("text",))
        if self.number is not None and (not isinstance(self.number, Decimal) or not self.number.is_finite()):
            raise ValueError(f"a cell's number is a finite Decimal, not {self.number!r}")
        if self.number is not None and self.decimals is None:
            raise ValueError(f"the figure {self.text!r} does not say how many decimals it has")
        if self.status is not None and self.status not in STATUS_SYMBOLS:
            raise ValueError(f"unknown status {self.status!r}")

    @property
    def symbol(self) -> str:
        """The sign before the text of a status cell, else ""."""
        return STATUS_SYMBOLS[self.status] if self.status else ""

    @property
    def places(self) -> int:
        """The number of decimals to write: those of the component, or those of the number if it has more."""
        if self.number is None:
            return 0
        return max(self.decimals or 0, -int(self.number.normalize().as_tuple().exponent))


@dataclass(frozen=True, slots=True)
class Column:
    """A table column; `width` is relative to the other columns.

    Cells in a column of kind "heading" are the headings of their rows. Figures are right-aligned unless `align` is set.
    """

    heading: str
    kind: Kind = "text"
    width: int = 10
    align: Align | None = None

    def __post_init__(self) -> None:
        _clean(self, lines=("heading",))
        if self.kind not in KINDS or self.align not in (None, *ALIGNMENTS) or self.width < 1:
            raise ValueError(f"a column cannot be {self!r}")

    @property
    def alignment(self) -> Align:
        """The effective alignment of the column."""
        return self.align or ("right" if self.kind == "figure" else "left")


@dataclass(frozen=True, slots=True)
class Table:
    """A table with one heading row. `name` is the short name for a sheet tab; the caption is used without it.

    A `compact` table is set in a smaller type, so that an overview fits on one page.
    """

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    _: KW_ONLY
    footnotes: tuple[str, ...] = ()
    name: str = ""
    compact: bool = False

    def __post_init__(self) -> None:
        _clean(self, lines=("caption", "name"), texts=("footnotes",))
        if not self.columns:
            raise ValueError(f"table {self.caption!r} has no columns")
        if sum(column.kind == "heading" for column in self.columns) > 1:
            raise ValueError(f"table {self.caption!r} has more than one column that names the row")
        for number, row in enumerate(self.rows, start=1):
            if len(row) != len(self.columns):
                raise ValueError(f"row {number} of table {self.caption!r} has {len(row)} of {len(self.columns)} cells")

    @property
    def wide(self) -> bool:
        """Whether the table needs a landscape page."""
        return len(self.columns) >= WIDE_TABLE_COLUMNS and not self.compact


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of running text."""

    text: str

    def __post_init__(self) -> None:
        _clean(self, texts=("text",))


@dataclass(frozen=True, slots=True)
class List:
    """An unordered list."""

    items: tuple[str, ...]

    def __post_init__(self) -> None:
        _clean(self, texts=("items",))


@dataclass(frozen=True, slots=True)
class Notice:
    """A paragraph that is emphasised."""

    text: str

    def __post_init__(self) -> None:
        _clean(self, texts=("text",))


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture: a complete SVG without external style sheet, and its text alternative.

    `width` is the width on paper, in percent of the text width.
    """

    svg: str
    alt: str
    caption: str = ""
    width: int = 100

    def __post_init__(self) -> None:
        _clean(self, lines=("caption", "alt"), texts=("svg",))
        if not 1 <= self.width <= 100:
            raise ValueError(f"a figure is 1 to 100 percent wide, not {self.width}")
        if not self.alt:
            raise ValueError("a figure needs a text alternative")


Block = Paragraph | List | Table | Figure | Notice


@dataclass(frozen=True, slots=True)
class Section:
    """A heading of level 1, 2 or 3 with its blocks, up to the next heading. `new_page` starts it on a new page."""

    title: str
    level: int = 1
    blocks: tuple[Block, ...] = ()
    new_page: bool = False

    def __post_init__(self) -> None:
        _clean(self, lines=("title",))
        if not self.title or self.level not in (1, 2, 3):
            raise ValueError(f"a section has a title and level 1, 2 or 3: {self.title!r}, {self.level}")

    @property
    def landscape(self) -> bool:
        """Whether the section is printed on landscape pages."""
        return any(isinstance(block, Table) and block.wide for block in self.blocks)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pivot:
    """A pivot table over the document's data, for spreadsheets.

    `rows`, `column` and `value` are headings of columns of the data: a row for each combination of `rows`, a column for
    each value of `column`, with `value` in the cells.
    """

    name: str
    caption: str
    rows: tuple[str, ...]
    column: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A native spreadsheet chart over a range of the table named `table`.

    Each of `rows` is a line over `columns`; with `stacked`, each of `rows` is a bar divided into `columns`. Both ranges
    count from 0, without the heading row.
    """

    title: str
    alt: str
    table: str
    rows: range
    columns: range
    stacked: bool = False

    def __post_init__(self) -> None:
        _clean(self, lines=("title", "alt", "table"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A complete document. `created` is timezone-aware and given by the caller: no writer reads the clock.

    `details` are the lines of the title page, as pairs of a term and its value ("Editie", "2020-1").
    `data` is the flat table of all figures: the CSV file, and a sheet of the spreadsheets, where a sheet for each of
    `pivots` precedes it. `workings` are tables for spreadsheets only, and `charts` are drawn there.
    """

    title: str
    organisation: str
    created: datetime
    sections: tuple[Section, ...]
    subtitle: str = ""
    language: str = "nl"
    author: str = ""
    subject: str = ""
    keywords: tuple[str, ...] = ()
    details: tuple[tuple[str, str], ...] = ()
    draft: bool = False
    practice: bool = False
    data: Table | None = None
    pivots: tuple[Pivot, ...] = ()
    workings: tuple[Table, ...] = ()
    charts: tuple[Chart, ...] = ()

    def __post_init__(self) -> None:
        _clean(self, lines=("title", "organisation", "subtitle", "author", "subject", "keywords"))
        details = tuple((clean_line(term), clean_line(value)) for term, value in self.details)
        object.__setattr__(self, "details", details)
        if not self.title:
            raise ValueError("a document needs a title")
        if self.created.utcoffset() is None:
            raise ValueError("the creation time of a document needs a time zone")
        level = 0
        for section in self.sections:
            if section.level > level + 1:
                raise ValueError(f"the heading {section.title!r} skips a level")
            level = section.level
        headings = {column.heading for column in self.data.columns} if self.data else set()
        for pivot in self.pivots:
            if not headings >= {*pivot.rows, pivot.column, pivot.value}:
                raise ValueError(f"the pivot {pivot.name!r} names columns that the data do not have")

    @property
    def marks(self) -> tuple[str, ...]:
        """The warnings on every page: draft, fictitious figures."""
        return (DRAFT_BADGE,) * self.draft + (PRACTICE_MARK,) * self.practice

    def page_runs(self) -> Iterator[tuple[bool, list[Section]]]:
        """Yield consecutive sections with the same page orientation, as (landscape, sections)."""
        for landscape, run in itertools.groupby(self.sections, key=lambda section: section.landscape):
            yield landscape, list(run)
