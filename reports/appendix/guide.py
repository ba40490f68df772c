"""The reading guide of the appendix, and the rules of its verdicts."""

from indicators.domain.statuses import RULES, STATUSES
from indicators.readmodel.rows import Overview
from reports.appendix.cells import status_cell
from reports.document import Cell, Column, List, Notice, Paragraph, Section, Table

WORST_COUNTS = (
    "Een indicator met onderdelen staat er zo voor als het onderdeel dat er het slechtst voor staat; onderdelen zonder "
    "streefwaarde tellen daarbij niet mee."
)
ENDED = "Vervallen: de indicator wordt dit jaar niet meer gevolgd, en telt niet mee."
QUESTIONS = (
    "Is de streefwaarde van dit jaar gehaald? Dat zegt het oordeel.",
    "Welke kant gaat het op sinds de nulmeting? Dat zegt het verschil: beter, gelijk of slechter.",
    "Hoe ver is het nog tot het laatste streefjaar? Dat zegt wat er in totaal nog nodig is en hoeveel dat per jaar is.",
)
CHANCE = (
    "Kleine aantallen gaan ook zonder oorzaak op en neer; daarom staat bij een verschil of het duidelijk is of dat het "
    "toeval kan zijn. Incidenten komen vaak in reeksen, dus de echte onzekerheid is groter dan hier is berekend."
)


def guide_sections(overview: Overview, year: int) -> tuple[Section, ...]:
    """Return the reading guide."""
    final = year == overview.last_year
    rows = tuple((status_cell(status, final=final), Cell(text.meaning)) for status, text in STATUSES.items())
    words = Table(
        "De woorden van het oordeel",
        (Column("Oordeel", "status", 11), Column("Wat het betekent", width=24)),
        rows,
        footnotes=(WORST_COUNTS, *([ENDED] if any(not row.counts_in(year) for row in overview.rows) else [])),
        name="Oordelen",
    )
    return (
        Section("Hoe leest u deze bijlage", 1, (Paragraph(_purpose(overview, year)),), new_page=True),
        Section("Drie vragen bij elk cijfer", 2, (List(QUESTIONS), Paragraph(CHANCE), words)),
        Section("Hoe de cijfers zijn geschreven", 2, (List(_notation(overview)),)),
    )


def _purpose(overview: Overview, year: int) -> str:
    counted = sum(row.counts_in(year) for row in overview.rows)
    # A draft has no citation, since it can still change.
    cited = "" if overview.with_drafts else " Onder elke indicator staat hoe u die aanhaalt."
    return (
        f"Deze bijlage hoort bij het Uitvoeringsprogramma van {overview.organisation}. Zij laat zien hoe de "
        f"{counted} indicatoren van de {overview.title} er in {year} voor staan: eerst het antwoord, dan de tabel, "
        f"het beeld en elke indicator in woorden.{cited} Achterin staat waar de cijfers vandaan komen en hoe is "
        "geoordeeld."
    )


def _notation(overview: Overview) -> tuple[str, ...]:
    first, last = overview.target_years[0], overview.last_year
    return (
        "4.521 is vierduizend vijfhonderdeenentwintig: de punt scheidt duizendtallen, de komma decimalen.",
        f"De nulmeting is het cijfer waar het beleid begint: {overview.baseline_year}, of het jaar dat in de voetnoot "
        "bij *) staat.",
        f"De streefwaarden ({first} tot en met {last}) staan er zoals de nota ze afdrukt. Een kaal getal is gehaald "
        "bij dat getal of beter; bij < of > geldt de grens precies: 500 haalt <500 niet.",
        "Staan er twee getallen (0 <4), dan is het eerste het streven; het tweede beslist of het doel is gehaald.",
        "Een * achter een meting betekent: voorlopig cijfer over een heel jaar, dat nog kan veranderen.",
        "<5 bij een meting betekent: minder dan 5, maar de bron geeft het precieze aantal niet vrij.",
        "pm: het cijfer volgt nog; n.b.: niet bekend; n.v.t.: niet van toepassing; –: er is geen cijfer.",
    )


def _sentence(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}."


def rules_section(overview: Overview, year: int) -> Section:
    """Return the rule table. It comes directly after its heading, so that both are on one page."""
    final = year == overview.last_year
    rows = tuple(
        (Cell(str(rule)), Cell(_sentence(STATUSES[status].condition)), status_cell(status, final=final))
        for rule, status in RULES.items()
    )
    columns = (Column("Regel", width=3, align="center"), Column("Wanneer", width=22), Column("Oordeel", "status", 11))
    return Section(
        "Hoe is geoordeeld",
        1,
        (
            Table(
                "De regels van het oordeel, van boven naar beneden: de eerste die past, geldt",
                columns,
                rows,
                name="Regels",
            ),
            Paragraph(
                "Elk onderdeel wordt elk jaar langs deze regels gelegd. Er wordt niet afgerond en niets "
                "doorgetrokken naar latere jaren."
            ),
            Notice(
                "Of een verschil duidelijk is: bij aantallen een exacte toets van twee aantallen (kans kleiner dan "
                "5 op de 100), bij een enquête met bekende steekproef het 95%-interval. Bij eigen inzet speelt "
                "toeval geen rol; in andere gevallen is de onzekerheid onbekend."
            ),
        ),
    )
