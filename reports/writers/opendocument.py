"""What both OpenDocument formats share: the package, its facts, and text with its blanks kept."""

import re
import zipfile
from datetime import UTC
from typing import BinaryIO
from xml.sax.saxutils import escape

from reports.document import Document

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
SPACES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (
        ("office", "office"), ("table", "table"), ("text", "text"), ("style", "style"), ("fo", "xsl-fo-compatible"),
        ("number", "datastyle"), ("meta", "meta"), ("manifest", "manifest"), ("draw", "drawing"),
        ("svg", "svg-compatible"),
    )
)  # fmt: skip
SPACES += ' xmlns:of="urn:oasis:names:tc:opendocument:xmlns:of:1.2"'  # of another version than all others
SPACES += ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xlink="http://www.w3.org/1999/xlink"'
MEDIA_TYPES = {"xml": "text/xml", "svg": "image/svg+xml", "png": "image/png"}


def inline(text: str) -> str:
    """Text with its blanks kept: the format takes a row of them for one, and drops the first."""
    kept = re.sub("^ | {2,}", lambda found: f'<text:s text:c="{len(found[0])}"/>', escape(text))
    return kept.replace("\t", "<text:tab/>").replace("\n", "<text:line-break/>")


def write_package(stream: BinaryIO, media_type: str, parts: dict[str, str | bytes]) -> None:
    """The parts in one file, with their list; on fixed dates, so that the same document gives the same bytes."""
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        # First and not compressed, as the format wants.
        package.writestr(zipfile.ZipInfo("mimetype"), media_type, zipfile.ZIP_STORED)
        for name, content in (parts | {"META-INF/manifest.xml": _manifest(media_type, list(parts))}).items():
            package.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)


def _manifest(media_type: str, names: list[str]) -> str:
    entries = "".join(
        f'<manifest:file-entry manifest:full-path="{name}" '
        f'manifest:media-type="{MEDIA_TYPES[name.rpartition(".")[2]]}"/>'
        for name in names
    )
    return (
        f'{HEAD}<manifest:manifest {SPACES} manifest:version="1.3"><manifest:file-entry manifest:full-path="/" '
        f'manifest:version="1.3" manifest:media-type="{media_type}"/>{entries}</manifest:manifest>'
    )


def meta_xml(document: Document) -> str:
    """Title, subject, author and language of the document; nothing of the machine or the moment."""
    words = "".join(f"<meta:keyword>{escape(word)}</meta:keyword>" for word in document.keywords)
    author = escape(document.author or document.organisation)
    moment = f"{document.created.astimezone(UTC):%Y-%m-%dT%H:%M:%S}Z"
    return (
        f'{HEAD}<office:document-meta {SPACES} office:version="1.3"><office:meta><dc:title>{escape(document.title)}'
        f"</dc:title><dc:subject>{escape(document.subject)}</dc:subject>{words}"
        f"<meta:initial-creator>{author}</meta:initial-creator><dc:creator>{author}</dc:creator>"
        f"<meta:creation-date>{moment}</meta:creation-date><dc:date>{moment}</dc:date>"
        f"<dc:language>{document.language}-NL</dc:language></office:meta></office:document-meta>"
    )
