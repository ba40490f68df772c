"""A sample document of realistic size, for the tests of the writers."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

from reports.document import Cell, Column, Document, Figure, List, Notice, Paragraph, Section, Table

# Hostile input of text fields; all of it must stay text, unchanged.
HOSTILE = (
    "=1+1",
    "+31 23 567 68 60",
    "-2+3",
    "@SUM(A1:A9)",
    "*vet* _schuin_ `code` #let x = 1 $a^2$ @ref <label> // weg /* weg */ [x] \\ ~ \\u{41}",
    "<script>alert(1)</script> & &amp; \"x\" 'y' ]]>",
    'punt;komma;"aanhaling";0,5',
    "regel een\nregel twee",
    "https://example.org/?a=1&b=2 mailto:a@example.org internal:Blad1!A1",
    "{=A1} #REF! #sys.inputs.document #pagebreak()",
    "W" * 300,
    "שלום مرحبا ελληνικά кириллица ﬁ ≤ ≥ ½ €",
)
BROKEN = "a\x00b\x08c\ud800d\ufffee\u202e125\u202cf\x1b[31m\r\ng"
BROKEN_CLEANED = "abcde125f[31m\ng"

SVG = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 620 210" width="620" height="210"
 font-family="sans-serif" font-size="12">
<g stroke="#c3cacf"><path d="M50 20H600M50 70H600M50 120H600M50 170H600"/></g>
<g fill="#56616a">
<text x="42" y="24" text-anchor="end">600</text><text x="42" y="74" text-anchor="end">400</text>
<text x="42" y="124" text-anchor="end">200</text><text x="42" y="174" text-anchor="end">0</text>
<text x="90" y="194" text-anchor="middle">2018</text><text x="250" y="194" text-anchor="middle">2019</text>
<text x="410" y="194" text-anchor="middle">2020</text><text x="570" y="194" text-anchor="middle">2021</text>
<text x="600" y="24" text-anchor="end">nulmeting 565</text></g>
<path d="M50 29H600" stroke="#56616a" stroke-dasharray="5 4"/>
<path d="M90 57L250 61L410 100L570 115" fill="none" stroke="#0b4f63" stroke-width="2.5"/>
<g fill="#0b4f63"><circle cx="90" cy="57" r="4"/><circle cx="250" cy="61" r="4"/>
<circle cx="410" cy="100" r="4"/><circle cx="570" cy="115" r="4"/></g></svg>"""

INDICATORS = (
    (
        "V3",
        "Meldingen openbare ruimte",
        "Gemeente",
        4714,
        (5120, 4688, 4521, 4390),
        "<4.500",
        "on_track",
        "Op koers",
    ),
    (
        "V4",
        "Totaal aantal misdrijven",
        "Politie",
        6756,
        (6611, 6390, 6702, 6498),
        "<6.500",
        "on_track",
        "Op koers",
    ),
    (
        "V5",
        "Woninginbraken (absoluut en in % aantal inwoners)",
        "Politie",
        565,
        (452, 436, 281, 219),
        "<500",
        "on_track",
        "Op koers",
    ),
    ("V6", "Straatroof (absoluut)", "Politie", 17, (21, 16, 15, 18), "<15", "off_track", "Niet op koers"),
    ("V7", "Overvallen (absoluut)", "Politie", 11, (12, 10, None, 9), "<10", "uncertain", "Niet te bepalen"),
    ("V8", "Geweld (absoluut)", "Politie", 394, (410, 401, 377, 362), "<350", "at_risk", "Aandacht"),
    (
        "V9",
        "Incidenten personen met verward gedrag",
        "Politie",
        576,
        (602, 640, 655, 690),
        "400",
        "off_track",
        "Niet op koers",
    ),
    (
        "V11",
        "Aantal opgelegde gebieds-ontzeggingen Schiphol",
        "KMar",
        7,
        (19, 24, None, None),
        "24",
        "no_data",
        "Nog geen meting",
    ),
)

WIDE_COLUMNS = (
    Column("Code", width=4),
    Column("Indicator", kind="heading", width=18),
    Column("Bron", width=7),
    Column("Nulmeting 2017", kind="figure", width=8),
    Column("2018", kind="figure", width=6),
    Column("2019", kind="figure", width=6),
    Column("2020", kind="figure", width=6),
    Column("2021", kind="figure", width=6),
    Column("Streefwaarde 2021", kind="figure", width=9),
    Column("Status 2021", kind="status", width=12),
    Column("Sinds de nulmeting", width=10),
    Column("Toelichting", width=26),
)


def figure(number: int | None) -> Cell:
    """Return a count in Dutch notation, or a withheld one."""
    if number is None:
        return Cell("<5")
    return Cell(f"{number:,}".replace(",", "."), number=Decimal(number), decimals=0)


def wide_table(repeat: int = 1) -> Table:
    """Return a table like that of a priority in the appendix."""
    rows = []
    for turn in range(repeat):
        for index, (code, name, source, baseline, years, target, status, word) in enumerate(INDICATORS):
            remark = HOSTILE[(index + turn * len(INDICATORS)) % len(HOSTILE)]
            since = "142 minder (25%)" if status == "on_track" else "gelijk"
            rows.append(
                (Cell(code), Cell(name), Cell(source), figure(baseline), *map(figure, years), Cell(target))
                + (Cell(word, status=status), Cell(since), Cell(remark))
            )
    return Table(
        caption="Veilige woon- en leefomgeving: nulmeting, metingen, streefwaarde en oordeel",
        columns=WIDE_COLUMNS,
        rows=tuple(rows),
        footnotes=("* Voorlopig cijfer.", "< Kleine aantallen worden door de partner niet gegeven."),
        name="Prioriteit 1",
    )


def number_table() -> Table:
    """Return a table with every kind of figure, with its displayed text."""
    cells = (
        Cell("22%", number=Decimal("22"), decimals=0, unit="%"),
        Cell("22 %", number=Decimal("22"), decimals=0, unit="%"),
        Cell("0,37%", number=Decimal("0.37"), decimals=2, unit="%"),
        Cell("6,2", number=Decimal("6.2"), decimals=1),
        Cell("10,0", number=Decimal("10"), decimals=1),
        Cell("1.177", number=Decimal("1177"), decimals=0),
        Cell("6756", number=Decimal("6756"), decimals=0),
        Cell("1.177.000", number=Decimal("1177000"), decimals=0),
        Cell("6.611*", number=Decimal("6611"), decimals=0),
        Cell("0", number=Decimal("0"), decimals=0),
        Cell("-3", number=Decimal("-3"), decimals=0),
        Cell("999999999999999", number=Decimal("999999999999999"), decimals=0),
        Cell("<5"),
        Cell("n.v.t."),
        Cell("pm"),
        Cell(""),
    )
    rows = tuple((Cell(f"Figuur {number}"), cell) for number, cell in enumerate(cells, start=1))
    columns = (Column("Wat", kind="heading", width=20), Column("Cijfer", kind="figure", width=10))
    return Table("Alle soorten cijfers", columns, rows, name="Cijfers: [alle]/soorten?")


def hostile_table() -> Table:
    """Return a table with hostile text in every place."""
    rows = tuple((Cell(text), Cell(text), Cell(text, status="on_track")) for text in (*HOSTILE, BROKEN))
    columns = (Column("=Kop*1*", kind="heading"), Column("#Kop $2$"), Column("<b>Kop 3</b>", kind="status"))
    return Table("=Tabel met *vreemde* tekst & <tekens>", columns, rows, footnotes=HOSTILE, name="'=Vreemd*'")


def data_table() -> Table:
    """Return the flat data table: one row for each indicator and year."""
    columns = (
        Column("Code"),
        Column("Indicator"),
        Column("Jaar"),
        Column("Waarde", kind="figure"),
        Column("Toelichting"),
        Column("Stand"),
    )
    rows = tuple(
        (
            Cell(code),
            Cell(name),
            Cell(str(year), number=Decimal(year), decimals=0),
            figure(number),
            Cell(HOSTILE[(index + year) % len(HOSTILE)]),
            Cell("concept"),
        )
        for index, (code, name, _source, _baseline, years, *_rest) in enumerate(INDICATORS)
        for year, number in zip(range(2018, 2022), years, strict=True)
    )
    return Table("Gegevens", columns, rows)


def sample(**changes: object) -> Document:
    """Return the sample document; keyword arguments replace its fields."""
    sections = (
        Section(
            "Leeswijzer",
            1,
            (
                Paragraph(
                    "Deze bijlage laat per prioriteit zien waar de gemeente staat: de nulmeting, wat er elk "
                    "jaar is gemeten, wat de streefwaarde is en of die is gehaald. Zonder uitleg zegt een "
                    "cijfer weinig; daarom staat die er steeds bij."
                ),
                List(
                    (
                        "Op koers: de streefwaarde van dit jaar is gehaald.",
                        "Aandacht: niet gehaald, maar het cijfer is beter dan de nulmeting.",
                        "Niet op koers: niet gehaald, en het cijfer is niet beter dan de nulmeting.",
                    )
                ),
                Notice("Cijfers over kleine aantallen kunnen toevallig hoger of lager zijn."),
            ),
        ),
        Section("Hoe de cijfers worden gelezen", 2, (Paragraph(HOSTILE[4]), number_table())),
        Section(
            "Prioriteit 1: Veilige woon- en leefomgeving",
            1,
            (
                Paragraph("Van de 8 indicatoren zijn er 3 op koers; 2 vragen aandacht."),
                wide_table(3),
            ),
        ),
        Section(
            "Woninginbraken",
            2,
            (
                Paragraph("In 2021 waren er 219 woninginbraken. De streefwaarde was <500: op koers."),
                Figure(
                    SVG,
                    'Lijn van 452 in 2018 naar 219 in 2021, onder de nulmeting van 565 & "streep"',
                    "Woninginbraken, 2018 tot en met 2021",
                ),
            ),
        ),
        Section("Prioriteit 2: *Jeugd* & <veiligheid> #1", 1, (hostile_table(), wide_table())),
        Section("Verantwoording", 1, (Paragraph("De cijfers komen van de bron die erbij staat."),)),
    )
    document = Document(
        title="Bijlage bij het Uitvoeringsprogramma 2021",
        subtitle="Cijfers bij de Kadernota Integrale Veiligheid 2018-2022",
        organisation="Gemeente Voorbeeld",
        author="Gemeente Voorbeeld, team Veiligheid",
        subject="Nulmeting, metingen en streefwaarden",
        keywords=("veiligheid", "kadernota", "indicatoren"),
        created=datetime(2021, 11, 23, 9, 30, tzinfo=UTC),
        details=(
            ("Kadernota", "Integrale Veiligheid 2018-2022"),
            ("Editie", "2021-1"),
            ("Vastgesteld", "23 november 2021, besluit 2021.0042"),
            ("Over het jaar", "2021"),
        ),
        sections=sections,
        data=data_table(),
    )
    return replace(document, **changes)
