"""A priority in one year as a Plotly figure: the rows of priority_svg, with hover texts."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from indicators.charts.course import baseline_words, figure_words, full_name, is_provisional
from indicators.charts.drawing import GRID, LINE, MUTED, TARGET
from indicators.charts.labels import wrap
from indicators.charts.plotly import HEADING_WIDTH, config_of, layout_of, marker, plain, remark, scatter
from indicators.charts.priority import Standing, facts_of, standings
from indicators.domain.values import Exact, NoValue, Withheld
from indicators.readmodel.rows import Overview, PriorityRow
from indicators.readmodel.statuses import STATUS_SIGNS, standing_words

ROW_HEIGHT, HEAD = 104, 40  # pixels
LINE_HEIGHT = 16
TRACK = 0.32  # where the tracks begin, as a share of the width
# The track's ends on the scale of 0 (the worse of baseline and target) to 1 (the better), as in the drawing.
WORST, BEST = Decimal("-0.65"), Decimal("1.65")


def priority_figure(overview: Overview, priority: PriorityRow, year: int) -> dict[str, Any]:
    """How the components of a priority stand in a year; beyond the track a mark stands at its edge, as an arrow."""
    rows = list(standings(priority, year))
    final = year == overview.last_year
    layout = layout_of(top=HEAD) | {"height": HEAD + ROW_HEIGHT * len(rows)}
    layout["shapes"] = [_separator(n) for n in range(len(rows))]
    words = [remark_ for n, standing in enumerate(rows) for remark_ in _words(n, standing, final=final)]
    layout["annotations"] = words + (_ends() if any(standing.has_scale for standing in rows) else [])
    layout["xaxis"] |= {
        "type": "linear",
        "domain": [TRACK, 1],
        "range": [-0.75, 1.75],
        "fixedrange": True,
        "showgrid": False,
        "zeroline": False,
        "showline": False,
        "showticklabels": False,
    }
    layout["yaxis"] |= {
        "type": "linear",
        "range": [len(rows) - 0.35, -0.65],
        "fixedrange": True,
        "showgrid": False,
        "zeroline": False,
        "showticklabels": False,
    }
    placed = [(n, standing) for n, standing in enumerate(rows) if standing.has_scale]
    data = [*_tracks(placed), *_baselines(placed), *_targets(placed), *_measured(placed), *_ranges(placed)]
    return {"data": data, "layout": layout, "config": config_of(f"prioriteit-{priority.number}-{year}")}


def _words(n: int, standing: Standing, *, final: bool) -> list[dict[str, Any]]:
    """Name and status of a row, and its numbers where they have no place on a scale."""
    names = wrap(full_name(standing.row, standing.part), HEADING_WIDTH)
    figure = standing.figure
    verdict = wrap(standing_words(figure, final=final), 104)
    verdict[0] = f"{STATUS_SIGNS[figure.status]} {verdict[0]}"
    left = {"xref": "paper", "xanchor": "left", "yref": "y"}
    rows = [(words, LINE_HEIGHT * (len(names) + 1 - k) - 4) for k, words in enumerate(names)]
    rows += [(words, -LINE_HEIGHT * k) for k, words in enumerate(verdict)]
    found = [remark("words", plain(words), x=0, y=n, yshift=shift, **left) for words, shift in rows]
    if not standing.has_scale:
        found += [
            remark("words", plain(words), x=TRACK, y=n, yshift=-LINE_HEIGHT * k, **left)
            for k, words in enumerate(facts_of(standing))
        ]
    elif isinstance(figure.value, NoValue):
        found.append(remark("gap", figure.printed, x=float(BEST), y=n, xref="x", yref="y", yshift=12))
    return found


def _ends() -> list[dict[str, Any]]:
    """What left and right mean."""
    above = {"xref": "paper", "yref": "paper", "y": 1, "yanchor": "bottom"}
    return [
        remark("words", "← slechter", x=TRACK, xanchor="left", **above),
        remark("words", "beter →", x=1, xanchor="right", **above),
    ]


def _separator(n: int) -> dict[str, Any]:
    height = round(n - 0.62, 2)
    return {
        "type": "line",
        "name": "grid",
        "xref": "paper",
        "x0": 0,
        "x1": 1,
        "yref": "y",
        "y0": height,
        "y1": height,
        "line": {"color": GRID, "width": 1},
    }


def _held(place: Decimal) -> float:
    """A place on the track, held at its edges, in whole thousandths of the scale."""
    return float(round(min(max(place, WORST), BEST), 3))


def _tracks(placed: list[tuple[int, Standing]]) -> list[dict[str, Any]]:
    x, y = [], []
    for n, _ in placed:
        x += [float(WORST), float(BEST), None]
        y += [n, n, None]
    return [scatter("axis", "schaal", x, y, "lines", connectgaps=False, line={"color": MUTED, "width": 1})] if x else []


def _marks(
    placed: list[tuple[int, Standing]],
    role: str,
    name: str,
    look: dict[str, Any],
    position: str,
    colour: str,
    place: Callable[[Standing], Decimal],
    printed: Callable[[Standing], str],
    hover: Callable[[Standing], str],
) -> list[dict[str, Any]]:
    if not placed:
        return []
    return [
        scatter(
            role,
            name,
            [_held(place(standing)) for _, standing in placed],
            [n for n, _ in placed],
            "markers+text",
            text=[printed(standing) for _, standing in placed],
            textposition=position,
            textfont={"color": colour},
            hovertext=[
                plain(full_name(standing.row, standing.part)) + ", " + hover(standing) for _, standing in placed
            ],
            marker=look,
        )
    ]


def _baselines(placed: list[tuple[int, Standing]]) -> list[dict[str, Any]]:
    return _marks(
        placed,
        "baseline",
        "nulmeting",
        marker("diamond", 11, MUTED, 0),
        "bottom left",
        MUTED,
        lambda standing: standing.baseline,
        lambda standing: standing.part.baseline_printed,
        lambda standing: baseline_words(standing.part),
    )


def _targets(placed: list[tuple[int, Standing]]) -> list[dict[str, Any]]:
    return _marks(
        placed,
        "target",
        "streefwaarde",
        marker("line-ns-open", 20, TARGET, 3),
        "bottom right",
        TARGET,
        lambda standing: standing.target,
        lambda standing: standing.figure.target_printed,
        lambda standing: f"streefwaarde {standing.figure.year}: {standing.figure.target_printed}",
    )


def _measured(placed: list[tuple[int, Standing]]) -> list[dict[str, Any]]:
    exact = [(n, standing) for n, standing in placed if isinstance(standing.figure.value, Exact)]
    look = marker([_symbol(standing) for _, standing in exact], 12, LINE)
    return _marks(
        exact,
        "measured",
        "meting",
        look,
        "top center",
        LINE,
        lambda standing: standing.measured[0],
        lambda standing: standing.figure.printed,
        lambda standing: figure_words(standing.part, standing.figure),
    )


def _symbol(standing: Standing) -> str:
    if standing.measured[0] < WORST or standing.measured[0] > BEST:
        shape = "triangle-left" if standing.measured[0] < WORST else "triangle-right"
    else:
        shape = "circle"
    if standing.figure.is_draft:
        return f"{shape}-open-dot"
    return f"{shape}-open" if is_provisional(standing.figure.value) else shape


def _ranges(placed: list[tuple[int, Standing]]) -> list[dict[str, Any]]:
    look = {
        "marker": marker("line-ns-open", 14, LINE),
        "line": {"color": LINE, "width": 2},
        "textfont": {"color": LINE},
    }
    traces = []
    for n, standing in placed:
        if isinstance(standing.figure.value, Withheld):
            words = figure_words(standing.part, standing.figure)
            texts = {"text": ["", standing.figure.printed], "textposition": "top left", "hovertext": [words, words]}
            ends = [_held(place) for place in standing.measured]
            traces.append(scatter("range", "afgeschermd", ends, [n, n], "lines+markers+text", **texts, **look))
    return traces
