"""HTML of statuses and drafts: a sign and words, which the colour repeats."""

from functools import lru_cache

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from indicators.domain.assessment import Status
from indicators.domain.statuses import BAR_ORDER, LONG_TAIL, STATUSES
from indicators.readmodel.figure import Figure
from indicators.readmodel.rows import ComponentRow

DRAFT_BADGE = mark_safe('<span class="draft">concept</span>')


def mark(status: Status, words: str) -> SafeString:
    """Return a status as sign and words: ✓ Op koers."""
    return format_html(
        '<span class="mark s-{}"><span class="sign" aria-hidden="true">{}</span> {}</span>',
        status.value,
        STATUSES[status].sign,
        words,
    )


@lru_cache(maxsize=64)
def narrow_words(words: str) -> SafeString:
    """Return words for a narrow cell: a long tail is for screen readers only."""
    if words.endswith(LONG_TAIL):
        return mark_safe(f'{escape(words.removesuffix(LONG_TAIL))}<span class="visually-hidden">{LONG_TAIL}</span>')
    return escape(words)


def figure_text(figure: Figure) -> SafeString:
    """Return the measurement or a dash, with a badge for a draft."""
    printed = escape(figure.printed) if figure.printed else mark_safe('<span class="none">–</span>')
    return mark_safe(f"{printed} {DRAFT_BADGE}") if figure.is_draft else printed


def part_lines(texts: list[tuple[ComponentRow, str]]) -> SafeString:
    """Return a line for each component. Their names are for screen readers: the heading of the row shows them too."""
    if len(texts) == 1:
        return escape(texts[0][1])
    return mark_safe(
        "".join(
            f'<span class="part"><span class="visually-hidden">{escape(part.name)}: </span>{escape(text)}</span>'
            for part, text in texts
        )
    )


def bar(counts: dict[Status, int]) -> SafeString:
    """Return the counts as one stacked bar, hidden from screen readers: the list beside it holds the same."""
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
            f'<text class="s-{status.value}" x="{middle}" y="50%" dy=".35em">{STATUSES[status].sign} {count}</text>'
        )
        start += count
    return mark_safe(
        f'<svg class="bar" width="100%" height="30" aria-hidden="true" focusable="false">{"".join(pieces)}</svg>'
    )


def _percent(part: int, total: int) -> str:
    """Return a share as an SVG percentage with two decimals, computed without floats."""
    hundredths = (part * 10000 + total // 2) // total if total else 0
    return f"{hundredths // 100}.{hundredths % 100:02d}%"
