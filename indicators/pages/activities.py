"""The programme of one part in one year, for a page: activities by effort, and amounts."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.html import format_html
from django.utils.safestring import SafeString

from indicators.domain.dutch import listed, plural
from indicators.domain.euros import format_euros
from indicators.domain.programme import ActivityState
from indicators.readmodel.lines import Line
from indicators.readmodel.programme import ProgrammePart

# An unknown amount, as in the other tables.
NOTHING = "–"


@dataclass(frozen=True)
class Activity:
    """An activity with its texts: `meta` says with whom, when and at what cost."""

    line: Line
    mark: SafeString
    meta: str


@dataclass(frozen=True)
class Amounts:
    """The amounts of a part in a year with their totals; `note` says how many amounts are unknown."""

    lines: tuple[Line, ...]
    budget: str
    spent: str
    note: str


@dataclass(frozen=True, kw_only=True)
class PartYear:
    """One part in one year. `groups`: each effort with its activities; "" for activities without an effort."""

    year: int
    groups: tuple[tuple[str, tuple[Activity, ...]], ...]
    amounts: Amounts
    counts: tuple[SafeString, ...]
    editions: str

    @property
    def activity_count(self) -> int:
        """The number of activities."""
        return sum(len(activities) for _, activities in self.groups)


def build_part_year(part: ProgrammePart, year: int) -> PartYear:
    """Build what pages show of a part in one year. No queries."""
    groups = tuple((effort, tuple(map(_activity, lines))) for effort, lines in part.by_effort(year))
    lines = [line for line in part.lines if line.year == year]
    return PartYear(
        year=year,
        groups=groups,
        amounts=total(part.finances(year)),
        counts=state_counts(lines),
        editions=_editions_sentence(lines),
    )


def state_mark(state: ActivityState | None, words: str = "") -> SafeString:
    """Return the state of an activity as sign and words: ■ Afgerond."""
    if state is None:
        return SafeString("")
    return format_html(
        '<span class="mark"><span class="sign" aria-hidden="true">{}</span> {}</span>',
        state.symbol,
        words or state.word,
    )


def state_counts(lines: Iterable[Line]) -> tuple[SafeString, ...]:
    """Count activities by state, as sign and words: ■ 3 afgerond."""
    counts = Counter(line.state for line in lines if line.is_activity)
    return tuple(state_mark(state, f"{counts[state]} {state.value}") for state in ActivityState if counts[state])


def total(lines: Sequence[Line]) -> Amounts:
    """Return the amounts with their totals. Where no amount is known, the total is a dash."""
    budgets, spent = ([getattr(line, name) for line in lines] for name in ("budget", "spent"))
    missing = [
        f"{budgets.count(None)} zonder begroot bedrag" if None in budgets else "",
        f"{spent.count(None)} zonder besteed bedrag" if None in spent else "",
    ]
    unknown = listed([text for text in missing if text])
    is_any_known = any(amount is not None for amount in (*budgets, *spent))
    note = f"Niet alles is bekend: {unknown}. Het totaal telt wat er wel is." if unknown and is_any_known else ""
    return Amounts(tuple(lines), _sum(budgets), _sum(spent), note)


def _editions_sentence(lines: Sequence[Line]) -> str:
    """Name the editions of the lines: the account of the year, or the plan of the year before. "" without lines."""
    accounts = {line.edition.label for line in lines if line.edition and line.edition.year >= line.year}
    plans = {line.edition.label for line in lines if line.edition and line.edition.year < line.year}
    if accounts and not plans:
        return f"Dit is het verslag, uit {_editions(accounts)}."
    if plans and not accounts:
        return f"Dit is het plan, uit {_editions(plans)}. Wat ervan kwam, staat later in het verslag."
    if plans:
        return f"Dit is deels het verslag, uit {_editions(accounts)}, en deels nog het plan, uit {_editions(plans)}."
    return ""


def _editions(labels: Iterable[str]) -> str:
    ordered = sorted(labels)
    return f"{plural(len(ordered), 'editie', 'edities')} {listed(ordered)}"


def _activity(line: Line) -> Activity:
    money = [
        f"begroot {line.budget_printed}" if line.budget is not None else "",
        f"besteed {line.spent_printed}" if line.spent is not None else "",
    ]
    costs = listed([text for text in money if text]).replace("€ ", "€\u00a0")  # no line break after the sign
    meta = "; ".join(filter(None, [f"met {line.partners}" if line.partners else "", line.planned, costs]))
    return Activity(line, state_mark(line.state), meta[:1].upper() + meta[1:])


def _sum(amounts: Sequence[Decimal | None]) -> str:
    known = [amount for amount in amounts if amount is not None]
    return format_euros(sum(known, Decimal(0))) if known else NOTHING
