"""A document without a format: what the appendix says, before it is a PDF, a text document or a sheet.

Everything here is frozen and made of text and decimals, so a writer needs to know nothing of indicators, and
the same document always gives the same file. Text is cleaned when an object is made: no writer meets a
character that its format cannot hold.
"""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Literal

from indicators.domain.statuses import STATUSES
from indicators.domain.text_input import clean_line as clean_line
from indicators.domain.text_input import clean_text as clean_text

DRAFT_BADGE = "CONCEPT"
PRACTICE_MARK = "OEFENGEMEENTE – verzonnen cijfers"

# Different shapes, so that a status survives a black and white print. The word stands beside it.
STATUS_SYMBOLS = {status.value: text.sign for status, text in STATUSES.items()}

# From this number of columns on a table is printed on a page that lies on its side.
WIDE_TABLE_COLUMNS = 8

Align = Literal["left", "center", "right"]
Kind = Literal["text", "figure", "status", "heading"]
ALIGNMENTS = ("left", "center", "right")
KINDS = ("text", "figure", "status", "heading")


def _clean(target: object, *, lines: tuple[str, ...] = (), texts: tuple[str, ...] = ()) -> None:
    for names, cleaner in ((lines, clean_line), (texts, clean_text)):
        for name in names:
            value = getattr(target, name)
            cleaned = cleaner(value) if isinstance(value, str) else tuple(cleaner(item) for item in value)
            object.__setattr__(target, name, cleaned)


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell. Every writer shows `text`, to the letter.

    `number` is given when the text is an exact figure, in the component's own unit (22 for "22%"), with its
    `decimals`; sheets then hold a real number. `status` is a key of STATUS_SYMBOLS: its symbol goes before
    the text. `formula` is how a sheet computes this cell, with `text` as its result: {word} is the cell under that
    heading in the same row, {word^2} the two cells above it. It is ours; nothing that was typed may be in it.
    """

    text: str
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
        """The sign that goes before the text of a status, or nothing."""
        return STATUS_SYMBOLS[self.status] if self.status else ""

    @property
    def places(self) -> int:
        """With how many decimals the number is written: those of the component, or more where it has more."""
        if self.number is None:
            return 0
        return max(self.decimals or 0, -int(self.number.normalize().as_tuple().exponent))


@dataclass(frozen=True, slots=True)
class Column:
    """A column: heading, width relative to the others, and what stands in it.

    The cells of a column of kind "heading" name their row. Figures stand right unless `align` says otherwise.
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
        """Where the text stands in its column."""
        return self.align or ("right" if self.kind == "figure" else "left")


@dataclass(frozen=True, slots=True)
class Table:
    """A table with one row of headings. `name` is short, for the tab of a sheet; else the caption serves.

    A `compact` table is set smaller, so that an overview stays on one page.
    """

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
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
        """Whether the table needs a page that lies on its side."""
        return len(self.columns) >= WIDE_TABLE_COLUMNS and not self.compact


@dataclass(frozen=True, slots=True)
class Paragraph:
    text: str

    def __post_init__(self) -> None:
        _clean(self, texts=("text",))


@dataclass(frozen=True, slots=True)
class List:
    items: tuple[str, ...]

    def __post_init__(self) -> None:
        _clean(self, texts=("items",))


@dataclass(frozen=True, slots=True)
class Notice:
    """A remark that must not be missed."""

    text: str

    def __post_init__(self) -> None:
        _clean(self, texts=("text",))


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture: a whole SVG that needs no style sheet, and the words for who does not see it.

    `width` is its width on paper, in percent of the width of the text.
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
            raise ValueError("a figure without a text alternative is not written")


Block = Paragraph | List | Table | Figure | Notice


@dataclass(frozen=True, slots=True)
class Section:
    """A heading of level 1, 2 or 3 and what stands under it, up to the next heading.

    With `new_page` it begins at the top of a page.
    """

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
        """Whether the section is printed on pages that lie on their side."""
        return any(isinstance(block, Table) and block.wide for block in self.blocks)


@dataclass(frozen=True, slots=True)
class Pivot:
    """A view on the document's data for sheets: `rows` down, the values of `column` across, `value` in the cells.

    All three name columns of the data by their headings.
    """

    name: str
    caption: str
    rows: tuple[str, ...]
    column: str
    value: str


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart that a sheet draws itself, of the rows of the table by this name: `columns` across, a line for each of
    `rows`; or with `stacked` a bar for each of `rows`, cut into `columns`. Both count from 0.
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
    """The whole. `created` is handed in, with its time zone; nothing here or in a writer asks the clock.

    `details` are the lines of the title page, as pairs of a word and what it is ("Editie", "2020-1").
    `data` is the one flat table of all figures, for machines: CSV is made of it, and XLSX adds it as a sheet,
    with a sheet for each of `pivots` before it. `workings` are tables for sheets alone, and `charts` are drawn there.
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
        details = tuple((clean_line(word), clean_line(value)) for word, value in self.details)
        object.__setattr__(self, "details", details)
        if not self.title:
            raise ValueError("a document has a title")
        if self.created.utcoffset() is None:
            raise ValueError("a document's time of making has a time zone")
        level = 0
        for section in self.sections:
            if section.level > level + 1:
                raise ValueError(f"the heading {section.title!r} skips a level")
            level = section.level
        headings = {column.heading for column in self.data.columns} if self.data else set()
        for pivot in self.pivots:
            if not headings >= {*pivot.rows, pivot.column, pivot.value}:
                raise ValueError(f"the pivot {pivot.name!r} asks for columns that the data do not have")

    @property
    def marks(self) -> tuple[str, ...]:
        """What must be read on every page: that it is a draft, that the figures are made up."""
        return (DRAFT_BADGE,) * self.draft + (PRACTICE_MARK,) * self.practice

    def page_runs(self) -> Iterator[tuple[bool, list[Section]]]:
        """The sections in order, in runs that share the way their pages lie: (landscape, sections)."""
        for landscape, run in itertools.groupby(self.sections, key=lambda section: section.landscape):
            yield landscape, list(run)
