"""Writing a document of a year to a file, for the commands `appendix` and `programma`."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from indicators.management.arguments import MISTAKE
from indicators.management.output import add_output_argument, check_output, write_output
from indicators.readmodel.public import public_overview
from kadernota import clock
from reports.appendix.load import NoEdition
from reports.formats import FORMATS, file_bytes
from reports.management.editions import add_edition_arguments, read_numbered_edition, read_year
from reports.year_documents import DOCUMENTS


def add_document_arguments(parser: CommandParser) -> None:
    """Add the arguments of `write_document`."""
    add_edition_arguments(parser)
    add_output_argument(parser)
    parser.add_argument("--format", default="pdf", metavar="|".join(FORMATS))
    parser.add_argument("--drafts", action="store_true", help="Tel ook mee wat nog niet is vastgesteld.")


def write_document(
    command: BaseCommand,
    key: str,
    *,
    slug: str,
    year: str,
    format: str,
    output: str | None,
    edition: str | None,
    drafts: bool,
    **_: Any,
) -> None:
    """Write the document with this key to a file and print its size. Raises CommandError for every mistake."""
    kadernota, parsed_year = read_year(slug, year)
    if format not in FORMATS:
        raise CommandError(f"‘{format}’ is geen formaat. Wel: {', '.join(FORMATS)}.", returncode=MISTAKE)
    if edition is not None and drafts:
        raise CommandError("Kies een editie of de concepten, niet allebei.", returncode=MISTAKE)
    chosen = None
    if edition is not None:
        row = read_numbered_edition(kadernota, parsed_year, edition)
        chosen = next(info for info in public_overview(kadernota).editions if info.pk == row.pk)
    try:
        loaded = DOCUMENTS[key].load(kadernota, parsed_year, edition=chosen, drafts_at=clock.now() if drafts else None)
    except NoEdition as error:
        raise CommandError(str(error)) from error
    check_output(output)
    path = Path(output or loaded.file_name(FORMATS[format].extension))
    write_output(command, path, file_bytes(loaded.document, format))
