"""The page model of the entry form: each component with its texts, its verdict and its errors."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from indicators.pages.entry.forms import CHOICE, CONFIRM, EXPLANATION, FIGURE, SAMPLE, ItemResult
from indicators.pages.entry.items import Choice, EntryItem, EntryYear, FieldTexts
from indicators.pages.entry.outcome import Clash
from indicators.pages.entry.verdict import Verdict, judge
from indicators.readmodel.rows import PriorityRow

FIELD_WORDS = {FIGURE: "", EXPLANATION: " toelichting", SAMPLE: " steekproef"}


@dataclass(frozen=True, kw_only=True)
class Row:
    """One component on the page."""

    item: EntryItem
    texts: FieldTexts
    verdict: Verdict
    errors: Mapping[str, str] = field(default_factory=dict)
    question: str = ""
    clash: Clash | None = None

    @property
    def described_by(self) -> str:
        """The ids of the elements that describe the figure to a screen reader."""
        key = self.item.key
        names = {f"error-{FIGURE}": FIGURE in self.errors, "conflict": bool(self.clash)}
        return " ".join(f"{name}-{key}" for name in (*filter(names.get, names), "question", "verdict"))

    @property
    def asks_reason(self) -> bool:
        """Whether the explanation must give the reason of a correction."""
        return self.item.adopted is not None


@dataclass(frozen=True)
class Fault:
    """One line above the form: the id of a field, its label, and what must be corrected."""

    target: str
    label: str
    text: str


@dataclass(frozen=True)
class EntryPage:
    """The whole form of a year; `faults` are listed above it, in the order of the fields."""

    groups: list[tuple[PriorityRow, list[Row]]]
    faults: list[Fault]
    filled: int
    total: int

    @property
    def missing(self) -> int:
        """How many components have no figure for this year."""
        return self.total - self.filled


def build_page(
    entry_year: EntryYear,
    texts: Mapping[str, FieldTexts],
    results: Mapping[str, ItemResult] | None = None,
    clashes: Mapping[str, Clash] | None = None,
) -> EntryPage:
    """Build the form from texts; `results` and `clashes` say what prevented saving. No queries."""
    results, clashes = results or {}, clashes or {}
    groups = [
        (
            priority,
            [_row(item, texts[item.key], results.get(item.key), clashes.get(item.key)) for item in items],
        )
        for priority, items in entry_year.groups()
    ]
    return EntryPage(
        groups,
        [fault for _, rows in groups for row in rows for fault in _faults(row)],
        sum(item.current is not None for item in entry_year.items.values()),
        len(entry_year.items),
    )


def _row(item: EntryItem, texts: FieldTexts, result: ItemResult | None, clash: Clash | None) -> Row:
    result = result or ItemResult()
    return Row(
        item=item,
        texts=texts,
        verdict=judge(item, texts.figure, texts.sample),
        errors=result.errors,
        question=result.question,
        clash=clash,
    )


def _faults(row: Row) -> list[Fault]:
    key, label = row.item.key, row.item.label
    faults = [Fault(f"{name}-{key}", f"{label}{FIELD_WORDS[name]}", text) for name, text in row.errors.items()]
    if row.question:
        faults.append(Fault(f"{CONFIRM}-{key}", label, row.question))
    if row.clash:
        colleague = row.clash.colleague
        text = f"{colleague.name} was eerder en schreef {colleague.figure}. Kies welk cijfer blijft."
        faults.append(Fault(f"{CHOICE}-{key}-{Choice.COLLEAGUE.value}", label, text))
    return faults
