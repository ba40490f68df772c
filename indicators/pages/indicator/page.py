"""What the page of an indicator shows: the verdict, the courses with their tables, the grounds, the history."""

from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe

from indicators.charts import component_svg
from indicators.domain.values import NoValue
from indicators.pages.badges import DRAFT_BADGE, figure_text, mark
from indicators.pages.indicator.history import RevisionLine, TargetChange, revisions, target_changes
from indicators.pages.indicator.judgement import Judgement, judgements
from indicators.pages.links import Links
from indicators.readmodel.cache import cached
from indicators.readmodel.figure import Figure
from indicators.readmodel.provenance import ReadingRow
from indicators.readmodel.readings import ReadingCheck, check_readings
from indicators.readmodel.rows import ComponentRow, IndicatorRow, Overview
from indicators.readmodel.sentences import is_known, row_words, standing_words, verdict_sentences


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
    chart_url: str
    pk: int
    name: str
    caption: str
    baseline: str
    baseline_year: int | None
    lines: tuple[CourseLine, ...]
    breaks: tuple[tuple[int, str], ...]
    chart: SafeString


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
    readings: list[tuple[ReadingRow, ReadingCheck | None]]
    revisions: list[RevisionLine]
    target_changes: list[TargetChange]
    names: bool
    has_drafts: bool


def build_indicator(
    overview: Overview, row: IndicatorRow, year: int, links: Links, *, names: bool, stamp: str | None = None
) -> IndicatorPage:
    """Build the page of an indicator for one year. No query; one with `names`, which are for officers' eyes only.

    `stamp`: the state of what the public sees, read before (stamps.py); then its pictures are drawn once for all.
    """
    has_drafts = any(row.has_draft(other) for other in overview.years)
    drawn = stamp if not has_drafts else None  # of a figure that waits no picture is kept
    told = revisions(overview, row, names=names)
    return IndicatorPage(
        row=row,
        mark=mark(row.statuses[year], row_words(row, year, final=year == overview.last_year)),
        draft=DRAFT_BADGE if row.has_draft(year) else mark_safe(""),
        verdict=verdict_sentences(row, year, last_year=overview.last_year),
        target=row.target_cell(year),
        target_by_decision=any(figure.target_change for _, figure in row.figures(year)),
        courses=tuple(_course(overview, row, part, year, links, drawn) for part in row.components),
        judgements=judgements(
            overview, row, year, recorded={one.pk: (one.by, one.on) for one in told} if names else None
        ),
        explanations=tuple((part.name, f.explanation) for part, f in row.figures(year) if f.explanation),
        readings=list(check_readings(row, year, overview.last_year)),
        revisions=told,
        target_changes=target_changes(row),
        names=names,
        has_drafts=has_drafts,
    )


def course_id(part: ComponentRow) -> str:
    """By which name a component's chart is known on its page and in its data."""
    return f"verloop-{part.pk}"


def has_chart(part: ComponentRow) -> bool:
    """Whether there is anything to draw: a measurement or a baseline."""
    return any(is_known(figure) for figure in part.figures.values()) or (
        part.baseline is not None and not isinstance(part.baseline, NoValue)
    )


def _course(
    overview: Overview, row: IndicatorRow, part: ComponentRow, year: int, links: Links, stamp: str | None
) -> Course:
    what = part.name or row.name
    key = ("picture", part.pk, year, overview.edition.pk if overview.edition else None)
    return Course(
        id=course_id(part),
        chart_url=links.indicator_chart(row.code),
        pk=part.pk,
        name=part.name,
        caption=f"{what}: de metingen naast de nulmeting en de streefwaarden.",
        baseline=part.baseline_printed,
        baseline_year=part.baseline_year,
        lines=tuple(_line(overview, row, figure, year, links) for figure in part.figures.values()),
        breaks=part.breaks,
        chart=cached(stamp, key, lambda: component_svg(overview, row, part, year))
        if has_chart(part)
        else mark_safe(""),
    )


def _line(overview: Overview, row: IndicatorRow, figure: Figure, year: int, links: Links) -> CourseLine:
    words = standing_words(figure, final=figure.year == overview.last_year)
    return CourseLine(
        figure.year,
        links.indicator(row.code, figure.year),
        figure_text(figure),
        figure.target_printed or "–",
        mark(figure.status, words),
        figure.explanation,
        figure.edition.label if figure.edition else "",
        figure.is_draft,
        figure.year == year,
    )
