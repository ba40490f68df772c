"""The Dutch words and the sign for each status, and the sentences that the figures themselves give."""

from decimal import Decimal

from indicators.domain.assessment import Assessment, Certainty, Development, Status
from indicators.domain.chance import words_for_chance
from indicators.domain.followed import Followed
from indicators.domain.notation import format_number
from indicators.domain.values import NoValue, Reason, UnitKind, Value
from indicators.readmodel.figure import Figure
from indicators.readmodel.rows import ComponentRow, IndicatorRow

STATUS_WORDS = {
    Status.OFF_TRACK: "Niet op koers",
    Status.AT_RISK: "Aandacht",
    Status.UNCERTAIN: "Niet te bepalen",
    Status.NO_DATA: "Nog geen meting",
    Status.NOT_DUE: "Geen meting gepland",
    Status.ON_TRACK: "Op koers",
    Status.NO_TARGET: "Geen streefwaarde",
}
FINAL_WORDS = {
    Status.OFF_TRACK: "Niet behaald",
    Status.AT_RISK: "Niet behaald, wel beter dan de nulmeting",
    Status.ON_TRACK: "Behaald",
}
NO_VALUE_WORDS = {
    Reason.PM: "Volgt nog",
    Reason.UNKNOWN: "Niet bekend",
    Reason.NOT_APPLICABLE: "Niet van toepassing",
}
# What stands in the place of a status where an indicator is not followed.
FOLLOWED_WORDS = {Followed.NOT_YET: "Nog niet gevolgd", Followed.ENDED: "Vervallen"}
# Signs that print in every font of pages and documents; each stands beside its word, never alone.
STATUS_SIGNS = {
    Status.OFF_TRACK: "✗",
    Status.AT_RISK: "▲",
    Status.UNCERTAIN: "?",
    Status.NO_DATA: "–",
    Status.NOT_DUE: "·",
    Status.ON_TRACK: "✓",
    Status.NO_TARGET: "○",
}
CERTAINTY_WORDS = {
    Certainty.CLEAR: "een duidelijke verandering",
    Certainty.CHANCE: "dit kan toeval zijn",
    Certainty.EFFORT: "eigen inzet: toeval speelt hier geen rol",
    Certainty.UNKNOWN: "onzekerheid onbekend",
}
RULE_TEXTS = {
    1: "er is voor dit jaar geen streefwaarde",
    2: "er is geen meting, en dit jaar was er geen gepland",
    3: "er is nog geen cijfer",
    4: "elke waarde die de meting kan hebben, haalt de streefwaarde",
    5: "een deel van de waarden die de meting kan hebben haalt de streefwaarde, een deel niet",
    6: "de streefwaarde is niet gehaald, maar de meting is beter dan de nulmeting",
    7: "de streefwaarde is niet gehaald, en de meting is niet beter dan de nulmeting of er niet mee te vergelijken",
}


def status_words(status: Status, *, final: bool, value: Value | None = None) -> str:
    """The words for a status; `final` in the last target year; a "no value" says its own reason."""
    if status is Status.NO_DATA and isinstance(value, NoValue):
        return NO_VALUE_WORDS[value.reason]
    return FINAL_WORDS.get(status, STATUS_WORDS[status]) if final else STATUS_WORDS[status]


def standing_words(figure: Figure, *, final: bool) -> str:
    """The words for how a component stands in the year of this figure, or that it is not followed then."""
    outside = FOLLOWED_WORDS.get(figure.followed)
    return outside or status_words(figure.status, final=final, value=figure.value)


def development_sentence(part: ComponentRow, figure: Figure) -> str:
    """Which way since the baseline, and how sure: "Sinds 2017 284 minder (-50%): een duidelijke verandering."."""
    assessment = figure.assessment
    if assessment.development is None or assessment.difference is None:
        return ""
    if assessment.development is Development.EQUAL:
        return f"Gelijk aan de nulmeting van {part.baseline_year}."
    way = "minder" if assessment.difference < 0 else "meer"
    if part.unit.kind is not UnitKind.COUNT:
        way = "lager" if assessment.difference < 0 else "hoger"
    amount = part.difference_printed(figure.year)
    if part.unit.kind is UnitKind.PERCENTAGE:
        amount = amount.removesuffix("%") + " procentpunt"
    certainty = CERTAINTY_WORDS[assessment.certainty] if assessment.certainty else ""
    return f"Sinds {part.baseline_year} {amount} {way}{_percent(assessment, part)}: {certainty}."


def _percent(assessment: Assessment, part: ComponentRow) -> str:
    if assessment.percent is None or part.unit.kind is not UnitKind.COUNT:
        return ""
    rounded = assessment.percent.quantize(Decimal(1))
    sign = "−" if rounded < 0 else "+"
    return f" ({sign}{format_number(abs(rounded), 0)}%)" if rounded else ""


def needed_sentence(part: ComponentRow, figure: Figure, last_year: int) -> str:
    """How far to the last target year: already there, or what is still needed in all and per remaining year."""
    needed = figure.assessment.needed_in_all
    if needed is None:
        return ""
    if needed == 0:
        return f"Dit cijfer voldoet aan de streefwaarde voor {last_year}."
    printed = part.needed_printed(figure.year) or ""
    unit = " procentpunt" if part.unit.kind is UnitKind.PERCENTAGE else ""
    remaining = last_year - figure.year
    if remaining < 1:
        return f"Er kwam {printed}{unit} tekort."
    per_year = format_number((needed / remaining).quantize(part.unit.step / 10), part.unit.decimals)
    return f"Tot en met {last_year} is nog {printed}{unit} nodig, gemiddeld {per_year} per jaar."


def chance_sentence(part: ComponentRow, figure: Figure) -> str:
    """The chance that an unchanged level would meet this target; "" where that says nothing (effort, baseline 0)."""
    chance = figure.assessment.unchanged_chance
    if chance is None:
        return ""
    level, often = part.baseline_printed, words_for_chance(chance)
    return f"Bij een gelijkblijvend niveau van {level} per jaar wordt deze streefwaarde gehaald in {often}."


# Best first, as one reads a bar from the left.
BAR_ORDER = (
    Status.ON_TRACK,
    Status.AT_RISK,
    Status.OFF_TRACK,
    Status.UNCERTAIN,
    Status.NO_DATA,
    Status.NOT_DUE,
    Status.NO_TARGET,
)


# What a narrow cell says with fewer letters; who listens hears the whole.
LONG_TAIL = " dan de nulmeting"


def row_words(row: IndicatorRow, year: int, *, final: bool) -> str:
    """The words for how an indicator stands; a "no value" of its only counting component says its reason."""
    if not row.counts_in(year):
        return FOLLOWED_WORDS[row.followed(year)]
    status = row.statuses[year]
    if status is not Status.NO_DATA:
        return status_words(status, final=final)
    values = [figure.value for _, figure in row.figures(year) if figure.status is status]
    reasons = {value for value in values if isinstance(value, NoValue)}
    value: Value | None = reasons.pop() if len(reasons) == 1 and None not in values else None
    return status_words(status, final=final, value=value)
