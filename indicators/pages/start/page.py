"""What the start page shows: the priorities with their bars, the matrix of all indicators by year, what stands out."""

from collections.abc import Collection
from dataclasses import dataclass

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from indicators.domain.assessment import Status
from indicators.domain.statuses import BAR_ORDER, STATUSES, status_words
from indicators.pages.badges import DRAFT_BADGE, bar, mark, narrow_words
from indicators.pages.links import Links
from indicators.pages.start.notable import Remark, remarks
from indicators.readmodel.editions import EditionInfo
from indicators.readmodel.programme import Part
from indicators.readmodel.rows import IndicatorRow, Overview, PriorityRow
from indicators.readmodel.sentences import count_sentence, edition_words, has_figure, row_words
from priorities.models import PriorityKind

ASKS_ATTENTION = (Status.OFF_TRACK, Status.AT_RISK, Status.UNCERTAIN)


@dataclass(frozen=True)
class PriorityBlock:
    """A priority on the start page, with its texts and pieces of HTML ready."""

    row: PriorityRow
    url: str
    bar: SafeString
    counts: tuple[SafeString, ...]
    attention: tuple[tuple[str, str, SafeString], ...]
    has_figures: bool


@dataclass(frozen=True)
class RemarkBlock:
    """A remark with each indicator that it names as (address, name, what is said of it)."""

    text: str
    named: tuple[tuple[str, str, str], ...]
    more: int


@dataclass(frozen=True)
class EditionLine:
    """An edition that one can look back at."""

    label: str
    text: str
    url: str
    current: bool


@dataclass(frozen=True)
class StartPage:
    """All that the start page shows of a year, the matrix as ready rows of a table."""

    answer: str
    blocks: tuple[PriorityBlock, ...]
    matrix: SafeString
    remarks: tuple[RemarkBlock, ...]
    editions: tuple[EditionLine, ...]
    vth: tuple[str, str, str] | None
    themes: tuple[str, int] | None


def build_start(overview: Overview, parts: Collection[Part], year: int, links: Links) -> StartPage:
    """Build the start page of a kadernota for one year; of `parts` those beside the priorities are named."""
    final = year == overview.last_year
    return StartPage(
        count_sentence(overview.rows, year, final=final),
        tuple(_block(priority, year, links, final=final) for priority in overview.priorities),
        matrix_rows(overview, year, links),
        tuple(_remark(remark, links) for remark in remarks(overview, year)),
        tuple(_edition(overview, edition) for edition in overview.editions),
        _vth(overview, parts, year, links, final=final),
        _themes(parts, links),
    )


def count_marks(priority: PriorityRow, year: int, *, final: bool) -> tuple[SafeString, ...]:
    """How many indicators of a priority stand where, as marks with their number: ✓ 6 Op koers."""
    counts = priority.counts(year)
    return tuple(
        mark(status, f"{counts[status]} {_lower(status_words(status, final=final))}")
        for status in BAR_ORDER
        if status in counts
    )


def attention(rows: tuple[IndicatorRow, ...], year: int) -> list[IndicatorRow]:
    """The indicators that ask for attention this year, the worst first."""
    asking = [row for row in rows if row.statuses[year] in ASKS_ATTENTION]
    return sorted(asking, key=lambda row: ASKS_ATTENTION.index(row.statuses[year]))


def _block(priority: PriorityRow, year: int, links: Links, *, final: bool) -> PriorityBlock:
    return PriorityBlock(
        priority,
        links.priority(priority.number),
        bar(priority.counts(year)),
        count_marks(priority, year, final=final),
        tuple(
            (links.indicator(row.code), row.name, _narrow_mark(row, year, final=final))
            for row in attention(priority.rows, year)
        ),
        any(has_figure(row, year) for row in priority.rows),
    )


def _narrow_mark(row: IndicatorRow, year: int, *, final: bool) -> SafeString:
    return mark(row.statuses[year], narrow_words(row_words(row, year, final=final)))


def _edition(overview: Overview, edition: EditionInfo) -> EditionLine:
    url = Links(overview.slug, edition.year, edition.label).start()
    is_shown = overview.edition is not None and overview.edition.pk == edition.pk
    return EditionLine(edition.label, edition_words(edition), url, is_shown)


def _vth(
    overview: Overview, parts: Collection[Part], year: int, links: Links, *, final: bool
) -> tuple[str, str, str] | None:
    """The address and name of the cycle of permits, with how its indicators stand; None where there is none."""
    part = next((part for part in parts if part.kind is PriorityKind.VTH), None)
    if part is None:
        return None
    told = count_sentence(overview.vth.rows, year, final=final) if overview.vth else ""
    return links.part(part.kind, part.number), part.name, told


def _themes(parts: Collection[Part], links: Links) -> tuple[str, int] | None:
    """The address of the other themes and how many there are; None where there are none."""
    number = sum(part.kind is PriorityKind.THEME for part in parts)
    return (links.themes(), number) if number else None


def _lower(words: str) -> str:
    return words[0].lower() + words[1:]


def _remark(remark: Remark, links: Links) -> RemarkBlock:
    named = tuple((links.indicator(row.code), row.name, said) for row, said in remark.named)
    return RemarkBlock(remark.text, named, remark.more)


def matrix_rows(overview: Overview, year: int, links: Links) -> SafeString:
    """The body of the matrix: a group of rows for each priority, a row for each indicator, a cell for each year.

    Written in Python: a template takes ten times as long over the cells.
    """
    pieces = []
    tails = {other: escape(links.query(other)) for other in overview.years}
    for priority in overview.priorities:
        pieces.append(
            f'<tbody><tr class="group"><th scope="rowgroup" colspan="{len(overview.years) + 1}">'
            f"{priority.number}. {escape(priority.name)}</th></tr>"
        )
        for row in priority.rows:
            address = escape(links.indicator(row.code).partition("?")[0])
            pieces.append(
                f'<tr><th scope="row"><a href="{address}{tails[year]}">'
                f'<span class="code">{escape(row.code)}</span> {escape(row.name)}</a></th>'
            )
            pieces.extend(
                _cell(row, other, address + tails[other], final=other == overview.last_year, shown=other == year)
                for other in overview.years
            )
            pieces.append("</tr>")
        pieces.append("</tbody>")
    return mark_safe("".join(pieces))


def _cell(row: IndicatorRow, year: int, url: str, *, final: bool, shown: bool) -> str:
    status = row.statuses[year]
    words = narrow_words(row_words(row, year, final=final))
    draft = f" {DRAFT_BADGE}" if row.has_draft(year) else ""
    return (
        f'<td class="{"shown " if shown else ""}s-{status.value}"><a href="{url}">'
        f'<span class="sign" aria-hidden="true">{STATUSES[status].sign}</span> {words}</a>{draft}</td>'
    )
