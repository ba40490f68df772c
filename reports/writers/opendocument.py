"""OpenDocument: XML elements, and the package of an ODT or ODS.

For why no library is used see docs/adr/0016-opendocument-writer.md. Text becomes XML only in `escaped`, `inline` and
`element`; the type `Xml` distinguishes the two.
"""

import re
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from string import Template
from typing import BinaryIO, Literal, NewType
from xml.sax.saxutils import escape, quoteattr

from reports.document import Document

Xml = NewType("Xml", str)

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
VERSION = "1.3"
_OASIS = "urn:oasis:names:tc:opendocument:xmlns:{}:1.0"
NAMESPACES = {
    f"xmlns:{prefix}": _OASIS.format(prefix) for prefix in ("office", "table", "text", "style", "meta", "manifest")
} | {
    "xmlns:fo": _OASIS.format("xsl-fo-compatible"),
    "xmlns:number": _OASIS.format("datastyle"),
    "xmlns:draw": _OASIS.format("drawing"),
    "xmlns:svg": _OASIS.format("svg-compatible"),
    "xmlns:of": "urn:oasis:names:tc:opendocument:xmlns:of:1.2",
    "xmlns:dc": "http://purl.org/dc/elements/1.1/",
    "xmlns:xlink": "http://www.w3.org/1999/xlink",
}
PART_TYPES = {"xml": "text/xml", "svg": "image/svg+xml", "png": "image/png"}
Kind = Literal["spreadsheet", "text"]


def escaped(text: str) -> Xml:
    """Escape text for an element in which whitespace is not significant."""
    return Xml(escape(text))


def inline(text: str) -> Xml:
    """Escape text for a paragraph and preserve its spaces, which the format would collapse."""
    spaced = re.sub("^ | {2,}", lambda run: f'<text:s text:c="{len(run[0])}"/>', escape(text))
    return Xml(spaced.replace("\t", "<text:tab/>").replace("\n", "<text:line-break/>"))


def element(tag: str, attributes: Mapping[str, object], *content: Xml) -> Xml:
    """Return an element. Attributes that are None are omitted; content is XML, never plain text."""
    start = f"{tag} {_attributes(attributes)}".rstrip()
    return Xml(f"<{start}>{''.join(content)}</{tag}>" if content else f"<{start}/>")


def _attributes(values: Mapping[str, object]) -> str:
    return " ".join([f"{name}={quoteattr(str(value))}" for name, value in values.items() if value is not None])


def join(parts: Iterable[Xml]) -> Xml:
    """Concatenate XML elements."""
    return Xml("".join(parts))


def fill_template(name: str, **values: Xml) -> Xml:
    """Return the XML of a file beside this module, with its $names filled in."""
    return Xml(_template(name).substitute(values, namespaces=_attributes(NAMESPACES)))


@cache
def _template(name: str) -> Template:
    # Line ends are only layout of the template: runs of whitespace become one space.
    return Template(" ".join(Path(__file__).with_name(name).read_text(encoding="utf-8").split()))


def paragraph(style: str | None, *content: Xml) -> Xml:
    """Return a paragraph in a named style."""
    return element("text:p", {"text:style-name": style}, *content)


def style(name: str, family: str, attributes: Mapping[str, object], *properties: Xml) -> Xml:
    """Return a style: `attributes` come after name and family, `properties` are its child elements."""
    return element("style:style", {"style:name": name, "style:family": family, **attributes}, *properties)


@dataclass(frozen=True, slots=True, kw_only=True)
class Properties:
    """The metadata of a file. `created` is timezone-aware; None omits the date."""

    title: str
    language: str = "nl-NL"
    subject: str = ""
    keywords: tuple[str, ...] = ()
    author: str = ""
    created: datetime | None = None


def properties_of(document: Document) -> Properties:
    """Return the metadata of a document, independent of machine and moment."""
    return Properties(
        title=document.title,
        language=f"{document.language}-NL",
        subject=document.subject,
        keywords=document.keywords,
        author=document.author or document.organisation,
        created=document.created,
    )


def write_package(
    stream: BinaryIO,
    kind: Kind,
    *,
    properties: Properties,
    styles: Xml,
    automatic_styles: Iterable[Xml],
    body: Iterable[Xml],
    pictures: Mapping[str, str | bytes] | None = None,
    settings: Xml | None = None,
) -> None:
    """Write the ZIP of a file: `styles` is styles.xml, `automatic_styles` and `body` are its content, pictures by path.

    `settings` is the content of settings.xml, where there is one: how programs show the file.

    All dates in the ZIP are fixed, so that equal documents give equal bytes.
    """
    media_type = f"application/vnd.oasis.opendocument.{kind}"
    content = (
        element("office:automatic-styles", {}, *automatic_styles),
        element("office:body", {}, element(f"office:{kind}", {}, *body)),
    )
    parts: dict[str, str | bytes] = {
        "content.xml": _root("office:document-content", *content),
        "styles.xml": HEAD + styles,
        "meta.xml": _root("office:document-meta", _meta(properties)),
        **({"settings.xml": _root("office:document-settings", settings)} if settings else {}),
        **(pictures or {}),
    }
    parts["META-INF/manifest.xml"] = _manifest(media_type, parts)
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        # The format requires this part to be first and uncompressed.
        package.writestr(zipfile.ZipInfo("mimetype"), media_type, zipfile.ZIP_STORED)
        for name, part in parts.items():
            package.writestr(zipfile.ZipInfo(name), part, zipfile.ZIP_DEFLATED)


def _manifest(media_type: str, names: Iterable[str]) -> str:
    version = {"manifest:version": VERSION}
    whole = {"manifest:full-path": "/", **version, "manifest:media-type": media_type}
    parts = ({"manifest:full-path": name, "manifest:media-type": PART_TYPES[name.rpartition(".")[2]]} for name in names)
    entries = (element("manifest:file-entry", attributes) for attributes in (whole, *parts))
    return HEAD + element("manifest:manifest", {**NAMESPACES, **version}, *entries)


def _root(tag: str, *content: Xml) -> str:
    return HEAD + element(tag, {**NAMESPACES, "office:version": VERSION}, *content)


def _meta(properties: Properties) -> Xml:
    moment = f"{properties.created.astimezone(UTC):%Y-%m-%dT%H:%M:%S}Z" if properties.created else ""
    values = (
        ("dc:title", properties.title),
        ("dc:subject", properties.subject),
        *(("meta:keyword", keyword) for keyword in properties.keywords),
        ("meta:initial-creator", properties.author),
        ("dc:creator", properties.author),
        ("meta:creation-date", moment),
        ("dc:date", moment),
        ("dc:language", properties.language),
    )
    return element("office:meta", {}, *(element(tag, {}, escaped(value)) for tag, value in values if value))
