"""Open data of CBS StatLine and data.politie.nl: a published CSV table becomes rows of figures for one year.

Read by the names of its columns, never by their places. Above the headings and below the figures stand lines that are
no figures (a title, "Bron: CBS"). Which row and column fill which component an officer says once (OpenDataRow).
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
LONGEST_NAME = 200  # what OpenDataRow holds
HEADING_WITHIN = 30  # lines of title that may stand above the headings

PERIODS = {"perioden", "periode", "jaar", "jaren"}
REGIONS = {"regio", "regio's", "regios", "gemeente", "gemeenten", "wijken en buurten", "gebied", "gebieden"}
VALUES, TOPICS = {"waarde", "value"}, {"onderwerp", "onderwerpen", "measure"}
LEFT_OUT = {"id", "valueattribute"}
FIGURE = re.compile(r"-?[0-9][0-9.,\s]*\*{0,2}|[.x-]", re.IGNORECASE)
WHOLE_YEAR = re.compile(r"([0-9]{4})(?:JJ00)?\s*(\*{0,2})")
UNKNOWN = {".", "x"}


@dataclass(frozen=True)
class Observation:
    """One published figure: on which line, of which row and column of the table, and as it is written there."""

    line: int
    row_name: str
    column_name: str
    text: str
    provisional: bool = False

    @property
    def series(self) -> tuple[str, str]:
        """By what an officer recognises it, at every next import too."""
        return self.row_name, self.column_name

    @property
    def is_unknown(self) -> bool:
        """Whether the publisher gives no figure: unknown, or secret."""
        return self.text.casefold() in UNKNOWN

    @property
    def typed(self) -> str:
        """The figure in our notation: a provisional one has its mark."""
        starred = self.provisional and self.text[:1].isdigit() and not self.text.endswith("*")
        return f"{self.text}*" if starred else self.text


@dataclass(frozen=True)
class OpenTable:
    """The figures of one region and one year. `doubt` is a question about the region, "" where there is none."""

    region: str
    doubt: str
    observations: tuple[Observation, ...]


@dataclass(frozen=True)
class _Columns:
    """Which field of a record is what."""

    count: int
    period: int
    region: int | None
    topic: int | None
    figures: dict[int, str]  # the name of each column with figures
    names: tuple[int, ...]  # the fields that together name the row


def is_open_data(content: bytes) -> bool:
    """Whether this is the text of a published table: its first lines hold headings with a period, and none of ours."""
    if content.startswith((b"PK", b"\xd0\xcf\x11\xe0")) or b"\0" in content[:4000]:
        return False
    try:
        found = _find_headings(decode(content))
    except SheetRefused:
        return False
    return found is not None and not (set(COLUMNS) - {"jaar"}) & {_folded(name) for name in found[2]}


def read_open_data(content: bytes, *, organisation: str, year: int) -> OpenTable:
    """The figures of `year` in the region of this organisation, or else of the only region in the file.

    Raises SheetRefused for a table without a column of figures, with several regions and not ours, without this year,
    with a record that does not fit its headings, or with too many series.
    """
    text = decode(content)
    found = _find_headings(text)
    if found is None:
        raise _unreadable("Er is geen rij met kolomkoppen gevonden.")
    separator, first, headings = found
    table = _table(text, separator, first, headings)
    columns = _columns(headings, [fields for _, fields in table])
    rows = [(line, fields, match) for line, fields in table if (match := _year_of(fields[columns.period]))]
    _check_year(year, rows)
    region, doubt = _region(organisation, columns, [fields for _, fields, _ in rows])
    ours = [row for row in rows if columns.region is None or row[1][columns.region] == region]
    _check_year(year, ours)
    observations = [
        Observation(line, _row_name(fields, columns), name, fields[at], provisional=bool(match[2]))
        for line, fields, match in ours
        if int(match[1]) == year
        for at, name in _figures(fields, columns)
        if fields[at]
    ]
    if len({observation.series for observation in observations}) > MAX_SERIES:
        raise SheetRefused(
            f"In dit bestand staan meer dan {MAX_SERIES} reeksen over {year}.",
            "Kies bij de bron alleen de onderwerpen die u nodig hebt, en alleen uw gemeente.",
        )
    return OpenTable(region, doubt, tuple(observations))


def mapped_components(kadernota: Kadernota) -> dict[tuple[str, str], Component]:
    """Which component each known series fills."""
    rows = OpenDataRow.objects.filter(kadernota=kadernota).select_related("component__indicator")
    return {(row.row_name, row.column_name): row.component for row in rows}


def to_rows(
    observations: Iterable[Observation], mapped: Mapping[tuple[str, str], Component], year: int
) -> dict[int, tuple[SheetRow, Observation]]:
    """The mapped figures as rows for the importer, by the number of each in the file."""
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


def _folded(name: str) -> str:
    return " ".join(name.replace("’", "'").split()).casefold()


def _find_headings(text: str) -> tuple[str, int, list[str]] | None:
    """The separator, the line and the texts of the headings: the first record of several fields with a period."""
    for separator in ";,\t":
        with suppress(SheetRefused):  # quotes that do not fit this separator
            for line, fields in records(text, separator):
                if line > HEADING_WITHIN:
                    break
                if len(fields) > 1 and not PERIODS.isdisjoint(map(_folded, fields)):
                    return separator, line, [" ".join(field.split()) for field in fields]
    return None


def _table(text: str, separator: str, first: int, headings: list[str]) -> list[tuple[int, list[str]]]:
    """The records below the headings, without the lines that are no figures."""
    table = []
    for line, raw in records(text, separator):
        fields = [" ".join(field.split()) for field in raw]
        if line <= first or sum(map(bool, fields)) < 2:
            continue
        if len(fields) > len(headings) and any(fields[len(headings) :]):
            raise _unreadable(f"Regel {line} heeft {len(fields)} velden, maar er zijn {len(headings)} kolomkoppen.")
        if len(table) == MAX_RECORDS:
            raise SheetRefused("Dit bestand heeft te veel regels.", "Kies bij de bron alleen uw gemeente en uw jaren.")
        table.append((line, fields[: len(headings)] + [""] * (len(headings) - len(fields))))
    return table


def _columns(headings: list[str], table: list[list[str]]) -> _Columns:
    names = [_folded(heading) for heading in headings]
    period = next(at for at, name in enumerate(names) if name in PERIODS)
    region = next((at for at, name in enumerate(names) if name in REGIONS), None)
    topic = next((at for at, name in enumerate(names) if name in TOPICS), None)
    known = {period, region, topic} | {at for at, name in enumerate(names) if name in LEFT_OUT or not name}
    value = next((at for at, name in enumerate(names) if name in VALUES), None)
    if topic is not None and value is not None:
        figures = {value: headings[value]}
    else:
        topic = None
        rows = [fields for fields in table if _year_of(fields[period])]
        open_to = [at for at in range(len(headings)) if at not in known]
        figures = {at: headings[at][:LONGEST_NAME] for at in open_to if _holds_figures(at, rows)}
    if not figures:
        raise _unreadable("Er is geen kolom met cijfers gevonden.")
    if len(set(figures.values())) < len(figures):
        raise _unreadable("Twee kolommen met cijfers hebben dezelfde kop; dan is niet duidelijk welke welke is.")
    rest = tuple(at for at in range(len(headings)) if at not in known and at not in figures)
    return _Columns(len(headings), period, region, topic, figures, rest)


def _holds_figures(at: int, rows: list[list[str]]) -> bool:
    texts = [fields[at] for fields in rows if fields[at]]
    return bool(texts) and all(FIGURE.fullmatch(text) for text in texts)


def _year_of(period: str) -> re.Match[str] | None:
    return WHOLE_YEAR.fullmatch(period)


def _row_name(fields: list[str], columns: _Columns) -> str:
    """The row as its table names it; a table of one subject has no name for its rows."""
    name = " / ".join(fields[at] for at in columns.names if fields[at])
    return (name or "(geen naam)")[:LONGEST_NAME]


def _figures(fields: list[str], columns: _Columns) -> Iterable[tuple[int, str]]:
    for at, name in columns.figures.items():
        yield at, fields[columns.topic][:LONGEST_NAME] if columns.topic is not None else name


def _region(organisation: str, columns: _Columns, rows: list[list[str]]) -> tuple[str, str]:
    """The region to read, and a question about it where it is not plainly ours."""
    own = _place(organisation)
    if columns.region is None:
        return "", f"Het bestand noemt geen regio. Gaat dit over {organisation}?"
    regions = list(dict.fromkeys(fields[columns.region] for fields in rows if fields[columns.region]))
    ours = [region for region in regions if _place(region) == own]
    if len(ours) == 1:
        return ours[0], ""
    if len(regions) == 1:
        return regions[0], f"De regio in het bestand heet ‘{regions[0]}’, niet ‘{organisation}’. Klopt dit?"
    raise SheetRefused(
        f"In dit bestand staan {len(regions)} regio's, en niet precies één daarvan is {organisation}.",
        f"Kies bij de bron alleen {organisation} en sla het bestand opnieuw op.",
    )


def _place(name: str) -> str:
    """The bare name of a municipality: Gemeente Voorbeeld, Voorbeeld (gemeente) and Voorbeeld (GM) are the same."""
    bare = re.sub(r"\s*\((?:gemeente|gm)\)$", "", _folded(name))
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
