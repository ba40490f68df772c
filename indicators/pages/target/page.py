"""The page model of changing a target by a decision of the council, and the effects of a new target."""

from dataclasses import dataclass, replace

from django.utils.safestring import SafeString

from indicators.domain.assessment import Status, worst_of
from indicators.domain.statuses import status_words
from indicators.domain.targets import TargetRule, format_target
from indicators.models import Target
from indicators.pages.badges import mark
from indicators.readmodel.figure import Figure
from indicators.readmodel.rows import IndicatorRow, Overview
from indicators.readmodel.sentences import decision_sentence, figure_status_words, row_status_words


@dataclass(frozen=True, kw_only=True)
class TargetRow:
    """The present target of a component, and its status."""

    name: str
    target: str
    decision: str
    measured: str
    mark: SafeString


@dataclass(frozen=True)
class Effect:
    """The status of the component, or of the indicator as a whole, before and after the change."""

    subject: str
    before: SafeString
    after: SafeString
    is_same: bool


@dataclass(frozen=True, kw_only=True)
class Preview:
    """The change before it is recorded; a form sends `key` along to say that this preview was shown."""

    label: str
    before: str
    after: str
    effects: tuple[Effect, ...]
    key: str


@dataclass(frozen=True)
class TargetPage:
    """The target of an indicator in a year as the nota prints it, and the present target of each component."""

    printed: str
    rows: tuple[TargetRow, ...]


def build_target_page(overview: Overview, row: IndicatorRow, year: int) -> TargetPage:
    """Build the page for an indicator in a year. No queries."""
    final = year == overview.last_year
    rows = tuple(
        TargetRow(
            name=part.name,
            target=figure.target_printed or "–",
            decision=decision_sentence(figure),
            measured=figure.printed or "–",
            mark=mark(figure.status, figure_status_words(figure, final=final)),
        )
        for part, figure in row.figures(year)
    )
    return TargetPage(row.printed_cells.get(year, ""), rows)


def build_preview(overview: Overview, row: IndicatorRow, rule: TargetRule, *, year: int, component: int) -> Preview:
    """Return the effects of this target on the statuses of the year, by the figures of `overview`. No queries."""
    final = year == overview.last_year
    part = next(part for part in row.components if part.pk == component)
    old = part.figures[year]
    new = replace(old, facts=replace(old.facts, target=rule, last_target=rule if final else old.facts.last_target))
    effects = [Effect(part.name or row.name, _mark(old, final), _mark(new, final), old.status is new.status)]
    if len(row.components) > 1:
        figures = [(new if other is part else other.figures[year]) for other in row.components]
        effects.append(_whole_effect(row, worst_of((f.status, f.value) for f in figures), year=year, final=final))
    after = format_target(rule, part.unit)
    return Preview(
        label=row.label_of(part),
        before=old.target_printed,
        after=after,
        effects=tuple(effects),
        key=f"{component}|{after}",
    )


def _mark(figure: Figure, final: bool) -> SafeString:
    return mark(figure.status, figure_status_words(figure, final=final))


def _whole_effect(row: IndicatorRow, status: Status, *, year: int, final: bool) -> Effect:
    words = row_status_words(row, year, final=final)
    before, is_same = mark(row.statuses[year], words), status is row.statuses[year]
    after = before if is_same else mark(status, status_words(status, final=final))
    return Effect("De indicator als geheel", before, after, is_same)


def current_targets(row: IndicatorRow, year: int) -> dict[int, int]:
    """Return the keys of the current targets of this year by component, as far as there is one. One query."""
    rows = Target.objects.current().filter(component__indicator_id=row.pk, area__is_whole=True, year=year)
    return dict(rows.values_list("component_id", "pk"))
