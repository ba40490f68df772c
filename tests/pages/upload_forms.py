"""Steps of the upload tests: send a file or a block, confirm, fill in the downloaded sheet."""

import io
from typing import Any

import openpyxl
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from indicators.models import Measurement
from tests.cast import REAL

YEAR = 2021  # of the real kadernota: two figures are taken over, all others are missing
Values = dict[tuple[str, str], Any]

CBS = """\
"Geregistreerde misdrijven; soort misdrijf, regio"
""
"Soort misdrijf";"Perioden";"Regio's";"Geregistreerde misdrijven (aantal)";"Per 1000 inwoners (per 1 000 inwoners)"
"1.4.6 Straatroof";"2020";"Haarlemmermeer";"14";"0,1"
"1.4.6 Straatroof";"2021*";"Haarlemmermeer";"12";"0,1"
"1.4.7 Overval";"2021*";"Haarlemmermeer";".";"."
"1.4.5 Mishandeling";"2021*";"Haarlemmermeer";"     377";"2,4"
"Bron: CBS"
"© Politie, CBS"
"""


def address(name: str = "uit-bestand", year: int = YEAR, slug: str = REAL, **more: str) -> str:
    """Return the address of one of the pages."""
    return reverse(name, kwargs={"slug": slug, "year": year, **more})


def send(client: Client, name: str, content: bytes | str, year: int = YEAR):
    """Submit a file."""
    body = content.encode() if isinstance(content, str) else content
    return client.post(address(year=year), {"file": SimpleUploadedFile(name, body)})


def paste(client: Client, text: str, year: int = YEAR):
    """Submit a pasted block."""
    return client.post(address(year=year), {"block": text})


def confirm(client: Client, preview, name: str = "uit-bestand-vastleggen", year: int = YEAR, **answers: Any):
    """Confirm what a preview shows, with these answers; or press another of its buttons."""
    return client.post(address(name, year=year), {"payload": preview.context["payload"], **answers})


def stored() -> int:
    """Return how many figures of the real kadernota were recorded by users."""
    rows = Measurement.objects.filter(kadernota__slug=REAL)
    return rows.filter(recorded_by__isnull=False).count()


def messages_of(client: Client) -> list[str]:
    """Return the messages on the page after the redirect."""
    return [str(message) for message in client.get(address()).context["messages"]]


def fill_sheet(client: Client, year: int = YEAR, **query: str) -> bytes:
    """Return the sheet to fill in, as the page serves it."""
    return client.get(address("invulblad", year=year, extension="xlsx"), query).content


def filled(sheet: bytes, values: Values, **columns: Values) -> bytes:
    """Return the sheet with these figures in its column `meting`, and texts in other columns by name."""
    rows = list(openpyxl.load_workbook(io.BytesIO(sheet)).worksheets[0].iter_rows(values_only=True))
    wanted = {"meting": values, **columns}
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False})
    target = book.add_worksheet(f"Cijfers {YEAR}")
    for at, row in enumerate(rows):
        for column, (heading, value) in enumerate(zip(rows[0], row, strict=True)):
            typed = wanted.get(heading, {}).get((row[0], row[2] or "")) if at else None
            if (typed if typed is not None else value) is not None:
                target.write(at, column, typed if typed is not None else value)
    book.close()
    return buffer.getvalue()
