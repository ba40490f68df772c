"""Write a nota as a sheet to fill in: ODS or XLSX, filled or empty."""

from io import BytesIO

from indicators.domain.nota import Nota
from reports.fill_in import nota_ods, nota_xlsx
from reports.fill_in.nota_rows import NotaSheet, empty_sheets, filled_sheets

WRITERS = {"ods": nota_ods.write_nota, "xlsx": nota_xlsx.write_nota}


def nota_sheet(nota: Nota, format_name: str) -> bytes:
    """Return a nota as a file of a format in WRITERS. Raises TextTooLong for a text that does not fit in a cell."""
    return _file(filled_sheets(nota), nota.title, format_name)


def nota_template(first_year: int, format_name: str) -> bytes:
    """Return an empty sheet as a file of a format in WRITERS, with columns for targets from `first_year` on."""
    return _file(empty_sheets(first_year), "Kadernota", format_name)


def _file(sheets: list[NotaSheet], title: str, format_name: str) -> bytes:
    stream = BytesIO()
    WRITERS[format_name](sheets, title, stream)
    return stream.getvalue()
