"""The one read model: loads a kadernota in a fixed number of queries, judges once, returns frozen rows.

What it shows is what is adopted, up to and including an edition; with drafts only for those who may see them, which
the caller has checked.
"""

from collections.abc import Iterable
from typing import Any

from priorities.models import Kadernota

from .columns import value_of
from .domain.assessment import Facts
from .domain.followed import Followed, followed
from .domain.notation import format_value
from .domain.targets import SIGNS, Bound, TargetRule
from .domain.values import Direction, Role, Unit, UnitKind, Value
from .models import Break, Component, Edition, Measurement, Target
from .rows import ComponentRow, EditionInfo, Figure, IndicatorRow, Overview, PriorityRow, TargetDecision
from .stamps import once

MEASUREMENT_FIELDS = (
    "component_id", "year", "number", "withheld", "no_value", "provisional", "explanation", "sample", "source_note",
    "pk", "entry__edition_id",
)  # fmt: skip
PEOPLE_FIELDS = ("recorded_at", "recorded_by__first_name", "recorded_by__last_name", "recorded_by__username")
EDITION_FIELDS = (
    "pk", "year", "number", "kind", "adopted_on", "decision", "source", "retrieved_on", "content_hash",
    "adopted_by__first_name", "adopted_by__last_name", "adopted_by__username",
)  # fmt: skip
# Of one target: what it asks, and the decision that made it so, if any.
Asked = tuple[TargetRule | None, TargetDecision | None]
NOT_ASKED: Asked = (None, None)
# Of one revision: the value, the sample size, and the other fields of its Figure.
Recorded = tuple[Value | None, int | None, dict[str, Any]]
NOTHING: Recorded = (None, None, {})
COMPONENT_FIELDS = (
    "pk", "name", "noun", "unit_kind", "decimals", "direction",
    "baseline__number", "baseline__withheld", "baseline__no_value", "baseline__provisional", "baseline__year",
    "indicator_id", "indicator__code", "indicator__name", "indicator__role", "indicator__definition",
    "indicator__cadence", "indicator__planned_years", "indicator__printed", "indicator__source__name",
    "indicator__first_year", "indicator__last_year", "indicator__change_reason",
    "indicator__priority_id", "indicator__priority__number", "indicator__priority__name", "indicator__priority__goal",
    "indicator__priority__kind",
)  # fmt: skip


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
    `stamp`: the state of what the public sees, read before; then its structure is loaded once for all (stamps.py).
    Five queries, whatever the number of indicators; two where the structure was loaded before.
    """
    editions = tuple(load_editions(kadernota))
    shown = next((info for info in editions if edition and info.pk == edition.pk), None)
    measured = _measurements(
        kadernota,
        edition=edition,
        drafts=drafts,
        editions={info.pk: info for info in editions},
    )
    key = ("structure", kadernota.pk, edition.pk if edition else None)
    structure = once(stamp, key, lambda: _structure(kadernota, edition))
    groups = _priorities(kadernota, measured, *structure)
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
        priorities=tuple(group for group in groups if not group.is_vth),
        vth=next((group for group in groups if group.is_vth), None),
    )


def load_editions(kadernota: Kadernota) -> Iterable[EditionInfo]:
    """The editions of a kadernota, in the order of adoption. One query."""
    for *facts, first, last, login in Edition.objects.of(kadernota).values_list(*EDITION_FIELDS):
        yield EditionInfo(*facts, adopted_by=name_from(first, last, login))


def _measurements(
    kadernota: Kadernota, *, edition: Edition | None, drafts: bool, editions: dict[int, EditionInfo]
) -> dict[tuple[int, int], Recorded]:
    """Of each component and year the revision to show."""
    rows = Measurement.objects.of(kadernota).whole_area()
    rows = rows.current() if drafts else rows.as_of(edition) if edition else rows.adopted()
    found: dict[tuple[int, int], Recorded] = {}
    fields = MEASUREMENT_FIELDS + PEOPLE_FIELDS if drafts else MEASUREMENT_FIELDS
    for component, year, *columns, text, sample, note, pk, edition_id, who in _with_rest(rows.values_list(*fields)):
        more = {"explanation": text, "source_note": note, "revision": pk, "edition": editions.get(edition_id)}
        if who:
            at, *names = who
            more |= {"recorded_at": at, "recorded_by": name_from(*names)}
        # In the order of adoption: of two adopted revisions of one figure the later one stays.
        found[component, year] = (value_of(*columns), sample, more)
    return found


def _with_rest(rows: Iterable[tuple]) -> Iterable[tuple]:
    """Each row's own fields, and what comes after them as one."""
    own = len(MEASUREMENT_FIELDS)
    return ((*row[:own], row[own:]) for row in rows)


def _targets(kadernota: Kadernota, edition: Edition | None) -> dict[tuple[int, int], Asked]:
    """Of each component and year the target as of `edition` or as it stands now, with the decision behind it."""
    rows = Target.objects.of(kadernota).filter(area__is_whole=True)
    rows = rows.as_of(edition) if edition else rows.order_by("pk")
    found: dict[tuple[int, int], Asked] = {}
    fields = ("component_id", "year", "aim", "sign", "bound", "decision", "decided_on")
    # A row comes after the one that it replaces: of each target the last row stays.
    for component, year, aim, sign, bound, decision, on in rows.values_list(*fields):
        was, _ = found.get((component, year), NOT_ASKED)
        rule = TargetRule(aim, Bound(SIGNS[sign], bound) if bound is not None else None)
        found[component, year] = (rule, TargetDecision(decision, on, was) if decision else None)
    return found


def _breaks(kadernota: Kadernota) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    rows = Break.objects.filter(component__indicator__priority__kadernota=kadernota).order_by("year")
    for component, year in rows.values_list("component_id", "year"):
        found.setdefault(component, []).append(year)
    return found


def _structure(kadernota: Kadernota, edition: Edition | None) -> tuple[dict, dict, list[dict[str, Any]]]:
    """What is no figure, and so never a draft: targets, breaks, and the components with all they belong to."""
    rows = Component.objects.filter(indicator__priority__kadernota=kadernota)
    rows = rows.order_by("indicator__priority__kind", "indicator__priority__number", "indicator__order", "order")
    components = [dict(zip(COMPONENT_FIELDS, values, strict=True)) for values in rows.values_list(*COMPONENT_FIELDS)]
    return _targets(kadernota, edition), _breaks(kadernota), components


def _priorities(
    kadernota: Kadernota, measured: dict, targets: dict, breaks: dict, components: list[dict[str, Any]]
) -> tuple[PriorityRow, ...]:
    priorities: dict[int, dict[str, Any]] = {}
    for row in components:
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
            priority["row"]["indicator__priority__kind"],
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
        first_year=row["indicator__first_year"],
        last_year=row["indicator__last_year"],
        change_reason=row["indicator__change_reason"],
    )


def _component(
    kadernota: Kadernota, row: dict[str, Any], measured: dict, targets: dict, breaks: list[int]
) -> ComponentRow:
    unit = Unit(UnitKind(row["unit_kind"]), row["decimals"])
    baseline: Value | None = None
    if row["baseline__year"] is not None:
        columns = ("number", "withheld", "no_value", "provisional")
        baseline = value_of(*(row[f"baseline__{name}"] for name in columns))
    since = row["baseline__year"] or kadernota.baseline_year
    direction, role = Direction(row["direction"]), Role(row["indicator__role"])
    # What the nota asks in the end also counts for an indicator that ends before: it was on its way there.
    last_target, _ = targets.get((row["pk"], kadernota.last_year), NOT_ASKED)
    figures = {}
    for year in kadernota.years:
        span = followed(year, row["indicator__first_year"], row["indicator__last_year"])
        target, decided = targets.get((row["pk"], year), NOT_ASKED) if span is Followed.YES else NOT_ASKED
        value, sample, more = measured.get((row["pk"], year), NOTHING)
        facts = Facts(
            unit, direction, role, baseline, target, last_target, value, _is_planned(row, year, span),
            not any(since < break_year <= year for break_year in breaks),
            sample,
        )  # fmt: skip
        figures[year] = Figure(year, facts, decided, followed=span, **more)
    return ComponentRow(
        row["pk"], row["name"], row["noun"], unit, direction, baseline,
        format_value(baseline, unit) if baseline else "", row["baseline__year"], tuple(breaks), figures,
    )  # fmt: skip


def _is_planned(row: dict[str, Any], year: int, span: Followed) -> bool:
    planned = row["indicator__planned_years"]
    return span is Followed.YES and (planned is None or year in planned)


def name_from(first: str | None, last: str | None, login: str | None) -> str:
    """How pages call a person, from the columns of the account. For officers' eyes only."""
    return f"{first or ''} {last or ''}".strip() or login or ""
