"""PDF, Word, Excel and CSV all say what the read model says: every component, every figure, to the letter."""

from decimal import Decimal

import pytest

from indicators.domain.values import Exact, NoValue
from indicators.models import Edition
from indicators.overview import load_overview
from indicators.wording import STATUS_SIGNS, status_words
from reports.appendix.files import file_bytes
from reports.appendix.load import load_appendix
from tests.cast import adopt_year, record
from tests.nota import NAMES, ROWS, YEARS
from tests.reports.appendix_reading import READERS, bare, csv_rows, everything, xlsx_tables
from tests.reports.writers_sample import HOSTILE

PUBLIC = [("practice", year) for year in range(2018, 2023)] + [("real", year) for year in range(2018, 2023)]
NOTHING = "–"


def figures_table(tables, number: int) -> list[list[str]]:
    """The table of a priority as the nota has it: those that begin with a code, in order."""
    found = []
    for table in tables:
        start = next((i for i, row in enumerate(table) if row[:3] == ["Code", "Indicator", "Bron"]), None)
        if start is not None:
            found.append(table[start:])
    return found[number - 1]


def expected_row(overview, row, part, year: int, *, signs: bool) -> list[str]:
    """What the read model says of a component: baseline, every year, target, verdict, explanation."""
    figure = part.figures[year]
    words = status_words(figure.status, final=year == overview.last_year, value=figure.value)
    baseline = part.baseline_printed + (" *)" if part.baseline_year != overview.baseline_year else "")
    measured = [part.figures[shown].printed or NOTHING for shown in overview.years if shown <= year]
    target = row.target_cell(year) if len(row.components) == 1 else figure.target_printed
    explanation = figure.explanation or ("Er is geen toelichting gegeven." if figure.misses_explanation else "")
    sign = STATUS_SIGNS[figure.status] if signs else ""
    return [bare(text) for text in (baseline, *measured, target or NOTHING, sign + words, explanation)]


@pytest.mark.parametrize("key", READERS)
@pytest.mark.parametrize(("whose", "year"), PUBLIC)
def test_every_component_and_figure(request, whose, year, key):
    kadernota = request.getfixturevalue(whose)
    edition = Edition.objects.of(kadernota).filter(year=year).last()
    overview = load_overview(kadernota, edition=edition)
    tables = READERS[key](file_bytes(load_appendix(kadernota, year).document, key))
    compared = 0
    for priority in overview.priorities:
        table = figures_table(tables, priority.number)
        width = len(table[0])
        for row in priority.rows:
            for part in row.components:
                name = f"– {part.name}" if part.name else row.name
                lines = [line for line in table if line[:3] == [row.code, bare(name), bare(row.source)]]
                expected = expected_row(overview, row, part, year, signs=key != "pdf")
                assert [line[3:width] for line in lines] == [expected]
                compared += 1
        if any(part.baseline_year == 2016 for row in priority.rows for part in row.components) and key == "xlsx":
            assert ["*)meting2016"] in [[cell for cell in line if cell] for line in table]
    assert compared == 23


@pytest.mark.parametrize("key", READERS)
@pytest.mark.parametrize("year", YEARS)
def test_the_target_cells_are_as_printed(practice, year, key):
    tables = READERS[key](file_bytes(load_appendix(practice, year).document, key))
    for code, number, name, _, _, *cells in ROWS:
        table = figures_table(tables, int(number))
        column = table[0].index(f"Streefwaarde{year}")
        line = next(line for line in table if line[:2] == [code, bare(name)])
        assert line[column] == bare(cells[YEARS.index(year)])


def test_a_composite_keeps_its_printed_cells_and_its_parts_show_their_own(practice):
    table = figures_table(READERS["docx"](file_bytes(load_appendix(practice, 2020).document, "docx")), 3)
    start = next(i for i, line in enumerate(table) if line[0] == "V14")
    head, warnings, closures = table[start : start + 3]
    assert head[3] == bare("23 keer waarschuwing en 10 keer sluitingen") and head[4:7] == ["", "", ""]
    assert [line[1] for line in (warnings, closures)] == [bare(f"– {name}") for name in NAMES["V14"]]
    assert (warnings[3:8], closures[3:8]) == (["23", "25", "31", "33", "30"], ["10", "12", "15", "17", "20"])
    assert (head[8], warnings[8], closures[8]) == ("▲Aandacht", "✓Opkoers", "▲Aandacht")


@pytest.mark.parametrize("key", ["pdf", "docx", "xlsx"])
def test_the_footnotes_are_there(practice, key):
    text = everything(file_bytes(load_appendix(practice, 2021).document, key))
    for note in ("*) meting 2016", "* achter een cijfer: voorlopig", "n.v.t.: een cijfer is dit jaar niet"):
        assert bare(note) in text
    assert bare("voorlopig, het kan nog veranderen.") not in everything(
        file_bytes(load_appendix(practice, 2020).document, key)
    )


@pytest.mark.parametrize(("whose", "year"), PUBLIC)
def test_every_figure_in_the_csv(request, whose, year):
    kadernota = request.getfixturevalue(whose)
    overview = load_overview(kadernota, edition=Edition.objects.of(kadernota).filter(year=year).last())
    lines = csv_rows(file_bytes(load_appendix(kadernota, year).document, "csv"))
    assert len(lines) == 23 * (year - 2017)
    found = {(line["code"], line["onderdeel"].lstrip("'"), int(line["jaar"])): line for line in lines}
    for row in overview.rows:
        for part in row.components:
            for figure in part.figures.values():
                if figure.year <= year:
                    check_line(found[row.code, part.name, figure.year], overview, row, part, figure)


def check_line(line, overview, row, part, figure) -> None:
    """One line of the CSV against the read model."""
    value = figure.value
    if isinstance(value, Exact):
        assert Decimal(line["meting"].replace(",", ".")) == value.number
        assert line["voorlopig"] == ("ja" if value.provisional else "")
    else:
        assert line["meting"] == figure.printed
    if isinstance(part.baseline, NoValue):
        assert line["nulmeting"] == part.baseline_printed
    else:
        assert Decimal(line["nulmeting"].replace(",", ".")) == part.baseline.number
    assert line["streefwaarde"] == figure.target_printed
    difference = figure.assessment.difference
    told = line["sinds_nulmeting"].replace(",", ".")
    assert (Decimal(told) if told else None) == difference
    final = figure.year == overview.last_year
    assert line["oordeel"] == status_words(figure.status, final=final, value=value)
    assert (line["status"], line["regel"]) == (figure.status.value, str(figure.assessment.rule))
    assert (line["indicator"], line["bron"], line["toelichting"]) == (row.name, row.source, figure.explanation)
    assert line["editie"] == (figure.edition.label if figure.edition else "")
    stands = {None: ""} | {e: "overgenomen" if e.is_taken_over else "vastgesteld" for e in overview.editions}
    assert line["stand"] == stands[figure.edition]
    assert line["oefening"] == ("ja" if overview.is_practice else "")


def test_the_pivot_has_every_measurement(practice):
    overview = load_overview(practice, edition=Edition.objects.of(practice).filter(year=2022).last())
    sheets = xlsx_tables(file_bytes(load_appendix(practice, 2022).document, "xlsx"))
    head = ["code", "indicator", "onderdeel", "2018", "2019", "2020", "2021", "2022"]
    table, start = next((s, i) for s in sheets for i, line in enumerate(s) if line == head)
    parts = [(row, part) for row in overview.rows for part in row.components]
    assert table[start + 1 : start + 24] == [
        [row.code, bare(row.name), bare(part.name), *(bare(part.figures[y].printed) for y in overview.years)]
        for row, part in parts
    ]


@pytest.mark.parametrize("key", [*READERS, "csv"])
def test_hostile_explanations_stay_text(real, officer, adopter, key):
    texts = [text for text in HOSTILE if "\n" not in text and "שלום" not in text]
    codes = ["V3", "V6", "V7", "V8", "V9", "V10", "V13", "V15", "V16", "V17"]
    for code, text in zip(codes, texts, strict=True):
        record(real, code, 2021, "7", by=officer, explanation=text)
    adopt_year(real, 2021, by=adopter)
    content = file_bytes(load_appendix(real, 2021).document, key)
    if key == "csv":
        read = {line["code"]: line["toelichting"] for line in csv_rows(content) if line["jaar"] == "2021"}
        assert [read[code].removeprefix("'") for code in codes] == texts
        assert all(read[code].startswith("'") for code, text in zip(codes, texts, strict=True) if text[0] in "=+-@")
        return
    tables = [figures_table(READERS[key](content), number) for number in (1, 2, 3)]
    read = {line[0]: line[len(table[0]) - 1] for table in tables for line in table if line[0] in codes}
    assert read == {code: bare(text) for code, text in zip(codes, texts, strict=True)}
