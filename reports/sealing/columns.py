"""The columns of the sealed figures, described for who meets them without this program.

Figures are text with a decimal point ("4521", "0.18"), so that no reader rounds them; "" and null both say: none.
"""

from dataclasses import dataclass

from indicators.domain.statuses import STATUSES


@dataclass(frozen=True, slots=True)
class Described:
    """A column: its name, its Dutch title, what stands in it, and its data type in the words of CSV on the Web."""

    name: str
    title: str
    meaning: str
    datatype: str = "string"


STATUS_VALUES = ", ".join(f"{status.value} ({text.word.lower()})" for status, text in STATUSES.items())
WITHHELD = "< of ≤ als de bron alleen zegt dat het aantal daaronder ligt; dan is het getal de grens"
NONE = "pm (volgt nog), nb (niet bekend) of nvt (niet van toepassing) als er geen cijfer is"

# What identifies a row.
KEY = ("code", "onderdeel", "jaar")
# What a verdict rests on; of these the structure may still be explained differently later on (ADR 0011, 0012).
FACTS = (
    Described("soort", "Soort", "effort: eigen prestatie; effect: wat er in de gemeente gebeurt"),
    Described("eenheid", "Eenheid", "count: aantal; percentage: procent; grade: rapportcijfer"),
    Described("decimalen", "Decimalen", "Met hoeveel decimalen het onderdeel wordt gemeten", "integer"),
    Described("richting", "Richting", "lower: lager is beter; higher: hoger is beter"),
    Described("nulmeting", "Nulmeting", "De waarde waar het beleid begint", "decimal"),
    Described("nulmeting_afgeschermd", "Nulmeting afgeschermd", WITHHELD),
    Described("nulmeting_geen_cijfer", "Nulmeting ontbreekt", NONE),
    Described("nulmeting_voorlopig", "Nulmeting voorlopig", "Of de bron haar nog kan bijstellen", "boolean"),
    Described("nulmeting_jaar", "Jaar van de nulmeting", "Wanneer de nulmeting is gemeten", "integer"),
    Described("streven", "Streven", "Het kale getal in de streefwaarde van dit jaar", "decimal"),
    Described("grens_teken", "Teken van de grens", "<, ≤, > of ≥ als de streefwaarde een grens heeft"),
    Described("grens", "Grens", "Het getal van de grens; staat er een, dan beslist zij", "decimal"),
    Described("laatste_streven", "Laatste streven", "Het streven van het laatste streefjaar", "decimal"),
    Described("laatste_teken", "Teken van de laatste grens", "Het teken in de streefwaarde van het laatste streefjaar"),
    Described("laatste_grens", "Laatste grens", "De grens in de streefwaarde van het laatste streefjaar", "decimal"),
    Described("meting", "Meting", "Wat dit jaar is gemeten", "decimal"),
    Described("meting_afgeschermd", "Meting afgeschermd", WITHHELD),
    Described("meting_geen_cijfer", "Meting ontbreekt", NONE),
    Described("voorlopig", "Voorlopig", "Of de bron de meting nog kan bijstellen", "boolean"),
    Described("steekproef", "Steekproef", "Hoeveel mensen een enquête invulden", "integer"),
)
# What the structure says of a year: it can be filled in afterwards, with a reason.
STRUCTURE = (
    Described("gepland", "Gepland", "Of er dit jaar een meting hoort te komen", "boolean"),
    Described("vergelijkbaar", "Vergelijkbaar", "Of er geen methodebreuk ligt tussen nulmeting en dit jaar", "boolean"),
    Described("gevolgd", "Gevolgd", "yes: gevolgd; not_yet: nog niet; ended: niet meer"),
)
TOLD = (
    Described("toelichting", "Toelichting", "Wat er bij de meting is geschreven"),
    Described("herkomst", "Herkomst", "Waar een overgenomen cijfer vandaan komt"),
    Described("editie", "Editie", "In welke editie deze meting is vastgesteld of overgenomen"),
    Described("stand", "Stand", "vastgesteld of overgenomen; leeg als er geen meting is"),
    Described("streefwaarde_besluit", "Besluit over de streefwaarde", "Leeg: zo stond zij in de nota"),
)
VERDICT = (
    Described("status", "Status", STATUS_VALUES),
    Described("regel", "Regel", "Welke regel het oordeel gaf; de tekst staat bij de regels", "integer"),
    Described("status_indicator", "Status van de indicator", "Die van zijn slechtste onderdeel, met dezelfde woorden"),
    Described("ontwikkeling", "Ontwikkeling", "better, equal of worse: de kant die het opging sinds de nulmeting"),
    Described("verschil", "Verschil", "Meting min nulmeting, in de eenheid van het onderdeel", "decimal"),
    Described("verschil_procent", "Verschil in procenten", "Het verschil als deel van de nulmeting", "decimal"),
    Described("nog_nodig", "Nog nodig", "De afstand tot de laatste streefwaarde; 0 als die is gehaald", "decimal"),
    Described("streven_bereikt", "Streven bereikt", "Naast een grens: of ook het streven is bereikt", "boolean"),
    Described("zekerheid", "Zekerheid", "clear: duidelijk; chance: toeval; effort: eigen inzet; unknown: onbekend"),
    Described("p_waarde", "P-waarde", "De kans op zo'n verschil zonder echte verandering, op 6 decimalen", "decimal"),
    Described("interval_laag", "Interval, onderkant", "Onderkant van het 95%-interval van een enquête", "decimal"),
    Described("interval_hoog", "Interval, bovenkant", "Bovenkant van het 95%-interval van een enquête", "decimal"),
    Described(
        "kans_ongewijzigd",
        "Kans bij gelijk niveau",
        "De kans dat een gelijk gebleven niveau de streefwaarde haalt, op 6 decimalen",
        "decimal",
    ),
)
WORDS = (
    Described("indicator", "Indicator", "De naam van de indicator"),
    Described("bron", "Bron", "Wie het cijfer levert"),
    Described("prioriteit", "Prioriteit", "Het nummer van de prioriteit; leeg bij de VTH-cyclus", "integer"),
    Described("nulmeting_gedrukt", "Nulmeting zoals gedrukt", "De nulmeting in woorden van de nota"),
    Described("streefwaarde", "Streefwaarde", "De streefwaarde zoals de nota haar schrijft"),
    Described("meting_gedrukt", "Meting zoals gedrukt", "De meting zoals de documenten haar schrijven"),
    Described("oordeel", "Oordeel", "Het oordeel in woorden"),
)
IDENTITY = (
    Described("code", "Code", "De vaste code van de indicator, zoals V5"),
    Described("onderdeel", "Onderdeel", "Het onderdeel van de indicator; leeg als er maar een is"),
    Described("jaar", "Jaar", "Het jaar waar de rij over gaat", "integer"),
)
COLUMNS = (*IDENTITY, *WORDS, *FACTS, *STRUCTURE, *TOLD, *VERDICT)
