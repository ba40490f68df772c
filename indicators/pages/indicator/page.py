"""The page of an indicator: the verdict and what it rests on, a chart and table per component, the history."""

from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe

from indicators.charts import component_svg
from indicators.domain.values import NoValue
from indicators.pages.badges import DRAFT_BADGE, figure_text, mark
from indicators.pages.indicator.history import RevisionLine, TargetChange, revisions, target_changes
from indicators.pages.indicator.judgement import Judgement, judgements
from indicators.pages.links import Links
from indicators.readmodel.figure import Figure
from indicators.readmodel.provenance import ReadingRow
from indicators.readmodel.public import cached_for
from indicators.readmodel.readings import ReadingCheck, check_readings
from indicators.readmodel.rows import ComponentRow, IndicatorRow, Overview
from indicators.readmodel.sentences import (
    figure_status_words,
    is_known,
    row_status_words,
    target_note,
    verdict_sentences,
)


@dataclass(frozen=True, kw_only=True)
class CourseRow:
    """One year of a component, as a row of its table."""

    year: int
    url: str
    measurement: SafeString
    target: str
    target_note: str
    mark: SafeString
    explanation: str
    edition: str
    is_draft: bool
    is_selected: bool


@dataclass(frozen=True, kw_only=True)
class Course:
    """A component over the years: a table and a chart, "" while there is nothing to draw."""

    id: str
    chart_url: str
    pk: int
    name: str
    caption: str
    baseline: str
    baseline_year: int | None
    rows: tuple[CourseRow, ...]
    breaks: tuple[tuple[int, str], ...]
    chart: SafeString


@dataclass(frozen=True, kw_only=True)
class IndicatorPage:
    """The content of the page of an indicator for one year."""

    row: IndicatorRow
    mark: SafeString
    draft: SafeString
    verdict: list[str]
    target: str
    target_by_decision: bool
    courses: tuple[Course, ...]
    judgements: list[Judgement]
    explanations: tuple[tuple[str, str], ...]
    readings: list[tuple[ReadingRow, ReadingCheck | None]]
    revisions: list[RevisionLine]
    target_changes: list[TargetChange]
    names: bool
    has_drafts: bool


def build_indicator(overview: Overview, row: IndicatorRow, year: int, links: Links, *, names: bool) -> IndicatorPage:
    """Build the page of an indicator for one year. No query; one with `names`, which only staff may see.

    The charts are cached, unless there are drafts.
    """
    has_drafts = any(row.has_draft(other) for other in overview.years)
    recorded = revisions(overview, row, names=names)
    return IndicatorPage(
        row=row,
        mark=mark(row.statuses[year], row_status_words(row, year, final=year == overview.last_year)),
        draft=DRAFT_BADGE if row.has_draft(year) else mark_safe(""),
        verdict=verdict_sentences(row, year, last_year=overview.last_year),
        target=row.target_cell(year),
        target_by_decision=any(figure.target_change for _, figure in row.figures(year)),
        courses=tuple(_course(overview, row, part, year, links=links) for part in row.components),
        judgements=judgements(
            overview, row, year, recorders={r.pk: (r.by, r.on, r.adopter) for r in recorded} if names else None
        ),
        explanations=tuple((part.name, figure.explanation) for part, figure in row.figures(year) if figure.explanation),
        readings=list(check_readings(row, year, overview.last_year)),
        revisions=recorded,
        target_changes=target_changes(row),
        names=names,
        has_drafts=has_drafts,
    )


def course_id(part: ComponentRow) -> str:
    """Return the id of the chart of a component, on the page and in the chart data."""
    return f"verloop-{part.series}"


def has_chart(part: ComponentRow) -> bool:
    """Return whether there is anything to draw: a measurement or a baseline."""
    return any(is_known(figure) for figure in part.figures.values()) or (
        part.baseline is not None and not isinstance(part.baseline, NoValue)
    )


def _course(overview: Overview, row: IndicatorRow, part: ComponentRow, year: int, *, links: Links) -> Course:
    return Course(
        id=course_id(part),
        chart_url=links.indicator_chart(row.code),
        pk=part.series,
        name=part.name,
        caption=f"{part.name or row.name}: de metingen naast de nulmeting en de streefwaarden.",
        baseline=part.baseline_printed,
        baseline_year=part.baseline_year,
        rows=tuple(
            _course_row(
                figure,
                links.indicator(row.code, figure.year),
                is_selected=figure.year == year,
                final=figure.year == overview.last_year,
            )
            for figure in part.figures.values()
        ),
        breaks=part.breaks,
        chart=cached_for(overview, ("chart", part.series, year), lambda: component_svg(overview, row, part, year))
        if has_chart(part)
        else mark_safe(""),
    )


def _course_row(figure: Figure, url: str, *, is_selected: bool, final: bool) -> CourseRow:
    return CourseRow(
        year=figure.year,
        url=url,
        measurement=figure_text(figure),
        target=figure.target_printed or "–",
        target_note=target_note(figure),
        mark=mark(figure.status, figure_status_words(figure, final=final)),
        explanation=figure.explanation,
        edition=figure.edition.label if figure.edition else "",
        is_draft=figure.is_draft,
        is_selected=is_selected,
    )
