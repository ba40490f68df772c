"""The documents that an edition seals: those of `reports.year_documents`, and the figures as JSON."""

import hashlib
import json
import platform
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from indicators.models import Edition
from indicators.readmodel.public import public_overview
from reports.appendix import file_stem
from reports.appendix.load import LoadedDocument
from reports.formats import FORMATS, file_bytes, writers_digest
from reports.sealing.figures import LoadedFigures, load_figures, sealed_figures
from reports.year_documents import DOCUMENTS, YearDocument

ROOT = Path(__file__).resolve().parents[2]
# The sources that determine the bytes of a file: the read model with its words, the documents and the writers.
SOURCES = ("priorities", "indicators", "reports", "static/css")
SOURCE_SUFFIXES = {".py", ".typ", ".css", ".html", ".xml"}
FIGURES = "cijfers"  # the key of the figures among the documents
JSON = "application/json"


@dataclass(frozen=True, slots=True)
class Rendition:
    """One document in one format, by their keys; `title` is its name on pages."""

    document: str
    format: str
    title: str

    @property
    def key(self) -> tuple[str, str]:
        """The keys of document and format; the same as those of the sealed file."""
        return self.document, self.format


@dataclass(frozen=True, slots=True)
class RenderedFile:
    """A file before it is stored."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class SealedKind:
    """A document that is sealed: loaded once, then written in each of its formats."""

    name: str
    formats: Callable[[], dict[str, str]]  # Dutch name by key
    load: Callable[[Edition], Any]
    write: Callable[[Any, str], RenderedFile]


def _document_formats() -> dict[str, str]:
    return {fmt.key: fmt.name for fmt in FORMATS.values()}


def _loader(document: YearDocument) -> Callable[[Edition], LoadedDocument]:
    def load(edition: Edition) -> LoadedDocument:
        info = public_overview(edition.kadernota).chain.decisions[edition.decision.sequence - 1].edition
        return document.load(edition.kadernota, edition.year, edition=info)

    return load


def _write_document(loaded: LoadedDocument, key: str) -> RenderedFile:
    fmt = FORMATS[key]
    content = file_bytes(loaded.document, key)
    return RenderedFile(loaded.file_name(fmt.extension), fmt.media_type, content)


def _write_figures(loaded: LoadedFigures, key: str) -> RenderedFile:
    content = (json.dumps(sealed_figures(loaded), ensure_ascii=False, indent=1) + "\n").encode()
    name = f"{file_stem(loaded.overview, loaded.edition.year, FIGURES)}.{key}"
    return RenderedFile(name, JSON, content)


# The figures are last: an edition that has them was sealed completely at least once.
KINDS = {
    **{
        key: SealedKind(document.name, _document_formats, _loader(document), _write_document)
        for key, document in DOCUMENTS.items()
    },
    FIGURES: SealedKind("Cijfers en oordelen", lambda: {"json": "JSON (voor computers)"}, load_figures, _write_figures),
}


def renditions() -> tuple[Rendition, ...]:
    """Return every file of a completely sealed edition, in the order of writing."""
    return tuple(
        Rendition(key, fmt, f"{kind.name}, {name}")
        for key, kind in KINDS.items()
        for fmt, name in kind.formats().items()
    )


@cache
def renderer_digest() -> str:
    """Return the hash of all that determines a file besides its document: our sources, the libraries, Python."""
    digest = hashlib.sha256(f"{writers_digest()} {platform.python_version()} {zlib.ZLIB_RUNTIME_VERSION}".encode())
    for folder in SOURCES:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix in SOURCE_SUFFIXES and path.is_file():
                digest.update(f"{path.relative_to(ROOT)}\0".encode() + path.read_bytes())
    return digest.hexdigest()
