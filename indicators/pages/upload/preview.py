"""The page model of a preview: the effect of each row, the status it would give, questions and refusals."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from django.utils import timezone
from django.utils.safestring import SafeString

from indicators.actions.recording import Entry
from indicators.actions.workflow import Outcome
from indicators.domain.assessment import assess
from indicators.domain.cells import Cell, cell_text
from indicators.domain.dutch import counted, date_words, listed, plural
from indicators.domain.formatting import format_number, format_value
from indicators.domain.statuses import status_words
from indicators.intake.open_data import Observation, to_rows
from indicators.intake.planning import Plan, PlannedRow, Skipped
from indicators.intake.row_parser import RowRefusal
from indicators.intake.upload import Upload
from indicators.models import Component, Measurement
from indicators.pages.badges import mark
from indicators.readmodel.revisions import name_of
from indicators.readmodel.rows import ComponentRow, IndicatorRow, Overview

OUTCOME_WORDS = {
    Outcome.NEW: "Nieuw",
    Outcome.CHANGED: "Gewijzigd",
    Outcome.SAME: "Hetzelfde",
    Outcome.RETRACTED: "Concept teruggenomen",
    Skipped.EMPTY: "Leeg",
    Skipped.REFUSED: "Geweigerd",
}
COUNT_WORDS = {
    Outcome.NEW: "nieuw",
    Outcome.CHANGED: "gewijzigd",
    Outcome.SAME: "hetzelfde",
    Outcome.RETRACTED: "teruggenomen",
    Skipped.EMPTY: "leeg",
    Skipped.REFUSED: "geweigerd",
}
# Rows of one kind on the page; a kadernota has some hundred figures, so a longer list is not a file of figures.
MAX_ROWS = 300


@dataclass(frozen=True, kw_only=True)
class PreviewRow:
    """A row of the preview. `name` is the name of the figure, or the typed text if the figure is unknown."""

    number: int
    name: str
    year: str
    words: str
    was: str = ""
    becomes: str = ""
    status_mark: SafeString | str = ""
    explanation: str = ""
    question: str = ""
    refusals: tuple[RowRefusal, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Series:
    """A series of a published table, with the component that it fills (None: not mapped yet)."""

    number: int
    row_name: str
    column_name: str
    text: str
    component: int | None


@dataclass(frozen=True, kw_only=True)
class Preview:
    """The rows by kind, and the series of a published table; `hidden` counts rows that are not on the page."""

    answer: str
    refused: tuple[PreviewRow, ...]
    questions: tuple[PreviewRow, ...]
    changing: tuple[PreviewRow, ...]
    unchanged: tuple[PreviewRow, ...]
    hidden: int
    origin: str
    series: tuple[Series, ...]
    choices: tuple[tuple[int, str], ...]

    @property
    def unmapped(self) -> int:
        """How many series are not mapped."""
        return sum(item.component is None for item in self.series)


def build_preview(
    overview: Overview, upload: Upload, plan: Plan, *, mapped: Mapping[tuple[str, str], Component], year: int
) -> Preview:
    """Build the preview of a plan. No queries."""
    parts = {part.series: (row, part) for row in overview.all_rows for part in row.components}
    observed = [row for row, _ in to_rows(upload.observations, mapped, year).values()]
    texts = {row.number: row.cells for row in (*upload.rows, *observed)}
    rows = [(_row(overview, parts, texts.get(planned.number, {}), planned), planned.outcome) for planned in plan.rows]
    refused = [row for row, _ in rows if row.refusals]
    changing = [row for row, outcome in rows if outcome in (Outcome.NEW, Outcome.CHANGED, Outcome.RETRACTED)]
    unchanged = [row for row, outcome in rows if outcome in (Outcome.SAME, Skipped.EMPTY)]
    return Preview(
        answer=count_sentence(plan),
        refused=tuple(refused[:MAX_ROWS]),
        questions=tuple([row for row in changing if row.question][:MAX_ROWS]),
        changing=tuple(changing[:MAX_ROWS]),
        unchanged=tuple(unchanged[:MAX_ROWS]),
        hidden=sum(max(0, len(group) - MAX_ROWS) for group in (refused, changing, unchanged)),
        origin=_origin(upload, year),
        series=tuple(series_of(upload, mapped)) if upload.is_open_data else (),
        choices=tuple(_choices(overview)) if upload.is_open_data else (),
    )


def count_sentence(plan: Plan) -> str:
    """Return the number of rows by outcome; the numbers add up to the total."""
    counts = [f"{_dutch(plan.count(outcome))} {word}" for outcome, word in COUNT_WORDS.items() if plan.count(outcome)]
    total = len(plan.rows)
    if not total:
        return "Er zijn nog geen cijfers om vast te leggen."
    count = len(plan.questions)
    question = f" Bij {_dutch(count)} {plural(count, 'rij hoort', 'rijen hoort')} een vraag." if count else ""
    return f"{_dutch(total)} {plural(total, 'rij', 'rijen')} gelezen: {listed(counts)}.{question}"


def _dutch(count: int) -> str:
    return format_number(Decimal(count), 0)


def recorded_sentence(outcomes: Sequence[str]) -> str:
    """Return the message after the confirmation: the number of figures by outcome."""
    numbers = {outcome: outcomes.count(outcome) for outcome in Outcome}
    same = numbers.pop(Outcome.SAME)
    stood = f"{counted(same, 'stond', 'stonden')} er al" if same else ""
    if not any(numbers.values()):
        return f"Er is niets nieuws vastgelegd: {stood or 'er waren geen cijfers'}."
    counts = listed([f"{number} {COUNT_WORDS[outcome]}" for outcome, number in numbers.items() if number])
    return f"Vastgelegd: {counts}." + (f" {stood}." if stood else "")


def conflict_lines(overview: Overview, newer: Iterable[Measurement]) -> list[str]:
    """Return what colleagues recorded since the preview: which figure, who and when."""
    parts = {part.series: (row, part) for row in overview.all_rows for part in row.components}
    lines = []
    for row in newer:
        indicator, part = parts[row.series_id]
        who = name_of(row.recorded_by) if row.recorded_by else row.source_note
        on = date_words(timezone.localdate(row.recorded_at))
        is_now = "teruggenomen" if row.retracted else f"nu {format_value(row.value, part.unit)}, vastgelegd"
        lines.append(f"{indicator.label_of(part)} {row.year} is {is_now} door {who} op {on}")
    return lines


def series_of(upload: Upload, mapped: Mapping[tuple[str, str], Component]) -> list[Series]:
    """Return the series of a published table in the order of the file; their numbers are part of the field names."""
    first: dict[tuple[str, str], Observation] = {}
    for observation in upload.observations:
        first.setdefault(observation.series, observation)
    return [
        Series(
            number=number,
            row_name=observation.row_name,
            column_name=observation.column_name,
            text=observation.typed,
            component=mapped[series].series_id if series in mapped else None,
        )
        for number, (series, observation) in enumerate(first.items())
    ]


def _choices(overview: Overview) -> list[tuple[int, str]]:
    return [(part.series, row.title_of(part)) for row in overview.all_rows for part in row.components]


def _origin(upload: Upload, year: int) -> str:
    if not upload.is_open_data:
        return ""
    region = f"regio {upload.region}" if upload.region else "zonder regio"
    return f"Gelezen als open data: {region}, alleen de cijfers over {year}."


def _row(
    overview: Overview,
    parts: Mapping[int, tuple[IndicatorRow, ComponentRow]],
    cells: Mapping[str, Cell],
    planned: PlannedRow,
) -> PreviewRow:
    if planned.entry is None:
        typed = {name: cell_text(cell).strip() for name, cell in cells.items()}
        name = ", ".join(filter(None, (_named(overview, typed.get("indicator", "")), typed.get("onderdeel"))))
        words, year = OUTCOME_WORDS[planned.outcome], typed.get("jaar", "").replace(".", "")
        refusals = (planned.refusal, *planned.more_refusals) if planned.refusal else ()
        return PreviewRow(
            number=planned.number,
            name=name,
            year=year,
            words=words,
            becomes=typed.get("meting", ""),
            refusals=refusals,
        )
    entry = planned.entry
    row, part = parts[entry.component.series_id]
    return PreviewRow(
        number=planned.number,
        name=row.title_of(part),
        year=str(entry.year),
        words=OUTCOME_WORDS[planned.outcome],
        was=format_value(planned.current.value, part.unit) if planned.current else "",
        becomes=format_value(entry.value, part.unit),
        status_mark=_status_mark(overview, part, entry),
        explanation=entry.explanation or "",
        question=planned.question,
    )


def _named(overview: Overview, typed: str) -> str:
    """Return code and name of the indicator of a typed code; the typed text if there is none."""
    row = next((row for row in overview.all_rows if row.code.casefold() == typed.casefold()), None)
    return f"{row.code} {row.name}" if row else typed


def _status_mark(overview: Overview, part: ComponentRow, entry: Entry) -> SafeString:
    """Return the status of the component with this figure."""
    figure = part.figures[entry.year]
    facts = replace(figure.facts, measurement=entry.value, sample=entry.sample or figure.sample)
    status = assess(facts).status
    return mark(status, status_words(status, final=entry.year == overview.last_year, value=entry.value))
