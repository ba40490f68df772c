"""How we judge: the rules with an example of each, from the same code and figures as every verdict."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.safestring import SafeString

from indicators.domain.assessment import WORST_FIRST, Status
from indicators.domain.statuses import BAR_ORDER, NO_VALUE_WORDS, RULES, STATUSES
from indicators.domain.values import Reason
from indicators.models import Reading
from indicators.pages.badges import mark
from indicators.pages.links import Links
from indicators.readmodel.figure import Figure
from indicators.readmodel.rows import ComponentRow, IndicatorRow, Overview
from indicators.readmodel.sentences import is_known, standing_words

REASON_WRITTEN = {Reason.PM: "pm", Reason.UNKNOWN: "n.b.", Reason.NOT_APPLICABLE: "n.v.t."}
REASON_MEANINGS = {
    Reason.PM: "Het cijfer komt nog. Ook wie nog maar een deel van het jaar heeft, schrijft pm.",
    Reason.UNKNOWN: "Het cijfer is er niet, en het komt niet vanzelf.",
    Reason.NOT_APPLICABLE: "Er valt dit jaar niets te meten; er wordt niet meer om gevraagd.",
}


@dataclass(frozen=True)
class Example:
    """A figure that a rule judged: `invented` when it is one of the practice municipality."""

    url: str
    name: str
    text: str
    mark: SafeString
    invented: bool


@dataclass(frozen=True)
class Rule:
    """A rule of the table with the words that it leads to, and an example where there is one."""

    number: int
    text: str
    mark: SafeString
    final: str
    example: Example | None


@dataclass(frozen=True)
class JudgingPage:
    """All that the page shows; `kadernota` words are empty where there is none."""

    rules: tuple[Rule, ...]
    words: tuple[tuple[SafeString, str, str], ...]
    reasons: tuple[tuple[str, str, str], ...]
    order: str
    general: tuple[Reading, ...]
    readings: tuple[tuple[str, str, Reading], ...]


def build_judging(overview: Overview | None, practice: Overview | None, readings: Iterable[Reading]) -> JudgingPage:
    """Build the page; examples come from `overview`, and where it has none from `practice`. No queries."""
    readings = list(readings)
    links = Links(overview.slug, _latest(overview)) if overview else None
    return JudgingPage(
        rules=tuple(_rule(number, overview, practice) for number in RULES),
        words=tuple(
            (mark(status, STATUSES[status].word), STATUSES[status].final_word, STATUSES[status].meaning)
            for status in BAR_ORDER
        ),
        reasons=tuple((REASON_WRITTEN[reason], NO_VALUE_WORDS[reason], REASON_MEANINGS[reason]) for reason in Reason),
        order=", ".join(STATUSES[status].word.lower() for status in WORST_FIRST if status is not Status.NO_TARGET),
        general=tuple(reading for reading in readings if reading.indicator_id is None),
        readings=tuple(
            (reading.indicator.code, links.indicator(reading.indicator.code), reading)
            for reading in readings
            if reading.indicator is not None and links is not None
        ),
    )


def lacks_examples(overview: Overview | None) -> bool:
    """Whether a rule has judged none of these figures, so that another kadernota must give its example."""
    return overview is None or any(find_example(overview, number) is None for number in RULES)


def find_example(overview: Overview, rule: int) -> tuple[IndicatorRow, ComponentRow, Figure] | None:
    """The first adopted figure that this rule judged: of the newest year, but the last target year comes last."""
    found = (one for one in _figures(overview) if one[2].assessment.rule == rule)
    # Rule 1 is best told with a figure that was measured and has a target in other years; rule 2 and 3 have no figure.
    return min(found, key=lambda one: rule == 1 and not _tells_rule_one(one), default=None)


def _tells_rule_one(found: tuple[IndicatorRow, ComponentRow, Figure]) -> bool:
    return is_known(found[2]) and found[1].has_targets


def _figures(overview: Overview) -> Iterator[tuple[IndicatorRow, ComponentRow, Figure]]:
    years = sorted(overview.years, key=lambda year: (year == overview.last_year, -year))
    for year in years:
        for row in overview.rows:
            if row.counts_in(year):
                yield from ((row, part, figure) for part, figure in row.figures(year))


def _latest(overview: Overview) -> int:
    return max((edition.year for edition in overview.shown_editions), default=overview.years[0])


def _rule(number: int, overview: Overview | None, practice: Overview | None) -> Rule:
    status = RULES[number]
    example = next(filter(None, (_example(source, number) for source in (overview, practice) if source)), None)
    final = STATUSES[status].final_word
    return Rule(number, STATUSES[status].condition, mark(status, STATUSES[status].word), final, example)


def _example(overview: Overview, rule: int) -> Example | None:
    found = find_example(overview, rule)
    if found is None:
        return None
    row, part, figure = found
    words = standing_words(figure, final=figure.year == overview.last_year)
    name = row.title_of(part)
    url = Links(overview.slug, figure.year).indicator(row.code)
    return Example(url, name, example_text(part, figure), mark(figure.status, words), overview.is_practice)


def example_text(part: ComponentRow, figure: Figure) -> str:
    """What a verdict rests on, in a line: in 2020 meting 281, streefwaarde <500, nulmeting 565 (2017)."""
    baseline = f"{part.baseline_printed} ({part.baseline_year})" if part.baseline_printed else "geen"
    return (
        f"in {figure.year} meting {figure.printed or 'geen'}, streefwaarde {figure.target_printed or 'geen'}, "
        f"nulmeting {baseline}"
    )
