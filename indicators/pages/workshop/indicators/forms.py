"""The form of an indicator: its texts, the years in which it is followed, its components and their breaks."""

from collections.abc import Iterator
from dataclasses import replace

from indicators.domain.naming import component_title
from indicators.domain.nota import Nota
from indicators.domain.nota.differences import EDITORIAL
from indicators.domain.nota.facts import topic_label
from indicators.domain.nota.texts import BREAK_TEXTS, COMPONENT_TEXTS, INDICATOR_TEXTS
from indicators.models import Series, Source
from indicators.pages.workshop.drafts import Draft
from indicators.pages.workshop.pieces import Control, Data, FormField, ListSpec, Spec, only_fields, text_fields

ROLES = (("effect", "Effect: wat in de stad verandert"), ("effort", "Prestatie: wat de gemeente zelf doet"))
QUANTITIES = (("count", "aantal"), ("percentage", "percentage"), ("grade", "rapportcijfer"))
DIRECTIONS = (("", "Kies"), ("lower", "lager is beter"), ("higher", "hoger is beter"))
HINTS = {
    "code": "Kort, om naar te verwijzen: V1.",
    "source": "Wie het cijfer levert: Politie, Gemeente.",
    "cadence": "Hoe vaak er gemeten wordt: jaarlijks, 1 x 2 jaar.",
    "synonyms": "Een per regel. Hiermee is de indicator ook te vinden.",
    "change_reason": "Verplicht bij een eerste of laatste jaar.",
}
COMPONENT_HINTS = {
    "name": "Alleen als de indicator meer onderdelen heeft.",
    "short_name": "Voor bij een grafiek; ten hoogste 27 tekens.",
    "unit_word": "Bijvoorbeeld: inbraken.",
    "noun": "Maakt de zin af: ‘In 2020 waren er 281 …’.",
}


def indicator_spec(draft: Draft) -> Spec:
    """Return the form of an indicator."""
    texts = {field.path[-1]: field for field in text_fields(INDICATOR_TEXTS, hints=HINTS)}
    topics = [(topic.key, topic_label(topic)) for topic in draft.nota.topics if topic.kind.value != "theme"]
    fields = (
        replace(texts["code"], is_short=True),
        texts["name"],
        FormField(path=("topic",), label="Hoort bij", control=Control.CHOICE, choices=tuple(topics), required=True),
        texts["source"],
        FormField(path=("role",), label="Soort", control=Control.CHOICE, choices=ROLES, required=True),
        texts["definition"],
        texts["synonyms"],
        texts["contact"],
        texts["cadence"],
        FormField(
            path=("planned_years",),
            label="Geplande jaren",
            control=Control.YEARS,
            hint="Leeg: elk jaar. Anders de jaren, met komma’s: 2024, 2026.",
        ),
        FormField(
            path=("first_year",),
            label="Eerste jaar",
            control=Control.NUMBER,
            optional=True,
            is_short=True,
            hint="Leeg: vanaf het begin.",
        ),
        FormField(
            path=("last_year",),
            label="Laatste jaar",
            control=Control.NUMBER,
            optional=True,
            is_short=True,
            hint="Leeg: tot het eind. Zo stopt een indicator die al cijfers heeft.",
        ),
        texts["change_reason"],
    )
    spec = Spec(fields=fields, lists=(_components(draft),))
    if draft.is_editorial:
        return only_fields(spec, EDITORIAL["indicators"], in_lists={"components": EDITORIAL["components"]})
    return spec


def _components(draft: Draft) -> ListSpec:
    texts = {field.path[-1]: field for field in text_fields(COMPONENT_TEXTS, hints=COMPONENT_HINTS)}
    fields: tuple[FormField, ...] = (
        texts["name"],
        texts["noun"],
        FormField(path=("quantity",), label="Eenheid", control=Control.CHOICE, choices=QUANTITIES, required=True),
        FormField(
            path=("decimals",),
            label="Decimalen",
            control=Control.NUMBER,
            is_short=True,
            required=True,
            hint="Een aantal heeft er 0.",
        ),
        FormField(path=("direction",), label="Richting", control=Control.CHOICE, choices=DIRECTIONS, required=True),
        texts["short_name"],
        texts["unit_word"],
    )
    if series := list(_series(draft)):
        same = FormField(
            path=("key",),
            label="Dezelfde reeks als",
            control=Control.CHOICE,
            choices=(("", "geen: een nieuwe reeks"), *series),
            hint="Kies een reeks als dit dezelfde meting is onder een andere naam. De cijfers gaan dan mee.",
        )
        fields += (same,)
    if draft.nota.predecessor and (earlier := list(_earlier(draft.nota.predecessor))):
        continues = FormField(
            path=("continues",),
            label="Vervolg van de vorige kadernota",
            control=Control.CHOICE,
            optional=True,
            choices=(("", "geen"), *earlier),
        )
        fields += (continues,)
    breaks = ListSpec(
        name="breaks",
        title="Methodebreuken",
        item="methodebreuk",
        hint="Vanaf dit jaar zijn de cijfers niet te vergelijken met eerdere.",
        fields=(
            FormField(path=("year",), label="Vanaf jaar", control=Control.NUMBER, is_short=True, required=True),
            *text_fields(BREAK_TEXTS),
        ),
        blank={"year": "", "reason": ""},
        required=("year", "reason"),
    )
    return ListSpec(
        name="components",
        title="Wat wordt gemeten",
        item="onderdeel",
        hint="De meeste indicatoren hebben één onderdeel, zonder naam.",
        fields=fields,
        blank=BLANK_COMPONENT,
        required=("name", "noun"),
        lists=(breaks,),
    )


BLANK_COMPONENT: Data = {
    "key": "",
    "name": "",
    "short_name": "",
    "unit_word": "",
    "noun": "",
    "quantity": "count",
    "decimals": 0,
    "direction": "",
    "continues": None,
    "baseline": None,
    "targets": {},
    "breaks": [],
}


def blank_indicator(nota: Nota, topic: str) -> Data:
    """Return a new indicator of this topic, with the next code."""
    return {
        "topic": topic,
        "code": next_code(nota),
        "name": "",
        "source": "",
        "role": "effect",
        "cadence": "jaarlijks",
        "planned_years": None,
        "first_year": None,
        "last_year": None,
        "change_reason": "",
        "definition": "",
        "synonyms": [],
        "contact": "",
        "printed": {},
        "components": [dict(BLANK_COMPONENT, targets={}, breaks=[])],
    }


def next_code(nota: Nota) -> str:
    """Return the code after the last one, if it ends in a number: V21 gives V22; V1 for the first."""
    codes = [indicator.code for indicator in nota.indicators]
    if not codes:
        return "V1"
    letters = codes[-1].rstrip("0123456789")
    numbers = [code.removeprefix(letters) for code in codes if code.startswith(letters)]
    return f"{letters}{max((int(number) for number in numbers if number.isdigit()), default=0) + 1}"


def source_names(draft: Draft) -> list[str]:
    """Return the names of the sources of the organisation, to choose from."""
    return list(Source.objects.filter(organisation=draft.kadernota.organisation).values_list("name", flat=True))


def _series(draft: Draft) -> Iterator[tuple[str, str]]:
    """Yield key and name of the series of the version that the draft is based on, then of those that are new in it."""
    if draft.base is None:
        return
    known = set()
    for nota in (draft.base, draft.nota):
        for indicator in nota.indicators:
            for component in indicator.components:
                if component.key not in known:
                    known.add(component.key)
                    yield component.key, component_title(f"{indicator.code} {indicator.name}", component.name, ", ")


def _earlier(slug: str) -> Iterator[tuple[str, str]]:
    """Yield key and name of each series of the predecessor, as its newest version calls it."""
    rows = Series.objects.filter(kadernota__slug=slug, components__indicator__version__decision__isnull=False)
    for row in rows.distinct().order_by("pk"):
        component = row.components.select_related("indicator").order_by("pk").last()
        if component is not None:
            yield row.key, component_title(str(component.indicator), component.name, ", ")
