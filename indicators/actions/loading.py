"""Load a kadernota from a file: add what is missing, change no existing row, list the differences."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from indicators.actions import ActionRefused, Entry, check_followed_years, take_over
from indicators.domain.formatting import format_value
from indicators.domain.notation import read_typed
from indicators.domain.refusals import Refusal
from indicators.domain.targets import TargetRule, format_target, parse_target, split_printed
from indicators.models import Area, Baseline, Component, Indicator, Measurement, Reading, Source, Target
from indicators.models.value_columns import columns_of, columns_of_target
from indicators.readmodel.readings import read_alternative
from priorities.models import Kadernota, Priority, PriorityKind, check_slug

KIND_WORDS = {PriorityKind.PRIORITY: "prioriteit", PriorityKind.THEME: "thema", PriorityKind.VTH: "VTH-cyclus"}


@dataclass
class Report:
    """The result of loading: how many rows of each kind were added, and where file and database differ."""

    added: dict[str, int] = field(default_factory=dict)
    differences: list[str] = field(default_factory=list)

    def add(self, what: str) -> None:
        """Count one added row of this kind."""
        self.added[what] = self.added.get(what, 0) + 1

    def differs(self, where: str, in_file: Any, stored: Any) -> None:
        """Add a difference; of two lists, the items that are in only one of them."""
        if isinstance(in_file, (list, tuple)) and isinstance(stored, (list, tuple)):
            in_file, stored = (
                [item for item in in_file if item not in stored],
                [item for item in stored if item not in in_file],
            )
        self.differences.append(f"{where}: in het bestand {_quoted(in_file)}, hier {_quoted(stored)}")


def _quoted(value: Any) -> str:
    """Return a value in quotes, as a person would write it."""
    if isinstance(value, dict):
        return _quoted([": ".join(map(str, pair)) for pair in value.items()])
    items = value if isinstance(value, (list, tuple)) else [value]
    return ", ".join(f"‘{_plain(item)}’" for item in items) or "niets anders (wel een andere volgorde)"


def _plain(item: Any) -> str:
    """Return one item of a list as text; a focus point is a name with its text."""
    return ": ".join(map(str, item.values())) if isinstance(item, dict) else str(item)


def load_kadernota(*, data: dict[str, Any], now: datetime) -> tuple[Kadernota, Report]:
    """Load one kadernota with its parts, indicators, baselines, targets, readings and published figures.

    An older database gets what the file has in addition: themes, the cycle of permits, a text that was empty.
    Raises Refusal for a printed cell that cannot be read; KeyError or ValueError for a file of another form.
    """
    report = Report()
    with transaction.atomic():
        kadernota = _kadernota(data, report)
        area, _ = _ensure(
            report,
            "gebied",
            Area,
            key={"kadernota": kadernota, "code": data["area"]["code"]},
            facts={"name": data["area"]["name"], "is_whole": True},
        )
        for kind, item in _parts(data):
            _part(kadernota, area, (kind, item), report, now=now)
        _readings(kadernota, data.get("readings", []), report)
        for item in data.get("taken_over", []):
            _taken_over(kadernota, area, item, report, now=now)
    return kadernota, report


def _ensure(report: Report, what: str, model: Any, *, key: dict[str, Any], facts: dict[str, Any]) -> tuple[Any, bool]:
    """Return the row with this key and whether it is new; create it if missing. Report facts that differ."""
    row = model.objects.filter(**key).first()
    if row is None:
        report.add(what)
        return model.objects.create(**key, **facts), True
    for name, value in facts.items():
        stored = getattr(row, name)
        if stored != value:
            label = model._meta.get_field(name).verbose_name
            report.differs(f"{what} {row}, {label}", value, stored)
    return row, False


def _kadernota(data: dict[str, Any], report: Report) -> Kadernota:
    facts = {
        "title": data["title"],
        "organisation": data["organisation"],
        "document": data.get("document", ""),
        "summary": data["summary"],
        "is_practice": data["practice"],
        "first_year": data["period"][0],
        "last_year": data["period"][1],
        "baseline_year": data["baseline_year"],
        "first_target_year": data["target_years"][0],
    }
    try:
        check_slug(data["slug"])
    except ValidationError as error:
        raise Refusal(str(data["slug"]), f"dit kan geen adres van een kadernota zijn: {error.messages[0]}") from error
    kadernota: Kadernota
    kadernota, is_new = _ensure(report, "kadernota", Kadernota, key={"slug": data["slug"]}, facts=facts)
    _finances(kadernota, data.get("finances", ""), report, is_new=is_new)
    return kadernota


def _finances(kadernota: Kadernota, text: str, report: Report, *, is_new: bool) -> None:
    """Fill in the text on money where it is empty, as in a kadernota that an older version loaded."""
    if text and not kadernota.finances:
        kadernota.finances = text
        kadernota.save(update_fields=["finances"])
        if not is_new:
            report.add("financiën")
    elif text != kadernota.finances:
        report.differs(f"kadernota {kadernota}, financiën", text, kadernota.finances)


def _parts(data: dict[str, Any]) -> Iterator[tuple[PriorityKind, dict[str, Any]]]:
    """Yield the priorities, and the themes and the cycle of permits if the file has them."""
    yield from ((PriorityKind.PRIORITY, item) for item in data["priorities"])
    yield from ((PriorityKind.THEME, item | {"indicators": []}) for item in data.get("themes", []))
    if "vth" in data:
        yield PriorityKind.VTH, data["vth"]


def _part(
    kadernota: Kadernota, area: Area, part: tuple[PriorityKind, dict[str, Any]], report: Report, *, now: datetime
) -> None:
    kind, item = part
    texts = {"goal": "", "summary": "", "goals": [], "focus_points": []} if kind is PriorityKind.THEME else {}
    names = ("name", "goal", "summary", "goals", "focus_points", "approach", "partners", "budget")
    facts = {name: (texts | item)[name] for name in names}
    key = {"kadernota": kadernota, "kind": kind, "number": item["number"]}
    priority, _ = _ensure(report, KIND_WORDS[kind], Priority, key=key, facts=facts)
    for order, indicator in enumerate(item["indicators"], start=1):
        _indicator(priority, area, indicator, report, order=order, now=now)
    in_file = {indicator["code"] for indicator in item["indicators"]}
    for row in priority.indicators.exclude(code__in=in_file):
        report.differs(f"indicator {row}", "ontbreekt", row.name)


def _indicator(
    priority: Priority, area: Area, item: dict[str, Any], report: Report, *, order: int, now: datetime
) -> None:
    facts = {
        "order": order,
        "name": item["name"],
        "source": Source.objects.get_or_create(name=item["source"])[0],
        "role": item["role"],
        "definition": item["definition"],
        "cadence": item["cadence"],
        "planned_years": item["planned_years"],
        "first_year": item.get("first_year"),
        "change_reason": item.get("change_reason", ""),
        "printed": item["cells"],
    }
    if _counts_in_settled_year(priority, item, facts["first_year"], report):
        return
    row, _ = _ensure(report, "indicator", Indicator, key={"priority": priority, "code": item["code"]}, facts=facts)
    components = [
        _ensure(
            report,
            "onderdeel",
            Component,
            key={"indicator": row, "name": part["name"]},
            facts={
                "order": number,
                "unit_kind": part["unit"],
                "decimals": part["decimals"],
                "noun": part["noun"],
                "direction": part["direction"],
            },
        )[0]
        for number, part in enumerate(item["components"], start=1)
    ]
    names = [component.name for component in components]
    for year, cell in item["cells"].items():
        for component, text in zip(components, split_printed(cell, names), strict=True):
            if int(year) == priority.kadernota.baseline_year:
                _baseline(component, item["baseline_year"], text, report)
            elif text:
                rule = parse_target(text, component.unit)
                _target(Target(component=component, area=area, year=int(year), recorded_at=now), rule, report)


def _counts_in_settled_year(priority: Priority, item: dict[str, Any], first_year: int | None, report: Report) -> bool:
    """Return whether a missing indicator would count in a settled year; it is then reported instead of added."""
    if priority.indicators.filter(code=item["code"]).exists():
        return False
    try:
        check_followed_years(None, priority.kadernota, first_year, None)
    except ActionRefused as refusal:
        report.differences.append(f"indicator {item['code']}: niet toegevoegd. {refusal}")
        return True
    return False


def _baseline(component: Component, year: int, text: str, report: Report) -> None:
    input_value = read_typed(text, component.unit)
    if input_value is None:
        return
    row = Baseline.objects.filter(component=component).first()
    if row is None:
        report.add("nulmeting")
        Baseline.objects.create(component=component, year=year, **columns_of(input_value.value))
    elif row.value != input_value.value or row.year != year:
        report.differs(
            f"nulmeting {component}",
            f"{format_value(input_value.value, component.unit)} ({year})",
            f"{format_value(row.value, component.unit)} ({row.year})",
        )


def _target(new: Target, rule: TargetRule, report: Report) -> None:
    component = new.component
    row = Target.objects.current().filter(component=component, area=new.area, year=new.year).first()
    if row is None:
        report.add("streefwaarde")
        for name, value in columns_of_target(rule).items():
            setattr(new, name, value)
        new.save()
    elif row.rule != rule:
        stored = format_target(row.rule, component.unit) + (f" ({row.decision})" if row.decision else "")
        report.differs(f"streefwaarde {component} {new.year}", format_target(rule, component.unit), stored)


def _readings(kadernota: Kadernota, items: list[dict[str, Any]], report: Report) -> None:
    for order, item in enumerate(items, start=1):
        indicator = None
        if item["indicator"]:
            indicator = Indicator.objects.get(priority__kadernota=kadernota, code=item["indicator"])
        facts = {name: item[name] for name in ("place", "question", "reading", "other", "decided_by")}
        facts["alternative"] = item.get("alternative")
        if facts["alternative"] is not None:
            if indicator is None:
                raise ValueError(f"leeswijze {order}: een andere lezing om mee te rekenen hoort bij een indicator")
            read_alternative(facts["alternative"], {part.name: part.unit for part in indicator.components.all()})
        _ensure(
            report,
            "leeswijze",
            Reading,
            key={"kadernota": kadernota, "order": order},
            facts={"indicator": indicator, **facts},
        )


def _taken_over(kadernota: Kadernota, area: Area, item: dict[str, Any], report: Report, *, now: datetime) -> None:
    """Store published figures where nothing is recorded yet; report figures that differ from recorded ones."""
    components = Component.objects.select_related("indicator").filter(indicator__priority__kadernota=kadernota)
    missing: list[tuple[Entry, str]] = []
    for figure in item["figures"]:
        component = components.get(indicator__code=figure["indicator"], name=figure["component"])
        input_value = read_typed(figure["value"], component.unit)
        if input_value is None:
            raise Refusal(figure["value"], f"hier hoort het cijfer van {component} {item['year']}")
        rows = Measurement.objects.filter(component=component, area=area, year=item["year"])
        current = rows.current().first()
        if current is None:
            entry = Entry(component=component, area=area, year=item["year"], value=input_value.value)
            missing.append((entry, figure["note"]))
        elif current.value != input_value.value:
            stored = format_value(current.value, component.unit)
            report.differs(f"meting {component} {item['year']}", figure["value"], stored)
    if missing:
        take_over(
            kadernota=kadernota,
            year=item["year"],
            source=item["source"],
            retrieved_on=date.fromisoformat(item["retrieved_on"]),
            figures=missing,
            now=now,
        )
        report.added["overgenomen cijfer"] = report.added.get("overgenomen cijfer", 0) + len(missing)
