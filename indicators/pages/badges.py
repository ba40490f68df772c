"""Small pieces of HTML that say how something stands: always a sign and a word, and a colour beside them."""

from functools import lru_cache

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from indicators.domain.assessment import Status
from indicators.readmodel.figure import Figure
from indicators.readmodel.rows import ComponentRow
from indicators.readmodel.statuses import BAR_ORDER, LONG_TAIL, STATUS_SIGNS

DRAFT_BADGE = mark_safe('<span class="draft">concept</span>')


def mark(status: Status, words: str) -> SafeString:
    """A status as sign and word: ✓ Op koers."""
    return format_html(
        '<span class="mark s-{}"><span class="sign" aria-hidden="true">{}</span> {}</span>',
        status.value,
        STATUS_SIGNS[status],
        words,
    )


@lru_cache(maxsize=64)
def narrow_words(words: str) -> SafeString:
    """The words for a narrow cell: a long tail is heard, not seen."""
    if words.endswith(LONG_TAIL):
        return mark_safe(f'{escape(words.removesuffix(LONG_TAIL))}<span class="visually-hidden">{LONG_TAIL}</span>')
    return escape(words)


def figure_text(figure: Figure) -> SafeString:
    """What was measured, or a dash; a draft is marked as such."""
    shown = escape(figure.printed) if figure.printed else mark_safe('<span class="none">–</span>')
    return mark_safe(f"{shown} {DRAFT_BADGE}") if figure.is_draft else shown


def part_lines(texts: list[tuple[ComponentRow, str]]) -> SafeString:
    """One line for each component of an indicator; their names are heard, as they stand in the heading of the row."""
    if len(texts) == 1:
        return escape(texts[0][1])
    return mark_safe(
        "".join(
            f'<span class="part"><span class="visually-hidden">{escape(part.name)}: </span>{escape(text)}</span>'
            for part, text in texts
        )
    )


def bar(counts: dict[Status, int]) -> SafeString:
    """The counts as one stacked bar. It is hidden from who listens: the list beside it says the same."""
    total = sum(counts.values())
    pieces, start = [], 0
    for status in BAR_ORDER:
        count = counts.get(status, 0)
        if not count:
            continue
        left, width = _percent(start, total), _percent(count, total)
        middle = _percent(2 * start + count, 2 * total)
        pieces.append(
            f'<rect class="s-{status.value}" x="{left}" width="{width}" height="100%"/>'
            f'<text class="s-{status.value}" x="{middle}" y="50%" dy=".35em">{STATUS_SIGNS[status]} {count}</text>'
        )
        start += count
    return mark_safe(
        f'<svg class="bar" width="100%" height="30" aria-hidden="true" focusable="false">{"".join(pieces)}</svg>'
    )


def _percent(part: int, total: int) -> str:
    """A share as SVG wants it, in hundredths of a percent without a float."""
    hundredths = (part * 10000 + total // 2) // total if total else 0
    return f"{hundredths // 100}.{hundredths % 100:02d}%"
