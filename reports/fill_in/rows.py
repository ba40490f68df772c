"""What is on the sheet to fill in and on the sheet that comes back, as plain data; both writers take it from here.

The first sheet reads back as it is: the headings that the importer knows are spelled as it knows them, the others it
passes over.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from indicators.domain.cells import Cell, cell_text
from indicators.domain.dutch import counted
from indicators.domain.values import Unit, UnitKind
from indicators.intake.row_parser import RowRefusal
from indicators.intake.sheets import SheetRow
from indicators.readmodel.rows import ComponentRow, IndicatorRow, Overview
from reports.document import clean_text


@dataclass(frozen=True, slots=True)
class FillColumn:
    """A column of the sheet: its heading, its width in characters, and whether a figure is filled in there."""

    heading: str
    width: int
    fillable: bool = False


COLUMNS = (
    FillColumn("indicator", 10),
    FillColumn("naam", 44),
    FillColumn("onderdeel", 18),
    FillColumn("jaar", 7),
    FillColumn("eenheid", 12),
    FillColumn("vorig cijfer", 18),
    FillColumn("streefwaarde", 14),
    FillColumn("nu vastgelegd", 18),
    FillColumn("meting", 12, fillable=True),
    FillColumn("toelichting", 48, fillable=True),
    FillColumn("steekproef", 12, fillable=True),
)
HEADINGS = tuple(column.heading for column in COLUMNS)
YEAR = "jaar"
SHEET_NAME = "Cijfers"
REMARK = FillColumn("opmerking", 60)
UNIT_WORDS = {UnitKind.COUNT: "aantal", UnitKind.PERCENTAGE: "%", UnitKind.GRADE: "cijfer 0–10"}

# The second sheet; a row without a meaning is a heading.
EXPLANATION_NAME, EXPLANATION_WIDTHS = "Uitleg", (26, 90)
EXPLANATION: tuple[tuple[str, str], ...] = (
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
)


@dataclass(frozen=True, slots=True)
class FillRow:
    """The row of one figure: its texts by heading, of the columns that are not filled in and not the year."""

    code: str
    part: str
    year: int
    texts: Mapping[str, str]

    def __post_init__(self) -> None:
        object.__setattr__(self, "texts", {heading: clean_text(text) for heading, text in self.texts.items()})


@dataclass(frozen=True, slots=True)
class ReturnedRow:
    """A row that came in: its number, its cells in the order of the columns, and notes on refused ones by heading."""

    number: int
    cells: tuple[Cell, ...]
    notes: Mapping[str, str]

    @property
    def remark(self) -> str:
        """All notes in one text."""
        return " ".join(f"{heading}: {note}" for heading, note in self.notes.items())


def fill_rows(overview: Overview, year: int, source: str = "") -> list[FillRow]:
    """Return a row for each figure that is followed this year, of one source where one is named."""
    return [
        _fill_row(row, part, year)
        for row in overview.all_rows
        if source in ("", row.source) and row.counts_in(year)
        for part in row.components
    ]


def sheet_name(rows: Sequence[FillRow]) -> str:
    """Return the name of the first sheet."""
    return f"{SHEET_NAME} {rows[0].year}" if rows else SHEET_NAME


def returned_rows(
    rows: Iterable[SheetRow], refusals: Iterable[RowRefusal], known: Iterable[FillRow]
) -> Iterator[ReturnedRow]:
    """Give the rows as they came in. Columns that were not read say again what `known` says of the figure."""
    notes: dict[int, dict[str, str]] = defaultdict(dict)
    for refusal in refusals:
        of_row = notes[refusal.row]
        of_row[refusal.column] = clean_text(f"{of_row.get(refusal.column, '')} {refusal.refusal}".strip())
    texts = {(row.code.casefold(), row.part.casefold()): row.texts for row in known}
    for row in rows:
        code, part = (cell_text(row.cells.get(name, Cell("empty"))) for name in ("indicator", "onderdeel"))
        reference = texts.get((code.strip().casefold(), part.strip().casefold()), {})
        cells = (row.cells.get(heading, Cell("text", reference.get(heading, ""))) for heading in HEADINGS)
        yield ReturnedRow(row.number, tuple(cells), notes.get(row.number, {}))


def unit_words(unit: Unit) -> str:
    """Return the unit in a word, with its decimals where it has any."""
    decimals = f", {counted(unit.decimals, 'decimaal', 'decimalen')}" if unit.decimals else ""
    return UNIT_WORDS[unit.kind] + decimals


def _fill_row(row: IndicatorRow, part: ComponentRow, year: int) -> FillRow:
    figure, last = part.figures[year], part.last_known(year)
    previous = f"{last.printed} ({last.year})" if last else ""
    if not previous and part.baseline_printed:
        previous = f"{part.baseline_printed} ({part.baseline_year}, nulmeting)"
    texts = {
        "indicator": row.code,
        "naam": row.name,
        "onderdeel": part.name,
        "eenheid": unit_words(part.unit),
        "vorig cijfer": previous,
        "streefwaarde": row.target_cell(year) if len(row.components) == 1 else figure.target_printed,
        "nu vastgelegd": figure.printed + (" (concept)" if figure.is_draft else ""),
    }
    return FillRow(row.code, part.name, year, texts)
