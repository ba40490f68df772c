"""The rules of an indicator: its code and years, its components, and their figures."""

import re
from collections.abc import Iterator

from indicators.domain.nota import limits
from indicators.domain.nota.findings import Finding, Path
from indicators.domain.nota.printed import listed_parts, read_baseline, read_target, says, split_cell, written
from indicators.domain.nota.structure import Component, Indicator, Nota
from indicators.domain.nota.texts import BREAK_TEXTS, CELL, COMPONENT_TEXTS, INDICATOR_TEXTS, check_text, check_texts
from indicators.domain.refusals import Refusal
from indicators.domain.targets import TargetRule
from indicators.domain.values import Unit, UnitKind, Value

CODE = re.compile(r"[A-Za-z0-9.-]+")


def check_indicator(nota: Nota, indicator: Indicator, path: Path) -> Iterator[Finding]:
    """Yield the refusals of one indicator; that its code is unique is checked elsewhere."""
    yield from check_texts(indicator, INDICATOR_TEXTS, path)
    if indicator.code and not CODE.fullmatch(indicator.code):
        meant = re.sub(r"[^A-Za-z0-9.-]", "", indicator.code)
        sentence = "Een code heeft alleen letters, cijfers, punten en streepjes."
        yield Finding(code="code-signs", path=(*path, "code"), typed=indicator.code, sentence=sentence, meant=meant)
    yield from _check_followed(nota, indicator, path)
    yield from _check_planned(nota, indicator, path)
    if not indicator.components:
        sentence = "Een indicator heeft ten minste één onderdeel, met eenheid en richting."
        yield Finding(code="no-component", path=(*path, "components"), typed="", sentence=sentence)
    names: set[str] = set()
    for index, component in enumerate(indicator.components):
        place: Path = (*path, "components", index)
        if not component.name and len(indicator.components) > 1:
            sentence = "Alleen het enige onderdeel van een indicator heeft geen naam."
            yield Finding(code="component-unnamed", path=(*place, "name"), typed="", sentence=sentence)
        elif component.name.casefold() in names:
            sentence = f"Een ander onderdeel van deze indicator heet ook ‘{component.name}’."
            yield Finding(code="component-twice", path=(*place, "name"), typed=component.name, sentence=sentence)
        names.add(component.name.casefold())
        yield from _check_component(nota, component, place)
    yield from _check_printed(nota, indicator, (*path, "printed"))


def _check_followed(nota: Nota, indicator: Indicator, path: Path) -> Iterator[Finding]:
    for name, year in (("first_year", indicator.first_year), ("last_year", indicator.last_year)):
        if year is not None and year not in nota.years:
            yield _outside("indicator-year-outside", (*path, name), year, nota)
    first, last = indicator.first_year, indicator.last_year
    if first is not None and last is not None and first > last:
        sentence = f"Het laatste jaar ligt niet voor het eerste ({first})."
        yield Finding(code="indicator-years-order", path=(*path, "last_year"), typed=str(last), sentence=sentence)
    if (first is not None or last is not None) and not indicator.change_reason:
        sentence = "Schrijf waarom de indicator later begint of eerder eindigt."
        yield Finding(code="no-change-reason", path=(*path, "change_reason"), typed="", sentence=sentence)


def _check_planned(nota: Nota, indicator: Indicator, path: Path) -> Iterator[Finding]:
    years = indicator.planned_years
    if years is None:
        return
    place = (*path, "planned_years")
    if not years or list(years) != sorted(set(years)):
        sentence = "Schrijf elk gepland jaar één keer, van vroeg naar laat; voor elk jaar is het null."
        yield Finding(code="years-order", path=place, typed=", ".join(map(str, years)), sentence=sentence)
    for index, year in enumerate(years):
        if year not in nota.years:
            yield _outside("planned-year-outside", (*place, index), year, nota)


def _outside(code: str, path: Path, year: int, nota: Nota) -> Finding:
    sentence = f"{year} ligt buiten de periode {nota.first_year}-{nota.last_year}."
    return Finding(code=code, path=path, typed=str(year), sentence=sentence)


def _check_component(nota: Nota, component: Component, path: Path) -> Iterator[Finding]:
    yield from check_texts(component, COMPONENT_TEXTS, path)
    most = 0 if component.quantity is UnitKind.COUNT else limits.MOST_DECIMALS
    if not 0 <= component.decimals <= most:
        sentence = (
            "Een aantal heeft geen decimalen."
            if component.quantity is UnitKind.COUNT
            else f"Een percentage of rapportcijfer heeft 0 tot {most} decimalen."
        )
        yield Finding(code="decimals-range", path=(*path, "decimals"), typed=str(component.decimals), sentence=sentence)
    else:
        yield from _check_figures(nota, component, path)
    yield from _check_baseline_year(nota, component, path)
    for year in component.targets:
        if year < nota.first_target_year or year > limits.LATEST_YEAR:
            sentence = f"Een streefwaarde is van {nota.first_target_year} of later, niet van {year}."
            yield Finding(
                code="target-before-first-year" if year < nota.first_target_year else "year-range",
                path=(*path, "targets", year),
                typed=str(year),
                sentence=sentence,
            )
    years = [item.year for item in component.breaks]
    if years != sorted(set(years)):
        sentence = "Schrijf elke methodebreuk één keer, van vroeg naar laat."
        yield Finding(code="years-order", path=(*path, "breaks"), typed=", ".join(map(str, years)), sentence=sentence)
    for index, item in enumerate(component.breaks):
        yield from check_texts(item, BREAK_TEXTS, (*path, "breaks", index))
        if item.year not in nota.years:
            yield _outside("break-outside", (*path, "breaks", index, "year"), item.year, nota)


def _check_baseline_year(nota: Nota, component: Component, path: Path) -> Iterator[Finding]:
    if component.baseline is None:
        return
    year, origin = component.baseline.year, component.baseline.origin
    if not limits.EARLIEST_YEAR <= year <= nota.baseline_year:
        sentence = f"De nulmeting is van {nota.baseline_year} of eerder, niet van {year}."
        yield Finding(code="baseline-year", path=(*path, "baseline", "year"), typed=str(year), sentence=sentence)
    if origin and not limits.EARLIEST_YEAR <= origin.year <= nota.baseline_year:
        sentence = f"De nulmeting kan niet het cijfer van {origin.year} zijn."
        place = (*path, "baseline", "from", "year")
        yield Finding(code="baseline-year", path=place, typed=str(origin.year), sentence=sentence)
    if origin and origin.decision < 1:
        place = (*path, "baseline", "from", "decision")
        sentence = "Besluiten zijn genummerd vanaf 1."
        yield Finding(code="number-range", path=place, typed=str(origin.decision), sentence=sentence)


def _check_figures(nota: Nota, component: Component, path: Path) -> Iterator[Finding]:
    """Refuse a figure that cannot be written in the unit and read back: out of range, too precise, unreachable."""
    if component.baseline is not None:
        place = (*path, "baseline", "value")
        yield from _check_figure("baseline-not-read", place, component.baseline.value, component.unit)
    for year, rule in component.targets.items():
        yield from _check_figure("target-not-read", (*path, "targets", year), rule, component.unit)


def _check_figure(code: str, path: Path, content: Value | TargetRule, unit: Unit) -> Iterator[Finding]:
    text = written(content, unit)
    try:
        is_same = (read_target if isinstance(content, TargetRule) else read_baseline)(text, unit) == content
    except Refusal as refusal:
        yield Finding(code=code, path=path, typed=text, sentence=_sentence(refusal), meant=refusal.suggestion)
        return
    if not is_same:
        yield Finding(code=code, path=path, typed=text, sentence=f"‘{text}’ past niet bij de eenheid.")


def _sentence(refusal: Refusal) -> str:
    """Return a refusal without its suggestion, which a finding has apart."""
    return str(Refusal(refusal.typed, refusal.why))


def _check_printed(nota: Nota, indicator: Indicator, path: Path) -> Iterator[Finding]:
    names = [component.name for component in indicator.components]
    for year, cell in indicator.printed.items():
        yield from check_text(cell, CELL, (*path, year), required=True)
        if not cell:
            continue
        if year != nota.baseline_year and not nota.first_target_year <= year <= limits.LATEST_YEAR:
            sentence = (
                f"De tabel heeft een cel voor {year}, maar dat is niet het jaar van de nulmeting "
                f"({nota.baseline_year}) en geen streefjaar ({nota.first_target_year} of later)."
            )
            yield Finding(code="cell-without-year", path=(*path, year), typed=cell, sentence=sentence)
            continue
        try:
            parts = split_cell(cell, names) if names else []
        except Refusal as refusal:
            yield Finding(code="cell-not-read", path=(*path, year), typed=cell, sentence=_sentence(refusal))
            continue
        figures = [_figure_of(component, year, nota) for component in indicator.components]
        texts = [written(figure, part.unit) for figure, part in zip(figures, indicator.components, strict=True)]
        pairs = zip(parts, figures, indicator.components, strict=True)
        if not all(says(part, figure, component.unit) for part, figure, component in pairs):
            sentence = (
                f"In de tabel staat ‘{cell}’ bij {year}; "
                f"de {'nulmeting' if year == nota.baseline_year else 'streefwaarde'} is {listed_parts(texts)}."
            )
            yield Finding(code="printed-differs", path=(*path, year), typed=cell, sentence=sentence)


def _figure_of(component: Component, year: int, nota: Nota) -> Value | TargetRule | None:
    """Return the figure that the cell of a year prints: the baseline in the column of the baseline year."""
    if year == nota.baseline_year:
        return component.baseline.value if component.baseline else None
    return component.targets.get(year)
