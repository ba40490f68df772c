"""The page "Hoe wij oordelen": the rules with examples, from the code and the figures behind every verdict."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.safestring import SafeString

from indicators.domain.assessment import WORST_FIRST, Status
from indicators.domain.formatting import WRITTEN_REASON
from indicators.domain.statuses import BAR_ORDER, NO_VALUE_WORDS, RULES, STATUSES
from indicators.domain.values import Reason
from indicators.pages.badges import mark
from indicators.pages.links import Links
from indicators.readmodel.figure import Figure
from indicators.readmodel.provenance import ReadingRow
from indicators.readmodel.rows import ComponentRow, IndicatorRow, Overview
from indicators.readmodel.sentences import figure_status_words, is_known

REASON_MEANINGS = {
    Reason.PM: "Het cijfer komt nog. Ook wie nog maar een deel van het jaar heeft, schrijft pm.",
    Reason.UNKNOWN: "Het cijfer is er niet, en het komt niet vanzelf.",
    Reason.NOT_APPLICABLE: "Er valt dit jaar niets te meten; er wordt niet meer om gevraagd.",
}


@dataclass(frozen=True, kw_only=True)
class Example:
    """A figure that a rule decides; `is_practice` if it is an invented one of the practice municipality."""

    url: str
    name: str
    text: str
    mark: SafeString
    is_practice: bool


@dataclass(frozen=True, kw_only=True)
class Rule:
    """A rule with its status; `final` is the word for the last target year, `example` a figure that it decides."""

    number: int
    text: str
    mark: SafeString
    final: str
    example: Example | None


@dataclass(frozen=True, kw_only=True)
class MethodPage:
    """The content of the page; without a kadernota there are no examples and readings."""

    rules: tuple[Rule, ...]
    words: tuple[tuple[SafeString, str, str], ...]
    reasons: tuple[tuple[str, str, str], ...]
    order: str
    general: tuple[ReadingRow, ...]
    readings: tuple[tuple[str, str, ReadingRow], ...]


def build_method(overview: Overview | None, practice: Overview | None) -> MethodPage:
    """Build the page, with examples from `overview`, else from `practice`. No queries."""
    links = Links(overview.slug, _latest(overview)) if overview else None
    return MethodPage(
        rules=tuple(_rule(number, overview, practice) for number in RULES),
        words=tuple(
            (mark(status, STATUSES[status].word), STATUSES[status].final_word, STATUSES[status].meaning)
            for status in BAR_ORDER
        ),
        reasons=tuple((WRITTEN_REASON[reason], NO_VALUE_WORDS[reason], REASON_MEANINGS[reason]) for reason in Reason),
        order=", ".join(STATUSES[status].word.lower() for status in WORST_FIRST if status is not Status.NO_TARGET),
        general=overview.readings if overview else (),
        readings=tuple(
            (row.code, links.indicator(row.code), reading)
            for row in (overview.all_rows if overview else ())
            for reading in row.readings
            if links is not None
        ),
    )


def lacks_examples(overview: Overview | None) -> bool:
    """Return whether `overview` has no example of some rule."""
    return overview is None or any(find_example(overview, number) is None for number in RULES)


def find_example(overview: Overview, rule: int) -> tuple[IndicatorRow, ComponentRow, Figure] | None:
    """Return a figure that this rule decides: of the newest year, of the last target year only if there is no other."""
    candidates = (candidate for candidate in _figures(overview) if candidate[2].assessment.rule == rule)
    # A good example of rule 1, no target, has a measurement, and targets in other years.
    return min(candidates, key=lambda candidate: rule == 1 and not _suits_rule_1(*candidate[1:]), default=None)


def _suits_rule_1(part: ComponentRow, figure: Figure) -> bool:
    return is_known(figure) and part.has_targets


def _figures(overview: Overview) -> Iterator[tuple[IndicatorRow, ComponentRow, Figure]]:
    years = sorted(overview.years, key=lambda year: (year == overview.last_year, -year))
    for year in years:
        for row in overview.rows:
            if row.counts_in(year):
                yield from ((row, part, figure) for part, figure in row.figures(year))


def _latest(overview: Overview) -> int:
    return max((edition.year for edition in overview.editions), default=overview.years[0])


def _rule(number: int, overview: Overview | None, practice: Overview | None) -> Rule:
    status = RULES[number]
    example = next(filter(None, (_example(source, number) for source in (overview, practice) if source)), None)
    return Rule(
        number=number,
        text=STATUSES[status].condition,
        mark=mark(status, STATUSES[status].word),
        final=STATUSES[status].final_word,
        example=example,
    )


def _example(overview: Overview, rule: int) -> Example | None:
    candidate = find_example(overview, rule)
    if candidate is None:
        return None
    row, part, figure = candidate
    words = figure_status_words(figure, final=figure.year == overview.last_year)
    name = row.title_of(part)
    url = Links(overview.slug, figure.year).indicator(row.code)
    return Example(
        url=url,
        name=name,
        text=example_text(part, figure),
        mark=mark(figure.status, words),
        is_practice=overview.is_practice,
    )


def example_text(part: ComponentRow, figure: Figure) -> str:
    """Return what a verdict rests on: in 2020 meting 281, streefwaarde <500, nulmeting 565 (2017)."""
    baseline = f"{part.baseline_printed} ({part.baseline_year})" if part.baseline_printed else "geen"
    return (
        f"in {figure.year} meting {figure.printed or 'geen'}, streefwaarde {figure.target_printed or 'geen'}, "
        f"nulmeting {baseline}"
    )
