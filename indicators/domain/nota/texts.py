"""The texts of a nota: for each its Dutch label and its limits, and the rules that hold for every text."""

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from indicators.domain.nota import limits
from indicators.domain.nota.findings import Finding, Path
from indicators.domain.text_input import clean_line, clean_text


@dataclass(frozen=True, kw_only=True)
class TextField:
    """The rules of one text: its Dutch label, longest length, and whether it is required, multiline, or a list."""

    label: str
    longest: int
    required: bool = False
    multiline: bool = False
    is_list: bool = False


def _line(label: str, longest: int, *, required: bool = True) -> TextField:
    return TextField(label=label, longest=longest, required=required)


def _text(label: str, *, required: bool = False) -> TextField:
    return TextField(label=label, longest=limits.LONGEST_TEXT, required=required, multiline=True)


def _list(label: str, longest: int = limits.LONGEST_ITEM) -> TextField:
    return TextField(label=label, longest=longest, is_list=True)


TextFields = Mapping[str, TextField]
NOTA_TEXTS: TextFields = {
    "title": _line("titel", limits.LONGEST_TITLE),
    "printed_organisation": _line("organisatie zoals gedrukt", limits.LONGEST_ORGANISATION),
    "document": _line("bron", limits.LONGEST_DOCUMENT, required=False),
    "summary": _text("samenvatting"),
    "finances": _text("financiën"),
}
ORGANISATION_TEXTS: TextFields = {"name": _line("naam van de organisatie", limits.LONGEST_ORGANISATION)}
AREA_TEXTS: TextFields = {"name": _line("naam van het gebied", limits.LONGEST_AREA)}
TOPIC_TEXTS: TextFields = {
    "name": _line("naam", limits.LONGEST_TOPIC),
    "goal": _text("doel in één zin"),
    "summary": _text("samenvatting"),
    "goals": _list("doelen"),
    "approach": _list("aanpak"),
    "partners": _list("partners"),
    "budget": _text("financiën"),
}
FOCUS_POINT_TEXTS: TextFields = {
    "name": _line("naam van het focuspunt", limits.LONGEST_ITEM),
    "text": _text("tekst van het focuspunt"),
}
INDICATOR_TEXTS: TextFields = {
    "code": _line("code", limits.LONGEST_CODE),
    "name": _line("naam", limits.LONGEST_INDICATOR),
    "source": _line("bron", limits.LONGEST_SOURCE),
    "cadence": _line("meetfrequentie", limits.LONGEST_CADENCE),
    "change_reason": _text("reden van de wijziging"),
    "definition": _text("definitie"),
    "synonyms": _list("andere namen", limits.LONGEST_SYNONYM),
    "contact": _line("contact", limits.LONGEST_CONTACT, required=False),
}
COMPONENT_TEXTS: TextFields = {
    "name": _line("naam", limits.LONGEST_COMPONENT, required=False),
    "short_name": _line("korte naam", limits.LONGEST_SHORT_NAME, required=False),
    "unit_word": _line("woord voor de eenheid", limits.LONGEST_UNIT_WORD, required=False),
    "noun": _line("waarvan", limits.LONGEST_NOUN),
}
BREAK_TEXTS: TextFields = {"reason": _text("reden van de methodebreuk", required=True)}
READING_TEXTS: TextFields = {
    "place": _line("plaats in de nota", limits.LONGEST_PLACE),
    "question": _text("wat is onduidelijk", required=True),
    "reading": _text("leeswijze", required=True),
    "other": _text("andere lezing"),
    "decided_by": _line("wie besliste", limits.LONGEST_DECIDED_BY),
}
# A slug, a key or another code of which a rule gives the form.
WORD = _line("code", limits.LONGEST_TEXT, required=False)
CELL = _line("cel zoals gedrukt", limits.LONGEST_CELL)


def canonical_text(text: str, field: TextField) -> str:
    """Return a text in its canonical form: NFC, line feeds only (none in a line), stripped, no control characters."""
    clean = clean_text if field.multiline else clean_line
    return unicodedata.normalize("NFC", clean(text).strip()).strip()


def check_texts(content: object, fields: TextFields, path: Path) -> Iterator[Finding]:
    """Yield the refusals of the texts of a data class of the nota, each at `path` and the name of the field."""
    for name, field in fields.items():
        value: Any = getattr(content, name)
        if field.is_list:
            for index, item in enumerate(value):
                yield from check_text(item, field, (*path, name, index), required=True)
        else:
            yield from check_text(value, field, (*path, name), required=field.required)


def check_text(text: str, field: TextField, path: Path, *, required: bool) -> Iterator[Finding]:
    """Yield the refusals of one text."""
    if required and not text:
        yield Finding(code="text-empty", path=path, typed=text, sentence=f"Vul iets in bij ‘{field.label}’.")
    elif len(text) > field.longest:
        yield Finding(
            code="text-long",
            path=path,
            typed=text,
            sentence=f"De tekst bij ‘{field.label}’ heeft {len(text)} tekens; het mogen er {field.longest} zijn.",
        )
    elif canonical_text(text, field) != text:
        yield Finding(
            code="text-unclean",
            path=path,
            typed=text,
            sentence=f"In de tekst bij ‘{field.label}’ staan tekens die er niet horen, "
            "zoals spaties aan het begin of eind, of onzichtbare tekens.",
            meant=canonical_text(text, field),
        )
