"""The start page: priorities with their bars, the matrix of all indicators by year, remarks, editions."""

from dataclasses import dataclass

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from indicators.domain.assessment import Status
from indicators.domain.statuses import BAR_ORDER, STATUSES, status_words
from indicators.pages.badges import DRAFT_BADGE, bar, mark, narrow_words
from indicators.pages.links import Links
from indicators.pages.selection import Selection
from indicators.pages.start.remarks import Remark, remarks
from indicators.readmodel.chain import EditionInfo
from indicators.readmodel.rows import IndicatorRow, Overview, PriorityRow
from indicators.readmodel.sentences import count_sentence, edition_words, has_figure, row_status_words
from priorities.models import PriorityKind

NEEDS_ATTENTION = (Status.OFF_TRACK, Status.AT_RISK, Status.UNCERTAIN)


@dataclass(frozen=True, kw_only=True)
class PriorityBlock:
    """A priority; `attention` is the URL, name and status of each indicator that needs attention."""

    row: PriorityRow
    url: str
    bar: SafeString
    counts: tuple[SafeString, ...]
    attention: tuple[tuple[str, str, SafeString], ...]
    has_figures: bool


@dataclass(frozen=True)
class RemarkBlock:
    """A remark with the URL, name and note of each indicator; `more` is how many others it is about."""

    text: str
    indicators: tuple[tuple[str, str, str], ...]
    more: int


@dataclass(frozen=True)
class EditionLink:
    """An edition to look back at; `current` marks the one that is shown."""

    label: str
    text: str
    url: str
    current: bool


@dataclass(frozen=True)
class PartLink:
    """A link to a part of the kadernota, with a sentence about its indicators or ""."""

    url: str
    name: str
    sentence: str


@dataclass(frozen=True, kw_only=True)
class StartPage:
    """The content of the start page for one year; `matrix` is the body of a table."""

    answer: str
    blocks: tuple[PriorityBlock, ...]
    matrix: SafeString
    remarks: tuple[RemarkBlock, ...]
    editions: tuple[EditionLink, ...]
    vth: PartLink | None
    themes_url: str
    theme_count: int


def build_start(selection: Selection, links: Links) -> StartPage:
    """Build the start page for one year. No queries."""
    overview, year = selection.overview, selection.year
    final = year == overview.last_year
    return StartPage(
        answer=count_sentence(overview.rows, year, final=final),
        blocks=tuple(_block(priority, year, links, final=final) for priority in overview.priorities),
        matrix=matrix_rows(overview, year, links),
        remarks=tuple(_remark(remark, links) for remark in remarks(overview, year)),
        editions=tuple(_edition(overview, edition) for edition in selection.editions),
        vth=_vth_link(overview, year, links),
        themes_url=links.themes(),
        theme_count=sum(part.kind is PriorityKind.THEME for part in overview.parts),
    )


def count_marks(priority: PriorityRow, year: int, *, final: bool) -> tuple[SafeString, ...]:
    """Count the indicators of a priority by status, as sign and words: ✓ 6 op koers."""
    counts = priority.counts(year)
    return tuple(
        mark(status, f"{counts[status]} {_lower(status_words(status, final=final))}")
        for status in BAR_ORDER
        if status in counts
    )


def attention(rows: tuple[IndicatorRow, ...], year: int) -> list[IndicatorRow]:
    """Return the indicators that need attention this year, the worst first."""
    selected = [row for row in rows if row.statuses[year] in NEEDS_ATTENTION]
    return sorted(selected, key=lambda row: NEEDS_ATTENTION.index(row.statuses[year]))


def _block(priority: PriorityRow, year: int, links: Links, *, final: bool) -> PriorityBlock:
    return PriorityBlock(
        row=priority,
        url=links.priority(priority.number),
        bar=bar(priority.counts(year)),
        counts=count_marks(priority, year, final=final),
        attention=tuple(
            (links.indicator(row.code), row.name, _narrow_mark(row, year, final=final))
            for row in attention(priority.rows, year)
        ),
        has_figures=any(has_figure(row, year) for row in priority.rows),
    )


def _narrow_mark(row: IndicatorRow, year: int, *, final: bool) -> SafeString:
    return mark(row.statuses[year], narrow_words(row_status_words(row, year, final=final)))


def _edition(overview: Overview, edition: EditionInfo) -> EditionLink:
    url = Links(overview.slug, edition.year, edition.label).start()
    is_current = overview.edition == edition
    return EditionLink(edition.label, edition_words(edition), url, is_current)


def _vth_link(overview: Overview, year: int, links: Links) -> PartLink | None:
    part = next((part for part in overview.parts if part.is_vth), None)
    if part is None:
        return None
    sentence = count_sentence(overview.vth.rows, year, final=year == overview.last_year) if overview.vth else ""
    return PartLink(links.part(part.kind, part.number), part.name, sentence)


def _lower(words: str) -> str:
    return words[0].lower() + words[1:]


def _remark(remark: Remark, links: Links) -> RemarkBlock:
    indicators = tuple((links.indicator(row.code), row.name, note) for row, note in remark.indicators)
    return RemarkBlock(remark.text, indicators, remark.more)


def matrix_rows(overview: Overview, year: int, links: Links) -> SafeString:
    """Return the body of the matrix: a group for each priority, a row for each indicator, a cell for each year.

    Written in Python because a template takes ten times as long for all these cells.
    """
    pieces = []
    queries = {other: escape(links.query(other)) for other in overview.years}
    for priority in overview.priorities:
        pieces.append(
            f'<tbody><tr class="group"><th scope="rowgroup" colspan="{len(overview.years) + 1}">'
            f"{priority.number}. {escape(priority.name)}</th></tr>"
        )
        for row in priority.rows:
            path = escape(links.indicator(row.code).partition("?")[0])
            pieces.append(
                f'<tr><th scope="row"><a href="{path}{queries[year]}">'
                f'<span class="code">{escape(row.code)}</span> {escape(row.name)}</a></th>'
            )
            pieces.extend(
                _cell(row, other, path + queries[other], final=other == overview.last_year, selected=other == year)
                for other in overview.years
            )
            pieces.append("</tr>")
        pieces.append("</tbody>")
    return mark_safe("".join(pieces))


def _cell(row: IndicatorRow, year: int, url: str, *, final: bool, selected: bool) -> str:
    status = row.statuses[year]
    words = narrow_words(row_status_words(row, year, final=final))
    draft = f" {DRAFT_BADGE}" if row.has_draft(year) else ""
    return (
        f'<td class="{"selected " if selected else ""}s-{status.value}"><a href="{url}">'
        f'<span class="sign" aria-hidden="true">{STATUSES[status].sign}</span> {words}</a>{draft}</td>'
    )
