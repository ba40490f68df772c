"""Read an indicator of format 1, and derive baselines and targets that only its printed cells have."""

from collections.abc import Mapping
from dataclasses import replace

from indicators.domain.nota import limits
from indicators.domain.nota.findings import Path
from indicators.domain.nota.json_object import JsonObject
from indicators.domain.nota.printed import read_baseline, split_cell
from indicators.domain.nota.structure import Baseline, BaselineOrigin, Break, Component, Indicator
from indicators.domain.nota.texts import BREAK_TEXTS, CELL, COMPONENT_TEXTS, INDICATOR_TEXTS, WORD
from indicators.domain.refusals import Refusal
from indicators.domain.targets import TargetRule, parse_target
from indicators.domain.values import Direction, NoValue, Reason, Role, Unit, UnitKind

# The part of each printed cell that is about one component, by year; "" for none.
Parts = Mapping[int, str]


def read_indicator(item: JsonObject, baseline_year: int, first_target_year: int) -> Indicator:
    """Return an indicator; what cannot be read is noted in the findings of `item`."""
    printed = item.by_year("printed", CELL)
    parts = _split(item, {year: cell for year, cell in printed.items() if cell}, baseline_year, first_target_year)
    components = item.children("components", lambda part: _component(part, parts[part.path[-1]], baseline_year))
    indicator = Indicator(
        role=item.choice("role", Role),
        planned_years=item.optional_years("planned_years"),
        first_year=item.optional_number("first_year"),
        last_year=item.optional_number("last_year"),
        printed=printed,
        components=components,
        **item.texts(INDICATOR_TEXTS),
    )
    item.close()
    return indicator


def _split(
    item: JsonObject, printed: Parts, baseline_year: int, first_target_year: int
) -> dict[str | int, dict[int, str]]:
    """Return the parts of the printed cells by index of the component, then by year.

    Cells are split only when a component needs them: when it has no baseline or no targets of its own.
    """
    data = item.data.get("components")
    items = data if isinstance(data, list) else []
    parts: dict[str | int, dict[int, str]] = {index: {} for index in range(len(items))}
    if all(isinstance(part, dict) and "targets" in part and "baseline" in part for part in items):
        return parts
    names = [str(part.get("name", "")).strip() if isinstance(part, dict) else "" for part in items]
    for year, cell in printed.items():
        if year == baseline_year or year >= first_target_year:
            texts = [""] * len(names)
            try:
                texts = split_cell(cell, names)
            except Refusal as refusal:
                sentence = str(Refusal(refusal.typed, refusal.why))
                item.findings.add("cell-not-read", (*item.path, "printed", year), cell, sentence)
            for index, text in enumerate(texts):
                parts[index][year] = text
    return parts


def _component(item: JsonObject, parts: Parts, baseline_year: int) -> Component:
    quantity = item.choice("quantity", UnitKind)
    decimals = item.number("decimals")
    is_known = not {(*item.path, "quantity"), (*item.path, "decimals")} & item.findings.unknown
    unit = Unit(quantity, decimals) if is_known and 0 <= decimals <= limits.MOST_DECIMALS else None
    component = Component(
        key=item.text("key", WORD) if item.has("key") else "",
        quantity=quantity,
        decimals=decimals,
        direction=item.choice("direction", Direction),
        continues=item.optional_text("continues", WORD),
        baseline=_baseline(item, unit, parts, baseline_year),
        targets=_targets(item, unit, parts, baseline_year),
        breaks=item.children("breaks", _break),
        **item.texts(COMPONENT_TEXTS),
    )
    item.close()
    return component


def _baseline(item: JsonObject, unit: Unit | None, parts: Parts, baseline_year: int) -> Baseline | None:
    if parts and not item.has("baseline"):
        return _derived_baseline(item, unit, parts.get(baseline_year, ""), baseline_year)
    return item.optional_child("baseline", lambda child: _read_baseline(child, unit))


def _derived_baseline(item: JsonObject, unit: Unit | None, text: str, year: int) -> Baseline | None:
    try:
        value = read_baseline(text, unit) if unit else None
    except Refusal as refusal:
        _refuse(item, ("baseline", "value"), refusal)
        return None
    return None if value is None else Baseline(year, value)


def _read_baseline(item: JsonObject, unit: Unit | None) -> Baseline:
    year, text = item.number("year"), item.text("value", WORD)
    baseline = Baseline(year, NoValue(Reason.PM), item.optional_child("from", _origin))
    try:
        value = read_baseline(text, unit) if unit else None
    except Refusal as refusal:
        _refuse(item, ("value",), refusal)
    else:
        if value is not None:
            baseline = replace(baseline, value=value)
        elif unit and (*item.path, "value") not in item.findings.unknown:
            item.refuse("baseline-not-read", "value", "Vul de nulmeting in, of schrijf null bij ‘baseline’.")
    item.close()
    return baseline


def _origin(item: JsonObject) -> BaselineOrigin:
    origin = BaselineOrigin(item.text("key", WORD), item.number("year"), item.number("decision"))
    item.close()
    return origin


def _targets(item: JsonObject, unit: Unit | None, parts: Parts, baseline_year: int) -> dict[int, TargetRule]:
    if parts and not item.has("targets"):
        texts = {year: text for year, text in parts.items() if text and year != baseline_year}
    else:
        texts = item.by_year("targets", WORD)
    targets = {}
    for year, text in texts.items():
        try:
            rule = parse_target(text, unit) if unit else None
        except Refusal as refusal:
            _refuse(item, ("targets", year), refusal)
        else:
            if rule is not None:
                targets[year] = rule
    return targets


def _refuse(item: JsonObject, place: Path, refusal: Refusal) -> None:
    code = "target-not-read" if place[0] == "targets" else "baseline-not-read"
    sentence = str(Refusal(refusal.typed, refusal.why))
    item.findings.add(code, (*item.path, *place), refusal.typed, sentence, meant=refusal.suggestion)


def _break(item: JsonObject) -> Break:
    year = item.number("year")
    method_break = Break(year, **item.texts(BREAK_TEXTS))
    item.close()
    return method_break
