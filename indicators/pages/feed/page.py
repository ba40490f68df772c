"""What each edition brought, for a feed: only what is adopted, in three queries however many editions there are."""

from collections.abc import Iterable
from dataclasses import dataclass

from indicators.domain.dutch import counted, date_words
from indicators.domain.notation import format_value
from indicators.domain.values import Unit, UnitKind
from indicators.models import Edition, Measurement
from indicators.models.value_columns import value_of
from priorities.models import Kadernota

FIELDS = (
    "entry__edition_id",
    "component_id",
    "year",
    "number",
    "withheld",
    "no_value",
    "provisional",
    "component__name",
    "component__unit_kind",
    "component__decimals",
    "component__indicator__code",
    "component__indicator__name",
)


@dataclass(frozen=True)
class News:
    """An edition with the lines that tell what it holds: errata as they changed, the rest counted."""

    edition: Edition
    title: str
    lines: tuple[str, ...]


def news_of(kadernota: Kadernota) -> list[News]:
    """What each edition brought, the newest first. Two queries."""
    held: dict[int, list[tuple]] = {}
    for edition_id, *figure in Measurement.objects.of(kadernota).whole_area().adopted().values_list(*FIELDS):
        held.setdefault(edition_id, []).append(tuple(figure))
    stood: dict[tuple[int, int], str] = {}
    return [_news(edition, held.get(edition.pk, ()), stood) for edition in Edition.objects.of(kadernota)][::-1]


def _news(edition: Edition, figures: Iterable[tuple], stood: dict[tuple[int, int], str]) -> News:
    """`stood` is what every figure was until this edition; it is brought up to date."""
    errata, fresh, same = [], 0, 0
    for component, year, number, withheld, no_value, provisional, part, kind, decimals, code, name in figures:
        printed = format_value(value_of(number, withheld, no_value, provisional), Unit(UnitKind(kind), decimals))
        before = stood.get((component, year))
        stood[component, year] = printed
        if before is None:
            fresh += 1
        elif before == printed:
            same += 1
        else:
            errata.append(f"Erratum: {code} {name}{f' – {part}' if part else ''}, {year}: was {before}, is {printed}.")
    lines = [_by_what(edition), *errata]
    if fresh:
        lines.append(f"{'Aanvulling' if edition.number > 1 else 'Nieuw'}: {_figures(fresh)} over {edition.year}.")
    if same:
        lines.append(f"Alleen een andere toelichting: {_figures(same)}.")
    if number := edition.line_count:
        lines.append(f"Uit het programma: {counted(number, 'regel', 'regels')}.")
    return News(edition, f"Editie {edition}{_counted(len(errata))}", tuple(lines))


def _figures(number: int) -> str:
    return counted(number, "cijfer", "cijfers")


def _counted(errata: int) -> str:
    return f": {counted(errata, 'erratum', 'errata')}" if errata else ""


def _by_what(edition: Edition) -> str:
    if edition.retrieved_on:
        return f"Overgenomen uit open data op {date_words(edition.retrieved_on)}."
    return f"Vastgesteld op {date_words(edition.adopted_on)}, besluit {edition.decision}."
