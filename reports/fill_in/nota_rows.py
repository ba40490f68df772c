"""The contents of a nota as a sheet, filled or empty, for both writers. indicators/intake/nota_sheets reads it back."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from indicators.domain.formatting import format_value
from indicators.domain.nota import Component, FocusPoint, Indicator, Nota, Reading, Topic, TopicKind, write_nota
from indicators.domain.targets import format_target
from indicators.intake.nota_sheets.layout import (
    BREAKS,
    CELLS,
    COMPONENTS,
    FIELDS,
    INDICATORS,
    LAYOUTS,
    NOTA,
    POINTS,
    READINGS,
    TOPICS,
    Column,
    Content,
    Layout,
)
from indicators.intake.nota_sheets.words import NO, UNNAMED, YES
from reports.writers.xlsx_cells import MAX_TEXT

Value = str | int
# The values of a row by key of the column, or by year.
RowValues = dict[str | int, Value]
YEAR_WIDTH = 10
REQUIRED_SIGN = " *"
NUMBERS = (Content.NUMBER, Content.YEAR)
TEMPLATE_YEARS = 4  # the columns of target years in an empty sheet

# The explanation: terms with their meaning; a row without meaning is a heading.
HOW_TO = (
    ("Zo vult u dit bestand in", ""),
    ("Verplicht", "Kolommen met een sterretje. De andere mogen leeg blijven, of helemaal weg."),
    ("Volgorde", "Prioriteiten, indicatoren en onderdelen staan in de volgorde van de rijen."),
    ("Een lijst", "Doelen, aanpak, partners en synoniemen: elk op een eigen regel in de cel (Alt+Enter, Ctrl+Enter)."),
    ("Jaren", "Typ boven elke kolom met streefwaarden het jaar. Voeg kolommen toe voor meer jaren."),
    ("Sleutels", "Laat een sleutel staan: zo blijft een reeks dezelfde als de naam of de code verandert."),
    ("Zo schrijft u een nulmeting of streefwaarde", ""),
    ("4500 of 4.500", "Een aantal. De punt staat alleen voor drie cijfers."),
    ("6,2", "Een rapportcijfer: met een komma."),
    ("22% of 22", "Een percentage. Een cel met %-opmaak die 20% toont, is ook goed."),
    ("<4.500", "Een grens: minder dan 4.500. Ook ≤, > en ≥."),
    ("0 <4", "Een streven (0) en een grens (minder dan 4)."),
    ("pm", "Alleen bij een nulmeting: volgt nog. Ook n.b. en n.v.t."),
    ("Dit wordt geweigerd", ""),
    ("0,2 voor een percentage", "Is het 0,2% of 20%? Schrijf 20%."),
    ("6.2", "Een punt in plaats van een komma. Schrijf 6,2."),
    ("Een datum", "Het spreadsheetprogramma maakt van 1-2 een datum. Maak van de cel tekst."),
    ("Een totaal", "Een rij met een totaal, een tweede rij met koppen, en samengevoegde cellen."),
)
EXPLANATION_WIDTHS = (34, 100)


class TextTooLong(Exception):
    """A text that does not fit in a cell of a sheet; the message says which."""


@dataclass(frozen=True, kw_only=True)
class SheetColumn:
    """A column: its heading (a year is a number), width in characters, and the words that its cells may have."""

    heading: Value
    width: int
    words: Sequence[str] = ()
    is_number: bool = False


@dataclass(frozen=True, kw_only=True)
class NotaSheet:
    """A sheet with its rows; each has a value for every column, "" for an empty cell."""

    name: str
    columns: Sequence[SheetColumn]
    rows: Sequence[Sequence[Value]]
    frozen_columns: int


def filled_sheets(nota: Nota) -> list[NotaSheet]:
    """Return the sheets of a nota. Raises TextTooLong for a text that does not fit in a cell."""
    targets = {year for component in nota.components for year in component.targets}
    printed = {year for indicator in nota.indicators for year in indicator.printed}
    years = sorted(targets | set(range(nota.first_target_year, nota.last_year + 1)))
    codes = [(indicator, component) for indicator in nota.indicators for component in indicator.components]
    points = [(topic, point) for topic in nota.topics for point in topic.focus_points]
    sheets = [
        _fields(write_nota(nota)),
        _sheet(TOPICS, map(_topic, nota.topics)),
        _sheet(POINTS, (_point(*pair) for pair in points)),
        _sheet(INDICATORS, (_indicator(indicator, topic) for topic in nota.topics for indicator in topic.indicators)),
        _sheet(COMPONENTS, (_component(*pair) for pair in codes), years=years),
        _sheet(CELLS, (_printed(item) for item in nota.indicators if item.printed), years=sorted(printed)),
        _sheet(BREAKS, (row for pair in codes for row in _breaks(*pair))),
        _sheet(READINGS, map(_reading, nota.readings)),
    ]
    for sheet in sheets:
        _check_lengths(sheet)
    return sheets


def empty_sheets(first_year: int) -> list[NotaSheet]:
    """Return the sheets of an empty nota, with columns for targets from `first_year` on."""
    years = range(first_year, first_year + TEMPLATE_YEARS)
    fields = NotaSheet(
        name=NOTA.name,
        columns=[_column(column) for column in NOTA.columns],
        rows=[(_heading(column), "", column.meaning) for column in FIELDS],
        frozen_columns=1,
    )
    printed_years = [first_year - 1, *years]
    return [
        fields,
        *(
            _sheet(layout, (), years=printed_years if layout is CELLS else years, with_rare=False)
            for layout in LAYOUTS
            if layout is not NOTA
        ),
    ]


def explanation() -> list[tuple[str, str]]:
    """Return the rows of the explanation: how to fill in, and the columns of each sheet with examples."""
    rows = list(HOW_TO)
    for layout in LAYOUTS:
        columns = FIELDS if layout is NOTA else layout.columns
        rows += [(f"Werkblad {layout.name}", ""), (layout.name, layout.meaning)]
        rows += [(_heading(column), column.meaning) for column in columns]
        if layout.years:
            rows.append(
                ("een jaar, zoals 2027", "500 of <500: een streefwaarde." if layout is COMPONENTS else "22% *)")
            )
    return rows


def _heading(column: Column) -> str:
    return column.heading + (REQUIRED_SIGN if column.required else "")


def _column(column: Column) -> SheetColumn:
    return SheetColumn(
        heading=_heading(column), width=column.width, words=column.words, is_number=column.content in NUMBERS
    )


def _sheet(
    layout: Layout, rows: Iterable[RowValues], *, years: Iterable[int] = (), with_rare: bool = True
) -> NotaSheet:
    columns = [column for column in layout.columns if with_rare or not column.rare]
    year_columns = list(years) if layout.years else []
    keys: list[str | int] = [*(column.key for column in columns), *year_columns]
    return NotaSheet(
        name=layout.name,
        columns=[
            *map(_column, columns),
            *(SheetColumn(heading=year, width=YEAR_WIDTH) for year in year_columns),
        ],
        rows=[[row.get(key, "") for key in keys] for row in rows],
        frozen_columns=sum(column in columns for column in layout.columns[: layout.frozen_columns]),
    )


def _fields(data: Mapping[str, Any]) -> NotaSheet:
    organisation, area = data["organisation"], data["area"]
    values = dict(data) | {
        "organisation": organisation["name"],
        "organisation_slug": organisation["slug"],
        "cbs_code": organisation["cbs_code"],
        "area_code": area["code"],
        "area_name": area["name"],
        "is_practice": YES if data["is_practice"] else NO,
        "predecessor": data["predecessor"] or "",
    }
    return NotaSheet(
        name=NOTA.name,
        columns=[_column(column) for column in NOTA.columns[:2]],
        rows=[(_heading(column), values[column.key]) for column in FIELDS],
        frozen_columns=1,
    )


def _topic_name(topic: Topic) -> str:
    word = TOPICS.column("kind").word(topic.kind.value)
    return word if topic.kind is TopicKind.VTH else f"{word} {topic.number}"


def _topic(topic: Topic) -> RowValues:
    return {
        "key": topic.key,
        "kind": TOPICS.column("kind").word(topic.kind.value),
        "number": topic.number,
        "name": topic.name,
        "goal": topic.goal,
        "summary": topic.summary,
        "goals": "\n".join(topic.goals),
        "approach": "\n".join(topic.approach),
        "partners": "\n".join(topic.partners),
        "budget": topic.budget,
    }


def _point(topic: Topic, point: FocusPoint) -> RowValues:
    return {"topic": _topic_name(topic), "name": point.name, "text": point.text}


def _indicator(indicator: Indicator, topic: Topic) -> RowValues:
    return {
        "code": indicator.code,
        "name": indicator.name,
        "topic": _topic_name(topic),
        "source": indicator.source,
        "role": INDICATORS.column("role").word(indicator.role.value),
        "cadence": indicator.cadence,
        "planned_years": ", ".join(map(str, indicator.planned_years or ())),
        "first_year": indicator.first_year or "",
        "last_year": indicator.last_year or "",
        "change_reason": indicator.change_reason,
        "definition": indicator.definition,
        "synonyms": "\n".join(indicator.synonyms),
        "contact": indicator.contact,
    }


def _component(indicator: Indicator, component: Component) -> RowValues:
    baseline, unit = component.baseline, component.unit
    origin = baseline.origin if baseline else None
    return {
        "indicator": indicator.code,
        "name": component.name,
        "short_name": component.short_name,
        "quantity": COMPONENTS.column("quantity").word(component.quantity.value),
        "unit_word": component.unit_word,
        "decimals": component.decimals,
        "noun": component.noun,
        "direction": COMPONENTS.column("direction").word(component.direction.value),
        "key": component.key,
        "continues": component.continues or "",
        "baseline": format_value(baseline.value, unit) if baseline else "",
        "baseline_year": baseline.year if baseline else "",
        "origin": f"{origin.key}, {origin.year}, besluit {origin.decision}" if origin else "",
        **{year: format_target(rule, unit) for year, rule in component.targets.items()},
    }


def _printed(indicator: Indicator) -> RowValues:
    return {"indicator": indicator.code, **dict(indicator.printed.items())}


def _breaks(indicator: Indicator, component: Component) -> Iterable[RowValues]:
    return (
        {"indicator": indicator.code, "component": component.name, "year": item.year, "reason": item.reason}
        for item in component.breaks
    )


def _reading(reading: Reading) -> RowValues:
    row: RowValues = {
        "indicator": reading.indicator or "",
        "place": reading.place,
        "question": reading.question,
        "reading": reading.reading,
        "other": reading.other,
        "decided_by": reading.decided_by,
    }
    data = reading.alternative
    if data is None:
        return row
    years = data.get("years", [data["year"]] if "year" in data else [])
    read_as = data.get("read_as", "")
    if "direction" in data:
        read_as = COMPONENTS.column("direction").word(data["direction"])
    return row | {
        "changes": READINGS.column("changes").word(data["changes"]),
        "component": (data["component"] or UNNAMED) if "component" in data else "",
        "years": ", ".join(map(str, years)),
        "read_as": read_as,
    }


def _check_lengths(sheet: NotaSheet) -> None:
    for number, row in enumerate(sheet.rows, start=2):
        for column, value in zip(sheet.columns, row, strict=True):
            if isinstance(value, str) and len(value) * 2 > MAX_TEXT and len(value.encode("utf-16-le")) > 2 * MAX_TEXT:
                raise TextTooLong(
                    f"{sheet.name}, rij {number}, ‘{column.heading}’: deze tekst past niet in een cel. Gebruik JSON."
                )
