"""Questions about a nota: what is allowed but is probably a mistake."""

from collections.abc import Iterator
from decimal import Decimal

from indicators.domain.dutch import listed
from indicators.domain.naming import component_title
from indicators.domain.nota.checks import indicators_with_paths
from indicators.domain.nota.findings import Finding, Path
from indicators.domain.nota.printed import written
from indicators.domain.nota.structure import Component, Nota
from indicators.domain.targets import Sign, TargetRule
from indicators.domain.values import Direction, Exact, NoValue, UnitKind

AGAINST = {Direction.LOWER: {Sign.ABOVE, Sign.AT_LEAST}, Direction.HIGHER: {Sign.BELOW, Sign.AT_MOST}}
WORDS = {Direction.LOWER: "lager", Direction.HIGHER: "hoger"}
JUMP = 10


def find_questions(nota: Nota) -> list[Finding]:
    """Return what to ask before a nota without refusals is adopted."""
    found: list[Finding] = []
    for path, _, indicator in indicators_with_paths(nota):
        for index, component in enumerate(indicator.components):
            place: Path = (*path, "components", index)
            name = component_title(f"{indicator.code} {indicator.name}", component.name, ", ")
            against = list(_against_direction(component, name, place))
            found += against or _met_by_baseline(component, name, place)
            found += _jumps(component, name, place)
            found += _other_questions(component, name, place)
    return found


def confirmation_code(nota: Nota, question: Finding) -> str:
    """Return the text that confirms a question: code, series key and year. It does not depend on the order."""
    match question.path:
        case ("topics", int(topic), "indicators", int(indicator), "components", int(component), *rest):
            key = nota.topics[topic].indicators[indicator].components[component].key
            return ":".join([question.code, key, *(str(part) for part in rest if isinstance(part, int))])
    return ":".join(map(str, (question.code, *question.path)))


def _in_order(component: Component) -> list[tuple[int, TargetRule, Decimal]]:
    """Return the targets in order of year, each with the number that decides."""
    rules = sorted(component.targets.items())
    return [(year, rule, rule.deciding(component.direction).number) for year, rule in rules]


def _against_direction(component: Component, name: str, path: Path) -> Iterator[Finding]:
    """Ask about a sign against the direction, and targets of which the last is easier than the first."""
    targets = _in_order(component)
    against = [
        (year, rule) for year, rule, _ in targets if rule.bound and rule.bound.sign in AGAINST[component.direction]
    ]
    if not against and len(targets) > 1:
        (_, first, _), (year, last, _) = targets[0], targets[-1]
        before, after = (rule.nearest(component.unit, component.direction) for rule in (first, last))
        if after != before and (after > before) is (component.direction is Direction.LOWER):
            against = [(year, last)]
    if against:
        year, rule = against[0]
        text = written(rule, component.unit)
        yield Finding(
            code="target-against-direction",
            path=(*path, "targets", year),
            typed=text,
            sentence=f"{name}: {WORDS[component.direction]} is beter, maar de streefwaarde van {year} is {text}. "
            "Klopt dit?",
        )


def _met_by_baseline(component: Component, name: str, path: Path) -> Iterator[Finding]:
    """Ask about targets that are easier than the baseline: a worse figure would meet them too."""
    if component.baseline is None or isinstance(component.baseline.value, NoValue):
        return
    value, direction = component.baseline.value, component.direction
    years = [
        year
        for year, rule, _ in _in_order(component)
        if (
            value.highest < rule.nearest(component.unit, direction)
            if direction is Direction.LOWER
            else value.lowest > rule.nearest(component.unit, direction)
        )
    ]
    if years:
        text = written(component.targets[years[0]], component.unit)
        yield Finding(
            code="target-met-by-baseline",
            path=(*path, "targets", years[0]),
            typed=text,
            sentence=f"{name}: de nulmeting ({written(value, component.unit)}) haalt de streefwaarde van "
            f"{listed([str(year) for year in years])} al ruim ({text}). Klopt dit?",
        )


def _jumps(component: Component, name: str, path: Path) -> Iterator[Finding]:
    """Ask about a figure that is ten times, or a tenth of, the figure before it; not about the way back again."""
    figures: list[tuple[Path, str, str, Decimal]] = []
    baseline = component.baseline
    if baseline is not None and isinstance(baseline.value, Exact):
        text = written(baseline.value, component.unit)
        figures.append(((*path, "baseline", "value"), "de nulmeting", text, baseline.value.number))
    for year, rule, number in _in_order(component):
        text = written(rule, component.unit)
        figures.append(((*path, "targets", year), f"de streefwaarde van {year}", text, number))
    jumps: set[int] = set()
    for index in range(1, len(figures)):
        (_, earlier, before, _), (place, what, text, number) = figures[index - 1 : index + 1]
        is_return = index - 1 in jumps and index > 1 and not _is_jump(figures[index - 2][3], number)
        if _is_jump(figures[index - 1][3], number) and not is_return:
            jumps.add(index)
            sentence = f"{name}: {what} is {text}, maar {earlier} is {before}. Klopt dit?"
            yield Finding(code="jump-of-ten", path=place, typed=text, sentence=sentence)


def _is_jump(before: Decimal, number: Decimal) -> bool:
    """Return whether one number is ten or more times the other; 0 is compared with nothing."""
    low, high = sorted((before, number))
    return low > 0 and high >= JUMP * low


def _other_questions(component: Component, name: str, path: Path) -> Iterator[Finding]:
    """Ask about an aim that its own bound excludes, and about a count that is its own year."""
    for year, rule, number in _in_order(component):
        text = written(rule, component.unit)
        place = (*path, "targets", year)
        if rule.aim is not None and rule.bound is not None and not rule.bound.admits(rule.aim):
            sentence = f"{name}: in de streefwaarde van {year} ({text}) haalt het streven de grens niet. Klopt dit?"
            yield Finding(code="aim-outside-bound", path=place, typed=text, sentence=sentence)
        if component.quantity is UnitKind.COUNT and number == year:
            sentence = f"{name}: de streefwaarde {text} is ook het jaartal. Klopt dit?"
            yield Finding(code="target-is-year", path=place, typed=text, sentence=sentence)
