"""The one read model: loads a kadernota in a fixed number of queries, judges once, returns frozen rows.

What it shows is what is adopted, up to and including an edition; with drafts only for those who may see them, which
the caller has checked.
"""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from priorities.models import Kadernota

from .columns import value_of
from .domain.assessment import Facts, assess
from .domain.notation import format_value
from .domain.targets import SIGNS, Bound, TargetRule, format_target
from .domain.values import Direction, Role, Unit, UnitKind, Value
from .models import Break, Component, Edition, Measurement, Target
from .rows import ComponentRow, EditionInfo, Figure, IndicatorRow, Overview, PriorityRow

MEASUREMENT_FIELDS = (
    "component_id", "year", "number", "withheld", "no_value", "provisional", "explanation", "sample", "source_note",
    "pk", "recorded_by__first_name", "recorded_by__last_name", "recorded_by__username", "recorded_at",
    "entry__edition_id",
)  # fmt: skip
COMPONENT_FIELDS = (
    "pk", "name", "noun", "unit_kind", "decimals", "direction",
    "baseline__number", "baseline__withheld", "baseline__no_value", "baseline__year",
    "indicator_id", "indicator__code", "indicator__name", "indicator__role", "indicator__definition",
    "indicator__cadence", "indicator__planned_years", "indicator__printed", "indicator__source__name",
    "indicator__priority_id", "indicator__priority__number", "indicator__priority__name", "indicator__priority__goal",
)  # fmt: skip


def load_overview(kadernota: Kadernota, *, edition: Edition | None = None, drafts: bool = False) -> Overview:
    """Load and judge a kadernota: as of `edition` (default: the newest), or with every draft counted too.

    Five queries, whatever the number of indicators.
    """
    editions = tuple(_editions(kadernota))
    shown = next((info for info in editions if edition and info.pk == edition.pk), None)
    measured = _measurements(kadernota, edition=edition, drafts=drafts, editions={info.pk: info for info in editions})
    priorities = _priorities(kadernota, measured, _targets(kadernota), _breaks(kadernota))
    return Overview(
        slug=kadernota.slug,
        title=kadernota.title,
        organisation=kadernota.organisation,
        is_practice=kadernota.is_practice,
        baseline_year=kadernota.baseline_year,
        years=kadernota.years,
        target_years=kadernota.target_years,
        edition=shown,
        editions=editions,
        with_drafts=drafts,
        priorities=priorities,
    )


def _editions(kadernota: Kadernota) -> Iterable[EditionInfo]:
    for edition in Edition.objects.of(kadernota).select_related("adopted_by"):
        yield EditionInfo(
            edition.pk, edition.year, edition.number, edition.kind, edition.adopted_on, edition.decision,
            edition.source, edition.retrieved_on, edition.content_hash,
            _person(edition.adopted_by.first_name, edition.adopted_by.last_name, edition.adopted_by.username)
            if edition.adopted_by else "",
        )  # fmt: skip


def _measurements(
    kadernota: Kadernota, *, edition: Edition | None, drafts: bool, editions: dict[int, EditionInfo]
) -> dict[tuple[int, int], dict[str, Any]]:
    """Of each component and year the revision to show, as the fields of a Figure."""
    rows = Measurement.objects.of(kadernota).whole_area()
    rows = rows.current() if drafts else rows.as_of(edition) if edition else rows.adopted()
    found = {}
    for (
        component,
        year,
        *columns,
        text,
        sample,
        note,
        pk,
        first,
        last,
        login,
        at,
        edition_id,
    ) in rows.values_list(*MEASUREMENT_FIELDS):
        # In the order of adoption: of two adopted revisions of one figure the later one stays.
        found[component, year] = {
            "value": value_of(*columns),
            "explanation": text,
            "sample": sample,
            "source_note": note,
            "revision": pk,
            "recorded_by": _person(first, last, login),
            "recorded_at": at,
            "edition": editions.get(edition_id),
        }
    return found


def _targets(kadernota: Kadernota) -> dict[tuple[int, int], tuple[TargetRule, str]]:
    """Of each component and year the target as it stands now, with the decision that changed it, if any."""
    rows = Target.objects.of(kadernota).current().filter(area__is_whole=True)
    return {
        (component, year): (
            TargetRule(aim, Bound(SIGNS[sign], bound) if bound is not None else None),
            decision,
        )
        for component, year, aim, sign, bound, decision in rows.values_list(
            "component_id", "year", "aim", "sign", "bound", "decision"
        )
    }


def _breaks(kadernota: Kadernota) -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    rows = Break.objects.filter(component__indicator__priority__kadernota=kadernota).order_by("year")
    for component, year in rows.values_list("component_id", "year"):
        found[component].append(year)
    return found


def _priorities(kadernota: Kadernota, measured: dict, targets: dict, breaks: dict) -> tuple[PriorityRow, ...]:
    rows = Component.objects.filter(indicator__priority__kadernota=kadernota)
    rows = rows.order_by("indicator__priority__number", "indicator__order", "order")
    priorities: dict[int, dict[str, Any]] = {}
    for values in rows.values_list(*COMPONENT_FIELDS):
        row = dict(zip(COMPONENT_FIELDS, values, strict=True))
        priority = priorities.setdefault(row["indicator__priority_id"], {"row": row, "indicators": {}})
        indicator = priority["indicators"].setdefault(row["indicator_id"], {"row": row, "components": []})
        indicator["components"].append(_component(kadernota, row, measured, targets, breaks.get(row["pk"], [])))
    return tuple(
        PriorityRow(
            pk,
            priority["row"]["indicator__priority__number"],
            priority["row"]["indicator__priority__name"],
            priority["row"]["indicator__priority__goal"],
            tuple(_indicator(**indicator) for indicator in priority["indicators"].values()),
        )
        for pk, priority in priorities.items()
    )


def _indicator(row: dict[str, Any], components: list[ComponentRow]) -> IndicatorRow:
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
    )


def _component(
    kadernota: Kadernota, row: dict[str, Any], measured: dict, targets: dict, breaks: list[int]
) -> ComponentRow:
    unit = Unit(UnitKind(row["unit_kind"]), row["decimals"])
    baseline: Value | None = None
    if row["baseline__year"] is not None:
        baseline = value_of(row["baseline__number"], row["baseline__withheld"], row["baseline__no_value"])
    since = row["baseline__year"] or kadernota.baseline_year
    direction, role, planned = (
        Direction(row["direction"]),
        Role(row["indicator__role"]),
        row["indicator__planned_years"],
    )
    last_target, _ = targets.get((row["pk"], kadernota.last_year), (None, ""))
    figures = {}
    for year in kadernota.years:
        target, decision = targets.get((row["pk"], year), (None, ""))
        recorded = measured.get((row["pk"], year), {"value": None})
        facts = Facts(
            unit, direction, role, baseline, target, last_target, recorded["value"],
            planned=planned is None or year in planned,
            comparable=not any(since < break_year <= year for break_year in breaks),
            sample=recorded.get("sample"),
        )  # fmt: skip
        figures[year] = Figure(
            year=year,
            printed=format_value(recorded["value"], unit) if recorded["value"] else "",
            target=target,
            target_printed=format_target(target, unit) if target else "",
            target_decision=decision,
            planned=facts.planned,
            comparable=facts.comparable,
            assessment=assess(facts),
            **recorded,
        )
    return ComponentRow(
        row["pk"], row["name"], row["noun"], unit, direction, baseline,
        format_value(baseline, unit) if baseline else "", row["baseline__year"], tuple(breaks), figures,
    )  # fmt: skip


def _person(first: str | None, last: str | None, login: str | None) -> str:
    return f"{first or ''} {last or ''}".strip() or login or ""
