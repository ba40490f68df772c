"""What the page of an indicator shows: the verdict, the courses with their tables, the grounds, the history."""

from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from .charts import component_figure, component_svg
from .domain.values import NoValue
from .history import Revision, TargetChange, revisions, target_changes
from .judgement import Judgement, judgements
from .links import Links
from .marks import DRAFT_MARK, figure_text, mark, row_words
from .models import Break, Reading
from .rows import ComponentRow, Figure, IndicatorRow, Overview
from .sentences import is_known, verdict_sentences
from .wording import standing_words


@dataclass(frozen=True)
class CourseLine:
    """A year of a component as a row of its table."""

    year: int
    url: str
    measured: SafeString
    target: str
    mark: SafeString
    explanation: str
    edition: str
    is_draft: bool
    shown: bool


@dataclass(frozen=True)
class Course:
    """A component over the years: a chart (or none, while there is no figure) and a table."""

    id: str
    pk: int
    name: str
    caption: str
    baseline: str
    baseline_year: int | None
    lines: tuple[CourseLine, ...]
    breaks: tuple[tuple[int, str], ...]
    chart: SafeString
    chart_data: dict[str, Any]


@dataclass(frozen=True)
class IndicatorPage:
    """All that the page of an indicator shows of a year."""

    row: IndicatorRow
    mark: SafeString
    draft: SafeString
    verdict: list[str]
    target: str
    target_by_decision: bool
    courses: tuple[Course, ...]
    judgements: list[Judgement]
    explanations: tuple[tuple[str, str], ...]
    readings: list[Reading]
    revisions: list[Revision]
    target_changes: list[TargetChange]
    names: bool
    has_drafts: bool


def build_indicator(
    overview: Overview, row: IndicatorRow, year: int, links: Links, *, names: bool
) -> IndicatorPage:
    """Build the page of an indicator for one year. Four queries."""
    reasons: dict[int, list[tuple[int, str]]] = {}
    breaks = Break.objects.filter(component__indicator_id=row.pk).order_by("year")
    for component, since, reason in breaks.values_list("component_id", "year", "reason"):
        reasons.setdefault(component, []).append((since, reason))
    return IndicatorPage(
        row=row,
        mark=mark(row.statuses[year], row_words(row, year, final=year == overview.last_year)),
        draft=DRAFT_MARK if row.has_draft(year) else mark_safe(""),
        verdict=verdict_sentences(row, year, last_year=overview.last_year),
        target=row.target_cell(year),
        target_by_decision=any(figure.decided for _, figure in row.figures(year)),
        courses=tuple(_course(overview, row, part, year, links, reasons.get(part.pk, [])) for part in row.components),
        judgements=judgements(overview, row, year, names=names),
        explanations=tuple((part.name, f.explanation) for part, f in row.figures(year) if f.explanation),
        readings=list(Reading.objects.filter(indicator_id=row.pk)),
        revisions=revisions(overview, row, names=names),
        target_changes=target_changes(overview, row),
        names=names,
        has_drafts=any(row.has_draft(other) for other in overview.years),
    )


def _course(
    overview: Overview, row: IndicatorRow, part: ComponentRow, year: int, links: Links, breaks: list[tuple[int, str]]
) -> Course:
    has_chart = any(is_known(figure) for figure in part.figures.values()) or (
        part.baseline is not None and not isinstance(part.baseline, NoValue)
    )
    what = part.name or row.name
    return Course(
        id=f"verloop-{part.pk}",
        pk=part.pk,
        name=part.name,
        caption=f"{what}: de metingen naast de nulmeting en de streefwaarden.",
        baseline=part.baseline_printed,
        baseline_year=part.baseline_year,
        lines=tuple(_line(overview, row, figure, year, links) for figure in part.figures.values()),
        breaks=tuple(breaks),
        chart=mark_safe(component_svg(overview, row, part, year)) if has_chart else mark_safe(""),
        chart_data=component_figure(overview, row, part, year) if has_chart else {},
    )


def _line(overview: Overview, row: IndicatorRow, figure: Figure, year: int, links: Links) -> CourseLine:
    words = standing_words(figure, final=figure.year == overview.last_year)
    return CourseLine(
        figure.year, links.indicator(row.code, figure.year), figure_text(figure), figure.target_printed or "–",
        mark(figure.status, words), figure.explanation, figure.edition.label if figure.edition else "",
        figure.is_draft, figure.year == year,
    )  # fmt: skip

