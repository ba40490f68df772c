"""Page model of the grid: a row for each component, a cell for its baseline and for each target year."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from indicators.domain.nota import Finding, find_questions
from indicators.domain.nota.facts import topic_label
from indicators.pages.workshop.drafts import Draft
from indicators.pages.workshop.pieces import Data, sentence

BASELINE, BASELINE_YEAR = "baseline", "baseline_year"
Column = str | int  # BASELINE, BASELINE_YEAR, or a target year
Cells = dict[tuple[str, Column], str]  # the text of each cell, by key of the component and column


@dataclass(frozen=True, kw_only=True)
class Cell:
    """A cell: its name in the form, label, text, and what is wrong or asked."""

    column: Column
    name: str
    label: str
    value: str
    was: str = ""
    refusals: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    is_pasted: bool = False

    @property
    def id(self) -> str:
        """Its id on the page."""
        return "cell-" + self.name.replace(".", "-")

    @property
    def is_year(self) -> bool:
        """Whether it is the year of a baseline."""
        return self.column == BASELINE_YEAR

    @property
    def short_label(self) -> str:
        """The heading of its column: Nulmeting, 2021."""
        return column_name(self.column)


@dataclass(frozen=True, kw_only=True)
class GridRow:
    """A component; `label` is its code, with its own name if the indicator has more."""

    key: str
    code: str
    name: str
    unit: str
    direction: str
    cells: tuple[Cell, ...]

    @property
    def has_notes(self) -> bool:
        """Whether any cell is refused or asked about."""
        return any(cell.refusals or cell.questions for cell in self.cells)


@dataclass(frozen=True, kw_only=True)
class GridGroup:
    """The rows of one topic."""

    title: str
    rows: tuple[GridRow, ...]


@dataclass(frozen=True, kw_only=True)
class GridPage:
    """The whole grid."""

    columns: tuple[Column, ...]
    groups: tuple[GridGroup, ...]
    refused: tuple[Cell, ...]
    errors: tuple[str, ...]
    seen: str

    @property
    def headings(self) -> tuple[str, ...]:
        """The headings of the columns."""
        return tuple(column_name(column) for column in self.columns)

    @property
    def rows(self) -> Iterator[GridRow]:
        """All rows, in order."""
        return (row for group in self.groups for row in group.rows)


@dataclass(frozen=True, kw_only=True)
class Place:
    """A component in the data: its topic, indicator and itself, with its path."""

    topic: Data
    indicator: Data
    component: Data
    path: tuple[str | int, ...] = field(default=())

    @property
    def key(self) -> str:
        """The key of its series."""
        return str(self.component["key"])

    @property
    def label(self) -> str:
        """Its short name: V5 absoluut."""
        return f"{self.indicator['code']} {self.component['name']}".strip()


def column_name(column: Column) -> str:
    """Return the heading of a column."""
    return {BASELINE: "Nulmeting", BASELINE_YEAR: "Jaar"}.get(str(column), str(column))


def places_of(data: Data) -> Iterator[Place]:
    """Yield the components of the data in order."""
    for number, topic in enumerate(data["topics"]):
        for index, indicator in enumerate(topic["indicators"]):
            for order, component in enumerate(indicator["components"]):
                path = ("topics", number, "indicators", index, "components", order)
                yield Place(topic=topic, indicator=indicator, component=component, path=path)


def columns_of(data: Data) -> tuple[Column, ...]:
    """Return the columns: baseline with its year, the target years, and later years that have a target."""
    years = set(range(data["first_target_year"], data["last_year"] + 1))
    years |= {int(year) for place in places_of(data) for year in place.component["targets"]}
    return (BASELINE, BASELINE_YEAR, *sorted(years))


def cell_name(key: str, column: Column) -> str:
    """Return the name of a cell in the form: v5-absoluut.2021."""
    return f"{key}.{column}"


def texts_of(data: Data) -> Cells:
    """Return the texts of all cells."""
    columns = columns_of(data)
    return {(place.key, column): text_of(place.component, column) for place in places_of(data) for column in columns}


def text_of(component: Data, column: Column) -> str:
    """Return the text of one cell of a component."""
    baseline = component["baseline"]
    if column == BASELINE:
        return str(baseline["value"]) if baseline else ""
    if column == BASELINE_YEAR:
        return str(baseline["year"]) if baseline else ""
    return str(component["targets"].get(str(column), ""))


def put_cells(data: Data, cells: Mapping[tuple[str, Column], str]) -> None:
    """Put typed texts in the data. The printed cell of a figure that changes becomes what was typed, or goes."""
    for place in places_of(data):
        component, printed = place.component, place.indicator["printed"]
        alone = len(place.indicator["components"]) == 1
        for (key, column), text in cells.items():
            if key != place.key or text.strip() == text_of(component, column):
                continue
            text = text.strip()
            if column == BASELINE_YEAR:
                continue
            if column == BASELINE:
                _put_baseline(component, text, data["baseline_year"])
            elif text:
                component["targets"][str(column)] = text
            else:
                component["targets"].pop(str(column), None)
            year = str(data["baseline_year"] if column == BASELINE else column)
            if year in printed:
                if alone and text:
                    printed[year] = text
                else:
                    del printed[year]
        year_text = cells.get((place.key, BASELINE_YEAR), "").strip()
        if component["baseline"] and year_text:
            is_number = year_text.isascii() and year_text.isdigit() and len(year_text) < 10
            component["baseline"]["year"] = int(year_text) if is_number else year_text


def _put_baseline(component: Data, text: str, year: int) -> None:
    if not text:
        component["baseline"] = None
    elif component["baseline"]:
        component["baseline"] |= {"value": text, "from": None}
    else:
        component["baseline"] = {"year": year, "value": text, "from": None}


UNIT_WORDS = {"count": "aantal", "percentage": "%", "grade": "cijfer 0–10"}
DIRECTION_WORDS = {"lower": "lager is beter", "higher": "hoger is beter"}


def build_grid(
    draft: Draft,
    data: Data,
    *,
    seen: str,
    findings: Iterable[Finding] = (),
    stored: Mapping[tuple[str, Column], str] | None = None,
) -> GridPage:
    """Return the grid with what is in the data; `stored` has the texts before they were pasted or typed."""
    columns = columns_of(data)
    refusals, errors = _by_cell(data, findings)
    questions, _ = _by_cell(data, find_questions(draft.nota)) if not findings and not stored else ({}, [])
    labels = {topic.key: topic_label(topic) for topic in draft.nota.topics}
    groups: dict[str, list[GridRow]] = {}
    for place in places_of(data):
        cells = []
        for column in columns:
            value = text_of(place.component, column)
            before = stored.get((place.key, column), "") if stored else value
            cells.append(
                Cell(
                    column=column,
                    name=cell_name(place.key, column),
                    label=f"{place.label}, {column_name(column).lower()}",
                    value=value,
                    was=before if before != value else "",
                    refusals=refusals.get((place.key, column), ()),
                    questions=questions.get((place.key, column), ()),
                    is_pasted=before != value,
                )
            )
        component, indicator = place.component, place.indicator
        row = GridRow(
            key=place.key,
            code=indicator["code"],
            name=f"{indicator['name']}, {component['name']}" if component["name"] else indicator["name"],
            unit=UNIT_WORDS[component["quantity"]],
            direction=DIRECTION_WORDS[component["direction"]],
            cells=tuple(cells),
        )
        groups.setdefault(place.topic["key"], []).append(row)
    page_groups = tuple(GridGroup(title=labels.get(key, key), rows=tuple(rows)) for key, rows in groups.items())
    refused = tuple(cell for group in page_groups for row in group.rows for cell in row.cells if cell.refusals)
    return GridPage(columns=columns, groups=page_groups, refused=refused, errors=tuple(errors), seen=seen)


def _by_cell(data: Data, findings: Iterable[Finding]) -> tuple[dict[tuple[str, Column], tuple[str, ...]], list[str]]:
    """Return the sentences of findings by the cell that they are about, and those about something else."""
    paths = {place.path: place for place in places_of(data)}
    cells: dict[tuple[str, Column], tuple[str, ...]] = {}
    others = []
    for finding in findings:
        place, column = paths.get(finding.path[:6]), _column(finding.path[6:])
        if place is not None and column is not None:
            cells[place.key, column] = (*cells.get((place.key, column), ()), sentence(finding))
        elif finding.path[4:5] == ("printed",) and (first := paths.get((*finding.path[:4], "components", 0))):
            others.append(f"{first.indicator['code']}: {sentence(finding)}")
        else:
            others.append(sentence(finding))
    return cells, others


def _column(rest: tuple[str | int, ...]) -> Column | None:
    """Return the column of the end of a path: ("targets", 2021), ("baseline", "year")."""
    match rest:
        case ("targets", int(year)):
            return year
        case ("baseline", "year"):
            return BASELINE_YEAR
        case ("baseline", *_):
            return BASELINE
    return None
