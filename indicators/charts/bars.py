"""The static picture of the result: for each priority a bar, cut into how many of its indicators stand where."""

from collections.abc import Iterator, Mapping

from django.utils.safestring import SafeString

from indicators.charts.drawing import INK, MUTED, drawing, group, tag, text
from indicators.charts.labels import FONT, text_width, wrap
from indicators.domain.assessment import Status
from indicators.domain.statuses import LONG_TAIL, STATUSES, status_words
from indicators.readmodel.rows import Overview

WIDTH, LEFT, HEIGHT = 640.0, 250.0, 24.0
LINE_HEIGHT = FONT * 1.2
Counts = Mapping[Status, int]


def bars_svg(overview: Overview, year: int, order: tuple[Status, ...], colours: Mapping[str, str]) -> SafeString:
    """The bars of a year, best first as in `order`; `colours` are by status, without the #."""
    rows = _rows(overview, year)
    largest = max((sum(counts.values()) for _, counts in rows[:-1]), default=0) or 1
    drawn, y = [], 0.0
    for name, counts in rows:
        total = sum(counts.values())
        # All together is as wide as the widest of them: it shows shares, not numbers.
        full = (WIDTH - LEFT) if name == rows[-1][0] else (WIDTH - LEFT) * total / largest
        lines = wrap(name, LEFT - 12)
        drawn.append(group(_bar(lines, counts, order, colours, full, y)))
        y += max(HEIGHT, LINE_HEIGHT * len(lines)) + 7
    present = [status for status in order if overview.counts(year).get(status)]
    key, height = _key(present, colours, y, final=year == overview.last_year)
    drawn.append(group(key))
    title = f"Het resultaat over {year}: hoeveel indicatoren waar staan, per prioriteit"
    words = bars_sentence(overview, year, order)
    return drawing(f"chart-bars-{year}", title, words, WIDTH, y + height + FONT * 0.6, *drawn)


def _rows(overview: Overview, year: int) -> list[tuple[str, Counts]]:
    rows = [(f"{priority.number}. {priority.name}", priority.counts(year)) for priority in overview.priorities]
    return [*rows, ("Samen", overview.counts(year))]


def _bar(
    lines: list[str], counts: Counts, order: tuple[Status, ...], colours: Mapping[str, str], full: float, y: float
) -> Iterator[SafeString]:
    for number, words in enumerate(lines):
        yield text(0.0, y + FONT + LINE_HEIGHT * number + (4 if len(lines) == 1 else 0), words)
    total, x = sum(counts.values()), LEFT
    for status in order:
        if not counts.get(status):
            continue
        width = full * counts[status] / total
        name, tone = f"chart-{status.value.replace('_', '-')}", f"#{colours[status.value]}"
        yield tag(
            "rect",
            x=x,
            y=y,
            width=width,
            height=HEIGHT,
            class_=name,
            fill=tone,
            fill_opacity="0.14",
            stroke=MUTED,
            stroke_width=0.7,
        )
        label = f"{STATUSES[status].sign} {counts[status]}"
        if text_width(label) > width:
            label = label.replace(" ", "")  # one of many: sign and number would stand over the edges
        yield text(
            x + width / 2,
            y + HEIGHT / 2 + FONT * 0.36,
            label,
            anchor="middle",
            class_=f"chart-status {name}",
            fill=tone,
            weight="bold",
        )
        x += width


def _key(present: list[Status], colours: Mapping[str, str], y: float, *, final: bool) -> tuple[list[SafeString], float]:
    """The key under the bars, on as many lines as it needs, and how high it is."""
    x, top, drawn = 0.0, y, []
    for status in present:
        sign, words = STATUSES[status].sign, status_words(status, final=final)
        if len(words) > len(STATUSES[Status.NOT_DUE].word):
            words = words.removesuffix(LONG_TAIL)
        name = f"chart-status chart-{status.value.replace('_', '-')}"
        width = 15 + text_width(words) * 0.92
        if x and x + width > WIDTH:
            x, y = 0.0, y + LINE_HEIGHT
        drawn.append(text(x, y + FONT * 1.2, sign, class_=name, fill=f"#{colours[status.value]}", weight="bold"))
        drawn.append(text(x + 15, y + FONT * 1.2, words, class_="chart-text", fill=INK))
        x += width + 16
    return drawn, y - top + LINE_HEIGHT


def bars_sentence(overview: Overview, year: int, order: tuple[Status, ...]) -> str:
    """The bars in words, every number of them."""
    final = year == overview.last_year
    told = []
    for name, counts in _rows(overview, year):
        parts = [
            f"{counts[status]} {status_words(status, final=final).lower()}" for status in order if status in counts
        ]
        told.append(f"{name}: {', '.join(parts) or 'geen indicatoren'}.")
    return " ".join(told)
