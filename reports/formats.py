"""The file formats of a document. To add one: write `reports/writers/KEY.py` and add a line to FORMATS."""

import hashlib
import importlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.metadata import version
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from reports.document import Document

Writer = Callable[[Document, BinaryIO], None]


@dataclass(frozen=True, slots=True)
class Format:
    """A file format. `key` is part of URLs and commands, and the name of the module of its writer."""

    key: str
    name: str
    extension: str
    media_type: str

    @property
    def writer(self) -> Writer:
        """The function that writes a document. Imported on use: pages that only list formats need no library."""
        write: Writer = importlib.import_module(f"reports.writers.{self.key}").write
        return write


_OOXML = "application/vnd.openxmlformats-officedocument"

# In the order of the menu: open standards first.
FORMATS = {
    fmt.key: fmt
    for fmt in (
        #      key     name                             extension  media type
        Format("odt", "ODT (tekst, open standaard)", "odt", "application/vnd.oasis.opendocument.text"),
        Format("ods", "ODS (rekenblad, open standaard)", "ods", "application/vnd.oasis.opendocument.spreadsheet"),
        Format("pdf", "PDF", "pdf", "application/pdf"),
        Format("docx", "Word", "docx", f"{_OOXML}.wordprocessingml.document"),
        Format("xlsx", "Excel", "xlsx", f"{_OOXML}.spreadsheetml.sheet"),
        Format("csv", "CSV (alleen de cijfers)", "csv", "text/csv; charset=utf-8"),
        Format("html", "HTML (één webpagina)", "html", "text/html; charset=utf-8"),
    )
}

WRITERS = Path(__file__).with_name("writers")
LIBRARIES = ("typst", "python-docx", "xlsxwriter", "pandas")


def get_format(key: str) -> Format:
    """Return the format with this key. Raises KeyError."""
    return FORMATS[key]


def file_bytes(document: Document, key: str) -> bytes:
    """Return the document as a file in the format with this key. Only what is no draft is cached."""
    return _write(document, key) if document.draft else _write_cached(document, key)


def _write(document: Document, key: str) -> bytes:
    stream = BytesIO()
    get_format(key).writer(document, stream)
    return stream.getvalue()


_write_cached = lru_cache(maxsize=8)(_write)


def etag(document: Document, key: str) -> str:
    """Return the ETag of a file, quotes included: a hash of the document, its format and the writers."""
    source = "\0".join((key, writers_digest(), repr(document)))
    return f'"{hashlib.sha256(source.encode("utf-8", "surrogatepass")).hexdigest()[:32]}"'


@cache
def writers_digest() -> str:
    """Return a hash of the writers' sources and of the versions of the libraries that they use."""
    digest = hashlib.sha256(" ".join(f"{name} {version(name)}" for name in LIBRARIES).encode())
    for path in sorted(path for path in WRITERS.iterdir() if path.suffix in {".py", ".typ", ".css", ".xml"}):
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()
