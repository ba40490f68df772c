"""The sheet to fill in (XLSX here, ODS in sheet_out_ods.py), and the sheet that comes back with what was refused.

Its first sheet reads back as it is: the headings that the importer knows are spelled as it knows them, the others it
passes over. The cells for a figure are text, so that no spreadsheet program makes a date or a fraction of it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import BinaryIO

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from indicators.domain.cells import Cell, show_cell
from indicators.domain.values import Unit, UnitKind
from indicators.intake import RowRefusal
from indicators.intake.sheets import SheetRow
from indicators.readmodel.rows import ComponentRow, IndicatorRow, Overview
from reports.document import clean_text
from reports.writers.looks import ACCENT, BAND, QUIET
from reports.writers.xlsx_cells import put_text

# The heading, the width in characters, and whether it is for filling in.
COLUMNS: tuple[tuple[str, int, bool], ...] = (
    ("indicator", 10, False),
    ("naam", 44, False),
    ("onderdeel", 18, False),
    ("jaar", 7, False),
    ("eenheid", 12, False),
    ("vorig cijfer", 18, False),
    ("streefwaarde", 14, False),
    ("nu vastgelegd", 18, False),
    ("meting", 12, True),
    ("toelichting", 48, True),
    ("steekproef", 12, True),
)
HEADINGS = tuple(heading for heading, _, _ in COLUMNS)
UNIT_WORDS = {UnitKind.COUNT: "aantal", UnitKind.PERCENTAGE: "%", UnitKind.GRADE: "cijfer 0–10"}
OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}

EXPLAINED: tuple[tuple[str, str], ...] = (
    ("Zo vult u dit blad in", ""),
    ("Waar", "Typ het cijfer in de kolom ‘meting’. Wijzig niets aan koppen, indicator, onderdeel en jaar."),
    ("Leeg laten", "Een lege meting verandert niets: een cijfer dat er al staat, blijft staan."),
    ("Toelichting", "Een zin bij het cijfer. Verplicht als u een vastgesteld cijfer verbetert."),
    ("Steekproef", "Hoeveel mensen zijn ondervraagd. Alleen bij een percentage of rapportcijfer uit een enquête."),
    ("Vorig cijfer, streefwaarde, nu vastgelegd", "Alleen ter informatie. Wat u daar wijzigt, wordt niet gelezen."),
    ("Zo schrijft u een cijfer", ""),
    ("4521 of 4.521", "Een aantal. De punt staat alleen voor drie cijfers."),
    ("6,2", "Een rapportcijfer: met een komma, één decimaal."),
    ("22% of 22", "Een percentage."),
    ("<5", "Minder dan 5: de bron geeft het kleine aantal niet vrij."),
    ("4.521*", "Een voorlopig cijfer over het hele jaar, dat de bron nog kan bijstellen."),
    ("pm", "Volgt nog. Bijvoorbeeld als u pas een deel van het jaar hebt; zet de tussenstand in de toelichting."),
    ("n.b.", "Niet bekend."),
    ("n.v.t.", "Niet van toepassing."),
    ("Dit wordt geweigerd", ""),
    ("6.2", "Een punt in plaats van een komma. Schrijf 6,2."),
    ("1.17", "Een punt die niet voor drie cijfers staat. Schrijf 117 of 1.170."),
    ("-", "Een streepje kan nul of onbekend betekenen. Schrijf 0 of n.b."),
    ("ca. 400", "Een schatting. Schrijf 400 en zet in de toelichting dat het een schatting is."),
    ("400-450", "Een reeks. Schrijf één cijfer."),
)  # fmt: skip


@dataclass(frozen=True)
class Line:
    """What the sheet says of one figure: the texts of the columns that are not for filling in, by heading."""

    code: str
    part: str
    year: int
    texts: Mapping[str, str]


def fill_lines(overview: Overview, year: int, source: str = "") -> list[Line]:
    """A line for each figure that is followed this year, of one source where one is named."""
    return [
        _line(row, part, year)
        for row in overview.all_rows
        if source in ("", row.source) and row.counts_in(year)
        for part in row.components
    ]  # fmt: skip


def write_fill_xlsx(lines: Sequence[Line], title: str, stream: BinaryIO) -> None:
    """Write the sheet to fill in as XLSX."""
    book = xlsxwriter.Workbook(stream, OPTIONS)
    book.set_properties({"title": title})
    sheet = _open_sheet(book, lines[0].year if lines else 0)
    plain, typed = _looks(book)
    for at, line in enumerate(lines, start=1):
        for column, (heading, _, fillable) in enumerate(COLUMNS):
            if heading == "jaar":
                sheet.write_number(at, column, line.year, plain)
            else:
                put_text(sheet, at, column, line.texts.get(heading, ""), typed if fillable else plain)
    _explain(book)
    book.close()


def write_refused_xlsx(
    rows: Iterable[SheetRow], refusals: Iterable[RowRefusal], lines: Iterable[Line], title: str, stream: BinaryIO
) -> None:
    """Write the rows as they came in: a refused cell is marked and has a note, which the last column repeats."""
    book = xlsxwriter.Workbook(stream, OPTIONS)
    book.set_properties({"title": title})
    sheet = _open_sheet(book, 0)
    bold = book.add_format({"bold": True, "bottom": 1, "bottom_color": f"#{ACCENT}"})
    put_text(sheet, 0, len(COLUMNS), "opmerking", bold)
    sheet.set_column(len(COLUMNS), len(COLUMNS), 60)
    plain, typed = _looks(book)
    marked = book.add_format(
        {"num_format": "@", "bg_color": f"#{BAND}", "border": 1, "valign": "top", "text_wrap": True}
    )
    known = {(line.code.casefold(), line.part.casefold()): line for line in lines}
    refused: dict[int, dict[str, str]] = {}
    for refusal in refusals:
        notes = refused.setdefault(refusal.row, {})
        notes[refusal.column] = f"{notes.get(refusal.column, '')} {refusal.refusal}".strip()
    for at, row in enumerate(rows, start=1):
        notes, texts = refused.get(row.number, {}), _reference(row, known)
        for column, (heading, _, fillable) in enumerate(COLUMNS):
            is_marked = heading in notes
            look = marked if is_marked else typed if fillable else plain
            cell = row.cells.get(heading, Cell("text", texts.get(heading, "")))
            _put_cell(book, sheet, at, column, cell, look, is_marked)
            if is_marked:
                note = clean_text(f"Rij {row.number} van uw bestand. {notes[heading]}")
                sheet.write_comment(at, column, note, {"author": "Monitor", "x_scale": 2, "y_scale": 2})
        put_text(sheet, at, len(COLUMNS), " ".join(f"{heading}: {note}" for heading, note in notes.items()), plain)
    _explain(book)
    book.close()


def _line(row: IndicatorRow, part: ComponentRow, year: int) -> Line:
    figure, last = part.figures[year], part.last_known(year)
    before = f"{last.printed} ({last.year})" if last else ""
    if not before and part.baseline_printed:
        before = f"{part.baseline_printed} ({part.baseline_year}, nulmeting)"
    now = figure.printed + (" (concept)" if figure.is_draft else "")
    target = row.target_cell(year) if len(row.components) == 1 else figure.target_printed
    texts = {
        "indicator": row.code, "naam": row.name, "onderdeel": part.name, "eenheid": unit_words(part.unit),
        "vorig cijfer": before, "streefwaarde": target, "nu vastgelegd": now,
    }  # fmt: skip
    return Line(row.code, part.name, year, texts)


def unit_words(unit: Unit) -> str:
    """The unit in a word, with its decimals where it has any."""
    decimals = f", {unit.decimals} {'decimaal' if unit.decimals == 1 else 'decimalen'}" if unit.decimals else ""
    return UNIT_WORDS[unit.kind] + decimals


def _open_sheet(book: xlsxwriter.Workbook, year: int) -> Worksheet:
    sheet = book.add_worksheet(f"Cijfers {year}" if year else "Cijfers")
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.freeze_panes(1, 1)
    sheet.repeat_rows(0)
    text = book.add_format({"num_format": "@", "valign": "top", "text_wrap": True})
    bold = book.add_format({"bold": True, "bottom": 1, "bottom_color": f"#{ACCENT}"})
    for column, (heading, width, fillable) in enumerate(COLUMNS):
        sheet.set_column(column, column, width, text if fillable else None)
        put_text(sheet, 0, column, heading, bold)
    return sheet


def _looks(book: xlsxwriter.Workbook) -> tuple:
    """The look of a cell that informs, and of one to fill in."""
    return (
        book.add_format({"valign": "top", "text_wrap": True, "font_color": f"#{QUIET}"}),
        book.add_format({"num_format": "@", "valign": "top", "text_wrap": True, "border": 4}),
    )


def _explain(book: xlsxwriter.Workbook) -> None:
    sheet = book.add_worksheet("Uitleg")
    head = book.add_format({"bold": True, "font_color": f"#{ACCENT}", "font_size": 13})
    term = book.add_format({"bold": True, "valign": "top", "text_wrap": True, "num_format": "@"})
    text = book.add_format({"valign": "top", "text_wrap": True})
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, 1, 90)
    for at, (what, meaning) in enumerate(EXPLAINED):
        put_text(sheet, at, 0, what, term if meaning else head)
        put_text(sheet, at, 1, meaning, text)


def _put_cell(
    book: xlsxwriter.Workbook, sheet: Worksheet, at: int, column: int, cell: Cell, look, is_marked: bool
) -> None:
    """A number stays a number with its own format: 0,22 shown as 22% is no text of 0,22."""
    if cell.kind == "number" and cell.number is not None and abs(cell.number) < 10**15:
        properties = {"num_format": cell.number_format, "valign": "top"} | (
            {"bg_color": f"#{BAND}"} if is_marked else {}
        )
        sheet.write_number(at, column, cell.number, book.add_format(properties))
    else:
        put_text(sheet, at, column, cell.formula if not cell.has_result and cell.formula else show_cell(cell), look)


def _reference(row: SheetRow, known: Mapping[tuple[str, str], Line]) -> Mapping[str, str]:
    """The informing texts of the figure that this row is about, where its code is known."""
    named = [show_cell(row.cells.get(name, Cell("empty"))).strip().casefold() for name in ("indicator", "onderdeel")]
    line = known.get((named[0], named[1]))
    return line.texts if line else {}
