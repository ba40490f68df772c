"""Limits against hostile files: the only ways to open a ZIP and to parse XML, and the refusal of a file.

A spreadsheet file is a ZIP of XML parts, and both can expand without bound. Sizes are counted during reading; what the
file states about itself is not trusted. tests/intake/test_sheets_hostile.py measures time and memory.
"""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from xml.parsers import expat

from indicators.domain.cells import Cell

MAX_FILE = 5_000_000
MAX_ENTRIES = 200
MAX_INFLATED = 60_000_000
# Applies above RATIO_FROM bytes: a small part that compresses well does no harm. Deflate cannot exceed 1032.
MAX_RATIO, RATIO_FROM = 500, 2_000_000
MAX_ROWS = 5_000
MAX_COLUMNS = 60
MAX_CELL_PARTS = 700_000  # elements in sheets; 5 000 rows of 60 filled cells need 605 000
MAX_STRING_PARTS = 200_000  # elements in the shared texts of XLSX, which cost most
MAX_OTHER = 50_000  # all other elements: styles, names, relations
MAX_DEPTH = 60
MAX_ATTRIBUTES = 64
MAX_TEXT = 100_000  # characters in one element; a cell in Excel holds 32 767
MAX_TEXTS = 10_000_000  # characters in all elements together, blanks included
MAX_TOKEN = 200_000  # bytes of one tag or comment; expat before 2.6 rereads an unfinished one with every chunk
CHUNK = 65_536

# What zipfile and zlib raise on a malformed file.
ZIP_ERRORS = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    OSError,
    ValueError,
    LookupError,
)


class SheetRefused(Exception):
    """A file that cannot be read as a whole. `why` and `advice` are Dutch sentences: the reason and what to do."""

    def __init__(self, why: str, advice: str = "") -> None:
        super().__init__(why, advice)
        self.why = why
        self.advice = advice

    def __str__(self) -> str:
        return f"{self.why} {self.advice}".rstrip()


@dataclass(kw_only=True)
class Grid:
    """One sheet of a file: its cells that are not empty, by row and column number from 1."""

    name: str = ""
    visible: bool = True
    rows: dict[int, dict[int, Cell]] = field(default_factory=dict)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)  # top, left, bottom, right
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    size_refusal: SheetRefused | None = None  # set when only the beginning of the sheet was read


def broken() -> SheetRefused:
    """Return the refusal of a file that is damaged or violates its format."""
    return SheetRefused(
        "Dit bestand kan niet worden gelezen.", "Open het in het spreadsheetprogramma en sla het opnieuw op."
    )


def too_large(why: str) -> SheetRefused:
    """Return the refusal of a file beyond a limit; `why` is a Dutch sentence."""
    return SheetRefused(why, "Lever alleen de tabel met de cijfers aan, in een nieuw bestand.")


def too_many_rows() -> SheetRefused:
    """Return the refusal of a sheet with more than MAX_ROWS rows below its headings."""
    return too_large(f"Het werkblad heeft meer dan {MAX_ROWS:_} gevulde rijen.".replace("_", "."))


def too_many_columns() -> SheetRefused:
    """Return the refusal of a sheet with content beyond column MAX_COLUMNS."""
    return too_large(f"Het werkblad heeft meer dan {MAX_COLUMNS} kolommen.")


def open_package(content: bytes) -> zipfile.ZipFile:
    """Open a ZIP and check its directory: number of entries, sizes, ratio, duplicate names, encryption, methods."""
    try:
        package = zipfile.ZipFile(io.BytesIO(content))
    except ZIP_ERRORS as error:
        raise SheetRefused(
            "Dit bestand is beschadigd of niet helemaal overgekomen.",
            "Open het in het spreadsheetprogramma, sla het opnieuw op en kies het nog een keer.",
        ) from error
    entries = package.infolist()
    if len(entries) > MAX_ENTRIES:
        raise too_large("Dit bestand bestaat uit te veel onderdelen.")
    if sum(entry.file_size for entry in entries) > MAX_INFLATED:
        raise too_large("Dit bestand wordt na uitpakken te groot.")
    if len({entry.filename.casefold() for entry in entries}) != len(entries):
        raise broken()
    for entry in entries:
        if entry.flag_bits & 0x1:
            raise protected()
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise broken()
        if entry.file_size > RATIO_FROM and entry.file_size > MAX_RATIO * max(entry.compress_size, 1):
            raise too_large("Dit bestand wordt na uitpakken te groot.")
    return package


def protected() -> SheetRefused:
    """Return the refusal of a file that needs a password."""
    return SheetRefused(
        "Dit bestand is met een wachtwoord beveiligd.",
        "Haal het wachtwoord eraf en sla het bestand opnieuw op.",
    )


def part_chunks(package: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    """Yield the inflated bytes of one entry in chunks; refuses more bytes than its directory states."""
    try:
        remaining = package.getinfo(name).file_size
        with package.open(name) as part:
            while chunk := part.read(CHUNK):
                remaining -= len(chunk)
                if remaining < 0:
                    raise too_large("Dit bestand wordt na uitpakken te groot.")
                yield chunk
    except ZIP_ERRORS as error:
        raise broken() from error


NAMESPACES = {
    "http://www.w3.org/XML/1998/namespace": "xml:",
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main": "",
    "http://schemas.openxmlformats.org/package/2006/content-types": "types:",
    "http://schemas.openxmlformats.org/package/2006/relationships": "rels:",
    "http://purl.oclc.org/ooxml/spreadsheetml/main": "strict:",
    "urn:oasis:names:tc:opendocument:xmlns:office:1.0": "office:",
    "urn:oasis:names:tc:opendocument:xmlns:table:1.0": "table:",
    "urn:oasis:names:tc:opendocument:xmlns:text:1.0": "text:",
    "urn:oasis:names:tc:opendocument:xmlns:style:1.0": "style:",
    "urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0": "number:",
    "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0": "draw:",
    "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0": "manifest:",
    "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0": "calcext:",
}


@lru_cache(maxsize=4096)
def _short_name(name: str) -> str:
    """Return `uri local` as `prefix:local` with the prefix of NAMESPACES, whatever prefix the file uses."""
    uri, space, local = name.rpartition(" ")
    return NAMESPACES.get(uri, "?:") + local if space else name


Start = Callable[[str, dict[str, str]], None]


class XmlReader:
    """Parser of the XML parts of one file, with limits over all parts together.

    `bulk` maps the elements that contain cells or texts to the number of elements allowed inside; MAX_OTHER applies to
    all other elements. Refuses a DOCTYPE, and so every entity (no spreadsheet program writes one), too deep nesting,
    too many elements and too long texts.
    """

    def __init__(self, bulk: dict[str, int]) -> None:
        self._elements_left = {"": MAX_OTHER, **bulk}
        self._text_left = MAX_TEXTS

    def read(
        self,
        chunks: Iterator[bytes],
        start: Start,
        end: Callable[[str], None] | None = None,
        text: Callable[[str], None] | None = None,
    ) -> None:
        """Parse one part and call the handlers with short names. Raises SheetRefused when it is not well-formed."""
        self._depth, self._length = 0, 0
        self._inside, self._inside_depth = "", 0
        self._start, self._end, self._text = start, end, text
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.buffer_size = CHUNK
        parser.StartDoctypeDeclHandler = self._doctype
        parser.StartElementHandler = self._on_start
        parser.EndElementHandler = self._on_end
        parser.CharacterDataHandler = self._on_text
        bytes_fed = 0
        try:
            for chunk in chunks:
                parser.Parse(chunk, False)
                bytes_fed += len(chunk)
                if bytes_fed - parser.CurrentByteIndex > MAX_TOKEN + CHUNK:
                    raise too_large("Dit bestand bevat een te lang onderdeel.")
            parser.Parse(b"", True)
        except (expat.ExpatError, UnicodeError, LookupError, ValueError) as error:
            raise broken() from error

    def _doctype(self, *_: object) -> None:
        raise SheetRefused(
            "Dit bestand bevat een onderdeel (DOCTYPE) dat niet in een spreadsheet hoort.",
            "Open het in het spreadsheetprogramma en sla het opnieuw op.",
        )

    def _on_start(self, name: str, attributes: dict[str, str]) -> None:
        name = _short_name(name)
        self._depth += 1
        self._length = 0
        self._elements_left[self._inside] -= 1
        if self._elements_left[self._inside] < 0:
            raise too_large("Dit bestand bevat te veel cellen of te veel opmaak.")
        if not self._inside and name in self._elements_left:
            self._inside, self._inside_depth = name, self._depth
        if self._depth > MAX_DEPTH or len(attributes) > MAX_ATTRIBUTES:
            raise broken()
        self._start(name, {_short_name(key): value for key, value in attributes.items()})

    def _on_end(self, name: str) -> None:
        if self._depth == self._inside_depth:
            self._inside, self._inside_depth = "", 0
        self._depth -= 1
        if self._end:
            self._end(_short_name(name))

    def _on_text(self, data: str) -> None:
        self._length += len(data)
        self._text_left -= len(data)
        if self._length > MAX_TEXT or self._text_left < 0:
            raise too_large("Dit bestand bevat te lange teksten.")
        if self._text:
            self._text(data)
