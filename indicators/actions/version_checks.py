"""The refusals of a draft that need the database: identities, figures that must keep a place, and the predecessor."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from django.db.models import Q

from indicators.domain.naming import component_title
from indicators.domain.nota import (
    Baseline,
    BaselineOrigin,
    Component,
    Finding,
    Indicator,
    Nota,
    differences,
    editorial_only,
    find_refusals,
)
from indicators.domain.values import Value
from indicators.models import Component as ComponentRow
from indicators.models import Decision, Edition, Measurement, ProgrammeLine, Series
from priorities.models import RESERVED_SLUGS, Kadernota, Organisation, Version

IDENTITY = {("slug",), ("organisation", "slug"), ("is_practice",), ("predecessor",), ("area", "code"), ("area", "name")}


def normalized(nota: Nota) -> Nota:
    """Return the nota with the name that its organisation has here: an organisation is not renamed by a nota."""
    row = Organisation.objects.filter(slug=nota.organisation.slug).first()
    return replace(nota, organisation=replace(nota.organisation, name=row.name)) if row else nota


def version_refusals(
    nota: Nota, kadernota: Kadernota | None, *, base: Nota | None, is_editorial: bool = False
) -> list[Finding]:
    """Return what refuses a nota as a draft of `kadernota`, None for a new one.

    `base` is the adopted version that it is based on.
    """
    findings = find_refusals(nota, reserved_slugs=RESERVED_SLUGS)
    findings += _identity_refusals(nota, kadernota)
    if not any(finding.code == "predecessor-unknown" for finding in findings):
        findings += _predecessor_refusals(nota)
    if base is not None and kadernota is not None and not findings:
        findings += _changed_identity(base, nota)
        findings += _fixed_series(nota, kadernota)
        findings += _dropped(nota, kadernota, base)
        if is_editorial:
            findings += _not_editorial(base, nota)
    return findings


def _identity_refusals(nota: Nota, kadernota: Kadernota | None) -> Iterator[Finding]:
    same_slug = Kadernota.objects.filter(slug=nota.slug).first()
    if same_slug and same_slug != kadernota:
        sentence = f"Er is al een kadernota met adres ‘{nota.slug}’."
        yield Finding(code="slug-used", path=("slug",), typed=nota.slug, sentence=sentence)
    organisation = Organisation.objects.filter(slug=nota.organisation.slug).first()
    if organisation and organisation.cbs_code != nota.organisation.cbs_code:
        yield Finding(
            code="organisation-differs",
            path=("organisation", "cbs_code"),
            typed=nota.organisation.cbs_code,
            sentence=f"Organisatie ‘{organisation.slug}’ heeft hier een andere CBS-code.",
            meant=organisation.cbs_code,
        )
    predecessor = Kadernota.objects.adopted().filter(slug=nota.predecessor or "").exists()
    if nota.predecessor and not predecessor:
        sentence = f"Er is geen vastgestelde kadernota ‘{nota.predecessor}’ om op te volgen."
        yield Finding(code="predecessor-unknown", path=("predecessor",), typed=nota.predecessor, sentence=sentence)


def _components(nota: Nota) -> Iterator[tuple[tuple[str | int, ...], Indicator, Component]]:
    for topic_index, topic in enumerate(nota.topics):
        for index, indicator in enumerate(topic.indicators):
            for number, component in enumerate(indicator.components):
                path = ("topics", topic_index, "indicators", index, "components", number)
                yield path, indicator, component


def _predecessor_refusals(nota: Nota) -> Iterator[Finding]:
    """Yield a refusal of each series or baseline that the predecessor does not have."""
    adopted = Series.objects.filter(components__indicator__version__decision__isnull=False)
    series = {row.key: row for row in adopted.filter(kadernota__slug=nota.predecessor or "")}
    figures = _Figures(nota)
    for path, indicator, component in _components(nota):
        name = component_title(f"{indicator.code} {indicator.name}", component.name, ", ")
        if component.continues:
            earlier = series.get(component.continues)
            if earlier is None:
                sentence = f"{name}: de voorganger heeft geen reeks ‘{component.continues}’."
                yield _finding("continues-unknown", (*path, "continues"), component.continues, sentence)
            elif earlier.unit_kind != component.quantity.value:
                sentence = f"{name}: reeks ‘{component.continues}’ van de voorganger heeft een andere eenheid."
                yield _finding("continues-unit", (*path, "continues"), component.continues, sentence)
        if (baseline := component.baseline) and (origin := baseline.origin):
            value = figures.value(origin)
            if origin.year != baseline.year:
                sentence = (
                    f"{name}: de nulmeting is van {baseline.year}, de verwijzing naar een cijfer van {origin.year}."
                )
                yield _finding("origin-year", (*path, "baseline", "from"), str(origin.year), sentence)
            elif value is None:
                sentence = f"{name}: besluit {origin.decision} van de voorganger heeft geen cijfer "
                sentence += f"van ‘{origin.key}’ over {origin.year}."
                yield _finding("origin-unknown", (*path, "baseline", "from"), origin.key, sentence)
            elif value != baseline.value:
                sentence = f"{name}: de nulmeting is niet het cijfer waarnaar zij verwijst."
                yield _finding("origin-differs", (*path, "baseline", "value"), "", sentence)


def _finding(code: str, path: tuple[str | int, ...], typed: str, sentence: str) -> Finding:
    return Finding(code=code, path=path, typed=typed, sentence=sentence)


class _Figures:
    """The adopted figures of the predecessor that baselines of a nota refer to."""

    def __init__(self, nota: Nota, others: Iterable[str] = ()) -> None:
        keys = set(others) | {
            component.baseline.origin.key
            for component in nota.components
            if component.baseline and component.baseline.origin
        }
        self._revisions: dict[tuple[str, int], list[tuple[int, Measurement]]] = {}
        rows = Measurement.objects.filter(kadernota__slug=nota.predecessor or "", series__key__in=keys).whole_area()
        for row in rows.adopted().select_related("series", "entry__edition__decision") if keys else ():
            sequence = row.entry.edition.decision.sequence
            self._revisions.setdefault((row.series.key, row.year), []).append((sequence, row))

    def value(self, origin: BaselineOrigin) -> Value | None:
        """Return the figure that counted after the decision of `origin`; None when there was none."""
        rows = [
            row for sequence, row in self._revisions.get((origin.key, origin.year), []) if sequence <= origin.decision
        ]
        return rows[-1].value if rows else None

    def newest(self, origin: BaselineOrigin) -> Baseline | None:
        """Return the baseline with the newest adopted figure of the same series and year."""
        revisions = self._revisions.get((origin.key, origin.year), [])
        if not revisions:
            return None
        sequence, row = revisions[-1]
        return Baseline(origin.year, row.value, replace(origin, decision=sequence))


def with_newest_origins(nota: Nota) -> Nota:
    """Return the nota with the newest adopted figure in each baseline that refers to the predecessor (rule 11).

    A reference to a figure that is not there stays as it is, and is refused when the draft is saved.
    """
    figures = _Figures(nota)

    def renewed(component: Component) -> Component:
        baseline = component.baseline
        if baseline is None or baseline.origin is None or (newest := figures.newest(baseline.origin)) is None:
            return component
        return component if newest.value == baseline.value else replace(component, baseline=newest)

    return _with_components(nota, renewed)


def with_predecessor_baselines(nota: Nota) -> Nota:
    """Return the nota with the adopted figure of the baseline year for each series that continues one and has none."""
    wanted = {
        component.key: BaselineOrigin(component.continues, nota.baseline_year, 1)
        for component in nota.components
        if component.continues and component.baseline is None
    }
    figures = _Figures(nota, {origin.key for origin in wanted.values()})
    return _with_components(
        nota,
        lambda component: (
            replace(component, baseline=figures.newest(wanted[component.key])) if component.key in wanted else component
        ),
    )


def with_origin_values(nota: Nota) -> Nota:
    """Return the nota with the figure that each baseline refers to copied into it."""
    figures = _Figures(nota)

    def copied(component: Component) -> Component:
        baseline = component.baseline
        if baseline is None or baseline.origin is None or (value := figures.value(baseline.origin)) is None:
            return component
        return replace(component, baseline=replace(baseline, value=value))

    return _with_components(nota, copied)


def _with_components(nota: Nota, change: Callable[[Component], Component]) -> Nota:
    topics = tuple(
        replace(
            topic,
            indicators=tuple(
                replace(indicator, components=tuple(change(component) for component in indicator.components))
                for indicator in topic.indicators
            ),
        )
        for topic in nota.topics
    )
    return replace(nota, topics=topics)


def _changed_identity(base: Nota, nota: Nota) -> Iterator[Finding]:
    for change in differences(base, nota):
        if change.path in IDENTITY:
            sentence = f"{change.label} ligt vast sinds het eerste besluit: ‘{change.old or 'geen'}’."
            yield _finding("identity-fixed", change.path, change.new, sentence)


def _fixed_series(nota: Nota, kadernota: Kadernota) -> Iterator[Finding]:
    """Yield a refusal of each series whose unit or predecessor changes: figures and decisions hang on it."""
    fixed = kadernota.series.filter(
        Q(components__indicator__version__decision__isnull=False) | Q(measurements__isnull=False)
    )
    rows = {row.key: row for row in fixed.select_related("continues").distinct()}
    for path, indicator, component in _components(nota):
        row = rows.get(component.key)
        name = component_title(f"{indicator.code} {indicator.name}", component.name, ", ")
        if row and row.unit_kind != component.quantity.value:
            sentence = f"{name}: de eenheid van een reeks ligt vast. Begin een nieuwe reeks, met een andere sleutel."
            yield _finding("series-unit", (*path, "quantity"), component.quantity.value, sentence)
        elif row and (row.continues.key if row.continues else None) != component.continues:
            sentence = f"{name}: welke reeks van de voorganger wordt voortgezet, ligt vast."
            yield _finding("series-continues", (*path, "continues"), component.continues or "", sentence)


def _dropped(nota: Nota, kadernota: Kadernota, base: Nota) -> Iterator[Finding]:
    """Yield a refusal of each series, year and topic that is needed and not there (rule 3)."""
    names = {
        component.key: component_title(f"{indicator.code} {indicator.name}", component.name, ", ")
        for indicator in base.indicators
        for component in indicator.components
    }
    followed = {component.key: (indicator, component) for _, indicator, component in _components(nota)}
    counting = Q(entry__isnull=False) | Q(replaced_by__isnull=True, retracted=False)
    figures = set(Measurement.objects.of(kadernota).filter(counting).values_list("series__key", "year"))
    editions = set(
        Edition.objects.filter(kadernota=kadernota, decision__isnull=False).values_list("year", "version_id")
    )
    judged = ComponentRow.objects.filter(indicator__version__in={version for _, version in editions})
    keys = {key for key, _ in figures} | set(judged.values_list("series__key", flat=True))
    for key in sorted(keys - followed.keys()):
        sentence = f"{names.get(key, key)} heeft cijfers of een oordeel en kan niet weg. Geef een laatste jaar."
        yield _finding("series-needed", ("topics",), key, sentence)
    years = {year for _, year in figures} | {year for year, _ in editions}
    for year in sorted(years - set(nota.years)):
        yield _finding("year-needed", ("last_year",), str(year), f"{year} heeft cijfers en kan niet uit de periode.")
    for key, year in sorted(figures):
        if key in followed and not _is_followed(followed[key][0], year):
            sentence = f"{names.get(key, key)} heeft een cijfer over {year}: dat jaar kan niet vervallen."
            yield _finding("series-year-needed", ("topics",), str(year), sentence)
    topics = set(ProgrammeLine.objects.of(kadernota).filter(counting).values_list("topic__key", flat=True))
    for key in sorted(topics - {topic.key for topic in nota.topics}):
        name = next((topic.name for topic in base.topics if topic.key == key), key)
        yield _finding("topic-needed", ("topics",), key, f"‘{name}’ heeft regels van het programma en kan niet weg.")


def _is_followed(indicator: Indicator, year: int) -> bool:
    return (indicator.first_year or year) <= year <= (indicator.last_year or year)


def _not_editorial(base: Nota, nota: Nota) -> Iterable[Finding]:
    for change in editorial_only(differences(base, nota)):
        sentence = f"{change.label}: dit kan niet in een redactionele versie, alleen in een inhoudelijke."
        yield _finding("not-editorial", change.path, change.new, sentence)


def newest_version(kadernota: Kadernota) -> Version | None:
    """Return the newest adopted version with its decision; None when there is none."""
    decision = Decision.objects.of(kadernota).filter(version__isnull=False).select_related("version").last()
    return decision.version if decision else None
