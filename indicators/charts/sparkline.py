"""The small line of a component in a table."""

from decimal import Decimal

from django.utils.safestring import SafeString

from indicators.charts.course import gap_words, line_pieces
from indicators.charts.drawing import LINE, polyline, tag
from indicators.domain.values import Exact
from indicators.readmodel.rows import ComponentRow


def sparkline_svg(part: ComponentRow, year: int) -> SafeString:
    """A small line of the years with a dot at `year`; hidden from screen readers: the table has the numbers."""
    years = sorted(part.figures)
    numbers = {year_: f.value.number for year_, f in part.figures.items() if isinstance(f.value, Exact)}
    low, high = min(numbers.values(), default=Decimal(0)), max(numbers.values(), default=Decimal(0))
    step = 72 / max(len(years) - 1, 1)

    def place(year_: int) -> tuple[float, float]:
        share = float((numbers[year_] - low) / (high - low)) if high > low else 0.5
        return 4 + step * years.index(year_), 16 - 12 * share

    words = ", ".join(f"{year_}: {part.figures[year_].printed or gap_words(part.figures[year_])}" for year_ in years)
    drawn = []
    for piece in line_pieces(part):
        places = [place(figure.year) for figure in piece]
        drawn += polyline(places, 1.5)
        if len(places) == 1 and piece[0].year != year:  # a year between gaps has no line to be seen by
            drawn.append(tag("circle", cx=places[0][0], cy=places[0][1], r=1.5, class_="chart-point", fill=LINE))
    if year in numbers:
        x, y = place(year)
        drawn.append(tag("circle", cx=x, cy=y, r=3, class_="chart-point", fill=LINE))
    return tag(
        "svg",
        tag("title", words),
        *drawn,
        xmlns="http://www.w3.org/2000/svg",
        viewBox="0 0 80 20",
        width=80,
        height=20,
        class_="sparkline",
        aria_hidden="true",
        focusable="false",
    )
