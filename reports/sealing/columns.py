"""The columns of the sealed figures, described for readers without this application.

Numbers are text with a decimal point ("4521", "0.18"), so that no reader rounds them; "" and null both mean: no value.
"""

from dataclasses import dataclass

from indicators.domain.statuses import STATUSES


@dataclass(frozen=True, slots=True)
class DataColumn:
    """A column: name, Dutch title, meaning, and data type in the terms of CSV on the Web."""

    name: str
    title: str
    meaning: str
    datatype: str = "string"


STATUS_VALUES = ", ".join(f"{status.value} ({text.word.lower()})" for status, text in STATUSES.items())
WITHHELD = "< of ≤ als de bron alleen zegt dat het aantal daaronder ligt; dan is het getal de grens"
NO_VALUE = "pm (volgt nog), nb (niet bekend) of nvt (niet van toepassing) als er geen cijfer is"

# The columns that identify a row.
KEY = ("code", "onderdeel", "jaar")
# The input of a verdict.
FACTS = (
    DataColumn("soort", "Soort", "effort: eigen prestatie; effect: wat er in de gemeente gebeurt"),
    DataColumn("eenheid", "Eenheid", "count: aantal; percentage: procent; grade: rapportcijfer"),
    DataColumn("decimalen", "Decimalen", "Met hoeveel decimalen het onderdeel wordt gemeten", "integer"),
    DataColumn("richting", "Richting", "lower: lager is beter; higher: hoger is beter"),
    DataColumn("nulmeting", "Nulmeting", "De waarde waar het beleid begint", "decimal"),
    DataColumn("nulmeting_afgeschermd", "Nulmeting afgeschermd", WITHHELD),
    DataColumn("nulmeting_geen_cijfer", "Nulmeting ontbreekt", NO_VALUE),
    DataColumn("nulmeting_voorlopig", "Nulmeting voorlopig", "Of de bron haar nog kan bijstellen", "boolean"),
    DataColumn("nulmeting_jaar", "Jaar van de nulmeting", "Wanneer de nulmeting is gemeten", "integer"),
    DataColumn("streven", "Streven", "Het kale getal in de streefwaarde van dit jaar", "decimal"),
    DataColumn("grens_teken", "Teken van de grens", "<, ≤, > of ≥ als de streefwaarde een grens heeft"),
    DataColumn("grens", "Grens", "Het getal van de grens; staat er een, dan beslist zij", "decimal"),
    DataColumn("laatste_streven", "Laatste streven", "Het streven van het laatste streefjaar", "decimal"),
    DataColumn(
        "laatste_teken", "Teken van de laatste grens", "Het teken in de streefwaarde van het laatste streefjaar"
    ),
    DataColumn("laatste_grens", "Laatste grens", "De grens in de streefwaarde van het laatste streefjaar", "decimal"),
    DataColumn("meting", "Meting", "Wat dit jaar is gemeten", "decimal"),
    DataColumn("meting_afgeschermd", "Meting afgeschermd", WITHHELD),
    DataColumn("meting_geen_cijfer", "Meting ontbreekt", NO_VALUE),
    DataColumn("voorlopig", "Voorlopig", "Of de bron de meting nog kan bijstellen", "boolean"),
    DataColumn("steekproef", "Steekproef", "Hoeveel mensen een enquête invulden", "integer"),
)
# The structure of a year, which may be completed afterwards, with a reason (ADR 0011, 0012).
STRUCTURE = (
    DataColumn("gepland", "Gepland", "Of er dit jaar een meting hoort te komen", "boolean"),
    DataColumn(
        "vergelijkbaar", "Vergelijkbaar", "Of er geen methodebreuk ligt tussen nulmeting en dit jaar", "boolean"
    ),
    DataColumn("gevolgd", "Gevolgd", "yes: gevolgd; not_yet: nog niet; ended: niet meer"),
)
# What was recorded with the measurement.
REMARKS = (
    DataColumn("toelichting", "Toelichting", "Wat er bij de meting is geschreven"),
    DataColumn("herkomst", "Herkomst", "Waar een overgenomen cijfer vandaan komt"),
    DataColumn("editie", "Editie", "In welke editie deze meting is vastgesteld of overgenomen"),
    DataColumn("stand", "Stand", "vastgesteld of overgenomen; leeg als er geen meting is"),
    DataColumn("streefwaarde_besluit", "Besluit over de streefwaarde", "Leeg: zo stond zij in de nota"),
)
# The verdict, which follows from FACTS and STRUCTURE.
VERDICT = (
    DataColumn("status", "Status", STATUS_VALUES),
    DataColumn("regel", "Regel", "Welke regel het oordeel gaf; de tekst staat bij de regels", "integer"),
    DataColumn("status_indicator", "Status van de indicator", "Die van zijn slechtste onderdeel, met dezelfde woorden"),
    DataColumn("ontwikkeling", "Ontwikkeling", "better, equal of worse: de kant die het opging sinds de nulmeting"),
    DataColumn("verschil", "Verschil", "Meting min nulmeting, in de eenheid van het onderdeel", "decimal"),
    DataColumn("verschil_procent", "Verschil in procenten", "Het verschil als deel van de nulmeting", "decimal"),
    DataColumn("nog_nodig", "Nog nodig", "De afstand tot de laatste streefwaarde; 0 als die is gehaald", "decimal"),
    DataColumn("streven_bereikt", "Streven bereikt", "Naast een grens: of ook het streven is bereikt", "boolean"),
    DataColumn("zekerheid", "Zekerheid", "clear: duidelijk; chance: toeval; effort: eigen inzet; unknown: onbekend"),
    DataColumn("p_waarde", "P-waarde", "De kans op zo'n verschil zonder echte verandering, op 6 decimalen", "decimal"),
    DataColumn("interval_laag", "Interval, onderkant", "Onderkant van het 95%-interval van een enquête", "decimal"),
    DataColumn("interval_hoog", "Interval, bovenkant", "Bovenkant van het 95%-interval van een enquête", "decimal"),
    DataColumn(
        "kans_ongewijzigd",
        "Kans bij gelijk niveau",
        "De kans dat een gelijk gebleven niveau de streefwaarde haalt, op 6 decimalen",
        "decimal",
    ),
)
# Names and printed texts, which may be reworded afterwards.
WORDING = (
    DataColumn("indicator", "Indicator", "De naam van de indicator"),
    DataColumn("bron", "Bron", "Wie het cijfer levert"),
    DataColumn("prioriteit", "Prioriteit", "Het nummer van de prioriteit; leeg bij de VTH-cyclus", "integer"),
    DataColumn("nulmeting_gedrukt", "Nulmeting zoals gedrukt", "De nulmeting in woorden van de nota"),
    DataColumn("streefwaarde", "Streefwaarde", "De streefwaarde zoals de nota haar schrijft"),
    DataColumn("meting_gedrukt", "Meting zoals gedrukt", "De meting zoals de documenten haar schrijven"),
    DataColumn("oordeel", "Oordeel", "Het oordeel in woorden"),
)
IDENTITY = (
    DataColumn("code", "Code", "De vaste code van de indicator, zoals V5"),
    DataColumn("onderdeel", "Onderdeel", "Het onderdeel van de indicator; leeg als er maar een is"),
    DataColumn("jaar", "Jaar", "Het jaar waar de rij over gaat", "integer"),
)
COLUMNS = (*IDENTITY, *WORDING, *FACTS, *STRUCTURE, *REMARKS, *VERDICT)
