"""The forms of the texts: the kadernota, a topic, the readings."""

from dataclasses import replace

from indicators.domain.nota.differences import EDITORIAL
from indicators.domain.nota.texts import AREA_TEXTS, FOCUS_POINT_TEXTS, NOTA_TEXTS, READING_TEXTS, TOPIC_TEXTS
from indicators.pages.workshop.drafts import Draft
from indicators.pages.workshop.overview.forms import ORGANISATION_FIELDS, SLUG_FIELD, YEAR_FIELDS, predecessor_field
from indicators.pages.workshop.pieces import (
    Control,
    Data,
    FormField,
    ListSpec,
    Spec,
    only_fields,
    text_field,
    text_fields,
)

KINDS = (("priority", "Prioriteit"), ("theme", "Ander thema, zonder indicatoren"), ("vth", "VTH-cyclus"))
ONE_EACH_LINE = "Een per regel."
# The labels of a theme and of the cycle of permits differ from those of a priority.
LABELS = {
    "theme": {"approach": "Inspanningen", "partners": "Wie doet mee", "budget": "Programma’s van de begroting"},
    "vth": {"focus_points": "Stappen van de cyclus"},
}


def nota_spec(draft: Draft) -> Spec:
    """Return the form of the kadernota itself; its identity can be changed before its first decision."""
    texts = text_fields(
        NOTA_TEXTS,
        hints={
            "title": "Zoals op de kaft.",
            "printed_organisation": "De naam zoals de kadernota haar schrijft.",
            "document": "Waar het document te vinden is: nummer van het raadsbesluit, titel, datum.",
            "summary": "Waar gaat de kadernota over, in een paar zinnen?",
        },
    )
    identity: tuple[FormField, ...] = ()
    if draft.base is None:
        area = text_field("name", AREA_TEXTS["name"], at=("area",), label="Naam van het gebied")
        identity = (
            *ORGANISATION_FIELDS,
            replace(area, hint="Waarover de cijfers gaan."),
            SLUG_FIELD,
            predecessor_field(),
        )
    spec = Spec(fields=(*texts, *YEAR_FIELDS, *identity))
    return only_fields(spec, EDITORIAL[""]) if draft.is_editorial else spec


def topic_spec(draft: Draft, kind: str, *, is_new: bool = False) -> Spec:
    """Return the form of a topic of this kind."""
    labels = LABELS.get(kind, {})
    texts = text_fields(
        TOPIC_TEXTS,
        hints={
            "goal": "Verplicht bij een prioriteit.",
            "goals": ONE_EACH_LINE,
            "approach": ONE_EACH_LINE,
            "partners": ONE_EACH_LINE,
        },
    )
    texts = [replace(field, label=labels.get(str(field.path[-1]), field.label)) for field in texts]
    number = FormField(
        path=("number",),
        label="Nummer",
        control=Control.NUMBER,
        is_short=True,
        required=True,
        hint="Prioriteiten en thema’s hebben elk hun eigen nummers.",
    )
    choice = FormField(path=("kind",), label="Soort", control=Control.CHOICE, choices=KINDS, required=True)
    points = ListSpec(
        name="focus_points",
        title=labels.get("focus_points", "Focuspunten"),
        item="stap" if kind == "vth" else "focuspunt",
        fields=(
            text_field("name", FOCUS_POINT_TEXTS["name"], label="Naam"),
            text_field("text", FOCUS_POINT_TEXTS["text"], label="Tekst"),
        ),
        blank={"name": "", "text": ""},
        required=("name", "text"),
    )
    name, *others = texts
    spec = Spec(fields=(*((choice,) if is_new else ()), name, number, *others), lists=(points,))
    return only_fields(spec, EDITORIAL["topics"]) if draft.is_editorial else spec


def blank_topic(data: Data, kind: str = "priority") -> Data:
    """Return a new topic, with the next number of its kind."""
    numbers = [topic["number"] for topic in data["topics"] if topic["kind"] == kind]
    return {
        "key": "",
        "kind": kind,
        "number": max(numbers, default=0) + 1,
        "name": "",
        "goal": "",
        "summary": "",
        "goals": [],
        "focus_points": [],
        "approach": [],
        "partners": [],
        "budget": "",
        "indicators": [],
    }


def readings_spec(draft: Draft) -> Spec:
    """Return the form of the readings."""
    codes = [(indicator.code, f"{indicator.code} {indicator.name}") for indicator in draft.nota.indicators]
    indicator = FormField(
        path=("indicator",),
        label="Gaat over",
        control=Control.CHOICE,
        optional=True,
        choices=(("", "de hele kadernota"), *codes),
    )
    readings = ListSpec(
        name="readings",
        title="Leeswijzen",
        item="leeswijze",
        fields=(indicator, *text_fields(READING_TEXTS, hints={"place": "Bladzijde, paragraaf of tabel."})),
        blank={"indicator": None, "alternative": None} | dict.fromkeys(READING_TEXTS, ""),
        required=("place", "question", "reading"),
    )
    return Spec(lists=(readings,))
