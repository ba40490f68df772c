"""The rules of a nota. A nota without refusals can be written and read back unchanged."""

import re
from collections.abc import Collection, Iterator

from indicators.domain.nota import limits
from indicators.domain.nota.alternatives import check_alternative
from indicators.domain.nota.findings import Finding, Path
from indicators.domain.nota.indicator_checks import check_indicator
from indicators.domain.nota.structure import Indicator, Nota, Topic, TopicKind
from indicators.domain.nota.texts import (
    AREA_TEXTS,
    FOCUS_POINT_TEXTS,
    NOTA_TEXTS,
    ORGANISATION_TEXTS,
    READING_TEXTS,
    TOPIC_TEXTS,
    check_texts,
)

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
KEY = re.compile(rf"[a-z0-9-]{{1,{limits.LONGEST_KEY}}}")
CBS_CODE = re.compile(r"[A-Z]{2}[0-9]{2,4}")
# Refusals that may only follow from a wrong year of the period.
FOLLOW_FROM_PERIOD = {
    "indicator-year-outside",
    "planned-year-outside",
    "break-outside",
    "baseline-year",
    "target-before-first-year",
    "cell-without-year",
    "printed-differs",
}


def find_refusals(nota: Nota, *, reserved_slugs: Collection[str] = ()) -> list[Finding]:
    """Return every rule that the nota breaks. `reserved_slugs` are the addresses of the site's own pages.

    With a wrong period, years are not compared with it.
    """
    period = list(_check_period(nota))
    others = [
        *_check_addresses(nota, reserved_slugs),
        *check_texts(nota, NOTA_TEXTS, ()),
        *check_texts(nota.organisation, ORGANISATION_TEXTS, ("organisation",)),
        *check_texts(nota.area, AREA_TEXTS, ("area",)),
        *_check_topics(nota),
        *_check_indicators(nota),
        *_check_keys(nota),
        *_check_predecessor(nota),
        *_check_readings(nota),
    ]
    return period + [finding for finding in others if not period or finding.code not in FOLLOW_FROM_PERIOD]


def indicators_with_paths(nota: Nota) -> Iterator[tuple[Path, Topic, Indicator]]:
    """Yield each indicator with its path and topic."""
    for number, topic in enumerate(nota.topics):
        for index, indicator in enumerate(topic.indicators):
            yield ("topics", number, "indicators", index), topic, indicator


def _check_addresses(nota: Nota, reserved_slugs: Collection[str]) -> Iterator[Finding]:
    slugs: list[tuple[Path, str]] = [(("slug",), nota.slug), (("organisation", "slug"), nota.organisation.slug)]
    if nota.predecessor is not None:
        slugs.append((("predecessor",), nota.predecessor))
    for path, slug in slugs:
        if not SLUG.fullmatch(slug) or len(slug) > limits.LONGEST_SLUG:
            yield Finding(
                code="slug-signs",
                path=path,
                typed=slug,
                sentence="Schrijf het adres in kleine letters, cijfers en streepjes, zoals veiligheid-2023-2026: "
                f"ten hoogste {limits.LONGEST_SLUG} tekens.",
            )
    if nota.slug in reserved_slugs:
        sentence = f"‘{nota.slug}’ is het adres van een andere pagina."
        yield Finding(code="slug-reserved", path=("slug",), typed=nota.slug, sentence=sentence)
    if nota.predecessor == nota.slug:
        sentence = "Een kadernota kan niet haar eigen voorganger zijn."
        yield Finding(code="predecessor-self", path=("predecessor",), typed=nota.slug, sentence=sentence)
    if not KEY.fullmatch(nota.area.code):
        sentence = "Schrijf de code van het gebied in kleine letters, cijfers en streepjes."
        yield Finding(code="key-signs", path=("area", "code"), typed=nota.area.code, sentence=sentence)
    code = nota.organisation.cbs_code
    if code and not CBS_CODE.fullmatch(code):
        sentence = "Een CBS-code is twee hoofdletters met cijfers, zoals GM0394. Laat de code anders leeg."
        yield Finding(code="cbs-code", path=("organisation", "cbs_code"), typed=code, sentence=sentence)


def _check_period(nota: Nota) -> Iterator[Finding]:
    years = {
        "baseline_year": nota.baseline_year,
        "first_year": nota.first_year,
        "first_target_year": nota.first_target_year,
        "last_year": nota.last_year,
    }
    for name, year in years.items():
        if not limits.EARLIEST_YEAR <= year <= limits.LATEST_YEAR:
            sentence = f"Een jaar ligt tussen {limits.EARLIEST_YEAR} en {limits.LATEST_YEAR}."
            yield Finding(code="year-range", path=(name,), typed=str(year), sentence=sentence)
    if nota.baseline_year >= nota.first_year:
        sentence = f"Het jaar van de nulmeting ligt voor het eerste jaar ({nota.first_year})."
        yield _period_order("baseline_year", nota.baseline_year, sentence)
    if nota.first_target_year < nota.first_year:
        sentence = f"Het eerste streefjaar ligt niet voor het eerste jaar ({nota.first_year})."
        yield _period_order("first_target_year", nota.first_target_year, sentence)
    if nota.last_year < max(nota.first_target_year, nota.first_year):
        sentence = f"Het laatste jaar ligt niet voor het eerste streefjaar ({nota.first_target_year})."
        yield _period_order("last_year", nota.last_year, sentence)


def _period_order(name: str, year: int, sentence: str) -> Finding:
    return Finding(code="period-order", path=(name,), typed=str(year), sentence=sentence)


def _check_topics(nota: Nota) -> Iterator[Finding]:
    seen: set[tuple[TopicKind, int]] = set()
    for index, topic in enumerate(nota.topics):
        path: Path = ("topics", index)
        yield from check_texts(topic, TOPIC_TEXTS, path)
        for number, point in enumerate(topic.focus_points):
            yield from check_texts(point, FOCUS_POINT_TEXTS, (*path, "focus_points", number))
        if not 1 <= topic.number <= limits.LARGEST_NUMBER:
            sentence = f"Een nummer ligt tussen 1 en {limits.LARGEST_NUMBER}."
            yield Finding(code="number-range", path=(*path, "number"), typed=str(topic.number), sentence=sentence)
        if (topic.kind, topic.number) in seen:
            sentence = f"Er is al een onderwerp van deze soort met nummer {topic.number}."
            yield Finding(code="topic-twice", path=(*path, "number"), typed=str(topic.number), sentence=sentence)
        elif topic.kind is TopicKind.VTH and any(kind is TopicKind.VTH for kind, _ in seen):
            sentence = "Een kadernota heeft hoogstens één VTH-cyclus."
            yield Finding(code="vth-twice", path=(*path, "kind"), typed=topic.kind.value, sentence=sentence)
        seen.add((topic.kind, topic.number))
        if topic.kind is TopicKind.PRIORITY and not topic.goal:
            sentence = "Een prioriteit heeft een doel in één zin."
            yield Finding(code="priority-without-goal", path=(*path, "goal"), typed="", sentence=sentence)
        if topic.kind is TopicKind.THEME and topic.indicators:
            codes = ", ".join(indicator.code for indicator in topic.indicators)
            sentence = "Een thema heeft geen indicatoren; zet ze bij een prioriteit of bij de VTH-cyclus."
            yield Finding(code="theme-with-indicators", path=(*path, "indicators"), typed=codes, sentence=sentence)


def _check_indicators(nota: Nota) -> Iterator[Finding]:
    codes: set[str] = set()
    for path, _, indicator in indicators_with_paths(nota):
        if indicator.code.casefold() in codes:
            sentence = f"De code {indicator.code} staat al bij een andere indicator."
            yield Finding(code="code-twice", path=(*path, "code"), typed=indicator.code, sentence=sentence)
        if indicator.code:
            codes.add(indicator.code.casefold())
        yield from check_indicator(nota, indicator, path)


def _check_keys(nota: Nota) -> Iterator[Finding]:
    places: list[tuple[Path, str]] = [(("topics", index, "key"), topic.key) for index, topic in enumerate(nota.topics)]
    for path, _, indicator in indicators_with_paths(nota):
        places.extend(
            ((*path, "components", index, "key"), component.key) for index, component in enumerate(indicator.components)
        )
    seen: set[str] = set()
    for path, key in places:
        if not KEY.fullmatch(key):
            sentence = f"Een sleutel heeft 1 tot {limits.LONGEST_KEY} kleine letters, cijfers en streepjes."
            yield Finding(code="key-signs", path=path, typed=key, sentence=sentence)
        elif key in seen:
            sentence = f"De sleutel {key} staat al bij een ander onderwerp of onderdeel."
            yield Finding(code="key-twice", path=path, typed=key, sentence=sentence)
        seen.add(key)


def _check_predecessor(nota: Nota) -> Iterator[Finding]:
    """Check what refers to series of the predecessor."""
    seen: set[str] = set()
    for path, _, indicator in indicators_with_paths(nota):
        for index, component in enumerate(indicator.components):
            places: list[tuple[Path, str]] = []
            if component.continues is not None:
                places.append(((*path, "components", index, "continues"), component.continues))
                if component.continues in seen:
                    sentence = f"Een ander onderdeel is al het vervolg van de reeks {component.continues}."
                    yield Finding(code="continues-twice", path=places[0][0], typed=places[0][1], sentence=sentence)
                seen.add(component.continues)
            if component.baseline and component.baseline.origin:
                places.append(((*path, "components", index, "baseline", "from"), component.baseline.origin.key))
            for place, key in places:
                if nota.predecessor is None:
                    sentence = "Dit verwijst naar de voorganger, maar de kadernota noemt geen voorganger."
                    yield Finding(code="no-predecessor", path=place, typed=key, sentence=sentence)
                if not KEY.fullmatch(key):
                    sentence = f"‘{key}’ kan geen sleutel van een reeks zijn."
                    yield Finding(code="key-signs", path=place, typed=key, sentence=sentence)


def _check_readings(nota: Nota) -> Iterator[Finding]:
    by_code = {indicator.code: indicator for indicator in nota.indicators}
    seen = set()
    for index, reading in enumerate(nota.readings):
        path: Path = ("readings", index)
        yield from check_texts(reading, READING_TEXTS, path)
        indicator = by_code.get(reading.indicator) if reading.indicator is not None else None
        if reading.indicator is not None and indicator is None:
            sentence = f"Er is geen indicator met de code ‘{reading.indicator}’."
            yield Finding(
                code="indicator-unknown", path=(*path, "indicator"), typed=reading.indicator, sentence=sentence
            )
        identity = (reading.indicator, reading.place, reading.question)
        if identity in seen:
            sentence = "Deze leeswijze staat er al: dezelfde indicator, plaats en vraag."
            yield Finding(code="reading-twice", path=(*path, "question"), typed=reading.question, sentence=sentence)
        seen.add(identity)
        if reading.alternative is not None and reading.indicator is None:
            sentence = "Een andere lezing om mee te rekenen hoort bij een indicator."
            yield Finding(
                code="alternative-without-indicator", path=(*path, "alternative"), typed="", sentence=sentence
            )
        if reading.alternative is not None and indicator is not None:
            units = {component.name: component.unit for component in indicator.components}
            yield from check_alternative(reading.alternative, units, (*path, "alternative"))
