"""The formats that a document can be had in: the one place that knows them all."""

import importlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO

from reports.document import Document

Writer = Callable[[Document, BinaryIO], None]


@dataclass(frozen=True, slots=True)
class Format:
    """A format: its key (in addresses), its Dutch name, its file extension and its media type."""

    key: str
    name: str
    extension: str
    media_type: str

    @property
    def writer(self) -> Writer:
        """The function that writes it. Loaded when asked for: a page that only names formats does not pay."""
        write: Writer = importlib.import_module(f"reports.writers.{self.key}").write
        return write


_OOXML = "application/vnd.openxmlformats-officedocument"

# In the order of the menu: open standards first.
FORMATS = {
    fmt.key: fmt
    for fmt in (
        Format("odt", "ODT (tekst, open standaard)", "odt", "application/vnd.oasis.opendocument.text"),
        Format("ods", "ODS (rekenblad, open standaard)", "ods", "application/vnd.oasis.opendocument.spreadsheet"),
        Format("pdf", "PDF", "pdf", "application/pdf"),
        Format("docx", "Word", "docx", f"{_OOXML}.wordprocessingml.document"),
        Format("xlsx", "Excel", "xlsx", f"{_OOXML}.spreadsheetml.sheet"),
        Format("csv", "CSV (alleen de cijfers)", "csv", "text/csv; charset=utf-8"),
        Format("html", "HTML (één webpagina)", "html", "text/html; charset=utf-8"),
    )
}


def get_format(key: str) -> Format:
    """The format with this key; a KeyError when there is none."""
    return FORMATS[key]
