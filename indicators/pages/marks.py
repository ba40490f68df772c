"""Small pieces of HTML that say how something stands: always a sign and a word, and a colour beside them."""

from functools import lru_cache

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from indicators.domain.assessment import Status
from indicators.domain.values import NoValue, Value
from indicators.figure import Figure
from indicators.rows import ComponentRow, IndicatorRow
from indicators.wording import FOLLOWED_WORDS, STATUS_SIGNS, status_words

# Best first, as one reads a bar from the left.
BAR_ORDER = (
    Status.ON_TRACK, Status.AT_RISK, Status.OFF_TRACK, Status.UNCERTAIN,
    Status.NO_DATA, Status.NOT_DUE, Status.NO_TARGET,
)  # fmt: skip
DRAFT_MARK = mark_safe('<span class="draft">concept</span>')
# What a narrow cell says with fewer letters; who listens hears the whole.
LONG_TAIL = " dan de nulmeting"


def row_words(row: IndicatorRow, year: int, *, final: bool) -> str:
    """The words for how an indicator stands; a "no value" of its only counting component says its reason."""
    if not row.counts_in(year):
        return FOLLOWED_WORDS[row.followed(year)]
    status = row.statuses[year]
    if status is not Status.NO_DATA:
        return status_words(status, final=final)
    values = [figure.value for _, figure in row.figures(year) if figure.status is status]
    reasons = {value for value in values if isinstance(value, NoValue)}
    value: Value | None = reasons.pop() if len(reasons) == 1 and None not in values else None
    return status_words(status, final=final, value=value)


def mark(status: Status, words: str) -> SafeString:
    """A status as sign and word: ✓ Op koers."""
    return format_html(
        '<span class="mark s-{}"><span class="sign" aria-hidden="true">{}</span> {}</span>',
        status.value, STATUS_SIGNS[status], words,
    )  # fmt: skip


@lru_cache(maxsize=64)
def narrow_words(words: str) -> SafeString:
    """The words for a narrow cell: a long tail is heard, not seen."""
    if words.endswith(LONG_TAIL):
        return mark_safe(f'{escape(words.removesuffix(LONG_TAIL))}<span class="heard">{LONG_TAIL}</span>')
    return escape(words)


def figure_text(figure: Figure) -> SafeString:
    """What was measured, or a dash; a draft is marked as such."""
    shown = escape(figure.printed) if figure.printed else mark_safe('<span class="none">–</span>')
    return mark_safe(f"{shown} {DRAFT_MARK}") if figure.is_draft else shown


def part_lines(texts: list[tuple[ComponentRow, str]]) -> SafeString:
    """One line for each component of an indicator; their names are heard, as they stand in the heading of the row."""
    if len(texts) == 1:
        return escape(texts[0][1])
    return mark_safe(
        "".join(
            f'<span class="part"><span class="heard">{escape(part.name)}: </span>{escape(text)}</span>'
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
