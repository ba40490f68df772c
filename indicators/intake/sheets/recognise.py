"""Recognise the format of a file by its content; its name must agree."""

import re
import zipfile
from pathlib import PurePath
from typing import Literal

from indicators.intake.sheets.limits import SheetRefused, broken, open_package, part_chunks, protected, too_large

Kind = Literal["xlsx", "ods", "csv"]
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
SAVE_AS = "Sla de tabel op als .xlsx, .ods of .csv en kies dat bestand."
# The signatures of other formats, with their names.
OTHER_FORMATS = (
    (b"%PDF", "een PDF"),
    (b"\xff\xd8\xff", "een foto (JPG)"),
    (b"\x89PNG", "een afbeelding (PNG)"),
    (b"GIF8", "een afbeelding (GIF)"),
    (b"{\\rtf", "een tekstdocument (RTF)"),
    (b"7z\xbc\xaf\x27\x1c", "een ingepakt bestand (7z)"),
    (b"Rar!", "een ingepakt bestand (RAR)"),
    (b"\x1f\x8b", "een ingepakt bestand (gzip)"),
    (b"MZ", "een programma"),
)
MARKUP = re.compile(rb"\s*<(!doctype html|html|table|\?xml|office:document|[a-z]+[\s>])", re.IGNORECASE)
MAX_CONTENT_TYPES = 1_000_000


def recognise(name: str, content: bytes) -> tuple[Kind, zipfile.ZipFile | None]:
    """Return the format of a file, and the opened package when it is a ZIP. Refuses all other formats by name."""
    suffix = PurePath(name).suffix.lower()
    package = None
    if content.startswith(OLE):
        raise _ole_refusal(content)
    if content.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        package = open_package(content)
        kind = _recognise_package(package)
    else:
        kind = _recognise_text(content, suffix)
    if suffix in (".xlsm", ".xltm"):
        raise _macros_refusal()
    if suffix != f".{kind}":
        raise _wrong_suffix(kind, suffix)
    return kind, package


def _ole_refusal(content: bytes) -> SheetRefused:
    """Return the refusal of an old binary file; its directory has the names of its streams in UTF-16."""
    if "EncryptedPackage".encode("utf-16-le") in content:
        return protected()
    if any(stream.encode("utf-16-le") in content for stream in ("Workbook\0", "Book\0")):
        return SheetRefused(
            "Dit is een bestand van een oude versie van Excel (.xls).",
            "Open het in Excel of LibreOffice en sla het op als .xlsx.",
        )
    return SheetRefused("Dit lijkt op een oud Office-bestand, niet op een tabel met cijfers.", SAVE_AS)


def _macros_refusal() -> SheetRefused:
    return SheetRefused(
        "Dit bestand bevat macro's; die neemt de monitor niet aan.", "Sla het op als gewone Excel-werkmap (.xlsx)."
    )


def _recognise_package(package: zipfile.ZipFile) -> Kind:
    names = {name.casefold() for name in package.namelist()}
    if "encrypted-package" in names:
        raise protected()
    if any(name.endswith("vbaproject.bin") for name in names):
        raise _macros_refusal()
    if "mimetype" in names:
        mimetype = _read_entry(package, "mimetype", 200)
        if "content.xml" in names or b"opendocument" in mimetype:
            return _recognise_opendocument(mimetype)
    if "[content_types].xml" in names:
        return _recognise_ooxml(_read_entry(package, "[Content_Types].xml", MAX_CONTENT_TYPES))
    raise SheetRefused("Dit is een ingepakt bestand (ZIP), geen tabel met cijfers.", SAVE_AS)


def _recognise_opendocument(mimetype: bytes) -> Kind:
    if b"opendocument.spreadsheet" in mimetype:
        return "ods"
    what = "een tekstdocument" if b"opendocument.text" in mimetype else "een ander soort OpenDocument-bestand"
    raise SheetRefused(f"Dit is {what}, geen werkblad.", SAVE_AS)


def _recognise_ooxml(types: bytes) -> Kind:
    if b"sheet.binary" in types:
        raise SheetRefused("Dit is een binaire Excel-werkmap (.xlsb); die leest de monitor niet.", SAVE_AS)
    if b"macroEnabled" in types:
        raise _macros_refusal()
    if b"spreadsheetml.sheet.main+xml" in types or b"spreadsheetml.template.main+xml" in types:
        return "xlsx"
    for content_type, name in (
        (b"wordprocessingml", "een Word-document"),
        (b"presentationml", "een PowerPoint-presentatie"),
    ):
        if content_type in types:
            raise SheetRefused(f"Dit is {name}, geen werkblad.", SAVE_AS)
    raise broken()


def _read_entry(package: zipfile.ZipFile, name: str, max_bytes: int) -> bytes:
    """Return the content of an entry; refuses one larger than `max_bytes`."""
    content = b""
    if name not in package.namelist():
        raise broken()
    for chunk in part_chunks(package, name):
        content += chunk
        if len(content) > max_bytes:
            raise too_large("Dit bestand heeft een te groot onderdeel.")
    return content


def _recognise_text(content: bytes, suffix: str) -> Kind:
    for signature, name in OTHER_FORMATS:
        if content.startswith(signature):
            raise SheetRefused(f"Dit lijkt op {name}, niet op een tabel met cijfers.", SAVE_AS)
    if MARKUP.match(content.removeprefix(b"\xef\xbb\xbf")[:1000]):
        raise SheetRefused("Dit lijkt op een webpagina of een XML-bestand, niet op een werkblad.", SAVE_AS)
    if suffix in (".xlsx", ".ods") and not _is_text(content):
        raise broken()
    return "csv"


def _is_text(content: bytes) -> bool:
    """Return whether this can be a CSV file: UTF-16 with a byte order mark, or no control characters."""
    return content.startswith((b"\xff\xfe", b"\xfe\xff")) or not re.search(rb"[\x00-\x08\x0e-\x1f]", content)


def _wrong_suffix(kind: Kind, suffix: str) -> SheetRefused:
    format_name = {
        "xlsx": "een Excel-werkmap (.xlsx)",
        "ods": "een ODS-werkblad (.ods)",
        "csv": "een tekstbestand (CSV)",
    }[kind]
    suffix_words = f"de naam eindigt op {suffix}" if suffix else "de naam heeft geen uitgang zoals .xlsx"
    return SheetRefused(
        f"Dit bestand lijkt op {format_name}, maar {suffix_words}.",
        f"Laat de naam eindigen op .{kind}, of sla het bestand opnieuw op.",
    )
