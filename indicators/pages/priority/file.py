"""The table of a priority as a file, with the rows, order and years of the page."""

from datetime import datetime
from io import BytesIO

from django.utils.text import slugify

from indicators.pages.priority.page import PriorityPage
from indicators.pages.priority.table import IndicatorTable
from indicators.readmodel.rows import Overview, PriorityRow
from indicators.readmodel.sentences import edition_sentence
from reports.appendix.cells import notation_notes
from reports.document import Column, Document, Section, Table
from reports.formats import get_format

# The formats that suit a table. Names shorter than in reports.formats.
EXTENSIONS = {"xlsx": "Excel", "ods": "ODS", "csv": "CSV"}


def table_file(
    priority: PriorityRow, page: PriorityPage, overview: Overview, year: int, *, extension: str, created: datetime
) -> bytes:
    """Return the bytes of the file; `extension` is one of EXTENSIONS. No queries."""
    stream = BytesIO()
    get_format(extension).writer(table_document(priority, page, overview, year, created=created), stream)
    return stream.getvalue()


def table_document(
    priority: PriorityRow, page: PriorityPage, overview: Overview, year: int, *, created: datetime
) -> Document:
    """Build the document of the table. It is marked CONCEPT for users who see drafts, even where there are none."""
    columns = tuple(Column(str(item.header), item.column.kind, item.column.width) for item in page.table.file_columns)
    caption = f"Prioriteit {priority.number}: {priority.name}, {year}"
    return Document(
        title=f"{caption} – {overview.title}",
        subtitle=page.answer,
        organisation=overview.organisation,
        created=created,
        subject="Indicatoren met nulmeting, metingen, streefwaarde en stand",
        details=tuple(_details(page, overview, year)),
        draft=overview.with_drafts,
        practice=overview.is_practice,
        sections=(Section("Wat hierin staat", 1, ()),),
        data=Table(caption, columns, tuple(page.table.file_rows()), _notes(page.table, overview)),
    )


def file_name(overview: Overview, priority: PriorityRow, year: int, extension: str) -> str:
    """Return the name of the file, which tells that drafts are included or figures are invented."""
    edition = overview.edition.label if overview.edition else ""
    parts = [
        "oefengemeente" if overview.is_practice else "",
        f"prioriteit-{priority.number}",
        slugify(priority.name),
        str(year),
        f"editie-{edition}" if edition else "",
        "concept" if overview.with_drafts else "",
    ]
    return f"{'-'.join(filter(None, parts))}.{extension}"


def _details(page: PriorityPage, overview: Overview, year: int) -> list[tuple[str, str]]:
    sentence = edition_sentence(overview.edition or overview.edition_of(year), year)
    details = [("Stand", "concepten tellen mee" if overview.with_drafts else sentence)]
    if page.filter.is_on:
        choices = [value for value, _, is_selected in page.filter.sources if is_selected]
        choices += [words for _, words, is_selected in page.filter.statuses if is_selected]
        details.append(("Alleen", ", ".join(choices) or "niets"))
    details.append(("Rijen", "een rij voor elk onderdeel; de stand is die van de hele indicator"))
    return details


def _notes(table: IndicatorTable, overview: Overview) -> tuple[str, ...]:
    parts = [part for row in table.rows for part in row.record.row.components]
    return notation_notes(part.figures[year].value for part in parts for year in overview.years)
