"""SVG of the result of a year: for each priority a bar, divided by the status of its indicators."""

from collections.abc import Iterator, Mapping

from django.utils.safestring import SafeString

from indicators.charts import svg
from indicators.charts.label_placement import FONT_SIZE, text_width, wrap
from indicators.domain.assessment import Status
from indicators.domain.statuses import LONG_TAIL, STATUSES, status_words
from indicators.readmodel.rows import Overview

WIDTH, LEFT, HEIGHT = 640.0, 250.0, 24.0
LINE_HEIGHT = FONT_SIZE * 1.2
Counts = Mapping[Status, int]


def bars_svg(overview: Overview, year: int, order: tuple[Status, ...], colours: Mapping[str, str]) -> SafeString:
    """Draw the bars of a year, with the statuses in `order`; `colours` are by status, without the #."""
    rows = _rows(overview, year)
    *priorities, (total_name, _) = rows
    largest = max((sum(counts.values()) for _, counts in priorities), default=0) or 1
    fills = {status: f"#{colours[status.value]}" for status in order}
    elements, y = [], 0.0
    for name, counts in rows:
        # The total has the full width, as the largest priority has: it shows shares, not numbers.
        width = WIDTH - LEFT if name == total_name else (WIDTH - LEFT) * sum(counts.values()) / largest
        lines = wrap(name, LEFT - 12)
        elements.append(svg.group([*_name(lines, y), *_bar(counts, fills, width, y)]))
        y += max(HEIGHT, LINE_HEIGHT * len(lines)) + 7
    present = {status: fill for status, fill in fills.items() if overview.counts(year).get(status)}
    legend, bottom = _legend(present, y, final=year == overview.last_year)
    return svg.document(
        *elements,
        svg.group(legend),
        identity=f"chart-bars-{year}",
        title=f"Het resultaat over {year}: hoeveel indicatoren waar staan, per prioriteit",
        description=bars_sentence(overview, year, order),
        width=WIDTH,
        height=bottom + FONT_SIZE * 0.6,
    )


def _rows(overview: Overview, year: int) -> list[tuple[str, Counts]]:
    rows = [(f"{priority.number}. {priority.name}", priority.counts(year)) for priority in overview.priorities]
    return [*rows, ("Samen", overview.counts(year))]


def _name(lines: list[str], top: float) -> Iterator[SafeString]:
    for n, words in enumerate(lines):
        yield svg.text(0.0, top + FONT_SIZE + LINE_HEIGHT * n + (4 if len(lines) == 1 else 0), words)


def _bar(counts: Counts, fills: Mapping[Status, str], width: float, top: float) -> Iterator[SafeString]:
    total, x = sum(counts.values()), LEFT
    for status, fill in fills.items():
        if not counts.get(status):
            continue
        part = width * counts[status] / total
        yield svg.element(
            "rect",
            x=x,
            y=top,
            width=part,
            height=HEIGHT,
            class_=svg.status_class(status),
            fill=fill,
            fill_opacity="0.14",
            stroke=svg.MUTED,
            stroke_width=0.7,
        )
        label = f"{STATUSES[status].sign} {counts[status]}"
        if text_width(label) > part:
            label = label.replace(" ", "")  # the label is wider than the part
        style = svg.status_style(status, fill=fill, weight="bold")
        yield svg.text(x + part / 2, top + HEIGHT / 2 + FONT_SIZE * 0.36, label, style, anchor="middle")
        x += part


def _legend(fills: Mapping[Status, str], top: float, *, final: bool) -> tuple[list[SafeString], float]:
    """Draw the legend in as many lines as it needs. Return also its bottom."""
    x, y, elements = 0.0, top, []
    for status, fill in fills.items():
        words = status_words(status, final=final)
        if len(words) > len(STATUSES[Status.NOT_DUE].word):
            words = words.removesuffix(LONG_TAIL)
        width = 15 + text_width(words) * 0.92
        if x and x + width > WIDTH:
            x, y = 0.0, y + LINE_HEIGHT
        style = svg.status_style(status, fill=fill, weight="bold")
        elements.append(svg.text(x, y + FONT_SIZE * 1.2, STATUSES[status].sign, style))
        elements.append(svg.text(x + 15, y + FONT_SIZE * 1.2, words))
        x += width + 16
    return elements, y + LINE_HEIGHT


def bars_sentence(overview: Overview, year: int, order: tuple[Status, ...]) -> str:
    """Return the bars in words, with every number."""
    final = year == overview.last_year
    sentences = []
    for name, counts in _rows(overview, year):
        parts = [
            f"{counts[status]} {status_words(status, final=final).lower()}" for status in order if status in counts
        ]
        sentences.append(f"{name}: {', '.join(parts) or 'geen indicatoren'}.")
    return " ".join(sentences)
