"""Open data of CBS StatLine and data.politie.nl: read a published CSV table into rows of figures for one year.

Columns are recognised by name, not by position. Lines above the headings and below the figures (a title, "Bron: CBS")
are skipped. OpenDataRow stores which row and column of a table belong to which component.
"""

import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass

from indicators.domain.cells import Cell
from indicators.intake.sheets import COLUMNS, SheetRefused, SheetRow
from indicators.intake.sheets.csv_text import decode, records
from indicators.models import Component, OpenDataRow
from priorities.models import Kadernota

MAX_SERIES = 300  # series of one region and year that can be offered on one page
MAX_RECORDS = 60_000
LONGEST_NAME = 200  # as in OpenDataRow
MAX_HEADING_LINE = 30  # titles may stand above the headings

PERIODS = {"perioden", "periode", "jaar", "jaren"}
REGIONS = {"regio", "regio's", "regios", "gemeente", "gemeenten", "wijken en buurten", "gebied", "gebieden"}
VALUES, TOPICS = {"waarde", "value"}, {"onderwerp", "onderwerpen", "measure"}
IGNORED = {"id", "valueattribute"}
FIGURE = re.compile(r"-?[0-9][0-9.,\s]*\*{0,2}|[.x-]", re.IGNORECASE)
WHOLE_YEAR = re.compile(r"([0-9]{4})(?:JJ00)?\s*(\*{0,2})")
UNKNOWN = {".", "x"}


Record = tuple[int, list[str]]  # the line number and the fields


@dataclass(frozen=True, kw_only=True)
class Observation:
    """One published figure: its line, the names of its row and column in the table, and its text."""

    line: int
    row_name: str
    column_name: str
    text: str
    provisional: bool = False

    @property
    def series(self) -> tuple[str, str]:
        """The key of its mapping to a component."""
        return self.row_name, self.column_name

    @property
    def is_unknown(self) -> bool:
        """Whether the publisher gives no figure: unknown or confidential."""
        return self.text.casefold() in UNKNOWN

    @property
    def typed(self) -> str:
        """The figure in our notation: with an asterisk when it is provisional."""
        needs_asterisk = self.provisional and self.text[:1].isdigit() and not self.text.endswith("*")
        return f"{self.text}*" if needs_asterisk else self.text


@dataclass(frozen=True)
class OpenTable:
    """The figures of one region and one year. `question` asks to confirm an uncertain region; else ""."""

    region: str
    question: str
    observations: tuple[Observation, ...]


@dataclass(frozen=True)
class _Headings:
    """The line with the column headings, its separator and its texts."""

    line: int
    separator: str
    names: list[str]


@dataclass(frozen=True, kw_only=True)
class _Columns:
    """The columns of a table by their role, as indices."""

    period: int
    region: int | None
    topic: int | None
    figures: dict[int, str]  # with the name of the column
    names: tuple[int, ...]  # the columns that together name the row


def is_open_data(content: bytes) -> bool:
    """Return whether this is a published table: it has headings with a period and none of our own columns."""
    if content.startswith((b"PK", b"\xd0\xcf\x11\xe0")) or b"\0" in content[:4000]:
        return False
    try:
        headings = _find_headings(decode(content))
    except SheetRefused:
        return False
    return headings is not None and not (set(COLUMNS) - {"jaar"}) & {_normalised(name) for name in headings.names}


def read_open_data(content: bytes, *, organisation: str, year: int) -> OpenTable:
    """Read the figures of `year` in the region of this organisation, or else of the only region in the file.

    Raises SheetRefused for a table without a column of figures, with several regions but not exactly one of this
    organisation, without this year, with a record longer than its headings, or with too many series.
    """
    text = decode(content)
    headings = _find_headings(text)
    if headings is None:
        raise _unreadable("Er is geen rij met kolomkoppen gevonden.")
    table = _read_table(text, headings)
    columns = _find_columns(headings.names, [fields for _, fields in table])
    rows = [(line, fields, match) for line, fields in table if (match := _year_of(fields[columns.period]))]
    _check_year(year, rows)
    region, question = _find_region(organisation, columns, [fields for _, fields, _ in rows])
    rows = [row for row in rows if columns.region is None or row[1][columns.region] == region]
    _check_year(year, rows)
    observations = [
        Observation(
            line=line,
            row_name=_row_name(fields, columns),
            column_name=_column_name(fields, columns, name),
            text=fields[column],
            provisional=bool(match[2]),
        )
        for line, fields, match in rows
        if int(match[1]) == year
        for column, name in columns.figures.items()
        if fields[column]
    ]
    if len({observation.series for observation in observations}) > MAX_SERIES:
        raise SheetRefused(
            f"In dit bestand staan meer dan {MAX_SERIES} reeksen over {year}.",
            "Kies bij de bron alleen de onderwerpen die u nodig hebt, en alleen uw gemeente.",
        )
    return OpenTable(region, question, tuple(observations))


def mapped_components(kadernota: Kadernota) -> dict[tuple[str, str], Component]:
    """Return the components of the newest version by the row and column that are mapped to them. Two queries."""
    components = {component.series_id: component for component in Component.objects.of(kadernota)}
    return {
        (row.row_name, row.column_name): components[row.series_id]
        for row in OpenDataRow.objects.filter(kadernota=kadernota)
        if row.series_id in components
    }


def to_rows(
    observations: Iterable[Observation], mapped: Mapping[tuple[str, str], Component], year: int
) -> dict[int, tuple[SheetRow, Observation]]:
    """Return the mapped figures as sheet rows, by their number in the file from 1."""
    rows = {}
    for number, observation in enumerate(observations, start=1):
        component = mapped.get(observation.series)
        if component is not None:
            texts = {"indicator": component.indicator.code, "onderdeel": component.name, "jaar": str(year)}
            cells = {name: Cell("text", text) if text else Cell("empty") for name, text in texts.items()}
            cells["meting"] = Cell("text", observation.typed)
            place = f"regel {observation.line}, {observation.row_name}, {observation.column_name}"
            rows[number] = SheetRow(number, cells, {"meting": place}), observation
    return rows


def _normalised(name: str) -> str:
    return " ".join(name.replace("’", "'").split()).casefold()


def _find_headings(text: str) -> _Headings | None:
    """Return the first record of several fields with a period, or None."""
    for separator in ";,\t":
        with suppress(SheetRefused):  # quotes that do not fit this separator
            for line, fields in records(text, separator):
                if line > MAX_HEADING_LINE:
                    break
                if len(fields) > 1 and not PERIODS.isdisjoint(map(_normalised, fields)):
                    return _Headings(line, separator, [" ".join(field.split()) for field in fields])
    return None


def _read_table(text: str, headings: _Headings) -> list[Record]:
    """Return the records below the headings with at least two fields, each as long as the headings."""
    width = len(headings.names)
    table: list[Record] = []
    for line, raw in records(text, headings.separator):
        fields = [" ".join(field.split()) for field in raw]
        if line <= headings.line or sum(map(bool, fields)) < 2:
            continue
        if any(fields[width:]):
            raise _unreadable(f"Regel {line} heeft {len(fields)} velden, maar er zijn {width} kolomkoppen.")
        if len(table) == MAX_RECORDS:
            raise SheetRefused("Dit bestand heeft te veel regels.", "Kies bij de bron alleen uw gemeente en uw jaren.")
        table.append((line, fields[:width] + [""] * (width - len(fields))))
    return table


def _find_columns(headings: list[str], table: list[list[str]]) -> _Columns:
    names = [_normalised(heading) for heading in headings]
    period, region, topic, value = (_first_index(names, known) for known in (PERIODS, REGIONS, TOPICS, VALUES))
    assert period is not None  # _find_headings requires it
    others = [
        column
        for column, name in enumerate(names)
        if name and name not in IGNORED and column not in (period, region, topic)
    ]
    if topic is not None and value is not None:
        figures = {value: headings[value]}
    else:
        topic = None
        rows = [fields for fields in table if _year_of(fields[period])]
        figures = {column: headings[column][:LONGEST_NAME] for column in others if _holds_figures(column, rows)}
    if not figures:
        raise _unreadable("Er is geen kolom met cijfers gevonden.")
    if len(set(figures.values())) < len(figures):
        raise _unreadable("Twee kolommen met cijfers hebben dezelfde kop; dan is niet duidelijk welke welke is.")
    row_names = tuple(column for column in others if column not in figures)
    return _Columns(period=period, region=region, topic=topic, figures=figures, names=row_names)


def _first_index(names: list[str], known: set[str]) -> int | None:
    return next((column for column, name in enumerate(names) if name in known), None)


def _holds_figures(column: int, rows: list[list[str]]) -> bool:
    texts = [fields[column] for fields in rows if fields[column]]
    return bool(texts) and all(FIGURE.fullmatch(text) for text in texts)


def _year_of(period: str) -> re.Match[str] | None:
    return WHOLE_YEAR.fullmatch(period)


def _row_name(fields: list[str], columns: _Columns) -> str:
    """Return the name of the row in its table; a table of one subject has no names of rows."""
    name = " / ".join(fields[column] for column in columns.names if fields[column])
    return (name or "(geen naam)")[:LONGEST_NAME]


def _column_name(fields: list[str], columns: _Columns, heading: str) -> str:
    return heading if columns.topic is None else fields[columns.topic][:LONGEST_NAME]


def _find_region(organisation: str, columns: _Columns, rows: list[list[str]]) -> tuple[str, str]:
    """Return the region to read, and a question when it may not be the region of the organisation."""
    own = _municipality(organisation)
    if columns.region is None:
        return "", f"Het bestand noemt geen regio. Gaat dit over {organisation}?"
    regions = list(dict.fromkeys(fields[columns.region] for fields in rows if fields[columns.region]))
    matching = [region for region in regions if _municipality(region) == own]
    if len(matching) == 1:
        return matching[0], ""
    if len(regions) == 1:
        return regions[0], f"De regio in het bestand heet ‘{regions[0]}’, niet ‘{organisation}’. Klopt dit?"
    raise SheetRefused(
        f"In dit bestand staan {len(regions)} regio's, en niet precies één daarvan is {organisation}.",
        f"Kies bij de bron alleen {organisation} en sla het bestand opnieuw op.",
    )


def _municipality(name: str) -> str:
    """Return the name of a municipality without "Gemeente", "(gemeente)" or "(GM)"."""
    bare = re.sub(r"\s*\((?:gemeente|gm)\)$", "", _normalised(name))
    return bare.removeprefix("gemeente ")


def _check_year(year: int, rows: list[tuple[int, list[str], re.Match[str]]]) -> None:
    years = sorted({int(match[1]) for _, _, match in rows})
    if year not in years:
        other = f"; wel over {', '.join(map(str, years))}" if years else ""
        raise SheetRefused(
            f"Over heel {year} staat er niets in dit bestand{other}.",
            "Kies bovenaan het jaar van het bestand.",
        )


def _unreadable(why: str) -> SheetRefused:
    return SheetRefused(
        f"Dit lijkt op open data, maar is niet te lezen. {why}",
        "Kies bij StatLine ‘CSV met statistische symbolen’, met ‘Perioden’ en ‘Regio's’ als kolommen.",
    )
