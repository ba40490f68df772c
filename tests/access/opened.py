"""All text that is in an answer: its headers, its body, and what is packed or compressed in the body."""

import gzip
import io
import re
import zipfile
from html import unescape

import pikepdf
from django.http import HttpResponse

from tests.reports.writers_pdf_reader import page_texts

# What differs with every answer, whatever it is about.
RANDOM = re.compile(rb'name="csrfmiddlewaretoken" value="\w+"|csrftoken=\w+|expires=[^;]+')

# Setting lines adds and drops these.
SOFT = ("\u200b", "\u00ad")


def body_of(response: HttpResponse) -> bytes:
    """The body as it would be without compression, and without its CSRF token."""
    body = response.getvalue()
    if response.headers.get("Content-Encoding") == "gzip":
        body = gzip.decompress(body)
    return RANDOM.sub(b"", body)


def headers_of(response: HttpResponse) -> list[str]:
    """The headers with their values, in one order; without what follows from the token or the clock."""
    lines = [f"{name}: {value}" for name, value in response.headers.items()]
    return sorted(line for line in lines if not line.startswith(("Content-Length", "Expires")))


def text_of(response: HttpResponse) -> str:
    """Everything that can be read in this answer, without blanks and capitals."""
    body = body_of(response)
    parts = [*headers_of(response), *(str(morsel) for morsel in response.cookies.values())]
    if body.startswith(b"%PDF"):
        parts += _pdf_texts(body)
    elif body.startswith(b"PK"):
        parts += _zip_texts(body)
    parts.append(_decoded(body))
    text = "".join("\n".join(parts).split())
    for mark in SOFT:
        text = text.replace(mark, "")
    return text.casefold()


def _decoded(raw: bytes) -> str:
    text = raw.decode("utf-8", "replace")
    return f"{text}\n{unescape(text)}" if "&" in text else text


def _zip_texts(body: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        return [f"{item.filename} {item.comment!r}\n{_decoded(archive.read(item))}" for item in archive.infolist()]


def _pdf_texts(body: bytes) -> list[str]:
    """Every stream decompressed, every string beside them, and the text of the pages, whose fonts rename letters."""
    with pikepdf.open(io.BytesIO(body)) as pdf:
        raw = [item.read_raw_bytes() if _is_image(item) else item.read_bytes() for item in streams_of(pdf)]
        loose = [str(item) for item in pdf.objects if not isinstance(item, pikepdf.Stream)]
        pages = [text for page in pdf.pages for text in page_texts(page).values()]
    return [*map(_decoded, raw), *loose, *pages]


def streams_of(pdf: pikepdf.Pdf) -> list[pikepdf.Stream]:
    """Every stream of the file."""
    return [item for item in pdf.objects if isinstance(item, pikepdf.Stream)]


def _is_image(stream: pikepdf.Stream) -> bool:
    return str(stream.get("/Subtype")) == "/Image"
