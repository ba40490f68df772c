"""The one read model: loads a kadernota in a fixed number of queries, judges once, returns frozen rows.

What it shows is what is adopted, up to and including an edition; with drafts only for those who may see them, which
the caller has checked.
"""

from collections.abc import Iterable
from typing import Any

from indicators.domain.assessment import Facts
from indicators.domain.followed import Followed, followed
from indicators.domain.notation import format_value
from indicators.domain.values import Direction, Role, Unit, UnitKind, Value
from indicators.models import Edition, Measurement
from indicators.models.value_columns import value_of
from indicators.readmodel.cache import cached
from indicators.readmodel.figure import Figure
from indicators.readmodel.provenance import Recorded
from indicators.readmodel.revisions import load_adopted, load_editions, load_recorded
from indicators.readmodel.rows import ComponentRow, EditionInfo, IndicatorRow, Overview, PriorityRow
from indicators.readmodel.structure import ComponentGrounds, load_structure
from priorities.models import Kadernota


def load_overview(
    kadernota: Kadernota,
    *,
    edition: Edition | None = None,
    drafts: bool = False,
    stamp: str | None = None,
) -> Overview:
    """Load and judge a kadernota: as of `edition` (default: the newest), or with every draft counted too.

    With an edition the targets are those that counted then; without, those that stand now.
    With drafts also who recorded what, and when: that is for the same eyes.
    `stamp`: the state of what the public sees, read before; then what is adopted, and what it is judged by, is loaded
    once for all, for every edition (stamps.py).
    Two queries, whatever the number of indicators; with drafts three.
    """
    editions, revisions = _revisions(kadernota, edition=edition, drafts=drafts, stamp=stamp)
    structure = cached(stamp, ("structure", kadernota.pk), lambda: load_structure(kadernota))
    groups = _priorities(kadernota, edition, structure, revisions)
    return Overview(
        slug=kadernota.slug,
        title=kadernota.title,
        organisation=kadernota.organisation,
        is_practice=kadernota.is_practice,
        baseline_year=kadernota.baseline_year,
        years=kadernota.years,
        target_years=kadernota.target_years,
        edition=next((info for info in editions if edition and info.pk == edition.pk), None),
        editions=editions,
        with_drafts=drafts,
        priorities=tuple(group for group in groups if not group.is_vth),
        vth=next((group for group in groups if group.is_vth), None),
    )


def _revisions(
    kadernota: Kadernota, *, edition: Edition | None, drafts: bool, stamp: str | None
) -> tuple[tuple[EditionInfo, ...], dict[int, list[Recorded]]]:
    """All editions, and of each component the revisions to show: of two of one year the later one counts."""
    if drafts:
        editions = tuple(load_editions(kadernota))
        recorded = load_recorded(Measurement.objects.of(kadernota).whole_area().current(), editions)
    else:
        editions, recorded = cached(stamp, ("adopted", kadernota.pk), lambda: load_adopted(kadernota))
    found: dict[int, list[Recorded]] = {}
    for one in recorded:
        if edition is None or (one.edition and one.edition.pk <= edition.pk):
            found.setdefault(one.component, []).append(one)
    return editions, found


def _priorities(
    kadernota: Kadernota,
    edition: Edition | None,
    structure: Iterable[ComponentGrounds],
    revisions: dict[int, list[Recorded]],
) -> tuple[PriorityRow, ...]:
    priorities: dict[int, dict[str, Any]] = {}
    for grounds in structure:
        row = grounds.row
        priority = priorities.setdefault(row["indicator__priority_id"], {"row": row, "indicators": {}})
        indicator = priority["indicators"].setdefault(row["indicator_id"], {"grounds": grounds, "components": []})
        component = _component(kadernota, edition, grounds, revisions.get(row["pk"], []))
        indicator["components"].append(component)
    return tuple(
        PriorityRow(
            pk,
            priority["row"]["indicator__priority__number"],
            priority["row"]["indicator__priority__name"],
            priority["row"]["indicator__priority__goal"],
            tuple(_indicator(**indicator) for indicator in priority["indicators"].values()),
            priority["row"]["indicator__priority__kind"],
        )
        for pk, priority in priorities.items()
    )


def _indicator(grounds: ComponentGrounds, components: list[ComponentRow]) -> IndicatorRow:
    row = grounds.row
    planned = row["indicator__planned_years"]
    return IndicatorRow(
        pk=row["indicator_id"],
        code=row["indicator__code"],
        name=row["indicator__name"],
        source=row["indicator__source__name"],
        role=Role(row["indicator__role"]),
        definition=row["indicator__definition"],
        cadence=row["indicator__cadence"],
        planned_years=tuple(planned) if planned is not None else None,
        printed_cells={int(year): cell for year, cell in row["indicator__printed"].items()},
        priority_number=row["indicator__priority__number"],
        components=tuple(components),
        first_year=row["indicator__first_year"],
        last_year=row["indicator__last_year"],
        change_reason=row["indicator__change_reason"],
        readings=tuple(grounds.readings.values()),
    )


def _component(
    kadernota: Kadernota, edition: Edition | None, grounds: ComponentGrounds, revisions: list[Recorded]
) -> ComponentRow:
    row = grounds.row
    unit, baseline = Unit(UnitKind(row["unit_kind"]), row["decimals"]), _baseline(row)
    since = row["baseline__year"] or kadernota.baseline_year
    direction, role = Direction(row["direction"]), Role(row["indicator__role"])
    targets, decisions = grounds.asked(edition)
    decided = {decision.year: decision for decision in decisions}
    measured = {one.year: one for one in revisions}
    # What the nota asks in the end also counts for an indicator that ends before: it was on its way there.
    last_target = targets.get(kadernota.last_year)
    figures = {}
    for year in kadernota.years:
        span, recorded = followed(year, row["indicator__first_year"], row["indicator__last_year"]), measured.get(year)
        is_followed = span is Followed.YES
        facts = Facts(
            unit=unit,
            direction=direction,
            role=role,
            baseline=baseline,
            target=targets.get(year) if is_followed else None,
            last_target=last_target,
            measurement=recorded.value if recorded else None,
            planned=_is_planned(row, year, span),
            comparable=not any(since < break_year <= year for break_year in grounds.breaks),
            sample=recorded.sample if recorded else None,
        )
        decision = decided.get(year) if is_followed else None
        figures[year] = Figure(year, facts, decision, followed=span, **_told(recorded))
    return ComponentRow(
        row["pk"],
        row["name"],
        row["noun"],
        unit,
        direction,
        baseline,
        format_value(baseline, unit) if baseline else "",
        row["baseline__year"],
        tuple(grounds.breaks.items()),
        figures,
        decisions,
        tuple(revisions),
    )


def _told(recorded: Recorded | None) -> dict[str, Any]:
    """What a figure says of the revision that it shows."""
    if recorded is None:
        return {}
    return {
        "explanation": recorded.explanation,
        "source_note": recorded.source_note,
        "revision": recorded.pk,
        "recorded_by": recorded.by,
        "recorded_at": recorded.at,
        "edition": recorded.edition,
    }


def _baseline(row: dict[str, Any]) -> Value | None:
    if row["baseline__year"] is None:
        return None
    return value_of(*(row[f"baseline__{name}"] for name in ("number", "withheld", "no_value", "provisional")))


def _is_planned(row: dict[str, Any], year: int, span: Followed) -> bool:
    planned = row["indicator__planned_years"]
    return span is Followed.YES and (planned is None or year in planned)
