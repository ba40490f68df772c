"""From the fields of a year to entries that can be recorded: refusals, questions, and the choice after a conflict."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from django.core.exceptions import ValidationError

from indicators.actions import Entry, needs_reason
from indicators.domain.formatting import format_value
from indicators.domain.notation import InputValue
from indicators.domain.refusals import LONGEST
from indicators.domain.values import Value
from indicators.models import LONGEST_EXPLANATION, Measurement
from indicators.pages.entry.lines import COLLEAGUE, MINE, Line, Typed, YearBook, standing, stored
from indicators.pages.entry.verdict import read_figure
from indicators.pages.fields import SampleField

FIGURE, EXPLANATION, SAMPLE = "cijfer", "toelichting", "steekproef"
SEEN, RIVAL, CHOICE, CONFIRMED = "gezien", "botsing", "keuze", "klopt"
# What stands for a character that could not be read: an encoding gone wrong, or a NUL, which no database keeps.
UNREADABLE = "\ufffd"


@dataclass(frozen=True)
class LineRead:
    """What the fields of one component come to: an entry, or nothing to record, or what must be put right first."""

    entry: Entry | None = None
    errors: Mapping[str, str] = field(default_factory=dict)
    question: str = ""

    @property
    def is_ready(self) -> bool:
        """Whether nothing stands in the way of saving."""
        return not self.errors and not self.question


def typed_in(data: Mapping[str, str], line: Line) -> Typed:
    """The texts that a form sent for this component; what stands there when the form does not have it."""
    if f"{FIGURE}-{line.key}" not in data:
        return standing(line)

    def sent(name: str) -> str:
        return data.get(f"{name}-{line.key}", "").replace("\x00", UNREADABLE)

    choice = sent(CHOICE) if sent(CHOICE) in (MINE, COLLEAGUE) else ""
    return Typed(
        sent(FIGURE),
        sent(EXPLANATION).replace("\r\n", "\n"),
        sent(SAMPLE),
        _number(sent(SEEN)),
        _number(sent(RIVAL)),
        choice,
        sent(CONFIRMED)[:LONGEST],
    )


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else None


def settle(line: Line, typed: Typed, revisions: Mapping[int, Measurement]) -> Typed:
    """Follow the choice after a conflict: only then does the colleague's revision count as seen."""
    rival = _own(line, typed.rival, revisions)
    if typed.seen is not None and _own(line, typed.seen, revisions) is None:
        typed = replace(typed, seen=None)
    if rival is None or not typed.choice:
        return replace(typed, rival=None, choice="")
    if typed.choice == COLLEAGUE:
        return stored(line, rival, adopted=hasattr(rival, "entry"))
    return replace(typed, seen=rival.pk, rival=None, choice="")


def _own(line: Line, pk: int | None, revisions: Mapping[int, Measurement]) -> Measurement | None:
    """The revision with this number, when it is one of this very figure."""
    revision = revisions.get(pk) if pk else None
    return revision if revision is not None and revision.component_id == line.part.pk else None


def read_line(book: YearBook, line: Line, typed: Typed, base: Measurement | None) -> LineRead:
    """Read one component against `base`, the revision that the writer had before them.

    What equals `base` is not recorded, so nobody undoes or trips over what a colleague did to a figure that they left
    alone. An empty figure never erases: with an explanation the figure of `base` goes along.
    """
    errors: dict[str, str] = {}
    understood = _clean(FIGURE, lambda: read_figure(line, typed.figure), errors)
    sample = _clean(SAMPLE, lambda: SampleField().clean(typed.sample) if line.asks_sample else None, errors)
    explanation = _explanation(typed.explanation, base, errors)
    if errors:
        return LineRead(errors=errors)
    if base is not None and sample == base.sample:
        sample = None
    value = understood.value if understood else base.value if base else None
    if value == (base.value if base else None) and sample is None and not _is_new(explanation, base):
        return LineRead()
    if value is None:
        why = "Er staat wel een toelichting of steekproef, maar geen cijfer. Schrijf het cijfer, pm, n.b. of n.v.t."
        return LineRead(errors={FIGURE: why})
    entry = Entry(
        component=line.component,
        area=book.area,
        year=line.year,
        value=value,
        explanation=explanation,
        sample=sample,
        seen=typed.seen,
    )
    if needs_reason(entry, line.adopted) and not explanation:
        errors[EXPLANATION] = _reason_sentence(line)
    return LineRead(entry, errors, _open_question(line, typed, understood, base))


def _clean(name: str, read, errors: dict[str, str]):
    try:
        return read()
    except ValidationError as refusal:
        errors[name] = refusal.messages[0]
        return None


def _explanation(typed: str, base: Measurement | None, errors: dict[str, str]) -> str | None:
    """The explanation to record; None leaves what is there. That of a draft stood in the field, so empty erases it."""
    text = typed.strip()
    if UNREADABLE in text:
        errors[EXPLANATION] = f"Er staat een onleesbaar teken ({UNREADABLE}) in deze tekst. Haal het weg."
    elif len(text) > LONGEST_EXPLANATION:
        over = len(text) - LONGEST_EXPLANATION
        errors[EXPLANATION] = f"Deze tekst is {over} tekens te lang; hoogstens {LONGEST_EXPLANATION} tekens."
    if base is None or hasattr(base, "entry"):
        return text if text and not (base and text == base.explanation) else None
    return text


def _is_new(explanation: str | None, base: Measurement | None) -> bool:
    return explanation is not None and explanation != (base.explanation.strip() if base else "")


def _reason_sentence(line: Line) -> str:
    return f"Dit cijfer is {line.adopted_word} als {line.adopted_printed}. Geef de reden van de correctie."


def _open_question(line: Line, typed: Typed, understood: InputValue | None, base: Measurement | None) -> str:
    """The question that is still to be answered. What stands there already, or stood there, is not asked again."""
    if understood is None or not understood.question:
        return ""
    known: list[Value] = [revision.value for revision in (base, line.current) if revision is not None]
    if understood.value in known or typed.confirmed == format_value(understood.value, line.part.unit):
        return ""
    return understood.question


def read_year(book: YearBook, typed: Mapping[str, Typed], revisions: Mapping[int, Measurement]) -> dict[str, LineRead]:
    """Read every component of the year. `typed` is settled, `revisions` those that it names."""
    return {
        key: read_line(book, line, typed[key], _own(line, typed[key].seen, revisions))
        for key, line in book.lines.items()
    }
