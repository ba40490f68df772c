"""The appendix as a file: its bytes, and the tag by which a browser knows that it has them already."""

import hashlib
from functools import cache, lru_cache
from importlib.metadata import version
from io import BytesIO
from pathlib import Path

from reports.document import Document
from reports.formats import get_format

WRITERS = Path(__file__).parents[1] / "writers"
LIBRARIES = ("typst", "python-docx", "xlsxwriter", "pandas")


def file_bytes(document: Document, key: str) -> bytes:
    """The document in the format with this key; one that is public is made once and kept a while."""
    return _made(document, key) if document.draft else _kept(document, key)


def _made(document: Document, key: str) -> bytes:
    stream = BytesIO()
    get_format(key).writer(document, stream)
    return stream.getvalue()


_kept = lru_cache(maxsize=8)(_made)


def etag(document: Document, key: str) -> str:
    """A tag that changes with the document, the format, and whatever writes it."""
    written = "\0".join((key, renderer(), repr(document)))
    return f'"{hashlib.sha256(written.encode("utf-8", "surrogatepass")).hexdigest()[:32]}"'


@cache
def renderer() -> str:
    """A digest of the writers and of the libraries that they use."""
    digest = hashlib.sha256(" ".join(f"{name} {version(name)}" for name in LIBRARIES).encode())
    for path in sorted(path for path in WRITERS.iterdir() if path.suffix in {".py", ".typ", ".css", ".xml"}):
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()
