"""Dutch words and sentences on the read model: counts of statuses, the verdict on an indicator, the edition."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from indicators.domain.assessment import Assessment, Development, Status
from indicators.domain.chance import words_for_chance
from indicators.domain.dutch import counted, date_words, listed, plural
from indicators.domain.followed import Followed
from indicators.domain.formatting import format_number
from indicators.domain.statuses import CERTAINTY_WORDS, FOLLOWED_WORDS, status_words
from indicators.domain.targets import Sign, format_target
from indicators.domain.values import Direction, Known, NoValue, Reason, UnitKind, Value, Withheld
from indicators.models.drafts import SUBSTANTIVE
from indicators.readmodel.chain import EditionInfo
from indicators.readmodel.figure import Figure
from indicators.readmodel.provenance import TargetDecision
from indicators.readmodel.rows import ComponentRow, IndicatorRow, Overview

SIGN_WORDS = {
    Sign.BELOW: "minder dan",
    Sign.AT_MOST: "hoogstens",
    Sign.ABOVE: "meer dan",
    Sign.AT_LEAST: "minstens",
}
DIRECTION_WORDS = {Direction.LOWER: "minder is beter", Direction.HIGHER: "meer is beter"}
SCORE_DIRECTION_WORDS = {Direction.LOWER: "lager is beter", Direction.HIGHER: "hoger is beter"}
WITHHELD_WHY = "de bron geeft het precieze aantal niet vrij"
# The statuses of a sentence with counts, in order; ON_TRACK comes first, in a phrase of its own.
COUNTED_STATUSES = (Status.AT_RISK, Status.OFF_TRACK, Status.UNCERTAIN, Status.NO_DATA, Status.NOT_DUE)


def is_known(figure: Figure) -> bool:
    """Return whether there is a figure, exact or withheld, and not a NoValue."""
    return figure.value is not None and not isinstance(figure.value, NoValue)


def has_figure(row: IndicatorRow, year: int) -> bool:
    """Return whether any component of the indicator has a figure this year."""
    return any(is_known(part.figures[year]) for part in row.components)


def figure_status_words(figure: Figure, *, final: bool) -> str:
    """Return the word for the status of a figure, or that its indicator is not followed in that year."""
    return FOLLOWED_WORDS.get(figure.followed) or status_words(figure.status, final=final, value=figure.value)


def row_status_words(row: IndicatorRow, year: int, *, final: bool) -> str:
    """Return the word for the status of an indicator; the reason when all its missing figures have the same one."""
    if not row.counts_in(year):
        return FOLLOWED_WORDS[row.followed(year)]
    status = row.statuses[year]
    if status is not Status.NO_DATA:
        return status_words(status, final=final)
    values = [figure.value for _, figure in row.figures(year) if figure.status is status]
    reasons = {value for value in values if isinstance(value, NoValue)}
    value: Value | None = reasons.pop() if len(reasons) == 1 and None not in values else None
    return status_words(status, final=final, value=value)


def count_sentence(rows: Sequence[IndicatorRow], year: int, *, final: bool) -> str:
    """Return one sentence with the number of indicators by status; missing figures come first when most are."""
    if not rows:
        return "Er zijn nog geen indicatoren."
    rows = [row for row in rows if row.counts_in(year)]
    total = len(rows)
    statuses = [row.statuses[year] for row in rows]
    counts = {status: statuses.count(status) for status in Status}
    if not total:
        return f"In {year} worden deze indicatoren niet gevolgd."
    if counts[Status.NO_TARGET] == total:
        return _measured_sentence(rows, year)
    if total == 1:
        return f"In {year} staat de enige indicator op ‘{status_words(statuses[0], final=final)}’."
    phrases = [_phrase(status, counts[status], final=final) for status in COUNTED_STATUSES if counts[status]]
    if counts[Status.NO_TARGET]:
        phrases.append(f"voor {counts[Status.NO_TARGET]} is er dit jaar geen streefwaarde")
    if counts[Status.NO_DATA] == total:
        return f"Over {year} is er van geen van de {total} indicatoren een cijfer."
    if counts[Status.NO_DATA] * 2 > total:
        rest = [phrase for phrase in phrases if not phrase.startswith("van ")]
        good = _phrase(Status.ON_TRACK, counts[Status.ON_TRACK], final=final) if counts[Status.ON_TRACK] else ""
        others = listed([phrase for phrase in (good, *rest) if phrase])
        return f"Over {year} is er van {counts[Status.NO_DATA]} van de {total} indicatoren geen cijfer; {others}."
    first = _first_phrase(counts[Status.ON_TRACK], total, year, final=final)
    return f"{first}; {listed(phrases)}." if phrases else f"{first}."


def _first_phrase(count: int, total: int, year: int, *, final: bool) -> str:
    good = "behaald" if final else "op koers"
    if count == total:
        return f"In {year} zijn alle {total} indicatoren {good}"
    number = count or "geen"
    return f"In {year} {'is' if count < 2 else 'zijn'} {number} van de {total} indicatoren {good}"


def _phrase(status: Status, count: int, *, final: bool) -> str:
    verb = plural(count, "is", "zijn")
    if status is Status.ON_TRACK:
        return f"{count} {verb} {'behaald' if final else 'op koers'}"
    if status is Status.AT_RISK and final:
        return f"{count} {verb} niet behaald maar wel beter dan de nulmeting"
    if status is Status.AT_RISK:
        return f"{counted(count, 'vraagt', 'vragen')} aandacht"
    if status is Status.OFF_TRACK:
        return f"{count} {verb} niet {'behaald' if final else 'op koers'}"
    if status is Status.UNCERTAIN:
        return f"{count} {verb} niet te bepalen"
    if status is Status.NO_DATA:
        return f"van {count} is er geen cijfer"
    return f"voor {count} was geen meting gepland"


def _measured_sentence(rows: Sequence[IndicatorRow], year: int) -> str:
    measured = sum(has_figure(row, year) for row in rows)
    total = len(rows)
    if measured == total:
        known = f"van alle {total} indicatoren is er een cijfer" if total > 1 else "er is een cijfer"
    else:
        known = f"van {measured or 'geen'} van de {total} indicatoren is er een cijfer"
    return f"Voor {year} zijn er geen streefwaarden; {known}."


def edition_sentence(edition: EditionInfo | None, year: int) -> str:
    """Return a sentence on the edition: adopted by a decision, or taken over from published data."""
    if edition is None:
        return f"Over {year} is nog niets vastgesteld."
    if edition.is_taken_over:
        words = edition_words(edition)
        return f"{words[0].upper()}{words[1:]} (editie {edition.label})."
    return f"Editie {edition.label}, {edition_words(edition)}."


def edition_words(edition: EditionInfo) -> str:
    """Return the origin of an edition: "vastgesteld op 2 maart 2021, besluit X", "overgenomen uit open data op …"."""
    if edition.is_taken_over:
        day = f" op {date_words(edition.retrieved_on)}" if edition.retrieved_on else ""
        return f"overgenomen uit open data{day}"
    day = f" op {date_words(edition.adopted_on)}" if edition.adopted_on else ""
    return f"vastgesteld{day}, besluit {edition.decision}"


def verdict_sentences(row: IndicatorRow, year: int, *, last_year: int) -> list[str]:
    """Return the sentences on an indicator this year: measurement, target and development of each component."""
    if not row.counts_in(year):
        return [followed_sentence(row, year)]
    sentences: list[str] = []
    for part, figure in row.figures(year):
        text = " ".join(filter(None, part_sentences(part, figure, last_year=last_year)))
        if part.name and part.has_targets and not is_known(figure):
            # Only a count names what was counted; without a figure two components would have the same sentence.
            text = f"Onderdeel ‘{part.name}’: {text[0].lower()}{text[1:]}"
        sentences.append(text)
    statuses = {figure.status for _, figure in row.figures(year) if figure.status is not Status.NO_TARGET}
    if len(statuses) > 1:
        words = status_words(row.statuses[year], final=year == last_year).lower()
        sentences.append(f"Als geheel: {words}, want het onderdeel dat er het slechtst voor staat, telt.")
    return sentences


def followed_sentence(row: IndicatorRow, year: int) -> str:
    """Return why an indicator is not followed this year: it starts later or ended before, with the reason."""
    if row.followed(year) is Followed.ADDED_LATER:
        return f"Deze indicator is later aan de kadernota toegevoegd; {year} was toen al beoordeeld."
    if row.followed(year) is Followed.NOT_YET:
        text = f"Deze indicator wordt gevolgd vanaf {row.first_year}."
    else:
        text = f"Deze indicator is na {row.last_year} vervallen."
    return f"{text} Reden: {row.change_reason}" if row.change_reason else text


def part_sentences(part: ComponentRow, figure: Figure, *, last_year: int) -> Iterable[str]:
    """Yield the sentences on one component in one year; "" for a sentence that does not apply."""
    if not part.has_targets and part.name:
        text = figure.printed if is_known(figure) else f"geen cijfer over {figure.year}"
        yield f"Onderdeel ‘{part.name}’: {text}, zonder streefwaarde."
        return
    yield measured_sentence(part, figure)
    if not is_known(figure):
        yield last_known_sentence(part, figure.year)
    yield target_sentence(figure, final=figure.year == last_year)
    yield since_sentence(part, figure)


def measured_sentence(part: ComponentRow, figure: Figure) -> str:
    """Return the sentence on the measurement, or on why there is no figure."""
    year, value = figure.year, figure.value
    what = f"het aantal {part.noun}" if part.unit.kind is UnitKind.COUNT else "het cijfer"
    if value is None:
        return f"Over {year} is er nog geen cijfer." if figure.planned else f"In {year} was geen meting gepland."
    if isinstance(value, NoValue):
        if value.reason is Reason.NOT_APPLICABLE:
            return f"Voor {year} is een cijfer niet van toepassing."
        known = "volgt nog" if value.reason is Reason.PM else "is niet bekend"
        return f"{what[0].upper()}{what[1:]} over {year} {known}."
    provisional = " Dit cijfer is voorlopig." if value.provisional else ""
    return _amount(part, figure, value) + provisional


def _amount(part: ComponentRow, figure: Figure, value: Known) -> str:
    printed = figure.printed.removesuffix("*")
    if isinstance(value, Withheld):
        words = "hoogstens" if value.inclusive else "minder dan"
        return f"In {figure.year} waren er {words} {printed.lstrip('<≤')} {part.noun}; {WITHHELD_WHY}."
    if part.unit.kind is not UnitKind.COUNT:
        return f"In {figure.year} was de meting {printed}."
    if value.number == 1:
        return f"In {figure.year} was het aantal {part.noun} 1."
    return f"In {figure.year} waren er {printed} {part.noun}."


def last_known_sentence(part: ComponentRow, year: int) -> str:
    """Return the sentence on the latest known figure before this year; "" for none."""
    last = part.last_known(year)
    if last is not None:
        return f"Het laatste bekende cijfer is {last.printed} ({last.year})."
    if part.baseline_printed and not isinstance(part.baseline, NoValue):
        return f"Het laatste bekende cijfer is de nulmeting: {part.baseline_printed} ({part.baseline_year})."
    return ""


def target_sentence(figure: Figure, *, final: bool) -> str:
    """Return the sentence on the target, and on whether it was met."""
    if figure.target is None:
        return f"Voor {figure.year} is er geen streefwaarde."
    printed = figure.target_printed
    if not is_known(figure):
        return f"De streefwaarde voor {figure.year} is {printed}."
    words = {
        Status.ON_TRACK: "behaald" if final else "op koers",
        Status.AT_RISK: "niet behaald, wel beter dan de nulmeting"
        if final
        else "aandacht, want niet gehaald maar wel beter dan de nulmeting",
        Status.OFF_TRACK: "niet behaald" if final else "niet op koers",
        Status.UNCERTAIN: "niet te bepalen, want het precieze aantal kan aan beide kanten ervan liggen",
    }[figure.status]
    aim = {None: "", True: " Ook het streven is bereikt.", False: " Het streven zelf is niet bereikt."}
    return f"De streefwaarde was {printed}: {words}.{aim[figure.assessment.aim_reached]}"


def decision_sentence(figure: Figure) -> str:
    """Return the sentence on the decision that changed this target; "" for a target of the nota."""
    if figure.target_change is None:
        return ""
    by = f"bij besluit {_decision_words(figure.target_change, ' op ')}"
    if not figure.target_was:
        return f"Streefwaarde gegeven {by}."
    return f"Streefwaarde gewijzigd {by}: was {figure.target_was}."


def target_note(figure: Figure) -> str:
    """Return how the target of a figure differs from that of another version, by which decision; "" if not (rule 13).

    A change by a version under which the year was not judged is named before one that its verdict counts with.
    """
    change = figure.later_target or figure.target_change
    if change is None:
        return ""
    unit = figure.facts.unit
    if figure.later_target:
        what = f"later gewijzigd: {format_target(change.rule, unit)}" if change.rule else "later vervallen"
    else:
        what = f"gewijzigd: was {format_target(change.was, unit)}" if change.was else "gegeven"
    return ", ".join(filter(None, (f"streefwaarde {what}", _decision_words(change, ", "))))


def _decision_words(change: TargetDecision, between: str) -> str:
    """Return the reference of a decision and its date, the date once when the reference holds it."""
    day = date_words(change.on) if change.on else ""
    return change.decision if day in change.decision else between.join(filter(None, (change.decision, day)))


def version_sentence(overview: Overview, year: int) -> str:
    """Return under which version a year is judged; "" when no later one changes more than texts (rule 13)."""
    version = overview.versions_by_year[year]
    later = overview.chain.versions[version.number :]
    if not any(other.kind == SUBSTANTIVE for other in later):
        return ""
    return f"{year} is beoordeeld volgens {version.label} van de kadernota; de nieuwste is {later[-1].label}."


def since_sentence(part: ComponentRow, figure: Figure) -> str:
    """Return the sentence on the change since the baseline and its certainty; "" when unknown."""
    if is_known(figure) and not figure.comparable:
        return "De manier van meten is veranderd: dit cijfer is niet met de nulmeting te vergelijken."
    assessment, short = figure.assessment, development_sentence(part, figure)
    if assessment.difference is None or not short or assessment.development is Development.EQUAL:
        return short
    verb = "is dat"
    if part.unit.kind is UnitKind.COUNT:
        verb = f"{plural(abs(assessment.difference), 'is', 'zijn')} het er"
    since = f"Sinds {part.baseline_year}"
    return f"{since} {verb}{short.removeprefix(since)}"


def direction_words(part: ComponentRow) -> str:
    """Return which direction is better: minder is beter; hoger is beter."""
    words = DIRECTION_WORDS if part.unit.kind is UnitKind.COUNT else SCORE_DIRECTION_WORDS
    return words[part.direction]


def target_meaning(part: ComponentRow, figure: Figure) -> str:
    """Return the target in words: minder dan 500; 4.500 of minder."""
    target = figure.target
    if target is None:
        return ""
    better = direction_words(part).split(" ")[0]
    if target.bound is None:
        return f"{figure.target_printed} of {better}"
    bound = f"{SIGN_WORDS[target.bound.sign]} {figure.target_printed.rpartition(target.bound.sign.value)[2]}"
    if target.aim is None:
        return bound
    aim = figure.target_printed.partition(" ")[0]
    reached = {None: "", True: "; het streven is bereikt", False: "; het streven is niet bereikt"}
    return f"het streven is {aim}, de grens is {bound}{reached[figure.assessment.aim_reached]}"


def development_sentence(part: ComponentRow, figure: Figure) -> str:
    """Return the change since the baseline: Sinds 2017 284 minder (-50%): een duidelijke verandering."""
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
    """Return what is still needed until the last target year, in all and per remaining year; "" when unknown."""
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
    """Return the chance that an unchanged level meets this target; "" where there is none (effort, baseline 0)."""
    chance = figure.assessment.unchanged_chance
    if chance is None:
        return ""
    level, frequency = part.baseline_printed, words_for_chance(chance)
    return f"Bij een gelijkblijvend niveau van {level} per jaar wordt deze streefwaarde gehaald in {frequency}."
