"""The fields of a new kadernota."""

from indicators.domain.nota import limits
from indicators.domain.nota.texts import NOTA_TEXTS, ORGANISATION_TEXTS
from indicators.pages.workshop.pieces import Control, Data, FormField, Spec, text_field
from priorities.models import Kadernota, Organisation

AREA_CODE = "gemeente"


def blank_nota(organisation: Organisation | None) -> Data:
    """Return the data of an empty nota of this organisation."""
    name = organisation.name if organisation else ""
    return {
        "format": 1,
        "slug": "",
        "organisation": {
            "slug": organisation.slug if organisation else "",
            "name": name,
            "cbs_code": organisation.cbs_code if organisation else "",
        },
        "is_practice": "",
        "predecessor": None,
        "area": {"code": AREA_CODE, "name": name},
        "title": "",
        "printed_organisation": name,
        "document": "",
        "summary": "",
        "finances": "",
        "first_year": "",
        "last_year": "",
        "baseline_year": "",
        "first_target_year": "",
        "topics": [],
        "readings": [],
    }


ORGANISATION_FIELDS = (
    text_field("name", ORGANISATION_TEXTS["name"], at=("organisation",), label="Naam van de organisatie"),
    FormField(
        path=("organisation", "slug"),
        label="Korte naam van de organisatie",
        longest=limits.LONGEST_SLUG,
        required=True,
        hint="Kleine letters, cijfers en streepjes. Bijvoorbeeld: haarlemmermeer.",
    ),
    FormField(
        path=("organisation", "cbs_code"),
        label="CBS-code",
        longest=limits.LONGEST_CBS_CODE,
        is_short=True,
        hint="Van een gemeente: GM en vier cijfers. Laat leeg als er geen is.",
    ),
)
YEAR_FIELDS = (
    FormField(path=("first_year",), label="Eerste jaar", control=Control.NUMBER, is_short=True, required=True),
    FormField(path=("last_year",), label="Laatste jaar", control=Control.NUMBER, is_short=True, required=True),
    FormField(
        path=("baseline_year",), label="Jaar van de nulmeting", control=Control.NUMBER, is_short=True, required=True
    ),
    FormField(
        path=("first_target_year",), label="Eerste streefjaar", control=Control.NUMBER, is_short=True, required=True
    ),
)
SLUG_FIELD = FormField(
    path=("slug",),
    label="Adres",
    longest=limits.LONGEST_SLUG,
    required=True,
    hint="Het laatste deel van het webadres. Kleine letters, cijfers en streepjes: veiligheid-2023-2026.",
)
PRACTICE_FIELD = FormField(
    path=("is_practice",),
    label="Waarvoor is deze kadernota?",
    control=Control.CHOICE,
    choices=(("", "Echt"), ("yes", "Om te oefenen")),
)


def new_spec() -> Spec:
    """Return the form of a new kadernota."""
    return Spec(
        fields=(
            *ORGANISATION_FIELDS,
            text_field(
                "title", NOTA_TEXTS["title"], hint="Zoals op de kaft: Kadernota Integrale Veiligheid 2023-2026."
            ),
            SLUG_FIELD,
            *YEAR_FIELDS,
            predecessor_field(),
            PRACTICE_FIELD,
        )
    )


def predecessor_field() -> FormField:
    """Return the choice of the kadernota that this one follows."""
    slugs = Kadernota.objects.adopted().values_list("slug", flat=True)
    return FormField(
        path=("predecessor",),
        label="Volgt op",
        control=Control.CHOICE,
        optional=True,
        choices=(("", "Geen"), *((slug, slug) for slug in slugs)),
        hint="Reeksen en nulmetingen kunnen dan verwijzen naar de cijfers van die kadernota.",
    )
