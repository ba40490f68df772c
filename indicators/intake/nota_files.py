"""Read and write a nota as a file: canonical JSON, or read it from a sheet.

A sheet is a view on the same data: its reader gives JSON data with the place of each path, so that one reader and one
set of rules serve both. Sheets are written by reports/fill_in.
"""

import json
from pathlib import Path

from indicators.domain.nota import Nota, read_json, write_nota
from indicators.intake.nota_data import NotaData, Place
from indicators.intake.nota_sheets import read_nota_sheet

__all__ = ["FORMATS", "SHEETS", "NotaData", "Place", "UnknownFormat", "read_nota_file", "write_json"]

FORMATS = ("json", "ods", "xlsx")
SHEETS = ("ods", "xlsx")


class UnknownFormat(Exception):
    """A file that is not supported; the message says which are."""


def read_nota_file(path: Path) -> NotaData:
    """Return the data in a file, by the end of its name. Raises OSError, UnknownFormat and NotaRefused.

    A hostile or macro file has the name of another format than ours, or is refused as a whole by the data.
    """
    format_name = path.suffix.lower().removeprefix(".")
    if format_name == "json":
        return NotaData(data=read_json(path.read_bytes()))
    if format_name in SHEETS:
        return read_nota_sheet(path.name, path.read_bytes())
    raise UnknownFormat(f"{path.name}: een kadernota staat in een bestand op {_listed()}.")


def write_json(nota: Nota) -> bytes:
    """Return a nota as a file of canonical JSON, indented."""
    return (json.dumps(write_nota(nota), ensure_ascii=False, indent=2) + "\n").encode()


def _listed() -> str:
    return ", ".join(f".{name}" for name in FORMATS[:-1]) + f" of .{FORMATS[-1]}"
