"""A small kadernota as plain data: two versions, three editions, a programme. No database."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from indicators.domain.programme import ActivityState, LineKind
from indicators.domain.targets import Bound, Sign, TargetRule
from indicators.domain.values import Direction, Exact, Role, Unit, UnitKind, Value
from indicators.models.decisions import CORRECTION, NOTA, YEAR
from indicators.readmodel.chain import Chain, DecisionInfo, EditionInfo, VersionInfo
from indicators.readmodel.lines import Line
from indicators.readmodel.overview import Prefix
from indicators.readmodel.provenance import Revision
from indicators.readmodel.structure import ComponentStructure, IndicatorStructure, Part, Structure
from priorities.models import PriorityKind

V1, V2 = 101, 102
BURGLARIES, COHESION = 1, 2  # keys of series
SAFETY = 11  # key of a topic
MOMENT = datetime(2019, 1, 1, tzinfo=UTC)


def below(number: int) -> TargetRule:
    """Return the target `<number`."""
    return TargetRule(bound=Bound(Sign.BELOW, Decimal(number)))


def indicator(code: str, **facts: Any) -> IndicatorStructure:
    """Return an indicator of the only topic, changed by `facts`."""
    plain: dict[str, Any] = {
        "pk": int(code[1:]),
        "part": SAFETY,
        "code": code,
        "name": f"Indicator {code}",
        "source": "Politie",
        "role": Role.EFFECT,
        "definition": "",
        "synonyms": (),
        "cadence": "1 x per jaar",
        "planned_years": None,
        "printed": {},
        "first_year": None,
        "last_year": None,
        "change_reason": "",
        "readings": (),
    }
    return IndicatorStructure(**(plain | facts))


def component(series: int, of: IndicatorStructure, **facts: Any) -> ComponentStructure:
    """Return the component of a series: a count that should go below 400 from a baseline of 500."""
    plain: dict[str, Any] = {
        "series": series,
        "key": f"series-{series}",
        "indicator": of,
        "name": "",
        "short_name": "",
        "noun": "gevallen",
        "unit": Unit(UnitKind.COUNT),
        "direction": Direction.LOWER,
        "baseline": Exact(Decimal(500)),
        "baseline_year": 2017,
        "targets": {2019: below(400), 2020: below(300)},
        "breaks": {},
    }
    return ComponentStructure(**(plain | facts))


PART = Part(
    pk=SAFETY,
    kind=PriorityKind.PRIORITY,
    number=1,
    name="Veilig",
    goal="",
    summary="",
    goals=(),
    focus_points=(),
    approach=(),
    partners=(),
    budget="",
)


def structure(*components: ComponentStructure, part: Part = PART) -> Structure:
    """Return the structure of these components."""
    return Structure(parts=(part,), readings=(), components={item.series: item for item in components})


FIRST, SECOND = indicator("V1"), indicator("V2")
PLAIN = structure(component(BURGLARIES, FIRST), component(COHESION, SECOND))


def version(pk: int, number: int, sequence: int, **facts: Any) -> VersionInfo:
    """Return a version of 2018-2020, changed by `facts`."""
    plain: dict[str, Any] = {
        "kind": "substantive",
        "reason": "" if number == 1 else "Scherper.",
        "title": "Kadernota",
        "printed_organisation": "Gemeente",
        "document": "",
        "summary": "",
        "finances": "",
        "first_year": 2018,
        "last_year": 2020,
        "baseline_year": 2017,
        "first_target_year": 2019,
        "chain_hash": f"hash-{sequence}",
    }
    return VersionInfo(pk=pk, number=number, sequence=sequence, **(plain | facts))


def edition(sequence: int, year: int, number: int = 1, *, under: int = V1, rejudges: bool = False) -> EditionInfo:
    """Return the edition that decision `sequence` adopts, judged under the version with key `under`."""
    return EditionInfo(
        pk=sequence * 10,
        sequence=sequence,
        year=year,
        number=number,
        version=under,
        rejudges=rejudges,
        kind=YEAR,
        adopted_on=date(2019, 1, sequence),
        decision=f"raad {sequence}",
        source="",
        retrieved_on=None,
        recorded_at=MOMENT,
        chain_hash=f"hash-{sequence}",
    )


def decision(fixes: VersionInfo | EditionInfo | None, sequence: int, **facts: Any) -> DecisionInfo:
    """Return the decision that adopts a version or an edition; for None a correction, of decision 1."""
    plain: dict[str, Any] = {
        "sequence": sequence,
        "kind": CORRECTION,
        "reference": f"raad {sequence}",
        "decided_on": date(2019, 1, sequence),
        "source": "",
        "retrieved_on": None,
        "recorded_at": MOMENT,
        "rules_version": 1,
        "previous": "",
        "manifest": "",
        "content_hash": "",
        "witness_hash": "",
        "chain_hash": f"hash-{sequence}",
    }
    if isinstance(fixes, VersionInfo):
        plain |= {"kind": NOTA, "version": fixes}
    elif fixes:
        plain |= {"kind": YEAR, "edition": fixes}
    else:
        plain |= {"corrected": 1, "remark": "Een andere datum."}
    return DecisionInfo(**(plain | facts))


def revision(pk: int, year: int, value: Value, of: EditionInfo | None, **facts: Any) -> Revision:
    """Return a revision of a figure of the first series unless `facts` says another."""
    plain: dict[str, Any] = {"series": BURGLARIES, "sample": None, "explanation": "", "source_note": ""}
    return Revision(pk=pk, year=year, value=value, edition=of, **(plain | facts))


def line(pk: int, of: EditionInfo | None, **facts: Any) -> Line:
    """Return a revision of an activity of 2019."""
    plain: dict[str, Any] = {
        "first": pk,
        "topic": SAFETY,
        "kind": LineKind.ACTIVITY,
        "year": 2019,
        "effort": "",
        "title": f"Activiteit {pk}",
        "partners": "",
        "planned": "",
        "state": ActivityState.RUNNING,
        "result": "",
        "budget": None,
        "spent": None,
    }
    return Line(pk=pk, edition=of, **(plain | facts))


def exact(number: int) -> Exact:
    """Return a known count."""
    return Exact(Decimal(number))


def base_prefix() -> Prefix:
    """Return version 1, and the years 2018 and 2019 adopted under it, with one line of the programme."""
    first, second = edition(2, 2018), edition(3, 2019)
    decisions = (decision(version(V1, 1, 1), 1), decision(first, 2), decision(second, 3))
    return Prefix(
        slug="kadernota",
        is_practice=False,
        chain=Chain(decisions),
        structures={V1: PLAIN},
        revisions=(revision(1, 2018, exact(480), first), revision(2, 2019, exact(390), second)),
        lines=(line(1, second),),
    )


def extended(prefix: Prefix, *decisions: DecisionInfo, **facts: Any) -> Prefix:
    """Return a prefix with these decisions after its own; `facts`: structures, revisions and lines to add."""
    return replace(
        prefix,
        chain=Chain((*prefix.chain.decisions, *decisions)),
        structures={**prefix.structures, **facts.get("structures", {})},
        revisions=(*prefix.revisions, *facts.get("revisions", ())),
        lines=(*prefix.lines, *facts.get("lines", ())),
    )


def with_version(prefix: Prefix, changed: Structure, **facts: Any) -> Prefix:
    """Return a prefix in which version 2 with this structure was adopted next."""
    sequence = len(prefix.chain.decisions) + 1
    return extended(prefix, decision(version(V2, 2, sequence, **facts), sequence), structures={V2: changed})
