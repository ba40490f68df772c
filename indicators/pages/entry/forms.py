"""Reading the form of a year: field names, texts, entries to record, refusals, questions and conflicts.

One Django form for each of some fifty components would cost more than the rest of the page, so the fields are read by
name; `NotationField` and `SampleField` validate their texts.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeVar

from django.core.exceptions import ValidationError
from django.http import HttpRequest

from indicators.actions.recording import Entry, needs_reason
from indicators.domain.formatting import format_value
from indicators.domain.notation import InputValue
from indicators.domain.refusals import LONGEST
from indicators.domain.values import Value
from indicators.models import LONGEST_EXPLANATION, Measurement
from indicators.pages.entry.items import (
    Choice,
    EntryItem,
    EntryYear,
    FieldTexts,
    initial_texts,
    load_revisions,
    texts_of,
)
from indicators.pages.entry.verdict import read_figure
from indicators.pages.fields import UNREADABLE, SampleField, parse_key

FIGURE, EXPLANATION, SAMPLE = "figure", "explanation", "sample"
SEEN, RIVAL, CHOICE, CONFIRM = "seen", "rival", "choice", "confirm"

Cleaned = TypeVar("Cleaned")


@dataclass(frozen=True)
class ItemResult:
    """The outcome for one component: an entry to record, or nothing, or what must be corrected first."""

    entry: Entry | None = None
    errors: Mapping[str, str] = field(default_factory=dict)
    question: str = ""

    @property
    def is_ready(self) -> bool:
        """Whether nothing prevents saving."""
        return not self.errors and not self.question


def read_texts(data: Mapping[str, str], entry_year: EntryYear) -> dict[str, FieldTexts]:
    """Return the texts of every component as a form sent them; initial texts for components that are not in it."""
    return {key: _item_texts(data, item) for key, item in entry_year.items.items()}


def _item_texts(data: Mapping[str, str], item: EntryItem) -> FieldTexts:
    if f"{FIGURE}-{item.key}" not in data:
        return initial_texts(item)

    def text(name: str) -> str:
        return data.get(f"{name}-{item.key}", "").replace("\x00", UNREADABLE)

    return FieldTexts(
        figure=text(FIGURE),
        explanation=text(EXPLANATION).replace("\r\n", "\n"),
        sample=text(SAMPLE),
        seen=parse_key(text(SEEN)),
        rival=parse_key(text(RIVAL)),
        choice=next((choice for choice in Choice if choice.value == text(CHOICE)), None),
        confirmed=text(CONFIRM)[:LONGEST],
    )


def changed_fields(request: HttpRequest, entry_year: EntryYear) -> dict[str, str]:
    """Return the posted fields of the components that the user changed."""
    texts = read_texts(request.POST, entry_year)
    revisions = load_revisions(entry_year, texts.values())
    fields: dict[str, str] = {}
    for key, item in entry_year.items.items():
        base = revisions.get(texts[key].seen or 0)
        unchanged = texts_of(item, base, adopted=hasattr(base, "entry"))
        if replace(texts[key], seen=unchanged.seen, rival=None, confirmed="") != unchanged:
            names = (f"{name}-{key}" for name in (FIGURE, EXPLANATION, SAMPLE, SEEN, RIVAL, CHOICE, CONFIRM))
            fields |= {name: request.POST[name] for name in names if name in request.POST}
    return fields


def apply_choices(
    entry_year: EntryYear, texts: Mapping[str, FieldTexts], revisions: Mapping[int, Measurement]
) -> dict[str, FieldTexts]:
    """Follow the choices after a conflict: only then does the colleague's revision count as seen."""
    return {key: _apply_choice(item, texts[key], revisions) for key, item in entry_year.items.items()}


def _apply_choice(item: EntryItem, texts: FieldTexts, revisions: Mapping[int, Measurement]) -> FieldTexts:
    rival = _revision_of(item, texts.rival, revisions)
    if texts.seen is not None and _revision_of(item, texts.seen, revisions) is None:
        texts = replace(texts, seen=None)
    if rival is None or texts.choice is None:
        return replace(texts, rival=None, choice=None)
    if texts.choice is Choice.COLLEAGUE:
        if rival.retracted:
            return initial_texts(item)
        return texts_of(item, rival, adopted=hasattr(rival, "entry"))
    return replace(texts, seen=rival.pk, rival=None, choice=None)


def _revision_of(item: EntryItem, pk: int | None, revisions: Mapping[int, Measurement]) -> Measurement | None:
    """Return the revision with this key if it is one of this component."""
    revision = revisions.get(pk) if pk else None
    return revision if revision is not None and revision.series_id == item.part.series else None


def read_entries(
    entry_year: EntryYear, texts: Mapping[str, FieldTexts], revisions: Mapping[int, Measurement]
) -> dict[str, ItemResult]:
    """Read every component of the year. `texts` follow the choices; `revisions` are those that they name."""
    return {
        key: _read_item(entry_year, item, texts[key], _revision_of(item, texts[key].seen, revisions))
        for key, item in entry_year.items.items()
    }


def _read_item(entry_year: EntryYear, item: EntryItem, texts: FieldTexts, base: Measurement | None) -> ItemResult:
    """Read one component against `base`, the revision that the page showed.

    Texts equal to `base` are not recorded, so that an untouched field neither undoes nor conflicts with the change of a
    colleague. An empty figure erases nothing: with an explanation, the figure of `base` is recorded again.
    """
    errors: dict[str, str] = {}
    input_value = _clean(FIGURE, lambda: read_figure(item, texts.figure), errors)
    sample = _clean(SAMPLE, lambda: SampleField().clean(texts.sample) if item.asks_sample else None, errors)
    explanation = _explanation(texts.explanation, base, errors)
    if errors:
        return ItemResult(errors=errors)
    # Like the figure, an emptied sample size erases nothing when the figure is empty too.
    clears_sample = item.asks_sample and sample is None and base is not None and base.sample is not None
    clears_sample = clears_sample and input_value is not None
    if base is not None and sample == base.sample:
        sample = None
    value = input_value.value if input_value else base.value if base else None
    is_same = value == (base.value if base else None) and sample is None and not clears_sample
    if is_same and not _is_new(explanation, base):
        return ItemResult()
    if value is None:
        why = "Er staat wel een toelichting of steekproef, maar geen cijfer. Schrijf het cijfer, pm, n.b. of n.v.t."
        return ItemResult(errors={FIGURE: why})
    entry = Entry(
        component=item.component,
        area=entry_year.area,
        year=item.year,
        value=value,
        explanation=explanation,
        sample=sample,
        clears_sample=clears_sample,
        seen=texts.seen,
    )
    if item.adopted is not None and needs_reason(entry, item.adopted) and not explanation:
        errors[EXPLANATION] = (
            f"Dit cijfer is {item.adopted_word} als {item.adopted_printed}. Geef de reden van de correctie."
        )
    return ItemResult(entry, errors, _open_question(item, texts, input_value, base))


def _clean(name: str, read: Callable[[], Cleaned], errors: dict[str, str]) -> Cleaned | None:
    try:
        return read()
    except ValidationError as refusal:
        errors[name] = refusal.messages[0]
        return None


def _explanation(typed: str, base: Measurement | None, errors: dict[str, str]) -> str | None:
    """Return the explanation to record; None keeps the present one. An empty field erases that of a draft."""
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


def _open_question(item: EntryItem, texts: FieldTexts, input_value: InputValue | None, base: Measurement | None) -> str:
    """Return the question that is not answered yet; "" for a value that is or was recorded."""
    if input_value is None or not input_value.question:
        return ""
    known: list[Value] = [revision.value for revision in (base, item.current) if revision is not None]
    if input_value.value in known or texts.confirmed == format_value(input_value.value, item.part.unit):
        return ""
    return input_value.question
