"""A priority in one year as a Plotly figure: the rows of priority_svg, with hover texts."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from indicators.charts.course import Mark
from indicators.charts.drawing import GRID, LINE, MUTED, TARGET
from indicators.charts.labels import wrap
from indicators.charts.plotly import HEADING_WIDTH, Part, figure_json, marker, plain, scatter, symbol_of, words_at
from indicators.charts.standing import Places, Standing, priority_chart
from indicators.domain.statuses import STATUSES
from indicators.readmodel.rows import Overview, PriorityRow

ROW_HEIGHT, HEAD = 104, 40  # pixels
LINE_HEIGHT = 16
TRACK = 0.32  # where the tracks begin, as a share of the width
# The track's ends on the scale of 0 (the worse of baseline and target) to 1 (the better), as in the drawing.
WORST, BEST = Decimal("-0.65"), Decimal("1.65")


def priority_figure(overview: Overview, priority: PriorityRow, year: int) -> dict[str, Any]:
    """How the components of a priority stand in a year; beyond the track a mark stands at its edge, as an arrow."""
    chart = priority_chart(overview, priority, year)
    rows = list(enumerate(chart.rows))
    placed = [(n, row, row.places) for n, row in rows if row.places]
    bare = {"type": "linear", "fixedrange": True, "showgrid": False, "zeroline": False, "showticklabels": False}
    return figure_json(
        chart.file_name,
        data=list(_traces(placed)) if placed else [],
        top=HEAD,
        height=HEAD + ROW_HEIGHT * len(rows),
        shapes=[_separator(n) for n, _ in rows],
        annotations=[*(words for n, row in rows for words in _words(n, row)), *(_ends() if placed else [])],
        xaxis={"domain": [TRACK, 1], "range": [-0.75, 1.75], "showline": False} | bare,
        yaxis={"range": [len(rows) - 0.35, -0.65]} | bare,
    )


def _separator(n: int) -> Part:
    place = {"xref": "paper", "x0": 0, "x1": 1, "yref": "y", "y0": round(n - 0.62, 2), "y1": round(n - 0.62, 2)}
    return {"type": "line", "name": "grid", "line": {"color": GRID, "width": 1}} | place


def _ends() -> list[Part]:
    """What left and right mean."""
    above = {"xref": "paper", "yref": "paper", "y": 1, "yanchor": "bottom"}
    return [
        words_at("words", "← slechter", x=TRACK, xanchor="left", **above),
        words_at("words", "beter →", x=1, xanchor="right", **above),
    ]


def _words(n: int, standing: Standing) -> Iterator[Part]:
    """Name and status of a row, and its numbers where they have no place on a scale."""
    names = wrap(standing.name, HEADING_WIDTH)
    verdict = wrap(standing.verdict, 104)
    verdict[0] = f"{STATUSES[standing.status].sign} {verdict[0]}"
    rows: list[tuple[str, float, int]] = []
    rows += [(words, 0, LINE_HEIGHT * (len(names) + 1 - k) - 4) for k, words in enumerate(names)]
    rows += [(words, 0, -LINE_HEIGHT * k) for k, words in enumerate(verdict)]
    if not standing.places:
        rows += [(words, TRACK, -LINE_HEIGHT * k) for k, words in enumerate(standing.facts)]
    for words, x, shift in rows:
        place = {"xref": "paper", "xanchor": "left", "yref": "y", "x": x, "y": n, "yshift": shift}
        yield words_at("words", plain(words), **place)
    if standing.places and standing.no_value:
        yield words_at("gap", standing.no_value, x=float(BEST), y=n, xref="x", yref="y", yshift=12)


def _traces(rows: list[tuple[int, Standing, Places]]) -> Iterator[Part]:
    """The tracks, baselines, targets and measurements of the rows that have a scale."""
    standings = [(n, row) for n, row, _ in rows]
    track = {"x": [float(WORST), float(BEST), None] * len(rows), "y": [y for n, _ in standings for y in (n, n, None)]}
    look = {"mode": "lines", "connectgaps": False, "line": {"color": MUTED, "width": 1}}
    yield scatter("axis", name="schaal", **track, **look)
    yield _points(
        "baseline",
        standings,
        name="nulmeting",
        x=[_held(places.baseline) for _, _, places in rows],
        text=[row.baseline_printed for _, row in standings],
        words=[row.baseline_words for _, row in standings],
        textposition="bottom left",
        textfont={"color": MUTED},
        marker=marker("diamond", 11, MUTED, 0),
    )
    yield _points(
        "target",
        standings,
        name="streefwaarde",
        x=[_held(places.target) for _, _, places in rows],
        text=[row.target_printed for _, row in standings],
        words=[row.target_words for _, row in standings],
        textposition="bottom right",
        textfont={"color": TARGET},
        marker=marker("line-ns-open", 20, TARGET, 3),
    )
    yield from _measured(rows)


def _measured(rows: list[tuple[int, Standing, Places]]) -> Iterator[Part]:
    """The exact measurements in one trace, and each withheld one."""
    measured = [(n, row, row.mark, places.measured) for n, row, places in rows if row.mark and places.measured]
    exact = [(n, row, mark, ends[0]) for n, row, mark, ends in measured if not mark.is_withheld]
    if exact:
        yield _points(
            "measured",
            [(n, row) for n, row, _, _ in exact],
            name="meting",
            x=[_held(place) for _, _, _, place in exact],
            text=[mark.printed for _, _, mark, _ in exact],
            words=[mark.words for _, _, mark, _ in exact],
            textposition="top center",
            textfont={"color": LINE},
            marker=marker([symbol_of(mark, _shape(place)) for _, _, mark, place in exact], 12, LINE),
        )
    for n, _, mark, ends in measured:
        if mark.is_withheld:
            yield _range(n, mark, ends)


def _points(role: str, rows: list[tuple[int, Standing]], *, words: list[str], **trace: Any) -> Part:
    """A labelled point in each row; who points at it reads the row's name and `words`."""
    hover = [f"{plain(row.name)}, {text}" for (_, row), text in zip(rows, words, strict=True)]
    return scatter(role, y=[n for n, _ in rows], mode="markers+text", hovertext=hover, **trace)


def _range(n: int, mark: Mark, ends: tuple[Decimal, Decimal]) -> Part:
    """A withheld count: a bracket from the lowest to the highest value that it can be."""
    return scatter(
        "range",
        name="afgeschermd",
        x=[_held(place) for place in ends],
        y=[n, n],
        mode="lines+markers+text",
        text=["", mark.printed],
        textposition="top left",
        textfont={"color": LINE},
        hovertext=[mark.words, mark.words],
        marker=marker("line-ns-open", 14, LINE),
        line={"color": LINE, "width": 2},
    )


def _held(place: Decimal) -> float:
    """A place on the track, held at its edges, in whole thousandths of the scale."""
    return float(round(min(max(place, WORST), BEST), 3))


def _shape(place: Decimal) -> str:
    """The shape of a measurement: an arrow where it lies beyond the track."""
    if place < WORST:
        return "triangle-left"
    return "triangle-right" if place > BEST else "circle"
