"""The entries of the feed: what each edition added or changed. Adopted figures only."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from indicators.domain.dutch import counted, date_words
from indicators.domain.formatting import format_value
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
FigureValues = tuple[Any, ...]  # the values of FIELDS after the first


@dataclass(frozen=True)
class FeedEntry:
    """An edition as an entry of the feed: each erratum on a line, the rest counted."""

    edition: Edition
    title: str
    lines: tuple[str, ...]


def feed_entries(kadernota: Kadernota) -> list[FeedEntry]:
    """Return an entry for each edition, the newest first. Two queries."""
    figures: dict[int, list[FigureValues]] = {}
    for edition_id, *figure in Measurement.objects.of(kadernota).whole_area().adopted().values_list(*FIELDS):
        figures.setdefault(edition_id, []).append(tuple(figure))
    printed: dict[tuple[int, int], str] = {}
    return [_entry(edition, figures.get(edition.pk, ()), printed) for edition in Edition.objects.of(kadernota)][::-1]


def _entry(edition: Edition, figures: Iterable[FigureValues], printed: dict[tuple[int, int], str]) -> FeedEntry:
    """Build the entry of an edition. `printed` holds every figure before this edition, and is updated."""
    errata, new, same = [], 0, 0
    for component, year, number, withheld, no_value, provisional, part, kind, decimals, code, name in figures:
        after = format_value(value_of(number, withheld, no_value, provisional), Unit(UnitKind(kind), decimals))
        before = printed.get((component, year))
        printed[component, year] = after
        if before is None:
            new += 1
        elif before == after:
            same += 1
        else:
            errata.append(f"Erratum: {code} {name}{f' – {part}' if part else ''}, {year}: was {before}, is {after}.")
    lines = [_origin(edition), *errata]
    if new:
        lines.append(f"{'Aanvulling' if edition.number > 1 else 'Nieuw'}: {_figures(new)} over {edition.year}.")
    if same:
        lines.append(f"Alleen een andere toelichting: {_figures(same)}.")
    if number := edition.line_count:
        lines.append(f"Uit het programma: {counted(number, 'regel', 'regels')}.")
    title = f"Editie {edition}" + (f": {counted(len(errata), 'erratum', 'errata')}" if errata else "")
    return FeedEntry(edition, title, tuple(lines))


def _figures(number: int) -> str:
    return counted(number, "cijfer", "cijfers")


def _origin(edition: Edition) -> str:
    if edition.retrieved_on:
        return f"Overgenomen uit open data op {date_words(edition.retrieved_on)}."
    assert edition.adopted_on is not None  # the database requires it of every edition that was not taken over
    return f"Vastgesteld op {date_words(edition.adopted_on)}, besluit {edition.decision}."
