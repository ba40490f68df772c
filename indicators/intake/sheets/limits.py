"""What a file may ask of this machine: the refusal, the limits, the only ways to open a ZIP and to read XML.

A spreadsheet file is a ZIP full of XML, and both can be made to grow without end. Everything is counted while
it is read and nothing is believed because a file says so; tests/intake/test_sheets.py measures time and
memory on hostile files.
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
# Only above RATIO_FROM bytes: a small part that compresses well harms nobody. Deflate itself stops at 1032.
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
MAX_TOKEN = 200_000  # bytes of one tag or comment; expat before 2.6 reads an unfinished one again and again
CHUNK = 65_536

# What zipfile and zlib raise on a file that is not what it says it is.
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
    """A file that cannot be read as a whole: `why`, a sentence; `advice`, a sentence that says what to do."""

    def __init__(self, why: str, advice: str = "") -> None:
        super().__init__(why, advice)
        self.why = why
        self.advice = advice

    def __str__(self) -> str:
        return f"{self.why} {self.advice}".rstrip()


@dataclass
class Grid:
    """One sheet of a file: its cells that hold something, by row and column number from 1."""

    visible: bool = True
    rows: dict[int, dict[int, Cell]] = field(default_factory=dict)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)  # top, left, bottom, right
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    too_big: SheetRefused | None = None  # why only the beginning of this sheet is here


def broken() -> SheetRefused:
    """The refusal of a file that is damaged or not made by the rules of its format."""
    return SheetRefused(
        "Dit bestand kan niet worden gelezen.", "Open het in het spreadsheetprogramma en sla het opnieuw op."
    )


def too_much(what: str) -> SheetRefused:
    """The refusal of a file that is larger than the monitor reads; `what` is one whole sentence."""
    return SheetRefused(what, "Lever alleen de tabel met de cijfers aan, in een nieuw bestand.")


def too_many_rows() -> SheetRefused:
    """The refusal of a sheet with more rows than MAX_ROWS below its headings."""
    return too_much(f"Het werkblad heeft meer dan {MAX_ROWS:_} gevulde rijen.".replace("_", "."))


def too_many_columns() -> SheetRefused:
    """The refusal of a sheet with something in a column after MAX_COLUMNS."""
    return too_much(f"Het werkblad heeft meer dan {MAX_COLUMNS} kolommen.")


def open_package(content: bytes) -> zipfile.ZipFile:
    """Open a ZIP after its directory was weighed: entries, sizes, ratio, names, methods."""
    try:
        package = zipfile.ZipFile(io.BytesIO(content))
    except ZIP_ERRORS as error:
        raise SheetRefused(
            "Dit bestand is beschadigd of niet helemaal overgekomen.",
            "Open het in het spreadsheetprogramma, sla het opnieuw op en kies het nog een keer.",
        ) from error
    entries = package.infolist()
    if len(entries) > MAX_ENTRIES:
        raise too_much("Dit bestand bestaat uit te veel onderdelen.")
    if sum(entry.file_size for entry in entries) > MAX_INFLATED:
        raise too_much("Dit bestand wordt na uitpakken te groot.")
    if len({entry.filename.casefold() for entry in entries}) != len(entries):
        raise broken()
    for entry in entries:
        if entry.flag_bits & 0x1:
            raise protected()
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise broken()
        if entry.file_size > RATIO_FROM and entry.file_size > MAX_RATIO * max(entry.compress_size, 1):
            raise too_much("Dit bestand wordt na uitpakken te groot.")
    return package


def protected() -> SheetRefused:
    """The refusal of a file that needs a password."""
    return SheetRefused(
        "Dit bestand is met een wachtwoord beveiligd.",
        "Haal het wachtwoord eraf en sla het bestand opnieuw op.",
    )


def part_chunks(package: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    """The inflated bytes of one entry, in small pieces; never more than its directory said."""
    try:
        left = package.getinfo(name).file_size
        with package.open(name) as part:
            while chunk := part.read(CHUNK):
                left -= len(chunk)
                if left < 0:
                    raise too_much("Dit bestand wordt na uitpakken te groot.")
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
def _short(name: str) -> str:
    """`uri local` as `prefix:local` with our own prefix, whatever prefix the file chose."""
    uri, space, local = name.rpartition(" ")
    return NAMESPACES.get(uri, "?:") + local if space else name


Start = Callable[[str, dict[str, str]], None]


class XmlReader:
    """Reads the XML parts of one file and counts over all of them together.

    `bulk` names the elements inside which cells and texts stand, and how many elements those may hold;
    MAX_OTHER counts for all others. Refuses a DOCTYPE (no spreadsheet program writes one; with it go all
    entities) and what is too deep, long or many.
    """

    def __init__(self, bulk: dict[str, int]) -> None:
        self._left = {"": MAX_OTHER, **bulk}
        self._text_left = MAX_TEXTS

    def read(
        self,
        chunks: Iterator[bytes],
        start: Start,
        end: Callable[[str], None] | None = None,
        text: Callable[[str], None] | None = None,
    ) -> None:
        """Parse one part and call the functions with short names; SheetRefused when it is not sound XML."""
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
        fed = 0
        try:
            for chunk in chunks:
                parser.Parse(chunk, False)
                fed += len(chunk)
                if fed - parser.CurrentByteIndex > MAX_TOKEN + CHUNK:
                    raise too_much("Dit bestand bevat een te lang onderdeel.")
            parser.Parse(b"", True)
        except (expat.ExpatError, UnicodeError, LookupError, ValueError) as error:
            raise broken() from error

    def _doctype(self, *_: object) -> None:
        raise SheetRefused(
            "Dit bestand bevat een onderdeel (DOCTYPE) dat niet in een spreadsheet hoort.",
            "Open het in het spreadsheetprogramma en sla het opnieuw op.",
        )

    def _on_start(self, name: str, attributes: dict[str, str]) -> None:
        name = _short(name)
        self._depth += 1
        self._length = 0
        self._left[self._inside] -= 1
        if self._left[self._inside] < 0:
            raise too_much("Dit bestand bevat te veel cellen of te veel opmaak.")
        if not self._inside and name in self._left:
            self._inside, self._inside_depth = name, self._depth
        if self._depth > MAX_DEPTH or len(attributes) > MAX_ATTRIBUTES:
            raise broken()
        self._start(name, {_short(key): value for key, value in attributes.items()})

    def _on_end(self, name: str) -> None:
        if self._depth == self._inside_depth:
            self._inside, self._inside_depth = "", 0
        self._depth -= 1
        if self._end:
            self._end(_short(name))

    def _on_text(self, data: str) -> None:
        self._length += len(data)
        self._text_left -= len(data)
        if self._length > MAX_TEXT or self._text_left < 0:
            raise too_much("Dit bestand bevat te lange teksten.")
        if self._text:
            self._text(data)
