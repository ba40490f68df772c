"""Oordeel opnieuw over elk jaar in keten.json, met de regels in domein/: python3 oordelen.py

Nodig is Python 3.11 of nieuwer, en verder niets. Ga eerst met controleer.py na of keten.json zelf klopt.
"""

import json
import sys
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.dont_write_bytecode = True
sys.path.insert(0, str(HERE / "domein"))

from indicators.domain.assessment import Facts, status_and_rule  # noqa: E402
from indicators.domain.followed import Followed, followed  # noqa: E402
from indicators.domain.nota.printed import read_baseline  # noqa: E402
from indicators.domain.rules_version import RULES_VERSION  # noqa: E402
from indicators.domain.targets import parse_target  # noqa: E402
from indicators.domain.values import (  # noqa: E402
    Direction,
    Exact,
    NoValue,
    Reason,
    Role,
    Unit,
    UnitKind,
    Value,
    Withheld,
)

Data = dict[str, Any]


def components(nota: Data) -> dict[str, tuple[Data, Data]]:
    """Return each component with its indicator, by the key of its series."""
    indicators = [indicator for topic in nota["topics"] for indicator in topic["indicators"]]
    return {part["key"]: (indicator, part) for indicator in indicators for part in indicator["components"]}


def value(figure: Data | None) -> Value | None:
    """Return the value of a figure; None without a figure."""
    if figure is None:
        return None
    if figure["number"] is None:
        return NoValue(Reason(figure["no_value"]))
    number, provisional = Decimal(figure["number"]), figure["provisional"]
    if figure["withheld"]:
        return Withheld(number, figure["withheld"] == "≤", provisional)
    return Exact(number, provisional)


def verdict(key: str, figure: Data | None, *, year: int, nota: Data, newest: Data) -> Data:
    """Return the verdict on a series; `nota` is the version that the year is judged under."""
    own = components(nota).get(key)
    indicator, part = own or components(newest)[key]
    span = followed(year, indicator["first_year"], indicator["last_year"]) if own else Followed.ADDED_LATER
    unit = Unit(UnitKind(part["quantity"]), part["decimals"])
    targets = {int(target): parse_target(text, unit) for target, text in part["targets"].items()}
    baseline, planned = part["baseline"], indicator["planned_years"]
    since = baseline["year"] if baseline and baseline["year"] else nota["baseline_year"]
    facts = Facts(
        unit=unit,
        direction=Direction(part["direction"]),
        role=Role(indicator["role"]),
        baseline=read_baseline(baseline["value"], unit) if baseline else None,
        target=targets.get(year) if span is Followed.YES else None,
        last_target=targets[max(targets)] if targets else None,
        measurement=value(figure),
        planned=span is Followed.YES and (planned is None or year in planned),
        comparable=not any(since < item["year"] <= year for item in part["breaks"]),
        sample=figure["sample"] if figure else None,
    )
    status, rule = status_and_rule(facts)
    return {"series": key, "followed": span.value, "status": status.value, "rule": rule}


def faults(chain: Data) -> Iterator[str]:
    """Yield each verdict in the chain that is another one when judged again."""
    versions: dict[int, Data] = {}
    figures: dict[tuple[str, int], Data] = {}
    newest: Data = {}
    for link in chain["decisions"]:
        content, fixed = link["content"], link["content"]["fixed"]
        if content["kind"] == "nota":
            newest = versions[content["sequence"]] = fixed["version"]["nota"]
        if "verdicts" not in fixed:
            continue
        nota, year = versions[fixed["version"]["sequence"]], fixed["year"]
        for figure in fixed["figures"]:
            if figure["area"] == nota["area"]["code"]:
                figures[figure["series"], year] = figure
        if content["rules_version"] != RULES_VERSION:
            yield f"besluit {content['sequence']}: geoordeeld met andere regels (versie {content['rules_version']})"
            continue
        again = [
            verdict(key, figures.get((key, year)), year=year, nota=nota, newest=newest)
            for key in sorted(components(newest))
        ]
        stored = {item["series"]: item for item in fixed["verdicts"]}
        for item in again:
            if stored.pop(item["series"], None) != item:
                yield f"besluit {content['sequence']}: het oordeel over reeks {item['series']} in {year} is anders"
        for key in stored:
            yield f"besluit {content['sequence']}: er is geen reeks {key}"


if __name__ == "__main__":
    found = list(faults(json.loads((HERE / "keten.json").read_bytes())))
    print("\n".join(f"KLOPT NIET: {fault}" for fault in found) or "klopt")
    raise SystemExit(bool(found))
