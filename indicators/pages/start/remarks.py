"""Remarks on a year that follow from its figures, at most five."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from indicators.domain.assessment import Certainty, Development, Status
from indicators.domain.dutch import plural
from indicators.readmodel.figure import Figure
from indicators.readmodel.rows import ComponentRow, IndicatorRow, Overview
from indicators.readmodel.sentences import WITHHELD_WHY, has_figure

MAX_INDICATORS = 4
MISSED = (Status.AT_RISK, Status.OFF_TRACK)


@dataclass(frozen=True)
class Remark:
    """A remark about indicators, each with a note or ""; `more` is how many others it is about."""

    text: str
    indicators: tuple[tuple[IndicatorRow, str], ...] = ()
    more: int = 0


def remarks(overview: Overview, year: int) -> list[Remark]:
    """Return clear changes since the baseline, missed targets without explanation, missing and withheld figures."""
    if not any(has_figure(row, year) for row in overview.rows):
        return []
    candidates = [
        _changed("Duidelijk beter dan de nulmeting", overview, year, Development.BETTER),
        _changed("Duidelijk slechter dan de nulmeting", overview, year, Development.WORSE),
        _missed(overview, year),
        _with_status(f"Over {year} is er geen cijfer", overview, year, Status.NO_DATA),
        _with_status(f"Niet te bepalen, want {WITHHELD_WHY}", overview, year, Status.UNCERTAIN),
    ]
    return [remark for remark in candidates if remark]


def _all_figures(overview: Overview, year: int) -> Iterator[tuple[IndicatorRow, ComponentRow, Figure]]:
    for row in overview.rows:
        for part, figure in row.figures(year):
            yield row, part, figure


def _remark(text: str, indicators: list[tuple[IndicatorRow, str]]) -> Remark | None:
    if not indicators:
        return None
    return Remark(text, tuple(indicators[:MAX_INDICATORS]), max(0, len(indicators) - MAX_INDICATORS))


def _changed(text: str, overview: Overview, year: int, development: Development) -> Remark | None:
    changed = [
        (row, part, figure)
        for row, part, figure in _all_figures(overview, year)
        if figure.assessment.certainty is Certainty.CLEAR and figure.assessment.development is development
    ]
    changed.sort(key=lambda change: _size(change[2]))
    return _remark(text, [(row, f"{figure.printed}, was {part.baseline_printed}") for row, part, figure in changed])


def _size(figure: Figure) -> tuple[bool, Decimal]:
    """Return a sort key: first changes from a baseline of 0, which have no percentage, then the largest percentage."""
    percent = figure.assessment.percent
    return percent is not None, -abs(percent or Decimal(0))


def _missed(overview: Overview, year: int) -> Remark | None:
    missed = [row for row in overview.rows if row.statuses[year] in MISSED]
    unexplained = [
        (row, "")
        for row in missed
        if any(figure.misses_explanation and figure.status in MISSED for _, figure in row.figures(year))
    ]
    if not missed:
        return None
    if not unexplained:
        subject = "de indicator die de streefwaarde niet haalde"
        if len(missed) > 1:
            subject = f"alle {len(missed)} indicatoren die de streefwaarde niet haalden"
        return Remark(f"Bij {subject}, staat een toelichting.")
    if len(missed) == 1:
        return _remark("De enige indicator die de streefwaarde niet haalde, heeft geen toelichting", unexplained)
    number = f"{plural(len(unexplained), 'is', 'zijn')} er {len(unexplained)} zonder toelichting"
    return _remark(f"Van de {len(missed)} indicatoren die de streefwaarde niet haalden, {number}", unexplained)


def _with_status(text: str, overview: Overview, year: int, status: Status) -> Remark | None:
    return _remark(text, [(row, "") for row in overview.rows if row.statuses[year] is status])
