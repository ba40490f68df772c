"""What a page shows of the programme of one part in one year: activities under their effort, and the money."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.html import format_html
from django.utils.safestring import SafeString

from indicators.domain.dutch import listed, plural
from indicators.domain.euros import format_euros
from indicators.domain.programme import ActivityState
from indicators.readmodel.programme import Line, Part

# The column with money that is not known says so with a dash, as the other tables do.
NOTHING = "–"


@dataclass(frozen=True)
class Activity:
    """An activity with its texts ready; `meta` is who with, when, and what it costs, as short sentences."""

    line: Line
    mark: SafeString
    meta: str


@dataclass(frozen=True)
class Amounts:
    """The amounts of a part in a year with their totals; `note` says which amounts the totals do not hold."""

    lines: tuple[Line, ...]
    budget: str
    spent: str
    note: str


@dataclass(frozen=True)
class YearOfPart:
    """All of one part in one year: `groups` are efforts with their activities, "" for those that hang under none."""

    year: int
    groups: tuple[tuple[str, tuple[Activity, ...]], ...]
    amounts: Amounts
    counts: tuple[SafeString, ...]
    standing: str

    @property
    def number(self) -> int:
        """How many activities there are."""
        return sum(len(activities) for _, activities in self.groups)


def build_year(part: Part, year: int) -> YearOfPart:
    """What a part has in this year, ready to print. No queries."""
    groups = tuple((effort, tuple(map(_activity, lines))) for effort, lines in part.by_effort(year))
    lines = [line for line in part.lines if line.year == year]
    return YearOfPart(year, groups, total(part.finances(year)), state_counts(lines), standing_sentence(lines))


def state_mark(state: ActivityState | None, words: str = "") -> SafeString:
    """How an activity stands, as sign and word: ■ Afgerond."""
    if state is None:
        return SafeString("")
    return format_html(
        '<span class="mark"><span class="sign" aria-hidden="true">{}</span> {}</span>',
        state.symbol,
        words or state.word,
    )


def state_counts(lines: Iterable[Line]) -> tuple[SafeString, ...]:
    """How many activities stand where, as marks with their number: ■ 3 afgerond."""
    counts = Counter(line.state for line in lines if line.is_activity)
    return tuple(state_mark(state, f"{counts[state]} {state.value}") for state in ActivityState if counts[state])


def total(lines: Sequence[Line]) -> Amounts:
    """The amounts with their totals, computed each time; a total of nothing at all is a dash."""
    budgets, spent = ([getattr(line, name) for line in lines] for name in ("budget", "spent"))
    missing = [
        f"{budgets.count(None)} zonder begroot bedrag" if None in budgets else "",
        f"{spent.count(None)} zonder besteed bedrag" if None in spent else "",
    ]
    told = listed([one for one in missing if one])
    note = f"Niet alles is bekend: {told}. Het totaal telt wat er wel is." if told and _any(budgets, spent) else ""
    return Amounts(tuple(lines), _sum(budgets), _sum(spent), note)


def standing_sentence(lines: Iterable[Line]) -> str:
    """Which editions tell this: the account of the year, or what was planned the year before; "" without lines."""
    found = list(lines)
    accounts = {line.edition.label for line in found if line.edition and line.edition.year >= line.year}
    plans = {line.edition.label for line in found if line.edition and line.edition.year < line.year}
    if accounts and not plans:
        return f"Dit is het verslag, uit {_editions(accounts)}."
    if plans and not accounts:
        return f"Dit is het plan, uit {_editions(plans)}. Wat ervan kwam, staat later in het verslag."
    if plans:
        return f"Dit is deels het verslag, uit {_editions(accounts)}, en deels nog het plan, uit {_editions(plans)}."
    return ""


def _editions(labels: Iterable[str]) -> str:
    named = sorted(labels)
    return f"{plural(len(named), 'editie', 'edities')} {listed(named)}"


def _activity(line: Line) -> Activity:
    money = [
        f"begroot {line.budget_printed}" if line.budget is not None else "",
        f"besteed {line.spent_printed}" if line.spent is not None else "",
    ]
    spoken = listed([one for one in money if one]).replace("€ ", "€\u00a0")  # a line does not end with the sign
    told = [f"met {line.partners}" if line.partners else "", line.planned, spoken]
    return Activity(line, state_mark(line.state), "; ".join(_sentence_start(told)))


def _sentence_start(told: Iterable[str]) -> list[str]:
    texts = [text for text in told if text]
    return [text[0].upper() + text[1:] if place == 0 else text for place, text in enumerate(texts)]


def _sum(amounts: Sequence[Decimal | None]) -> str:
    known = [amount for amount in amounts if amount is not None]
    return format_euros(sum(known, Decimal(0))) if known else NOTHING


def _any(*columns: Sequence[Decimal | None]) -> bool:
    return any(amount is not None for column in columns for amount in column)
