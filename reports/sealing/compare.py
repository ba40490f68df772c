"""Sealed figures against what the rows give now: every fact, and every verdict judged again.

What the structure says of a year (a break in method, the planned years, a first or last year) may be filled in later,
with a reason (ADR 0011, 0012): that is told, and the verdict is judged as it was known when it was sealed.
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
JUDGED = [column.name for column in VERDICT]


@dataclass
class RowDifferences:
    """What differs: in figures, in verdicts, and in what may be told differently later (`noted`)."""

    figures: list[str] = field(default_factory=list)
    verdicts: list[str] = field(default_factory=list)
    noted: list[str] = field(default_factory=list)


def facts_of(row: Row) -> Facts:
    """The facts of the domain that a written row tells. KeyError or ValueError for a row of another form."""
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
    """The same rows with their verdicts made anew by the rules of this program."""
    parts: dict[tuple[str, int], list[tuple[Status, Value | None]]] = {}
    made = []
    for row in rows:
        facts = facts_of(row)
        verdict = assess(facts)
        parts.setdefault((row["code"], row["jaar"]), []).append((verdict.status, facts.measurement))
        made.append(row | written_verdict(verdict))
    return [row | {"status_indicator": worst_of(parts[row["code"], row["jaar"]]).value} for row in made]


def compare_rows(sealed: list[Row], now: list[Row], *, same_rules: bool) -> RowDifferences:
    """Lay the sealed rows beside those of now. Under other rules no verdict is compared."""
    found = RowDifferences()
    old, new = _by_key(sealed), _by_key(now)
    found.figures += [f"{_named(key)}: staat niet meer in de tabellen" for key in old.keys() - new.keys()]
    found.figures += [f"{_named(key)}: is niet verzegeld" for key in new.keys() - old.keys()]
    kept = [key for key in old if key in new]
    for key in kept:
        found.figures += _differences(key, old[key], new[key], [one.name for one in (*FACTS, *REMARKS)])
        found.noted += _differences(key, old[key], new[key], [one.name for one in (*STRUCTURE, *WORDING)])
    if same_rules:
        known_then = {one.name for one in STRUCTURE}
        as_known = [new[key] | {name: old[key][name] for name in known_then} for key in kept]
        for row in reassess(as_known):
            found.verdicts += _differences(_key(row), old[_key(row)], row, JUDGED)
    return found


def _by_key(rows: list[Row]) -> dict[tuple[Any, ...], Row]:
    return {_key(row): row for row in rows}


def _key(row: Row) -> tuple[Any, ...]:
    return tuple(row[name] for name in KEY)


def _named(key: tuple[Any, ...]) -> str:
    code, part, year = key
    return f"{f'{code} {part}'.strip()} over {year}"


def _differences(key: tuple[Any, ...], old: Row, new: Row, names: list[str]) -> Iterator[str]:
    for name in names:
        if old.get(name) != new.get(name):
            yield f"{_named(key)}: {TITLES[name]} was {_shown(old.get(name))}, is nu {_shown(new.get(name))}"


def _shown(value: Any) -> str:
    """A value in a sentence; a long text is cut short."""
    if value is None or value == "":
        return "leeg"
    if isinstance(value, bool):
        return "ja" if value else "nee"
    text = str(value)
    return f"‘{text if len(text) <= 60 else text[:57] + '…'}’"
