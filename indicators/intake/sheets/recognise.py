"""What a file is, by its bytes; its name only has to agree."""

import re
import zipfile
from pathlib import PurePath
from typing import Literal

from indicators.intake.sheets.limits import SheetRefused, broken, open_package, part_chunks, protected, too_much

Kind = Literal["xlsx", "ods", "csv"]
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
SAVE_AS = "Sla de tabel op als .xlsx, .ods of .csv en kies dat bestand."
# How other files begin, and what to call them.
OTHERS = (
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
MACROS = SheetRefused(
    "Dit bestand bevat macro's; die neemt de monitor niet aan.",
    "Sla het op als gewone Excel-werkmap (.xlsx).",
)
OLD_EXCEL = SheetRefused(
    "Dit is een bestand van een oude versie van Excel (.xls).",
    "Open het in Excel of LibreOffice en sla het op als .xlsx.",
)


def recognise(name: str, content: bytes) -> tuple[Kind, zipfile.ZipFile | None]:
    """The kind of file, and the opened package of a ZIP. Refuses every other kind by its looks."""
    suffix = PurePath(name).suffix.lower()
    package = None
    if content.startswith(OLE):
        raise _ole(content)
    if content.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        package = open_package(content)
        kind = _packaged(package)
    else:
        kind = _text(content, suffix)
    if suffix in (".xlsm", ".xltm"):
        raise SheetRefused(MACROS.why, MACROS.advice)
    if suffix != f".{kind}":
        raise _other_name(kind, suffix)
    return kind, package


def _ole(content: bytes) -> SheetRefused:
    """Which of the old binary files this is; its directory names its streams in UTF-16."""
    if "EncryptedPackage".encode("utf-16-le") in content:
        return protected()
    if any(stream.encode("utf-16-le") in content for stream in ("Workbook\0", "Book\0")):
        return SheetRefused(OLD_EXCEL.why, OLD_EXCEL.advice)
    return SheetRefused("Dit lijkt op een oud Office-bestand, niet op een tabel met cijfers.", SAVE_AS)


def _packaged(package: zipfile.ZipFile) -> Kind:
    names = {name.casefold() for name in package.namelist()}
    if "encrypted-package" in names:
        raise protected()
    if any(name.endswith("vbaproject.bin") for name in names):
        raise SheetRefused(MACROS.why, MACROS.advice)
    if "mimetype" in names and "content.xml" in names:
        return _opendocument(_beginning(package, "mimetype", 200))
    if "mimetype" in names and b"opendocument" in (mimetype := _beginning(package, "mimetype", 200)):
        return _opendocument(mimetype)
    if "[content_types].xml" in names:
        return _office(_beginning(package, "[Content_Types].xml", MAX_CONTENT_TYPES))
    raise SheetRefused("Dit is een ingepakt bestand (ZIP), geen tabel met cijfers.", SAVE_AS)


def _opendocument(mimetype: bytes) -> Kind:
    if b"opendocument.spreadsheet" in mimetype:
        return "ods"
    what = "een tekstdocument" if b"opendocument.text" in mimetype else "een ander soort OpenDocument-bestand"
    raise SheetRefused(f"Dit is {what}, geen werkblad.", SAVE_AS)


def _office(types: bytes) -> Kind:
    if b"sheet.binary" in types:
        raise SheetRefused("Dit is een binaire Excel-werkmap (.xlsb); die leest de monitor niet.", SAVE_AS)
    if b"macroEnabled" in types:
        raise SheetRefused(MACROS.why, MACROS.advice)
    if b"spreadsheetml.sheet.main+xml" in types or b"spreadsheetml.template.main+xml" in types:
        return "xlsx"
    for mark, what in (
        (b"wordprocessingml", "een Word-document"),
        (b"presentationml", "een PowerPoint-presentatie"),
    ):
        if mark in types:
            raise SheetRefused(f"Dit is {what}, geen werkblad.", SAVE_AS)
    raise broken()


def _beginning(package: zipfile.ZipFile, name: str, most: int) -> bytes:
    """All of a small entry; refuses one that is larger than `most` bytes."""
    found = b""
    if name not in package.namelist():
        raise broken()
    for chunk in part_chunks(package, name):
        found += chunk
        if len(found) > most:
            raise too_much("Dit bestand heeft een te groot onderdeel.")
    return found


def _text(content: bytes, suffix: str) -> Kind:
    for mark, what in OTHERS:
        if content.startswith(mark):
            raise SheetRefused(f"Dit lijkt op {what}, niet op een tabel met cijfers.", SAVE_AS)
    if MARKUP.match(content.removeprefix(b"\xef\xbb\xbf")[:1000]):
        raise SheetRefused("Dit lijkt op een webpagina of een XML-bestand, niet op een werkblad.", SAVE_AS)
    if suffix in (".xlsx", ".ods") and not _is_text(content):
        raise broken()
    return "csv"


def _is_text(content: bytes) -> bool:
    """Whether this may be the text of a CSV file: UTF-16 with its mark, or no control characters."""
    return content.startswith((b"\xff\xfe", b"\xfe\xff")) or not re.search(rb"[\x00-\x08\x0e-\x1f]", content)


def _other_name(kind: Kind, suffix: str) -> SheetRefused:
    looks = {
        "xlsx": "een Excel-werkmap (.xlsx)",
        "ods": "een ODS-werkblad (.ods)",
        "csv": "een tekstbestand (CSV)",
    }[kind]
    named = f"de naam eindigt op {suffix}" if suffix else "de naam heeft geen uitgang zoals .xlsx"
    return SheetRefused(
        f"Dit bestand lijkt op {looks}, maar {named}.",
        f"Laat de naam eindigen op .{kind}, of sla het bestand opnieuw op.",
    )
