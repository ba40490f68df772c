"""Extract all text of a response: headers, cookies, and the body with the files, streams and pages packed in it."""

import gzip
import io
import re
import zipfile
from html import unescape

import pikepdf
from django.http import HttpResponse

from tests.reports.writers_pdf_reader import page_texts

# Differs between any two responses.
VARYING = re.compile(rb'name="csrfmiddlewaretoken" value="\w+"|csrftoken=\w+|expires=[^;]+')

# Line breaking adds and removes these.
INVISIBLE = ("\u200b", "\u00ad")


def body_of(response: HttpResponse) -> bytes:
    """Return the body without compression and without its CSRF token."""
    body = response.getvalue()
    if response.headers.get("Content-Encoding") == "gzip":
        body = gzip.decompress(body)
    return VARYING.sub(b"", body)


def headers_of(response: HttpResponse) -> list[str]:
    """Return the headers as sorted lines, without those that depend on the CSRF token or the clock."""
    lines = [f"{name}: {value}" for name, value in response.headers.items()]
    return sorted(line for line in lines if not line.startswith(("Content-Length", "Expires")))


def text_of(response: HttpResponse) -> str:
    """Return everything that can be read in a response, in lower case and without whitespace."""
    body = body_of(response)
    parts = [*headers_of(response), *(str(morsel) for morsel in response.cookies.values())]
    if body.startswith(b"%PDF"):
        parts += _pdf_texts(body)
    elif body.startswith(b"PK"):
        parts += _zip_texts(body)
    parts.append(_decoded(body))
    text = "".join("\n".join(parts).split())
    for character in INVISIBLE:
        text = text.replace(character, "")
    return text.casefold()


def _decoded(raw: bytes) -> str:
    """Return text as it is, followed by its HTML entities resolved."""
    text = raw.decode("utf-8", "replace")
    return f"{text}\n{unescape(text)}" if "&" in text else text


def _zip_texts(body: bytes) -> list[str]:
    """Return name, comment and content of each file in a ZIP, DOCX, XLSX, ODT or ODS."""
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        return [f"{item.filename} {item.comment!r}\n{_decoded(archive.read(item))}" for item in archive.infolist()]


def _pdf_texts(body: bytes) -> list[str]:
    """Return every decompressed stream, every other object, and the text of the pages as their fonts map it."""
    with pikepdf.open(io.BytesIO(body)) as pdf:
        streams = [item for item in pdf.objects if isinstance(item, pikepdf.Stream)]
        contents = [item.read_raw_bytes() if _is_image(item) else item.read_bytes() for item in streams]
        others = [str(item) for item in pdf.objects if not isinstance(item, pikepdf.Stream)]
        pages = [text for page in pdf.pages for text in page_texts(page).values()]
    return [*map(_decoded, contents), *others, *pages]


def _is_image(stream: pikepdf.Stream) -> bool:
    return str(stream.get("/Subtype")) == "/Image"
