"""Writing a document of a year to a file: what its commands share."""

import errno
import os
import shutil
from datetime import datetime
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser

from indicators.management.arguments import MISTAKE, find_edition, find_kadernota, find_year
from kadernota import clock
from priorities.models import Kadernota
from reports.appendix.load import NoEdition
from reports.formats import FORMATS, file_bytes
from reports.management.editions import number_of
from reports.year_documents import DOCUMENTS, Loaded, YearDocument


def add_document_arguments(parser: CommandParser) -> None:
    """What a command takes that writes a document of a year."""
    # Taken as text: what is wrong with them is told in a Dutch sentence.
    parser.add_argument("slug")
    parser.add_argument("year", metavar="jaar")
    parser.add_argument("--format", default="pdf", metavar="|".join(FORMATS))
    parser.add_argument("--output", metavar="BESTAND", help="Zonder dit: de eigen naam, in deze map.")
    parser.add_argument("--edition", metavar="N", help="Het nummer van de editie; zonder dit de nieuwste.")
    parser.add_argument("--drafts", action="store_true", help="Tel ook mee wat nog niet is vastgesteld.")


def write_document(
    command: BaseCommand,
    what: str,
    *,
    slug: str,
    year: str,
    format: str,
    output: str | None,
    edition: str | None,
    drafts: bool,
) -> None:
    """Write the document with this key to a file, and say how large it is. CommandError for every mistake."""
    kadernota = find_kadernota(slug)
    if format not in FORMATS:
        raise CommandError(f"‘{format}’ is geen formaat. Wel: {', '.join(FORMATS)}.", returncode=MISTAKE)
    loaded = _load(DOCUMENTS[what], kadernota, find_year(kadernota, number_of(year, "jaar")), edition, drafts)
    if output == "":
        raise CommandError("--output noemt geen bestand.", returncode=MISTAKE)
    path = Path(output or loaded.file_name(FORMATS[format].extension))
    content = file_bytes(loaded.document, format)
    try:
        write_whole(path, content)
    except OSError as error:
        raise CommandError(f"{path} is niet te schrijven: {error.strerror}.", returncode=MISTAKE) from error
    command.stdout.write(f"{path}: {len(content):,} bytes".replace(",", "."))


def _load(document: YearDocument, kadernota: Kadernota, year: int, edition: str | None, drafts: bool) -> Loaded:
    if edition is not None and drafts:
        raise CommandError("Kies een editie of de concepten, niet allebei.", returncode=MISTAKE)
    found = None
    if edition is not None:
        found = find_edition(kadernota, year, number_of(edition, "nummer van een editie"))
    moment: datetime | None = clock.now() if drafts else None
    try:
        return document.load(kadernota, year, edition=found, drafts_at=moment)
    except NoEdition as error:
        raise CommandError(str(error)) from error


def write_whole(path: Path, content: bytes) -> None:
    """Write a file whole or not at all: beside its place first, then under its name. Raises OSError.

    A link is followed, a file keeps its rights, and what is no file (a pipe, a device) is simply written to.
    """
    path = path.resolve()
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    if path.exists() and not path.is_file():
        with path.open("wb") as pipe:
            pipe.write(content)
        return
    beside = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        with beside.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if path.exists():
            shutil.copymode(path, beside)
        os.replace(beside, path)
    finally:
        beside.unlink(missing_ok=True)
