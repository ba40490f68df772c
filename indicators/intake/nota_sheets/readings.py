"""Read the sheet of readings: unclear places in the nota, and how they are read."""

from typing import Any

from indicators.intake.nota_sheets.cells import closest, is_filled, plain_text
from indicators.intake.nota_sheets.findings import SheetFindings
from indicators.intake.nota_sheets.layout import COMPONENTS, READINGS
from indicators.intake.nota_sheets.series import Indicators, find_indicator
from indicators.intake.nota_sheets.tables import Table
from indicators.intake.nota_sheets.taking import UNREAD, Taker
from indicators.intake.nota_sheets.words import UNNAMED

TEXTS = ("place", "question", "reading", "other", "decided_by")
# The columns that an alternative needs, by what it changes, and the key of each in format 1.
NEEDED = {
    "target": {"years": "years", "read_as": "read_as"},
    "baseline": {"read_as": "read_as"},
    "baseline_year": {"years": "year"},
    "direction": {"read_as": "direction"},
    "planned_years": {"years": "years"},
    "combination": {},
}


def read_readings(table: Table, indicators: Indicators, findings: SheetFindings) -> list[dict[str, Any]]:
    """Return the readings in order of the rows."""
    readings: list[dict[str, Any]] = []
    for row in table.rows:
        taker = Taker(row, ("readings", len(readings)), findings)
        code: Any = None
        if is_filled(row.cell("indicator")):
            indicator = find_indicator(row, indicators, findings)
            code = indicator.data["code"] if indicator else UNREAD
            findings.places[*taker.path, "indicator"] = row.place("indicator")
            if indicator is None:
                findings.unread |= {(*taker.path, "indicator"), (*taker.path, "alternative")}
        readings.append(
            {"indicator": code, **{name: taker.take(name) for name in TEXTS}, "alternative": _alternative(taker)}
        )
    return readings


def _alternative(taker: Taker) -> Any:
    """Return the alternative of a reading; None for none, UNREAD for one that cannot be read."""
    at = ("alternative",)
    changes = taker.take("changes", None, at=(*at, "changes"))
    columns = [key for key in ("component", "years", "read_as") if is_filled(taker.row.cell(key))]
    if changes is None and columns:
        words = ", ".join(READINGS.column("changes").words)
        sentence = f"Vul bij ‘{READINGS.column('changes').heading}’ in wat deze lezing verandert: {words}."
        return taker.refuse("alternative-changes", "changes", sentence, at=at)
    if changes is None:
        return None
    if changes is UNREAD:
        taker.findings.unread.add((*taker.path, *at))
        return UNREAD
    word = READINGS.column("changes").word(changes)
    needed = NEEDED[changes]
    data: dict[str, Any] = {"changes": changes}
    if "component" in columns:
        name = taker.take("component", at=(*at, "component"))
        data["component"] = "" if name == UNNAMED else name
    for column, key in needed.items():
        heading = READINGS.column(column).heading
        data[key] = taker.take(column, None, at=(*at, key))
        if data[key] is None:
            taker.refuse("alternative-value", column, f"Bij ‘{word}’ hoort ‘{heading}’. Vul die in.", at=at)
        elif key == "year" and data[key] is not UNREAD:
            data[key] = _only_year(taker, data[key])
        elif key == "direction":
            data[key] = _direction(taker, data[key])
    for column in columns:
        if column not in needed and column != "component":
            heading = READINGS.column(column).heading
            taker.refuse("alternative-value", column, f"Bij ‘{word}’ hoort geen ‘{heading}’. Haal dit weg.", at=at)
    if changes == "combination":
        data["how"] = "total"
    return UNREAD if any(value is UNREAD or value is None for value in data.values()) else data


def _only_year(taker: Taker, years: list[int]) -> Any:
    if len(years) == 1:
        return years[0]
    return taker.refuse("not-a-year", "years", "Hier hoort één jaar.", at=("alternative", "year"))


def _direction(taker: Taker, typed: Any) -> Any:
    choices = COMPONENTS.column("direction").choices
    direction = choices.get(plain_text(taker.row.cell("read_as")).casefold())
    if direction or typed is UNREAD:
        return direction or UNREAD
    sentence = "Bij ‘richting’ hoort hier lager of hoger."
    meant = closest(typed, ("lager", "hoger"))
    return taker.refuse("unknown-value", "read_as", sentence, at=("alternative", "direction"), meant=meant)
