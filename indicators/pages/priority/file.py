"""The table of a priority as a file: exactly the rows, the order and the years that the page shows."""

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
    columns = tuple(Column(str(item.header), item.column.kind, item.column.width) for item in page.table.file_columns)
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
        data=Table(caption, columns, tuple(page.table.file_rows()), _notes(page.table, overview)),
    )


def file_name(overview: Overview, priority: PriorityRow, year: int, extension: str) -> str:
    """The name under which the file is handed out; it says so when drafts are counted or figures are invented."""
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
    standing = edition_sentence(overview.edition or overview.edition_of(year), year)
    details = [("Stand", "concepten tellen mee" if overview.with_drafts else standing)]
    if page.filter.is_on:
        chosen = [value for value, _, is_chosen in page.filter.sources if is_chosen]
        chosen += [word for _, word, is_chosen in page.filter.statuses if is_chosen]
        details.append(("Alleen", ", ".join(chosen) or "niets"))
    details.append(("Rijen", "een rij voor elk onderdeel; de stand is die van de hele indicator"))
    return details


def _notes(table: IndicatorTable, overview: Overview) -> tuple[str, ...]:
    parts = [part for line in table.rows for part in line.record.row.components]
    return notation_notes(part.figures[year].value for part in parts for year in overview.years)
