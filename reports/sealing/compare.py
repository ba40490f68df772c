"""Compare sealed figures with the present rows: every fact, and every verdict by reassessment.

The structure of a year (a break in method, planned years, a first or last year) may be completed afterwards, with a
reason (ADR 0011, 0012). Such a difference is reported, and the verdict is reassessed with the structure as sealed.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from indicators.domain.assessment import Facts, Status, assess, worst_of
from indicators.domain.targets import SIGNS, Bound, TargetRule
from indicators.domain.values import Direction, Exact, NoValue, Reason, Role, Unit, UnitKind, Value, Withheld
from reports.sealing.columns import COLUMNS, FACTS, KEY, REMARKS, STRUCTURE, VERDICT, WORDING
from reports.sealing.figures import Row, written_verdict

TITLES = {column.name: column.title.lower() for column in COLUMNS}
COMPARED = [column.name for column in (*FACTS, *REMARKS)]
REDESCRIBED = [column.name for column in (*STRUCTURE, *WORDING)]
VERDICTS = [column.name for column in VERDICT]


@dataclass
class RowDifferences:
    """The differences as Dutch sentences: in figures, in verdicts, and in what may be redescribed later (`noted`)."""

    figures: list[str] = field(default_factory=list)
    verdicts: list[str] = field(default_factory=list)
    noted: list[str] = field(default_factory=list)


def facts_of(row: Row) -> Facts:
    """Return the facts that a sealed row describes. Raises KeyError or ValueError for a row of another layout."""
    return Facts(
        unit=Unit(UnitKind(row["eenheid"]), row["decimalen"]),
        direction=Direction(row["richting"]),
        role=Role(row["soort"]),
        baseline=_value(row, "nulmeting", row["nulmeting_voorlopig"]),
        target=_target(row["streven"], row["grens_teken"], row["grens"]),
        last_target=_target(row["laatste_streven"], row["laatste_teken"], row["laatste_grens"]),
        measurement=_value(row, "meting", row["voorlopig"]),
        planned=row["gepland"],
        comparable=row["vergelijkbaar"],
        sample=row["steekproef"],
    )


def _value(row: Row, name: str, provisional: bool) -> Value | None:
    if reason := row[f"{name}_geen_cijfer"]:
        return NoValue(Reason(reason))
    if row[name] is None:
        return None
    number, sign = Decimal(row[name]), row[f"{name}_afgeschermd"]
    return Withheld(number, sign == "≤", provisional) if sign else Exact(number, provisional)


def _target(aim: str | None, sign: str, bound: str | None) -> TargetRule | None:
    if aim is None and bound is None:
        return None
    rule = Bound(SIGNS[sign], Decimal(bound)) if bound is not None else None
    return TargetRule(Decimal(aim) if aim is not None else None, rule)


def reassess(rows: list[Row]) -> list[Row]:
    """Return the same rows with verdicts by the present rules."""
    by_indicator: dict[tuple[str, int], list[tuple[Status, Value | None]]] = {}
    reassessed = []
    for row in rows:
        facts = facts_of(row)
        verdict = assess(facts)
        by_indicator.setdefault((row["code"], row["jaar"]), []).append((verdict.status, facts.measurement))
        reassessed.append(row | written_verdict(verdict))
    return [row | {"status_indicator": worst_of(by_indicator[row["code"], row["jaar"]]).value} for row in reassessed]


def compare_rows(sealed: list[Row], now: list[Row], *, same_rules: bool) -> RowDifferences:
    """Compare sealed rows with the present ones. Verdicts are compared only when both were made by the same rules."""
    result = RowDifferences()
    old, new = _by_key(sealed), _by_key(now)
    result.figures += [f"{_name(key)}: staat niet meer in de tabellen" for key in old.keys() - new.keys()]
    result.figures += [f"{_name(key)}: is niet verzegeld" for key in new.keys() - old.keys()]
    shared = [key for key in old if key in new]
    for key in shared:
        result.figures += _differences(key, old[key], new[key], COMPARED)
        result.noted += _differences(key, old[key], new[key], REDESCRIBED)
    if same_rules:
        as_sealed = [new[key] | {column.name: old[key][column.name] for column in STRUCTURE} for key in shared]
        for row in reassess(as_sealed):
            result.verdicts += _differences(_key(row), old[_key(row)], row, VERDICTS)
    return result


def _by_key(rows: list[Row]) -> dict[tuple[Any, ...], Row]:
    return {_key(row): row for row in rows}


def _key(row: Row) -> tuple[Any, ...]:
    return tuple(row[name] for name in KEY)


def _name(key: tuple[Any, ...]) -> str:
    code, part, year = key
    return f"{f'{code} {part}'.strip()} over {year}"


def _differences(key: tuple[Any, ...], old: Row, new: Row, names: list[str]) -> Iterator[str]:
    for name in names:
        if old.get(name) != new.get(name):
            yield f"{_name(key)}: {TITLES[name]} was {_printed(old.get(name))}, is nu {_printed(new.get(name))}"


def _printed(value: Any) -> str:
    """Return a value for use in a sentence; a long text is truncated."""
    if value is None or value == "":
        return "leeg"
    if isinstance(value, bool):
        return "ja" if value else "nee"
    text = str(value)
    return f"‘{text if len(text) <= 60 else text[:57] + '…'}’"
