"""The money of the programme: exact totals of budget and spending, and amounts in cells and sentences.

Activities and amounts are never added together: an activity is usually paid from an amount, which would count twice.
A difference is given only when no amount is missing.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from indicators.domain.euros import format_euros
from indicators.readmodel.lines import Line
from reports.appendix.cells import NOTHING
from reports.document import Cell

BUDGET, SPENT, DIFFERENCE = "Begroot (€)", "Besteed (€)", "Verschil (€)"
DIFFERENCE_NOTE = "Verschil: begroot min besteed. Een min betekent dat er meer is besteed dan begroot."
UNKNOWN_NOTE = f"{NOTHING}: er is geen bedrag, of het is nog niet bekend."
PARTIAL_NOTE = "Samen: de bedragen die bekend zijn."


@dataclass(frozen=True, slots=True, kw_only=True)
class Total:
    """The totals of some lines in euros (None when no line has an amount), and the number of missing amounts."""

    number: int
    budget: Decimal | None
    spent: Decimal | None
    without_budget: int
    without_spent: int

    @property
    def difference(self) -> Decimal | None:
        """Budget minus spending in euros; None when an amount is missing."""
        if self.budget is None or self.spent is None or self.without_budget or self.without_spent:
            return None
        return self.budget - self.spent


def sum_lines(lines: Iterable[Line]) -> Total:
    """Return the totals of these lines."""
    lines = list(lines)
    budgets = [line.budget for line in lines if line.budget is not None]
    spent = [line.spent for line in lines if line.spent is not None]
    return Total(
        number=len(lines),
        budget=sum(budgets, Decimal(0)) if budgets else None,
        spent=sum(spent, Decimal(0)) if spent else None,
        without_budget=len(lines) - len(budgets),
        without_spent=len(lines) - len(spent),
    )


def money_cell(amount: Decimal | None, formula: str = "") -> Cell:
    """Return an amount without euro sign, which is in the heading; a dash for None."""
    if amount is None:
        return Cell(NOTHING)
    text = format_euros(amount).removeprefix("€ ")
    return Cell(text, number=amount, decimals=2 if "," in text else 0, formula=formula)


def difference_cell(sums: Total) -> Cell:
    """Return the difference, with the formula of its own row."""
    return money_cell(sums.difference, f"{{{BUDGET}}}-{{{SPENT}}}")


def sum_cell(amount: Decimal | None, heading: str, rows: int) -> Cell:
    """Return a total, with the formula that sums the `rows` cells above under the same heading."""
    return money_cell(amount, f"SUM({{{heading}^{rows}}})")


def spent_sentence(sums: Total, year: int) -> str:
    """Return budget, spending and difference of a year in a sentence."""
    if not sums.number:
        return f"Over {year} zijn er geen bedragen vastgelegd."
    planned = f"Voor {year} is {_euros(sums.budget)} begroot"
    if sums.spent is None:
        return f"{planned}; wat er is besteed, is nog niet bekend."
    spent = f"{planned} en {_euros(sums.spent)} besteed"
    if sums.difference is None:
        return f"{spent}, voor zover bekend: {_missing(sums)}."
    if not sums.difference:
        return f"{spent}: precies evenveel."
    return f"{spent}: {format_euros(abs(sums.difference))} {'minder' if sums.difference > 0 else 'meer'} dan begroot."


def planned_sentence(sums: Total, year: int) -> str:
    """Return the budget of a year in a sentence."""
    if not sums.number:
        return f"Voor {year} zijn er nog geen bedragen vastgelegd."
    if sums.without_budget:
        return f"Voor {year} is {_euros(sums.budget)} begroot, voor zover bekend: {_missing(sums, spent=False)}."
    return f"Voor {year} is {_euros(sums.budget)} begroot."


def _euros(amount: Decimal | None) -> str:
    return "geen bedrag" if amount is None else format_euros(amount)


def _missing(sums: Total, *, spent: bool = True) -> str:
    missing = [(sums.without_budget, "begroot")] + [(sums.without_spent, "besteed")] * spent
    gaps = [
        f"van {count} van de {sums.number} bedragen is niet bekend wat is {word}" for count, word in missing if count
    ]
    return " en ".join(gaps)
