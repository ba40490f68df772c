"""What the page of a year shows: of each component its fields, what is said of them, and what must be put right."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from indicators.pages.entry.lines import Line, Typed, YearBook
from indicators.pages.entry.outcome import Clash
from indicators.pages.entry.parsing import EXPLANATION, FIGURE, SAMPLE, LineRead
from indicators.pages.entry.verdict import Judged, judge
from indicators.readmodel.rows import PriorityRow

FIELD_WORDS = {FIGURE: "", EXPLANATION: " toelichting", SAMPLE: " steekproef"}


@dataclass(frozen=True)
class Row:
    """One component on the page."""

    line: Line
    typed: Typed
    judged: Judged
    errors: Mapping[str, str] = field(default_factory=dict)
    question: str = ""
    clash: Clash | None = None

    @property
    def described_by(self) -> str:
        """The ids of what is said beside the figure, for who listens."""
        key = self.line.key
        named = {f"fout-{FIGURE}": FIGURE in self.errors, "botsing": bool(self.clash), "vraag": True, "oordeel": True}
        return " ".join(f"{name}-{key}" for name, is_there in named.items() if is_there)

    @property
    def reason_is_asked(self) -> bool:
        """Whether the explanation is the reason of a correction."""
        return self.line.adopted is not None


@dataclass(frozen=True)
class Fault:
    """One line above the form: which field, and what about it."""

    target: str
    label: str
    text: str


@dataclass(frozen=True)
class EntryPage:
    """The whole form of a year; `faults` stand above it, in the order of the fields."""

    groups: list[tuple[PriorityRow, list[Row]]]
    faults: list[Fault]
    filled: int
    total: int

    @property
    def missing(self) -> int:
        """How many components have no row for this year."""
        return self.total - self.filled


def build_page(
    book: YearBook,
    typed: Mapping[str, Typed],
    reads: Mapping[str, LineRead] | None = None,
    clashes: Mapping[str, Clash] | None = None,
) -> EntryPage:
    """Build the form from what is typed; `reads` and `clashes` say what stood in the way of saving."""
    groups = [
        (priority, [_row(line, typed[line.key], (reads or {}).get(line.key), clashes or {}) for line in lines])
        for priority, lines in book.groups()
    ]
    rows = [row for _, group in groups for row in group]
    return EntryPage(
        groups,
        [fault for row in rows for fault in _faults(row)],
        sum(line.current is not None for line in book.lines.values()),
        len(book.lines),
    )


def _row(line: Line, typed: Typed, read: LineRead | None, clashes: Mapping[str, Clash]) -> Row:
    judged = judge(line, typed.figure, typed.sample)
    errors, question = (read.errors, read.question) if read else ({}, "")
    return Row(line, typed, judged, errors, question, clashes.get(line.key))


def _faults(row: Row) -> list[Fault]:
    key, label = row.line.key, row.line.label
    found = [Fault(f"{name}-{key}", f"{label}{FIELD_WORDS[name]}", text) for name, text in row.errors.items()]
    if row.question:
        found.append(Fault(f"klopt-{key}", label, row.question))
    if row.clash:
        text = (
            f"{row.clash.colleague.name} was eerder en schreef {row.clash.colleague.figure}. Kies welk cijfer blijft."
        )
        found.append(Fault(f"keuze-{key}-collega", label, text))
    return found
