"""What stands out in a year: at most five remarks, each of which the figures themselves give."""

from collections.abc import Iterator
from dataclasses import dataclass

from indicators.domain.assessment import Certainty, Development, Status
from indicators.domain.dutch import plural
from indicators.readmodel.figure import Figure
from indicators.readmodel.rows import ComponentRow, IndicatorRow, Overview
from indicators.readmodel.sentences import WITHHELD_WHY, has_figure

NAMED_AT_MOST = 4


@dataclass(frozen=True)
class Remark:
    """A remark: what holds, for which indicators (each with what is said of it), and how many more there are."""

    text: str
    named: tuple[tuple[IndicatorRow, str], ...] = ()
    more: int = 0


def remarks(overview: Overview, year: int) -> list[Remark]:
    """Clear changes since the baseline, missed targets without explanation, figures that are missing or withheld."""
    if not any(has_figure(row, year) for row in overview.rows):
        return []
    found = [
        _changed("Duidelijk beter dan de nulmeting", overview, year, Development.BETTER),
        _changed("Duidelijk slechter dan de nulmeting", overview, year, Development.WORSE),
        _missed(overview, year),
        _with_status(f"Over {year} is er geen cijfer", overview, year, Status.NO_DATA),
        _with_status(f"Niet te bepalen, want {WITHHELD_WHY}", overview, year, Status.UNCERTAIN),
    ]
    return [remark for remark in found if remark]


def _all_figures(overview: Overview, year: int) -> Iterator[tuple[IndicatorRow, ComponentRow, Figure]]:
    for row in overview.rows:
        for part, figure in row.figures(year):
            yield row, part, figure


def _remark(text: str, named: list[tuple[IndicatorRow, str]]) -> Remark | None:
    if not named:
        return None
    shown = tuple(named[:NAMED_AT_MOST])
    return Remark(text, shown, len(named) - len(shown))


def _changed(text: str, overview: Overview, year: int, way: Development) -> Remark | None:
    changed = [
        (row, part, figure)
        for row, part, figure in _all_figures(overview, year)
        if figure.assessment.certainty is Certainty.CLEAR and figure.assessment.development is way
    ]
    # The largest change in percent first; from a baseline of 0 there is no percentage, and nothing is larger.
    changed.sort(key=lambda found: (found[2].assessment.percent is not None, -abs(found[2].assessment.percent or 0)))
    return _remark(text, [(row, f"{figure.printed}, was {part.baseline_printed}") for row, part, figure in changed])


def _missed(overview: Overview, year: int) -> Remark | None:
    missed = [row for row in overview.rows if row.statuses[year] in (Status.AT_RISK, Status.OFF_TRACK)]
    silent = [
        (row, "")
        for row in missed
        if any(
            figure.misses_explanation and figure.status in (Status.AT_RISK, Status.OFF_TRACK)
            for _, figure in row.figures(year)
        )
    ]
    if not missed:
        return None
    if not silent:
        those = "de indicator die de streefwaarde niet haalde"
        if len(missed) > 1:
            those = f"alle {len(missed)} indicatoren die de streefwaarde niet haalden"
        return Remark(f"Bij {those}, staat een toelichting.")
    if len(missed) == 1:
        return _remark("De enige indicator die de streefwaarde niet haalde, heeft geen toelichting", silent)
    number = f"{plural(len(silent), 'is', 'zijn')} er {len(silent)} zonder toelichting"
    return _remark(f"Van de {len(missed)} indicatoren die de streefwaarde niet haalden, {number}", silent)


def _with_status(text: str, overview: Overview, year: int, status: Status) -> Remark | None:
    return _remark(text, [(row, "") for row in overview.rows if row.statuses[year] is status])
