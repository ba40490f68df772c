"""Recompute a verdict under the alternative reading of an ambiguous place in the nota.

The alternative of a Reading is data: what `changes`, and into what. The facts of the year are changed accordingly and
assessed by the same rules. The alternatives:

    {"changes": "target", "years": [2021], "read_as": "<4.500"}          the nota's own target of these years
    {"changes": "baseline", "component": "absoluut", "read_as": "566"}   the value of the baseline
    {"changes": "baseline_year", "year": 2017}                           the year of the baseline
    {"changes": "direction", "direction": "higher"}                      which way is better
    {"changes": "planned_years", "years": [2019, 2021]}                  the years in which a measurement is due
    {"changes": "combination", "how": "total"}                           only the sum of the components counts

`component` is the name of a component; without it, the change is to every component.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from indicators.domain.assessment import Facts, Status, status_and_rule, worst_of
from indicators.domain.notation import read_typed
from indicators.domain.refusals import Refusal
from indicators.domain.statuses import status_words
from indicators.domain.targets import Bound, TargetRule, parse_target
from indicators.domain.values import Direction, Exact, NoValue, Unit, Value
from indicators.readmodel.figure import Figure
from indicators.readmodel.provenance import ReadingRow
from indicators.readmodel.rows import ComponentRow, IndicatorRow

# A component, its figure of a year, and its facts under the alternative.
Part = tuple[ComponentRow, Figure, Facts]
# The status of an indicator under the alternative, with its value; None when it cannot be computed.
Result = tuple[Status, Value | None] | None


@dataclass(frozen=True)
class YearComparison:
    """The status of one year, actual and under the alternative, in words.

    `holds` is whether the two are equal; None if that cannot be computed.
    """

    year: int
    holds: bool | None
    words: str
    alternative_words: str


@dataclass(frozen=True)
class ReadingCheck:
    """Whether a verdict holds under the alternative, as a sentence, and the other years in which it does not."""

    sentence: str
    holds: bool | None
    others: tuple[YearComparison, ...] = ()

    @property
    def others_sentence(self) -> str:
        """The other years in which the verdict differs, as a sentence; "" for none."""
        differences = [
            f"in {other.year} ‘{other.alternative_words}’ in plaats van ‘{other.words}’" for other in self.others
        ]
        if not differences:
            return ""
        start = "In andere jaren zou het wel" if self.holds else "Ook in andere jaren zou het"
        return f"{start} verschil maken: {'; '.join(differences)}."


def read_alternative(data: Mapping[str, Any], units: Mapping[str, Unit]) -> Mapping[str, Any]:
    """Return the data when it is a valid alternative for these components (units by name).

    Raises ValueError for invalid data, and Refusal for a target or baseline that cannot be read.
    """
    _, needed = CHANGES.get(data.get("changes", ""), (None, None))
    if needed is None:
        raise ValueError(f"een andere lezing verandert {', '.join(CHANGES)}, niet ‘{data.get('changes')}’")
    if missing := needed - data.keys():
        raise ValueError(f"bij ‘{data['changes']}’ ontbreekt {', '.join(sorted(missing))}")
    if unknown := data.keys() - needed - {"changes", "component"}:
        raise ValueError(f"bij ‘{data['changes']}’ hoort geen {', '.join(sorted(unknown))}")
    if data.get("component") not in (None, *units):
        raise ValueError(f"er is geen onderdeel ‘{data['component']}’")
    if data["changes"] == "direction":
        Direction(data["direction"])
    if data["changes"] == "combination" and data["how"] != "total":
        raise ValueError(f"onderdelen worden opgeteld (total), niet ‘{data['how']}’")
    for name, unit in units.items():
        if "read_as" in data and data.get("component") in (None, name):
            read = parse_target if data["changes"] == "target" else read_typed
            read(data["read_as"], unit)
    return data


def check_reading(row: IndicatorRow, year: int, last_year: int, alternative: Mapping[str, Any]) -> ReadingCheck | None:
    """Return whether the verdict of this year holds under the alternative; None when it is not followed then."""
    if not row.counts_in(year):
        return None
    comparison = compare_year(row, year, last_year, alternative)
    others = tuple(
        compared
        for other in row.statuses
        if other != year
        and row.counts_in(other)
        and (compared := compare_year(row, other, last_year, alternative)).holds is False
    )
    return ReadingCheck(_sentence(row, comparison), comparison.holds, others)


def compare_year(row: IndicatorRow, year: int, last_year: int, alternative: Mapping[str, Any]) -> YearComparison:
    """Return the status of the indicator in a year, actual and under the alternative."""
    final = year == last_year
    words = status_words(row.statuses[year], final=final)
    result = result_under(row, year, alternative)
    if result is None:
        return YearComparison(year, None, words, "")
    return YearComparison(year, result[0] is row.statuses[year], words, status_words(result[0], final=final))


def result_under(row: IndicatorRow, year: int, alternative: Mapping[str, Any]) -> Result:
    """Return the status of the indicator in a year under the alternative; None when it cannot be computed."""
    change, _ = CHANGES[alternative["changes"]]
    name = alternative.get("component")
    parts = [
        (part, figure, figure.facts if name not in (None, part.name) else change(part, figure, alternative))
        for part, figure in row.figures(year)
    ]
    if alternative["changes"] == "combination":
        return _total(parts)
    return worst_of((status_and_rule(facts)[0], facts.measurement) for _, _, facts in parts), None


def _sentence(row: IndicatorRow, comparison: YearComparison) -> str:
    if comparison.holds is None:
        return "Dat is niet uit te rekenen: daarvoor moeten alle onderdelen een precies cijfer hebben."
    if not comparison.holds:
        changed = f"‘{comparison.alternative_words}’ zijn, in plaats van ‘{comparison.words}’"
        return f"Nee: dan zou het oordeel over {comparison.year} {changed}."
    if row.statuses[comparison.year] in (Status.NO_TARGET, Status.NO_DATA, Status.NOT_DUE):
        return f"Ja: ook dan blijft het over {comparison.year} bij ‘{comparison.words}’."
    return f"Ja: ook dan is het oordeel over {comparison.year} ‘{comparison.words}’."


def _target(part: ComponentRow, figure: Figure, alternative: Mapping[str, Any]) -> Facts:
    """Change the target of the nota; a target set by a decision has no alternative reading."""
    facts, rule = figure.facts, parse_target(alternative["read_as"], part.unit)
    if figure.year in alternative["years"] and facts.target is not None and figure.target_change is None:
        return replace(facts, target=rule)
    return facts


def _baseline(part: ComponentRow, figure: Figure, alternative: Mapping[str, Any]) -> Facts:
    input_value = read_typed(alternative["read_as"], part.unit)
    if input_value is None:
        raise Refusal(alternative["read_as"], "hier hoort een nulmeting")
    return replace(figure.facts, baseline=input_value.value)


def _baseline_year(part: ComponentRow, figure: Figure, alternative: Mapping[str, Any]) -> Facts:
    """Change the year of the baseline, which only decides whether there is a break in method in between."""
    broken = any(alternative["year"] < since <= figure.year for since in part.break_years)
    return replace(figure.facts, comparable=not broken)


def _direction(part: ComponentRow, figure: Figure, alternative: Mapping[str, Any]) -> Facts:
    """Change the direction; the sign of a bound stays."""
    return replace(figure.facts, direction=Direction(alternative["direction"]))


def _planned(part: ComponentRow, figure: Figure, alternative: Mapping[str, Any]) -> Facts:
    return replace(figure.facts, planned=figure.year in alternative["years"])


def _unchanged(part: ComponentRow, figure: Figure, alternative: Mapping[str, Any]) -> Facts:
    return figure.facts


def _total(parts: list[Part]) -> Result:
    """Return the status of the sum of all components; None unless all targets and figures can be added up."""
    facts = [facts for _, _, facts in parts]
    measured = _sum([fact.measurement for fact in facts])
    rules = [fact.target for fact in facts]
    if all(rule is None for rule in rules):
        return Status.NO_TARGET, None
    target = _sum_of_targets(rules)
    is_empty = all(fact.measurement is None for fact in facts)
    if target is None or (measured is None and not is_empty):
        return None
    whole = replace(
        facts[0],
        target=target,
        measurement=measured,
        baseline=_sum([fact.baseline for fact in facts]),
        comparable=all(fact.comparable for fact in facts),
        planned=any(fact.planned for fact in facts),
    )
    return status_and_rule(whole)[0], measured


def _sum(values: list[Value | None]) -> Value | None:
    """Return the sum of exact values, None with any other among them; equal NoValues give that NoValue."""
    if values and all(isinstance(value, NoValue) and value == values[0] for value in values):
        return values[0]
    if not all(isinstance(value, Exact) for value in values):
        return None
    exact = [value for value in values if isinstance(value, Exact)]
    return Exact(sum((value.number for value in exact), Decimal(0)), any(value.provisional for value in exact))


def _sum_of_targets(rules: list[TargetRule | None]) -> TargetRule | None:
    """Return the sum of aims, or of bounds with the same sign; None for anything else."""
    known = [rule for rule in rules if rule is not None]
    if len(known) != len(rules):
        return None
    if all(rule.bound is None for rule in known):
        return TargetRule(aim=sum((rule.aim for rule in known if rule.aim is not None), Decimal(0)))
    bounds = [rule.bound for rule in known if rule.bound is not None]
    if len(bounds) != len(known) or len({bound.sign for bound in bounds}) != 1 or any(rule.aim for rule in known):
        return None
    return TargetRule(bound=Bound(bounds[0].sign, sum((bound.number for bound in bounds), Decimal(0))))


Change = Callable[[ComponentRow, Figure, Mapping[str, Any]], Facts]
# What an alternative can change: the function that does it, and the keys that it needs.
CHANGES: dict[str, tuple[Change, set[str]]] = {
    "target": (_target, {"years", "read_as"}),
    "baseline": (_baseline, {"read_as"}),
    "baseline_year": (_baseline_year, {"year"}),
    "direction": (_direction, {"direction"}),
    "planned_years": (_planned, {"years"}),
    "combination": (_unchanged, {"how"}),
}


def check_readings(row: IndicatorRow, year: int, last_year: int) -> Iterator[tuple[ReadingRow, ReadingCheck | None]]:
    """Yield each reading of an indicator with its check; None without an alternative that can be computed."""
    for reading in row.readings:
        alternative = reading.alternative
        yield reading, check_reading(row, year, last_year, alternative) if alternative else None
