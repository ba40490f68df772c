"""Whether a verdict also holds when an unclear place in the nota is read the other way: answered by reckoning.

The alternative of a Reading is data: what `changes`, and into what. The facts of the year are changed accordingly and
judged by the same rules. What there can be:

    {"changes": "target", "years": [2021], "read_as": "<4.500"}          the nota's own target of these years
    {"changes": "baseline", "component": "absoluut", "read_as": "566"}   the value that the policy starts from
    {"changes": "baseline_year", "year": 2017}                           the year of that value
    {"changes": "direction", "direction": "higher"}                      which way is better
    {"changes": "planned_years", "years": [2019, 2021]}                  the years in which a measurement is due
    {"changes": "combination", "how": "total"}                           only the sum of the components counts

`component` is a component's name; left out, it is every component.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from indicators.domain.assessment import Facts, Status, status_and_rule, worst_of
from indicators.domain.notation import read_typed
from indicators.domain.refusals import Refusal
from indicators.domain.targets import Bound, TargetRule, parse_target
from indicators.domain.values import Direction, Exact, NoValue, Unit, Value
from indicators.readmodel.figure import Figure
from indicators.readmodel.rows import ComponentRow, IndicatorRow
from indicators.readmodel.statuses import status_words

# Each year of one component: its row, its figure, and the facts as they are read otherwise.
Part = tuple[ComponentRow, Figure, Facts]
# How an indicator would stand; None where that cannot be reckoned.
Standing = tuple[Status, Value | None] | None


@dataclass(frozen=True)
class Answer:
    """What becomes of one year under the other reading, in words; `holds` is None where nothing can be reckoned."""

    year: int
    holds: bool | None
    here: str
    there: str


@dataclass(frozen=True)
class Stand:
    """The answer to "houdt dit oordeel ook bij de andere lezing stand?", and the other years in which it would not."""

    sentence: str
    holds: bool | None
    others: tuple[Answer, ...] = ()

    @property
    def others_sentence(self) -> str:
        """In which other years the verdict would differ; "" when in none."""
        told = "; ".join(f"in {other.year} ‘{other.there}’ in plaats van ‘{other.here}’" for other in self.others)
        return (
            f"In andere jaren zou het wel verschil maken: {told}."
            if told and self.holds
            else (f"Ook in andere jaren zou het verschil maken: {told}." if told else "")
        )


def read_alternative(data: Mapping[str, Any], units: Mapping[str, Unit]) -> Mapping[str, Any]:
    """The same data, when these components (name and unit) can be judged by it; ValueError says what is wrong.

    Raises Refusal where the other target or baseline cannot be read.
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


def try_reading(row: IndicatorRow, year: int, last_year: int, alternative: Mapping[str, Any]) -> Stand | None:
    """Whether this year's verdict on the indicator holds under the alternative; None when it is not followed then."""
    if not row.counts_in(year):
        return None
    answer = answer_in(row, year, last_year, alternative)
    others = tuple(
        found
        for other in row.statuses
        if other != year
        and row.counts_in(other)
        and (found := answer_in(row, other, last_year, alternative)).holds is False
    )
    return Stand(_sentence(row, answer), answer.holds, others)


def answer_in(row: IndicatorRow, year: int, last_year: int, alternative: Mapping[str, Any]) -> Answer:
    """How the indicator stands in a year, and how it would under the alternative."""
    final = year == last_year
    here = status_words(row.statuses[year], final=final)
    found = standing_under(row, year, alternative)
    if found is None:
        return Answer(year, None, here, "")
    return Answer(year, found[0] is row.statuses[year], here, status_words(found[0], final=final))


def standing_under(row: IndicatorRow, year: int, alternative: Mapping[str, Any]) -> Standing:
    """How the indicator would stand in a year under the alternative; None where that cannot be reckoned."""
    change, _ = CHANGES[alternative["changes"]]
    named = alternative.get("component")
    parts = [
        (part, figure, figure.facts if named not in (None, part.name) else change(part, figure, alternative))
        for part, figure in row.figures(year)
    ]
    if alternative["changes"] == "combination":
        return _total(parts)
    return worst_of((status_and_rule(facts)[0], facts.measurement) for _, _, facts in parts), None


def _sentence(row: IndicatorRow, answer: Answer) -> str:
    if answer.holds is None:
        return "Dat is niet uit te rekenen: daarvoor moeten alle onderdelen een precies cijfer hebben."
    if not answer.holds:
        return f"Nee: dan zou het oordeel over {answer.year} ‘{answer.there}’ zijn, in plaats van ‘{answer.here}’."
    if row.statuses[answer.year] in (Status.NO_TARGET, Status.NO_DATA, Status.NOT_DUE):
        return f"Ja: ook dan blijft het over {answer.year} bij ‘{answer.here}’."
    return f"Ja: ook dan is het oordeel over {answer.year} ‘{answer.here}’."


def _target(part: ComponentRow, figure: Figure, alternative: Mapping[str, Any]) -> Facts:
    """Another target; one that a decision gave is not the nota's, so no reading changes it."""
    facts, rule = figure.facts, parse_target(alternative["read_as"], part.unit)
    if figure.year in alternative["years"] and facts.target is not None and figure.decided is None:
        return replace(facts, target=rule)
    return facts


def _baseline(part: ComponentRow, figure: Figure, alternative: Mapping[str, Any]) -> Facts:
    understood = read_typed(alternative["read_as"], part.unit)
    if understood is None:
        raise Refusal(alternative["read_as"], "hier hoort een nulmeting")
    return replace(figure.facts, baseline=understood.value)


def _baseline_year(part: ComponentRow, figure: Figure, alternative: Mapping[str, Any]) -> Facts:
    """Another year of the baseline: it decides only whether a break in method lies between."""
    broken = any(alternative["year"] < since <= figure.year for since in part.break_years)
    return replace(figure.facts, comparable=not broken)


def _direction(part: ComponentRow, figure: Figure, alternative: Mapping[str, Any]) -> Facts:
    """The other direction; a sign in a target stays what it is."""
    return replace(figure.facts, direction=Direction(alternative["direction"]))


def _planned(part: ComponentRow, figure: Figure, alternative: Mapping[str, Any]) -> Facts:
    return replace(figure.facts, planned=figure.year in alternative["years"])


def _unchanged(part: ComponentRow, figure: Figure, alternative: Mapping[str, Any]) -> Facts:
    return figure.facts


def _total(parts: list[Part]) -> Standing:
    """The verdict on the sum of all components; None unless every target and figure can be added up."""
    facts = [facts for _, _, facts in parts]
    measured = _sum([one.measurement for one in facts])
    rules = [one.target for one in facts]
    if all(rule is None for rule in rules):
        return Status.NO_TARGET, None
    target = _sum_of_targets(rules)
    nothing = all(one.measurement is None for one in facts)
    if target is None or (measured is None and not nothing):
        return None
    whole = replace(
        facts[0],
        target=target,
        measurement=measured,
        baseline=_sum([one.baseline for one in facts]),
        comparable=all(one.comparable for one in facts),
        planned=any(one.planned for one in facts),
    )
    return status_and_rule(whole)[0], measured


def _sum(values: list[Value | None]) -> Value | None:
    """The sum of exact values; None when there is another among them. All the same "no value" stay that."""
    if values and all(isinstance(value, NoValue) and value == values[0] for value in values):
        return values[0]
    if not all(isinstance(value, Exact) for value in values):
        return None
    exact = [value for value in values if isinstance(value, Exact)]
    return Exact(sum((value.number for value in exact), Decimal(0)), any(value.provisional for value in exact))


def _sum_of_targets(rules: list[TargetRule | None]) -> TargetRule | None:
    """Aims added up, or bounds with one and the same sign; None for anything else."""
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
# What an alternative can change: how, and which keys say into what.
CHANGES: dict[str, tuple[Change, set[str]]] = {
    "target": (_target, {"years", "read_as"}),
    "baseline": (_baseline, {"read_as"}),
    "baseline_year": (_baseline_year, {"year"}),
    "direction": (_direction, {"direction"}),
    "planned_years": (_planned, {"years"}),
    "combination": (_unchanged, {"how"}),
}


def tried(readings: Any, row: IndicatorRow, year: int, last_year: int) -> Iterator[tuple[Any, Stand | None]]:
    """Each reading of an indicator with its answer; None where its alternative is nothing to reckon with."""
    for reading in readings:
        alternative = reading.alternative
        yield reading, try_reading(row, year, last_year, alternative) if alternative else None
