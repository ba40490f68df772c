"""The figures and verdicts of an edition as data, for sealing and for comparison with what was sealed."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from indicators.domain.assessment import Assessment, Facts, assess
from indicators.domain.followed import Followed
from indicators.domain.rules_version import RULES_VERSION
from indicators.domain.statuses import RULES, STATUSES
from indicators.domain.targets import TargetRule
from indicators.domain.values import Exact, NoValue, Value, Withheld
from indicators.models import Edition
from indicators.readmodel.chain import EditionInfo
from indicators.readmodel.figure import Figure
from indicators.readmodel.provenance import ReadingRow
from indicators.readmodel.public import overview_at, public_overview
from indicators.readmodel.rows import ComponentRow, IndicatorRow, Overview
from indicators.readmodel.sentences import figure_status_words
from reports.sealing.columns import COLUMNS

ABOUT = (
    "Alle cijfers en oordelen van deze editie: elk onderdeel in elk jaar tot en met dat van de editie. "
    "Getallen zijn tekst met een decimale punt, zodat niets wordt afgerond."
)
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class LoadedFigures:
    """The source of the sealed figures: the read model as of `edition`."""

    edition: EditionInfo
    overview: Overview


def load_figures(edition: Edition) -> LoadedFigures:
    """Load the source of the sealed figures of an edition."""
    public = public_overview(edition.kadernota)
    overview = overview_at(edition.kadernota, public, edition.decision.sequence)
    assert overview.edition is not None
    return LoadedFigures(overview.edition, overview)


def sealed_figures(source: LoadedFigures) -> dict[str, Any]:
    """Return the content of the sealed JSON; it has no floats."""
    return {
        "omschrijving": ABOUT,
        "kadernota": _kadernota(source.overview),
        "editie": edition_facts(source.edition),
        "regels": {
            "versie": RULES_VERSION,
            "tekst": {str(rule): STATUSES[status].condition for rule, status in RULES.items()},
        },
        "leeswijzen": [_reading(code, reading) for code, reading in source.overview.readings_with_codes()],
        "kolommen": [
            {"naam": column.name, "titel": column.title, "betekenis": column.meaning, "type": column.datatype}
            for column in COLUMNS
        ],
        "cijfers": figure_rows(source),
    }


def _kadernota(overview: Overview) -> Row:
    return {
        "adres": overview.slug,
        "titel": overview.title,
        "organisatie": overview.organisation,
        "bron": overview.version.document,
        "om_te_oefenen": overview.is_practice,
        "versie": overview.version.number,
        "jaar_nulmeting": overview.baseline_year,
        "jaren": list(overview.years),
        "streefjaren": list(overview.target_years),
    }


def edition_facts(edition: EditionInfo) -> Row:
    """Return the public facts of an edition: without the name of the person who adopted it."""
    return {
        "editie": edition.label,
        "jaar": edition.year,
        "nummer": edition.number,
        "soort": _kind(edition),
        "vastgesteld_op": _iso(edition.adopted_on),
        "besluit": edition.decision,
        "bron": edition.source,
        "overgenomen_op": _iso(edition.retrieved_on),
        "vingerafdruk": edition.chain_hash,
    }


def _kind(edition: EditionInfo) -> str:
    return "overgenomen" if edition.is_taken_over else "vastgesteld"


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _reading(code: str, reading: ReadingRow) -> Row:
    return {
        "nummer": reading.order,
        "indicator": code or None,
        "plaats": reading.place,
        "vraag": reading.question,
        "gelezen_als": reading.reading,
        "andere_lezing": reading.other,
        "gelezen_door": reading.decided_by,
        "sinds_versie": reading.version,
    }


def figure_rows(source: LoadedFigures) -> list[Row]:
    """Return a row for each component and each year up to that of the edition, in the order of the nota.

    Indicators that are followed only after that year are left out.
    """
    last = source.edition.year
    return [
        _row(source.overview, row, part, figure)
        for row in source.overview.all_rows
        if row.followed(last) is not Followed.NOT_YET
        for part in row.components
        for figure in part.figures.values()
        if figure.year <= last
    ]


def _row(overview: Overview, row: IndicatorRow, part: ComponentRow, figure: Figure) -> Row:
    facts = figure.facts
    number = None if overview.group_of(row).is_vth else row.priority_number
    return {
        "code": row.code,
        "onderdeel": part.name,
        "jaar": figure.year,
        "indicator": row.name,
        "bron": row.source,
        "prioriteit": number,
        "nulmeting_gedrukt": part.baseline_printed,
        "streefwaarde": figure.target_printed,
        "meting_gedrukt": figure.printed,
        "oordeel": figure_status_words(figure, final=figure.year == overview.last_year),
        **written_facts(facts),
        "nulmeting_jaar": part.baseline_year,
        "gepland": facts.planned,
        "vergelijkbaar": facts.comparable,
        "gevolgd": figure.followed.value,
        "toelichting": figure.explanation,
        "herkomst": figure.source_note,
        "editie": figure.edition.label if figure.edition else "",
        "stand": _kind(figure.edition) if figure.edition else "",
        "streefwaarde_besluit": figure.target_decision,
        **written_verdict(assess(facts)),
        "status_indicator": row.statuses[figure.year].value,
    }


def exact(number: Decimal | None) -> str | None:
    """Return a number with all its significant digits and a decimal point: 4521, 0.18."""
    if number is None:
        return None
    return format(number.normalize(), "f") if number else "0"


def _rounded(number: Decimal | float | None) -> str | None:
    """Return a computed probability or percentage with six decimals: further ones depend on the machine."""
    return None if number is None else exact(Decimal(number).quantize(Decimal("0.000001")))


def _value(value: Value | None) -> tuple[str | None, str, str, bool]:
    """Return the number, the sign of a withheld number, the reason for no number, and whether it is provisional."""
    if isinstance(value, Exact):
        return exact(value.number), "", "", value.provisional
    if isinstance(value, Withheld):
        return exact(value.limit), "≤" if value.inclusive else "<", "", value.provisional
    return None, "", value.reason.value if isinstance(value, NoValue) else "", False


def _target(rule: TargetRule | None) -> tuple[str | None, str, str | None]:
    """Return the aim, and the sign and number of the bound."""
    if rule is None:
        return None, "", None
    return (
        exact(rule.aim),
        rule.bound.sign.value if rule.bound else "",
        exact(rule.bound.number) if rule.bound else None,
    )


def written_facts(facts: Facts) -> Row:
    """Return the input of a verdict, except the structure of the year."""
    names = ("", "_afgeschermd", "_geen_cijfer")
    *baseline, was_provisional = _value(facts.baseline)
    *measurement, provisional = _value(facts.measurement)
    return {
        "soort": facts.role.value,
        "eenheid": facts.unit.kind.value,
        "decimalen": facts.unit.decimals,
        "richting": facts.direction.value,
        **{f"nulmeting{name}": value for name, value in zip(names, baseline, strict=True)},
        "nulmeting_voorlopig": was_provisional,
        **dict(zip(("streven", "grens_teken", "grens"), _target(facts.target), strict=True)),
        **dict(zip(("laatste_streven", "laatste_teken", "laatste_grens"), _target(facts.last_target), strict=True)),
        **{f"meting{name}": value for name, value in zip(names, measurement, strict=True)},
        "voorlopig": provisional,
        "steekproef": facts.sample,
    }


def written_verdict(verdict: Assessment) -> Row:
    """Return a verdict: status, development and distance to the target, with their certainty."""
    low, high = verdict.interval or (None, None)
    return {
        "status": verdict.status.value,
        "regel": verdict.rule,
        "ontwikkeling": verdict.development.value if verdict.development else None,
        "verschil": exact(verdict.difference),
        "verschil_procent": _rounded(verdict.percent),
        "nog_nodig": exact(verdict.needed_in_all),
        "streven_bereikt": verdict.aim_reached,
        "zekerheid": verdict.certainty.value if verdict.certainty else None,
        "p_waarde": _rounded(verdict.p_value),
        "interval_laag": _rounded(low),
        "interval_hoog": _rounded(high),
        "kans_ongewijzigd": _rounded(verdict.unchanged_chance),
    }
