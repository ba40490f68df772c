"""Write the appendix of a year to a file."""

import errno
import os
import shutil
from datetime import datetime
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from indicators.management.arguments import MISTAKE, find_edition, find_kadernota, find_year
from priorities.models import Kadernota
from reports.appendix.files import file_bytes
from reports.appendix.load import Appendix, NoEdition, load_appendix
from reports.formats import FORMATS


class Command(BaseCommand):
    """`manage.py appendix SLUG YEAR [--format pdf] [--output FILE] [--edition N | --drafts]`."""

    help = "Schrijf de bijlage van een jaar naar een bestand."

    def add_arguments(self, parser):
        # Taken as text: what is wrong with them is told in a Dutch sentence.
        parser.add_argument("slug")
        parser.add_argument("year", metavar="jaar")
        parser.add_argument("--format", default="pdf", metavar="|".join(FORMATS))
        parser.add_argument("--output", metavar="BESTAND", help="Zonder dit: de eigen naam, in deze map.")
        parser.add_argument("--edition", metavar="N", help="Het nummer van de editie; zonder dit de nieuwste.")
        parser.add_argument("--drafts", action="store_true", help="Tel ook mee wat nog niet is vastgesteld.")

    def handle(self, *, slug: str, year: str, format: str, output: str | None, edition: str | None, drafts: bool,
               **options):  # fmt: skip
        kadernota = find_kadernota(slug)
        if format not in FORMATS:
            raise CommandError(f"‘{format}’ is geen formaat. Wel: {', '.join(FORMATS)}.", returncode=MISTAKE)
        appendix = _load(kadernota, find_year(kadernota, _number(str(year), "jaar")), edition, drafts)
        if output == "":
            raise CommandError("--output noemt geen bestand.", returncode=MISTAKE)
        path = Path(output or appendix.file_name(FORMATS[format].extension))
        content = file_bytes(appendix.document, format)
        try:
            write_whole(path, content)
        except OSError as error:
            raise CommandError(f"{path} is niet te schrijven: {error.strerror}.", returncode=MISTAKE) from error
        self.stdout.write(f"{path}: {len(content):,} bytes".replace(",", "."))


def _load(kadernota: Kadernota, year: int, edition: str | None, drafts: bool) -> Appendix:
    if edition is not None and drafts:
        raise CommandError("Kies een editie of de concepten, niet allebei.", returncode=MISTAKE)
    found = None
    if edition is not None:
        found = find_edition(kadernota, year, _number(str(edition), "nummer van een editie"))
    moment: datetime | None = timezone.now() if drafts else None
    try:
        return load_appendix(kadernota, year, edition=found, drafts_at=moment)
    except NoEdition as error:
        raise CommandError(str(error)) from error


def _number(text: str, what: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 4):
        raise CommandError(f"‘{text}’ is geen {what}.", returncode=MISTAKE)
    return int(text)


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
