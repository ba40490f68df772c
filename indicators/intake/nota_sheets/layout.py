"""The layout of a nota as a sheet: its sheets, their columns with Dutch headings, and the words of their choices.

The reader and the writers (reports/fill_in) use the same layout.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from indicators.intake.nota_sheets.words import (
    CHANGE_WORDS,
    DIRECTION_WORDS,
    KIND_WORDS,
    ROLE_WORDS,
    UNIT_WORDS,
    UNNAMED,
)


class Content(Enum):
    """What the cells of a column hold."""

    TEXT = "text"
    LIST = "list"  # an item on each line
    NUMBER = "number"
    YEAR = "year"
    YEARS = "years"
    CHOICE = "choice"
    FLAG = "flag"
    FIGURE = "figure"


@dataclass(frozen=True, kw_only=True)
class Column:
    """A column of a sheet. `key` is its name in format 1, `width` is in characters, `also` are other headings.

    `choices` are the words of the cells with their values in format 1; the first word of a value is written. Only
    `required` columns must be there; a column that is `rare` is left out of an empty sheet.
    """

    key: str
    heading: str
    meaning: str
    content: Content = Content.TEXT
    required: bool = False
    rare: bool = False
    width: int = 16
    also: tuple[str, ...] = ()
    choices: Mapping[str, str] = field(default_factory=dict)

    @property
    def words(self) -> list[str]:
        """The word of each choice, in order."""
        first: dict[str, str] = {}
        for word, value in self.choices.items():
            first.setdefault(value, word)
        return list(first.values())

    def word(self, value: str) -> str:
        """Return the word that is written for a value of format 1."""
        return next(word for word, other in self.choices.items() if other == value)


@dataclass(frozen=True, kw_only=True)
class Layout:
    """A sheet: its name and columns. With `years`, a column for each year follows, headed by the year."""

    name: str
    meaning: str
    columns: tuple[Column, ...]
    required: bool = False
    years: bool = False
    frozen_columns: int = 1

    def column(self, key: str) -> Column:
        """Return the column with this key."""
        return next(column for column in self.columns if column.key == key)


FIELDS = (
    Column(key="title", heading="titel", required=True, meaning="Kadernota Integrale Veiligheid 2027-2030"),
    Column(
        key="organisation",
        heading="organisatie",
        required=True,
        also=("gemeente", "naam van de organisatie"),
        meaning="Voorbeeldstad",
    ),
    Column(key="first_year", heading="eerste jaar", required=True, content=Content.YEAR, meaning="2027"),
    Column(key="last_year", heading="laatste jaar", required=True, content=Content.YEAR, meaning="2030"),
    Column(
        key="baseline_year",
        heading="jaar van de nulmeting",
        also=("jaar nulmeting",),
        content=Content.YEAR,
        meaning="2026. Leeg: het jaar voor het eerste jaar.",
    ),
    Column(
        key="first_target_year",
        heading="eerste streefjaar",
        content=Content.YEAR,
        meaning="2027. Leeg: het eerste jaar met een streefwaarde.",
    ),
    Column(key="document", heading="bron", also=("document",), meaning="Raadsbesluit van 12 november 2026"),
    Column(key="summary", heading="samenvatting", meaning="Waar de nota voor kiest."),
    Column(key="finances", heading="financiën", also=("financien",), meaning="Wat het kost en wie het betaalt."),
    Column(key="cbs_code", heading="CBS-code", meaning="GM0999. Leeg als er geen is."),
    Column(
        key="slug",
        heading="adres",
        meaning="voorbeeldstad-2027-2030. Leeg: van de organisatie en de jaren.",
    ),
    Column(
        key="organisation_slug",
        heading="adres van de organisatie",
        meaning="voorbeeldstad. Leeg: van de naam van de organisatie.",
    ),
    Column(
        key="printed_organisation",
        heading="organisatie zoals gedrukt",
        meaning="Gemeente Voorbeeldstad. Leeg: de naam van de organisatie.",
    ),
    Column(
        key="area_name", heading="naam van het gebied", meaning="Gemeente Voorbeeldstad. Leeg: Gemeente met de naam."
    ),
    Column(key="area_code", heading="code van het gebied", meaning="gemeente. Leeg: gemeente."),
    Column(key="predecessor", heading="voorganger", meaning="Het adres van de vorige kadernota, als die er is."),
    Column(key="is_practice", heading="om te oefenen", content=Content.FLAG, meaning="ja of nee. Leeg: nee."),
)
NOTA = Layout(
    name="Kadernota",
    meaning="De kadernota als geheel: één gegeven op elke rij.",
    required=True,
    columns=(
        Column(key="field", heading="veld", required=True, width=30, meaning="Wijzig deze kolom niet."),
        Column(key="value", heading="waarde", required=True, width=70, meaning="Vul hier in."),
        Column(key="example", heading="voorbeeld", width=60, also=("toelichting",), meaning="Wordt niet gelezen."),
    ),
)
TOPICS = Layout(
    name="Onderwerpen",
    meaning="De prioriteiten, thema's en de VTH-cyclus: één op elke rij.",
    required=True,
    frozen_columns=4,
    columns=(
        Column(key="key", heading="sleutel", rare=True, meaning="prioriteit-1. Laat staan wat er staat; leeg mag."),
        Column(
            key="kind",
            heading="soort",
            required=True,
            content=Content.CHOICE,
            choices=KIND_WORDS,
            meaning="prioriteit, thema of VTH",
        ),
        Column(
            key="number",
            heading="nummer",
            content=Content.NUMBER,
            width=9,
            meaning="1. Leeg: het volgende nummer van deze soort.",
        ),
        Column(key="name", heading="naam", required=True, width=40, meaning="Veilige buurten"),
        Column(key="goal", heading="doel", width=50, meaning="Het doel in één zin. Verplicht bij een prioriteit."),
        Column(key="summary", heading="samenvatting", width=50, meaning="De kern, in enkele zinnen."),
        Column(key="goals", heading="doelen", content=Content.LIST, width=50, meaning="Elk doel op een eigen regel."),
        Column(key="approach", heading="aanpak", content=Content.LIST, width=50, meaning="Elke stap op een regel."),
        Column(key="partners", heading="partners", content=Content.LIST, width=30, meaning="Elke op een regel."),
        Column(
            key="budget", heading="financiën", also=("financien",), width=40, meaning="Wat het kost en wie het betaalt."
        ),
    ),
)
POINTS = Layout(
    name="Focuspunten",
    meaning="De focuspunten van een prioriteit, of de stappen van de VTH-cyclus: één op elke rij.",
    columns=(
        Column(key="topic", heading="onderwerp", required=True, meaning="prioriteit 1"),
        Column(key="name", heading="naam", required=True, width=40, meaning="Aanpak van woninginbraken"),
        Column(key="text", heading="tekst", width=80, meaning="Wat het focuspunt inhoudt."),
    ),
)
INDICATORS = Layout(
    name="Indicatoren",
    meaning="De indicatoren, in de volgorde van de nota: één op elke rij.",
    required=True,
    frozen_columns=2,
    columns=(
        Column(key="code", heading="code", required=True, width=9, meaning="V1. Alleen letters, cijfers, . en -."),
        Column(key="name", heading="naam", required=True, width=44, meaning="Aantal woninginbraken"),
        Column(
            key="topic", heading="onderwerp", required=True, meaning="prioriteit 1, of de naam of sleutel daarvan; VTH"
        ),
        Column(key="source", heading="bron", required=True, meaning="Politie"),
        Column(
            key="role",
            heading="soort",
            content=Content.CHOICE,
            choices=ROLE_WORDS,
            width=11,
            meaning="effect, of prestatie als het eigen inzet telt. Leeg: effect.",
        ),
        Column(key="cadence", heading="meetfrequentie", meaning="jaarlijks. Leeg: jaarlijks."),
        Column(
            key="planned_years",
            heading="geplande jaren",
            content=Content.YEARS,
            meaning="2028, 2030: de jaren waarin gemeten wordt. Leeg: elk jaar.",
        ),
        Column(
            key="first_year",
            heading="vanaf",
            also=("vanaf jaar",),
            content=Content.YEAR,
            width=9,
            rare=True,
            meaning="2028, als de indicator later begint.",
        ),
        Column(
            key="last_year",
            heading="tot en met",
            also=("tot en met jaar", "t/m"),
            content=Content.YEAR,
            width=11,
            rare=True,
            meaning="2029, als de indicator eerder eindigt.",
        ),
        Column(
            key="change_reason",
            heading="reden",
            width=30,
            rare=True,
            meaning="Waarom hij later begint of eerder eindigt. Dan verplicht.",
        ),
        Column(key="definition", heading="definitie", width=50, meaning="Wat er precies geteld wordt."),
        Column(
            key="synonyms",
            heading="synoniemen",
            also=("andere namen",),
            content=Content.LIST,
            width=24,
            meaning="Andere namen om op te zoeken, elk op een regel.",
        ),
        Column(key="contact", heading="contact", width=24, meaning="team Veiligheid"),
    ),
)
COMPONENTS = Layout(
    name="Onderdelen",
    meaning="De reeksen van elke indicator met hun nulmeting en streefwaarden. De meeste indicatoren hebben er één.",
    required=True,
    years=True,
    frozen_columns=2,
    columns=(
        Column(
            key="indicator", heading="indicator", also=("code", "indicator code"), required=True, width=10, meaning="V1"
        ),
        Column(
            key="name",
            heading="naam",
            also=("onderdeel",),
            width=20,
            meaning="absoluut. Alleen als een indicator meer onderdelen heeft.",
        ),
        Column(key="short_name", heading="korte naam", width=20, meaning="Ten hoogste 27 tekens, voor grafieken."),
        Column(
            key="quantity",
            heading="eenheid",
            required=True,
            content=Content.CHOICE,
            choices=UNIT_WORDS,
            meaning="aantal, percentage of rapportcijfer",
        ),
        Column(key="unit_word", heading="woord voor de eenheid", rare=True, width=22, meaning="punten. Meestal leeg."),
        Column(
            key="decimals",
            heading="decimalen",
            content=Content.NUMBER,
            width=11,
            meaning="1. Leeg: 0, bij een rapportcijfer 1, en bij een percentage zoals 22,5% wat er staat.",
        ),
        Column(
            key="noun",
            heading="waarvan",
            width=30,
            meaning="woninginbraken, zoals in ‘500 woninginbraken’. Leeg: de naam van de indicator.",
        ),
        Column(
            key="direction",
            heading="richting",
            required=True,
            content=Content.CHOICE,
            choices=DIRECTION_WORDS,
            width=11,
            meaning="lager of hoger: wat is beter?",
        ),
        Column(key="key", heading="sleutel", rare=True, meaning="v1. Laat staan wat er staat; leeg mag."),
        Column(
            key="continues",
            heading="zet voort",
            rare=True,
            meaning="De sleutel van dezelfde reeks in de vorige kadernota.",
        ),
        Column(
            key="baseline",
            heading="nulmeting",
            content=Content.FIGURE,
            width=12,
            meaning="565, 22%, 6,2 of pm. Leeg: er is geen nulmeting.",
        ),
        Column(
            key="baseline_year",
            heading="jaar nulmeting",
            content=Content.YEAR,
            width=15,
            meaning="2025. Leeg: het jaar van de nulmeting van de kadernota.",
        ),
        Column(
            key="origin",
            heading="herkomst nulmeting",
            rare=True,
            width=20,
            meaning="v1, 2025, besluit 4: de reeks, het jaar en het besluit in de vorige kadernota.",
        ),
    ),
)
CELLS = Layout(
    name="Cellen zoals gedrukt",
    meaning="De tabel zoals die in de nota staat, met haar tekens en noten. Mag leeg blijven.",
    years=True,
    columns=(
        Column(
            key="indicator", heading="indicator", also=("code", "indicator code"), required=True, width=10, meaning="V1"
        ),
    ),
)
BREAKS = Layout(
    name="Methodebreuken",
    meaning="Jaren vanaf welke cijfers niet meer met eerdere te vergelijken zijn. Mag leeg blijven.",
    columns=(
        Column(
            key="indicator", heading="indicator", also=("code", "indicator code"), required=True, width=10, meaning="V1"
        ),
        Column(key="component", heading="onderdeel", width=20, meaning="absoluut. Leeg: het enige onderdeel."),
        Column(key="year", heading="jaar", required=True, content=Content.YEAR, width=9, meaning="2028"),
        Column(key="reason", heading="reden", required=True, width=60, meaning="Pogingen tellen niet meer mee."),
    ),
)
READINGS = Layout(
    name="Leeswijzen",
    meaning="Onduidelijke plaatsen in de nota en hoe die gelezen zijn. Mag leeg blijven.",
    columns=(
        Column(key="indicator", heading="indicator", also=("code",), width=10, meaning="V1. Leeg: de hele nota."),
        Column(key="place", heading="plaats", required=True, width=30, meaning="de tabel in 3.2.1"),
        Column(
            key="question",
            heading="vraag",
            required=True,
            width=44,
            meaning="Telt een poging mee?",
        ),
        Column(key="reading", heading="leeswijze", required=True, width=44, meaning="Ja, een poging telt mee."),
        Column(key="other", heading="andere lezing", width=44, meaning="Nee, alleen geslaagde inbraken tellen."),
        Column(
            key="decided_by",
            heading="beslist door",
            required=True,
            width=24,
            meaning="Wie deze leeswijze koos.",
        ),
        Column(
            key="changes",
            heading="verandert",
            content=Content.CHOICE,
            choices=CHANGE_WORDS,
            meaning="Om met de andere lezing te rekenen: streefwaarde, nulmeting, jaar nulmeting, richting, "
            "geplande jaren of optellen. Leeg: niet rekenen.",
        ),
        Column(
            key="component",
            heading="onderdeel",
            meaning=f"Het onderdeel dat verandert; {UNNAMED} voor het enige. Leeg: alle.",
        ),
        Column(key="years", heading="jaren", content=Content.YEARS, meaning="2028, 2029: de jaren die veranderen."),
        Column(key="read_as", heading="gelezen als", meaning="<4.500, 566, hoger: wat er dan staat."),
    ),
)
EXPLANATION_NAME = "Uitleg"
LAYOUTS = (NOTA, TOPICS, POINTS, INDICATORS, COMPONENTS, CELLS, BREAKS, READINGS)
