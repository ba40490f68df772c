"""The table of a priority as a file: exactly the rows, the order and the years that the page shows."""

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO

from django.utils.text import slugify

from indicators.pages.priority.page import PriorityPage
from indicators.readmodel.rows import ComponentRow, IndicatorRow, Overview, PriorityRow
from indicators.readmodel.sentences import edition_sentence
from indicators.readmodel.statuses import standing_words
from reports.appendix.cells import NOTHING, figure_cell, notation_notes, status_cell, target_cell, value_cell
from reports.document import Cell, Column, Document, Section, Table
from reports.formats import get_format

# Those in which a table is of use; the names are shorter than those of the appendix.
EXTENSIONS = {"xlsx": "Excel", "ods": "ODS", "csv": "CSV"}


def table_file(
    priority: PriorityRow, page: PriorityPage, overview: Overview, year: int, *, extension: str, made: datetime
) -> bytes:
    """The bytes of the file. KeyError for an extension that there is none of. No queries."""
    if extension not in EXTENSIONS:
        raise KeyError(extension)
    stream = BytesIO()
    get_format(extension).writer(table_document(priority, page, overview, year, made=made), stream)
    return stream.getvalue()


def table_document(
    priority: PriorityRow, page: PriorityPage, overview: Overview, year: int, *, made: datetime
) -> Document:
    """The table in view as a document. It carries CONCEPT when drafts are counted, whether there are any or not."""
    rows = page.rows_in_view
    caption = f"Prioriteit {priority.number}: {priority.name}, {year}"
    return Document(
        title=f"{caption} – {overview.title}",
        subtitle=page.answer,
        organisation=overview.organisation,
        created=made,
        subject="Indicatoren met nulmeting, metingen, streefwaarde en stand",
        details=tuple(_details(page, overview, year)),
        draft=overview.with_drafts,
        practice=overview.is_practice,
        sections=(Section("Wat hierin staat", 1, ()),),
        data=Table(caption, _columns(overview, year), tuple(_lines(rows, overview, year)), _notes(rows, overview)),
    )


def file_name(overview: Overview, priority: PriorityRow, year: int, extension: str) -> str:
    """The name under which the file is handed out; it says so when drafts are counted or figures are invented."""
    edition = overview.edition.label if overview.edition else ""
    parts = [
        "oefengemeente" if overview.is_practice else "", f"prioriteit-{priority.number}", slugify(priority.name),
        str(year), f"editie-{edition}" if edition else "", "concept" if overview.with_drafts else "",
    ]  # fmt: skip
    return f"{'-'.join(filter(None, parts))}.{extension}"


def _details(page: PriorityPage, overview: Overview, year: int) -> list[tuple[str, str]]:
    standing = edition_sentence(overview.edition or overview.edition_of(year), year)
    details = [("Stand", "concepten tellen mee" if overview.with_drafts else standing)]
    if page.filter.is_on:
        chosen = [value for value, _, is_chosen in page.filter.sources if is_chosen]
        chosen += [word for _, word, is_chosen in page.filter.statuses if is_chosen]
        details.append(("Alleen", ", ".join(chosen) or "niets"))
    details.append(("Rijen", "een rij voor elk onderdeel; de stand is die van de hele indicator"))
    return details


def _columns(overview: Overview, year: int) -> tuple[Column, ...]:
    years = tuple(Column(str(other), "figure", 8) for other in overview.years)
    return (
        Column("Code", "text", 6), Column("Indicator", "heading", 34), Column("Onderdeel", "text", 14),
        Column("Bron", "text", 10), Column("Nulmeting", "figure", 9), Column("Jaar nulmeting", "figure", 8), *years,
        Column(f"Streefwaarde {year}", "figure", 12), Column(f"Stand {year}", "status", 16),
        Column("Concept", "text", 10),
    )[: None if overview.with_drafts else -1]  # fmt: skip


def _lines(rows: Sequence[IndicatorRow], overview: Overview, year: int):
    for row in rows:
        for part, figure in row.figures(year):
            cells = (
                Cell(row.code), Cell(row.name), Cell(part.name), Cell(row.source),
                value_cell(part.baseline, part.baseline_printed, part), Cell(str(part.baseline_year or NOTHING)),
                *(_measured(part, other) for other in overview.years), target_cell(part, figure),
                _standing(row, part, overview, year),
            )  # fmt: skip
            drafts = [str(other) for other in overview.years if part.figures[other].is_draft]
            yield (*cells, Cell(", ".join(drafts))) if overview.with_drafts else cells


def _measured(part: ComponentRow, year: int) -> Cell:
    """A draft is told apart in a column of its own, so that the figure stays a number."""
    figure = part.figures[year]
    return value_cell(figure.value, figure.printed, part) if figure.is_draft else figure_cell(part, figure)


def _standing(row: IndicatorRow, part: ComponentRow, overview: Overview, year: int) -> Cell:
    """How the indicator stands, in the words of the page."""
    final, figure = year == overview.last_year, part.figures[year]
    if len(row.components) == 1:
        return Cell(standing_words(figure, final=final), status=figure.status.value)
    return status_cell(row.statuses[year], final=final)


def _notes(rows: Sequence[IndicatorRow], overview: Overview) -> tuple[str, ...]:
    return notation_notes(
        part.figures[year].value for row in rows for part in row.components for year in overview.years
    )
