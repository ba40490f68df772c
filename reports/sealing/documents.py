"""Which documents an edition has: the one place that knows them all. A next document is a next line here."""

import hashlib
import json
import platform
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from indicators.models import Edition, Reading
from indicators.readmodel.rows import Overview
from priorities.models import Kadernota
from reports.appendix import file_name
from reports.document import Document
from reports.formats import FORMATS, file_bytes, writers_digest
from reports.sealing.figures import load_figures, sealed_figures
from reports.year_documents import DOCUMENTS, Loaded, YearDocument

ROOT = Path(__file__).resolve().parents[2]
# What a document is made by: the read model and its words, the documents, the writers, the looks.
SOURCES = ("priorities", "indicators", "reports", "templates/reports", "static/css")
WRITTEN_IN = {".py", ".typ", ".css", ".html", ".xml"}
JSON = "application/json"


@dataclass(frozen=True, slots=True)
class Rendition:
    """One file of an edition: a document in a format, by their keys; `title` is what a page calls it."""

    document: str
    format: str
    title: str


@dataclass(frozen=True, slots=True)
class Made:
    """A file as it was made: its name, its media type, its bytes, and the hash of what it was made from."""

    name: str
    media_type: str
    content: bytes
    source: str


@dataclass(frozen=True, slots=True)
class Kind:
    """A document that is made from an edition: loaded once, then written in each of its formats."""

    name: str
    formats: Callable[[], dict[str, str]]  # key and Dutch name of each
    load: Callable[[Edition], Any]
    write: Callable[[Any, str], Made]


def _formats() -> dict[str, str]:
    return {fmt.key: fmt.name for fmt in FORMATS.values()}


def _loader(document: YearDocument) -> Callable[[Edition], Loaded]:
    return lambda edition: document.load(edition.kadernota, edition.year, edition=edition)


def _write_document(loaded: Any, key: str) -> Made:
    """Any document that has a `document` and a `file_name`."""
    fmt = FORMATS[key]
    content = file_bytes(loaded.document, key)
    return Made(loaded.file_name(fmt.extension), fmt.media_type, content, source_of(loaded.document))


def _write_figures(loaded: tuple[Kadernota, Overview, list[Reading]], key: str) -> Made:
    _, overview, _ = loaded
    assert overview.edition is not None
    content = (json.dumps(sealed_figures(*loaded), ensure_ascii=False, indent=1) + "\n").encode()
    name = file_name(overview, overview.edition.year, overview.edition, "json", what="cijfers")
    return Made(name, JSON, content, hashlib.sha256(content).hexdigest())


# The figures come last: where they are, the edition was whole at least once.
KINDS = {
    **{key: Kind(one.name, _formats, _loader(one), _write_document) for key, one in DOCUMENTS.items()},
    "cijfers": Kind("Cijfers en oordelen", lambda: {"json": "JSON (voor computers)"}, load_figures, _write_figures),
}


def renditions() -> tuple[Rendition, ...]:
    """Every file that a wholly sealed edition has, in the order in which they are made."""
    return tuple(
        Rendition(key, fmt, f"{kind.name}, {name}")
        for key, kind in KINDS.items()
        for fmt, name in kind.formats().items()
    )


def source_of(document: Document) -> str:
    """The hash of a document before it is written in a format."""
    return hashlib.sha256(repr(document).encode("utf-8", "surrogatepass")).hexdigest()


@cache
def renderer_digest() -> str:
    """The hash of all that a file's bytes depend on beside its contents: our code and looks, libraries, Python."""
    digest = hashlib.sha256(f"{writers_digest()} {platform.python_version()} {zlib.ZLIB_RUNTIME_VERSION}".encode())
    for folder in SOURCES:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix in WRITTEN_IN and path.is_file():
                digest.update(f"{path.relative_to(ROOT)}\0".encode() + path.read_bytes())
    return digest.hexdigest()
