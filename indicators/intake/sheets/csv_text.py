"""Read CSV: detect the encoding and the separator, and refuse rows that do not fit the headings."""

import codecs
import csv
import io
import re
from collections.abc import Iterator

from indicators.domain.cells import Cell
from indicators.intake.sheets.limits import MAX_COLUMNS, MAX_ROWS, Grid, SheetRefused, too_many_columns, too_many_rows

SEPARATORS = ";,"


def read_csv(content: bytes, known: frozenset[str]) -> tuple[Grid, dict[int, str]]:
    """Return the cells of a CSV file by line and field number, all as text, and its headings as typed.

    `known` are the case-folded headings that decide between semicolon and comma. Raises SheetRefused for NUL
    characters, unclosed quotes, a row with more fields than headings, and too many rows or columns.
    """
    text = decode(content)
    text, separator = _separator(text, known)
    grid = Grid()
    headings: dict[int, str] = {}
    for line, fields in records(text, separator):
        if not any(field.strip() for field in fields):
            continue
        if not headings:
            headings = dict(enumerate(fields, start=1))
            if len(headings) > MAX_COLUMNS:
                raise too_many_columns()
        if len(fields) > len(headings):
            raise _too_many_fields(line, len(fields), len(headings), separator)
        if len(grid.rows) > MAX_ROWS:
            raise too_many_rows()
        grid.rows[line] = {number: Cell("text", field) for number, field in enumerate(fields, start=1) if field.strip()}
    return grid, headings


def decode(content: bytes) -> str:
    """Return the text of a file in UTF-8, UTF-16 with a mark, or else Windows-1252. Refuses NUL characters."""
    encodings = ["utf-8-sig", "cp1252"]
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encodings = ["utf-16"]
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            break
        return text
    raise SheetRefused(
        "De tekst in dit bestand is niet te lezen.",
        "Sla het bestand opnieuw op als CSV met de tekenset UTF-8.",
    )


def _separator(text: str, known: frozenset[str]) -> tuple[str, str]:
    """Return the text and its separator: from a first line `sep=;`, else the separator that gives most headings."""
    if declared := re.match(r"sep=([;,])\r?\n", text, re.IGNORECASE):
        # Keep the line end, so that line numbers remain right.
        return text[declared.end() - 1 :], declared[1]
    counts = {separator: _count_headings(text, separator, known) for separator in SEPARATORS + "\t"}
    best = max(counts, key=lambda separator: counts[separator])
    if best == "\t":
        raise SheetRefused(
            "De kolommen in dit bestand zijn met tabs gescheiden.",
            "Sla het op als CSV met puntkomma's, of als .xlsx of .ods.",
        )
    return text, best


def _count_headings(text: str, separator: str, known: frozenset[str]) -> int:
    try:
        for _, fields in records(text, separator):
            if any(field.strip(separator + " \t") for field in fields):
                return sum(field.strip().casefold() in known for field in fields)
    except SheetRefused:
        pass  # quotes that do not fit this separator; reading with the chosen one names the line
    return 0


def records(text: str, separator: str) -> Iterator[tuple[int, list[str]]]:
    """Yield each record with the number of its first line."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    line = 1
    try:
        for fields in reader:
            yield line, fields
            line = reader.line_num + 1
    except csv.Error as error:
        raise SheetRefused(
            f"De aanhalingstekens vanaf regel {line} kloppen niet, of een tekst is te lang.",
            'Zet een tekst tussen twee aanhalingstekens ("); daarbinnen staat een aanhalingsteken dubbel.',
        ) from error


def _too_many_fields(line: int, fields: int, headings: int, separator: str) -> SheetRefused:
    why = f"Regel {line} heeft {fields} velden, maar er zijn {headings} kolomkoppen."
    if separator == ",":
        return SheetRefused(
            why,
            "Staat er een getal met een komma in, zoals 6,2? Zet het tussen aanhalingstekens "
            "of sla het bestand op met puntkomma's tussen de kolommen.",
        )
    return SheetRefused(
        why, "Haal de puntkomma te veel weg, of zet een tekst met een puntkomma tussen aanhalingstekens."
    )
