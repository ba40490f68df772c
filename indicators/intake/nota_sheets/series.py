"""Read the sheets of components with their figures, of printed cells and of breaks in method."""

import re
from collections.abc import Mapping
from typing import Any

from indicators.domain.cells import Cell, cell_text
from indicators.domain.nota.limits import LONGEST_CELL, LONGEST_INDICATOR, LONGEST_NOUN, MOST_DECIMALS
from indicators.domain.refusals import Refusal
from indicators.domain.values import Unit, UnitKind
from indicators.intake.nota_data import DataPath
from indicators.intake.nota_sheets.cells import CellRefused, plain_text, read_figure, read_text, typed_text
from indicators.intake.nota_sheets.findings import SheetFindings
from indicators.intake.nota_sheets.layout import COMPONENTS, INDICATORS
from indicators.intake.nota_sheets.tables import Row, Table
from indicators.intake.nota_sheets.taking import UNREAD, Taker
from indicators.intake.nota_sheets.topics import Data, IndicatorData, fold_code
from indicators.intake.nota_sheets.words import UNNAMED

Indicators = Mapping[str, IndicatorData]
ORIGIN = re.compile(r"([a-z0-9-]+),?\s+([0-9]{4}),?\s+(?:besluit\s+)?([0-9]{1,6})")
PERCENTAGE = re.compile(r"[0-9](?:,([0-9]+))?\s*%")
DECIMALS_OF_GRADE = 1


def find_indicator(row: Row, indicators: Indicators, findings: SheetFindings) -> IndicatorData | None:
    """Return the indicator whose code is in a row; None, and a refusal, for none."""
    typed = plain_text(row.cell("indicator"))
    indicator = indicators.get(fold_code(typed))
    if indicator is None and not typed:
        sentence = "Vul de code van de indicator in; elke rij staat op zichzelf."
        findings.refuse("indicator-missing", row.place("indicator"), sentence)
    elif indicator is None:
        meant = findings.closest(typed, [str(item.data["code"]) for item in indicators.values()])
        sentence = f"Er is geen indicator ‘{typed}’ in het werkblad ‘{INDICATORS.name}’."
        findings.refuse("indicator-unknown", row.place("indicator"), sentence, typed=typed, meant=meant)
        if meant:
            path = indicators[fold_code(meant)].path
            findings.unread |= {(*path, "components"), (*path, "printed")}
    return indicator


def read_components(table: Table, indicators: Indicators, baseline_year: Any, findings: SheetFindings) -> None:
    """Add the components to their indicators. `baseline_year` is that of the kadernota."""
    for row in table.rows:
        indicator = find_indicator(row, indicators, findings)
        indicator = indicator or IndicatorData.of_row(row, plain_text(row.cell("indicator")))
        components = indicator.data["components"]
        path = (*indicator.path, "components", len(components))
        if not components:
            findings.places[path[:-1]] = row.place("indicator")
        components.append(_component(Taker(row, path, findings), indicator.data, baseline_year))
    for indicator in indicators.values():
        if not indicator.data["components"] and indicator.is_placed:
            place = findings.places[indicator.path]
            sentence = f"Deze indicator heeft geen rij in het werkblad ‘{COMPONENTS.name}’, met eenheid en richting."
            path = (*indicator.path, "components")
            if path not in findings.unread:
                findings.refuse("no-component", place, sentence, path=path, typed=str(indicator.data["code"]))


def _component(taker: Taker, indicator: Data, baseline_year: Any) -> Data:
    quantity = taker.take("quantity", None)
    if quantity is None:
        words = ", ".join(COMPONENTS.column("quantity").words)
        quantity = taker.refuse("no-unit", "quantity", f"Kies een eenheid: {words}.")
    direction = taker.take("direction", None)
    if direction is None:
        direction = taker.refuse("no-direction", "direction", "Kies een richting: is lager of hoger beter?")
    kind = UnitKind(quantity) if quantity is not UNREAD else None
    decimals = taker.take("decimals", _derived_decimals(taker.row, kind))
    most = 0 if kind is UnitKind.COUNT else MOST_DECIMALS
    if decimals is not UNREAD and decimals > most:
        sentence = f"Een percentage of rapportcijfer heeft 0 tot {most} decimalen."
        sentence = sentence if most else "Een aantal heeft geen decimalen."
        decimals = taker.refuse("decimals-range", "decimals", sentence)
    unit = Unit(kind, decimals) if kind and decimals is not UNREAD else None
    data: Data = {
        "key": taker.take("key"),
        **{name: taker.take(name) for name in ("name", "short_name", "unit_word")},
        "noun": taker.take("noun") or _derived_noun(taker, kind, indicator["name"]),
        "quantity": quantity,
        "decimals": decimals,
        "direction": direction,
        "continues": taker.take("continues", None),
        "baseline": _baseline(taker, unit, baseline_year),
        "targets": {str(year): _figure(taker, ("targets", year), year, unit) for year, _ in taker.row.years},
        "breaks": [],
    }
    if not data["key"]:
        del data["key"]  # made by the reader of format 1
    return data


def _derived_decimals(row: Row, kind: UnitKind | None) -> int:
    """Return the decimals of a unit when they are not filled in.

    For a percentage, those of the figures with a % sign; without a sign, 0,2 may be a mistake for 20%.
    """
    if kind is UnitKind.GRADE:
        return DECIMALS_OF_GRADE
    if kind is not UnitKind.PERCENTAGE:
        return 0
    cells = [row.cell("baseline"), *(cell for _, cell in row.years)]
    texts = [match[1] or "" for cell in cells for match in PERCENTAGE.finditer(plain_text(cell)[:LONGEST_CELL])]
    return min(max((len(text) for text in texts), default=0), MOST_DECIMALS)


def _derived_noun(taker: Taker, kind: UnitKind | None, name: Any) -> Any:
    """Return what a component counts when it is not filled in: the name of its indicator."""
    if kind is UnitKind.PERCENTAGE:
        return "%"
    if not isinstance(name, str) or len(name) > LONGEST_INDICATOR:
        taker.findings.unread.add((*taker.path, "noun"))  # the name is refused already
        return UNREAD
    if len(name) > LONGEST_NOUN:
        sentence = f"Vul ‘waarvan’ in: de naam van de indicator is er te lang voor, meer dan {LONGEST_NOUN} tekens."
        return taker.refuse("noun-missing", "noun", sentence)
    return name


def _figure(taker: Taker, at: DataPath, key: str | int, unit: Unit | None) -> Any:
    """Return a baseline or target as typed, UNREAD for a cell that holds none."""
    cell, path = taker.row.cell(key), (*taker.path, *at)
    taker.findings.places[path] = taker.row.place(key)
    if unit is None:
        taker.findings.unread.add(path)  # the unit is refused already
        return UNREAD
    try:
        return read_figure(cell, unit)
    except Refusal as refusal:
        taker.findings.refuse(
            "target-not-read" if at[0] == "targets" else "baseline-not-read",
            taker.row.place(key),
            str(Refusal(refusal.typed, refusal.why)),
            path=path,
            typed=cell_text(cell) or typed_text(cell),
            meant=refusal.suggestion,
        )
        return UNREAD


def _baseline(taker: Taker, unit: Unit | None, default_year: Any) -> Data | None:
    row = taker.row
    year = taker.take("baseline_year", None, at=("baseline", "year"))
    origin = taker.take("origin", None, at=("baseline", "from"))
    if "baseline" not in row.cells:
        if year is not None or origin is not None:
            key = "baseline_year" if year is not None else "origin"
            taker.refuse("baseline-missing", key, "Vul de nulmeting in, of haal dit weg.", at=("baseline",))
        return None
    if isinstance(origin, str):
        match = ORIGIN.fullmatch(" ".join(origin.split()))
        if match:
            origin = {"key": match[1], "year": int(match[2]), "decision": int(match[3])}
        else:
            sentence = "Schrijf de reeks, het jaar en het besluit in de vorige kadernota: v1, 2021, besluit 4."
            origin = taker.refuse("origin-not-read", "origin", sentence, at=("baseline", "from"))
    if year is None:
        year = default_year
        if year is UNREAD:
            taker.findings.unread.add((*taker.path, "baseline", "year"))
    return {"year": year, "value": _figure(taker, ("baseline", "value"), "baseline", unit), "from": origin}


def read_printed(table: Table, indicators: Indicators, findings: SheetFindings) -> None:
    """Add the cells as printed to their indicators."""
    rows: dict[DataPath, int] = {}
    for row in table.rows:
        indicator = find_indicator(row, indicators, findings)
        if indicator is None:
            continue
        if indicator.path in rows:
            sentence = f"De cellen van {indicator.data['code']} staan ook in rij {rows[indicator.path]}."
            findings.refuse("row-twice", row.place("indicator"), sentence, typed=plain_text(row.cell("indicator")))
            continue
        rows[indicator.path] = row.number
        path = (*indicator.path, "printed")
        findings.places[path] = row.place("indicator")
        indicator.data["printed"] = {
            str(year): _printed(cell, row, (*path, year), findings) for year, cell in row.years
        }


def _printed(cell: Cell, row: Row, path: DataPath, findings: SheetFindings) -> Any:
    findings.places[path] = row.place(path[-1])
    try:
        text = read_text(cell)
    except CellRefused as refusal:
        findings.refuse(refusal.code, row.place(path[-1]), refusal.sentence, path=path, typed=typed_text(cell))
        return UNREAD
    is_grouped = cell.kind == "number" and "#,##" in cell.number_format
    return cell_text(cell) if is_grouped else text


def read_breaks(table: Table, indicators: Indicators, findings: SheetFindings) -> None:
    """Add the breaks in method to their components, in order of year."""
    rows: dict[DataPath, list[tuple[int, Row]]] = {}
    for row in table.rows:
        indicator = find_indicator(row, indicators, findings)
        component = find_component(row, indicator, findings) if indicator else None
        if indicator and component is not None:
            year = Taker(row, ("breaks", row.number), SheetFindings()).take("year", 0)
            rows.setdefault((*indicator.path, "components", component), []).append(
                (year if isinstance(year, int) else 0, row)
            )
    for path, items in rows.items():
        component_data = next(
            item.data["components"][path[-1]] for item in indicators.values() if item.path == path[:-2]
        )
        for number, (_, row) in enumerate(sorted(items, key=lambda item: item[0])):
            taker = Taker(row, (*path, "breaks", number), findings)
            year = taker.take("year", None)
            if year is None:
                year = taker.refuse("no-year", "year", "Vul het jaar van de methodebreuk in.")
            component_data["breaks"].append({"year": year, "reason": taker.take("reason")})


def find_component(row: Row, indicator: IndicatorData, findings: SheetFindings) -> int | None:
    """Return the number of the component that a row names; the only one for an empty cell. Refuses others."""
    typed = " ".join(plain_text(row.cell("component")).split())
    names = [str(component["name"]) for component in indicator.data["components"]]
    name = "" if typed == UNNAMED else typed.casefold()
    for number, other in enumerate(names):
        if other.casefold() == name:
            return number
    if not typed and len(names) == 1:
        return 0
    if (*indicator.path, "components") not in findings.unread:
        meant = findings.closest(typed, names)
        sentence = (
            f"Indicator {indicator.data['code']} heeft geen onderdeel ‘{typed}’."
            if typed
            else f"Vul in welk onderdeel van {indicator.data['code']}: {', '.join(names)}."
        )
        findings.refuse("component-unknown", row.place("component"), sentence, typed=typed, meant=meant)
    return None
