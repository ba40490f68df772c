"""The section "Waarom dit oordeel?": what the verdict on each component rests on."""

from collections.abc import Mapping
from dataclasses import dataclass

from indicators.domain.formatting import format_value
from indicators.domain.statuses import RULES, STATUSES
from indicators.domain.values import NoValue, Role
from indicators.readmodel.figure import Figure
from indicators.readmodel.rows import ComponentRow, IndicatorRow, Overview
from indicators.readmodel.sentences import (
    chance_sentence,
    decision_sentence,
    direction_words,
    edition_sentence,
    figure_status_words,
    is_known,
    needed_sentence,
    since_sentence,
    target_meaning,
    target_note,
    version_sentence,
)

# Who recorded a revision, the day in words, and who adopted it.
Recorder = tuple[str, str, str]


@dataclass(frozen=True)
class Judgement:
    """The terms of the verdict on a component, with their texts; the name is "" for a single component."""

    name: str
    terms: tuple[tuple[str, str], ...]


def judgements(
    overview: Overview, row: IndicatorRow, year: int, *, recorders: Mapping[int, Recorder] | None
) -> list[Judgement]:
    """Return what the verdict on each component rests on.

    `recorders`: who recorded each revision and when, by its key; None for the public, who see no names.
    """
    return [
        Judgement(part.name, tuple(_terms(overview, row, part, figure, recorders=recorders)))
        for part, figure in row.figures(year)
    ]


def _terms(
    overview: Overview,
    row: IndicatorRow,
    part: ComponentRow,
    figure: Figure,
    *,
    recorders: Mapping[int, Recorder] | None,
) -> list[tuple[str, str]]:
    final = figure.year == overview.last_year
    words = figure_status_words(figure, final=final)
    terms = [
        ("Oordeel", f"{words}. Regel {figure.assessment.rule}: {STATUSES[RULES[figure.assessment.rule]].condition}."),
        ("Kadernota", version_sentence(overview, figure.year)),
        ("Nulmeting", _baseline(part, figure)),
        ("Richting", f"{direction_words(part)[0].upper()}{direction_words(part)[1:]}."),
        (f"Streefwaarde {figure.year}", _target(part, figure)),
        (f"Meting {figure.year}", _measured(figure)),
        ("Ontwikkeling", since_sentence(part, figure)),
        ("Toeval", _chance(row, part, figure)),
        ("Nog te gaan", needed_sentence(part, figure, overview.last_year)),
        ("Wie", _who(figure, recorders)),
        ("Editie", _edition(figure)),
    ]
    return [(term, text) for term, text in terms if text]


def _baseline(part: ComponentRow, figure: Figure) -> str:
    """Return the baseline that the verdict counts with, and that of the newest version where it is another."""
    baseline = figure.facts.baseline
    if baseline != part.baseline:
        own = f"{format_value(baseline, part.unit)}." if baseline else "Er is geen nulmeting."
        return f"{own} De nieuwste versie van de kadernota noemt {part.baseline_printed or 'er geen'}."
    if not part.baseline_printed:
        return "Er is geen nulmeting."
    if isinstance(part.baseline, NoValue):
        return f"{part.baseline_printed}: de nota noemt nog geen cijfer."
    return f"{part.baseline_printed}, gemeten in {part.baseline_year}."


def _target(part: ComponentRow, figure: Figure) -> str:
    note = target_note(figure) if figure.later_target else ""
    later = f" {note[0].upper()}{note[1:]}." if note else ""
    if figure.target is None:
        return f"Geen.{later}"
    changed = f" {decision_sentence(figure)}" if figure.target_change else ""
    return f"{figure.target_printed}, dat is: {target_meaning(part, figure)}.{changed}{later}"


def _measured(figure: Figure) -> str:
    if not figure.printed:
        return "Geen." if figure.planned else "Geen; er was dit jaar geen meting gepland."
    sample = f" Steekproef: {figure.sample} personen." if figure.sample else ""
    origin = f" Herkomst: {figure.source_note}." if figure.source_note else ""
    return f"{figure.printed}.{sample}{origin}"


def _chance(row: IndicatorRow, part: ComponentRow, figure: Figure) -> str:
    if row.role is Role.EFFORT:
        return "Dit is eigen inzet van de partners: toeval speelt hier geen rol."
    return chance_sentence(part, figure) if is_known(figure) else ""


def _who(figure: Figure, recorders: Mapping[int, Recorder] | None) -> str:
    if figure.revision is None:
        return ""
    if figure.edition and figure.edition.is_taken_over:
        return f"Overgenomen uit: {figure.edition.source}."
    by, on, adopter = (recorders or {}).get(figure.revision, ("", "", ""))
    recorded = f"Vastgelegd door {by or 'een beleidsmedewerker'}" + (f" op {on}" if on else "")
    if figure.edition is None:
        return f"{recorded}; nog niet vastgesteld."
    college = f"het college (verwerkt door {adopter})" if adopter else "het college"
    return f"{recorded}; vastgesteld door {college}."


def _edition(figure: Figure) -> str:
    if figure.revision is None:
        return ""
    return edition_sentence(figure.edition, figure.year) if figure.edition else "Concept: in nog geen editie."
