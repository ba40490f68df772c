"""Every format has the exact contents of the read model: every component, figure, sentence and footnote."""

from decimal import Decimal

import pytest

from indicators.domain.assessment import Status
from indicators.domain.statuses import LONG_TAIL, STATUSES, status_words
from indicators.domain.values import Exact, Known, NoValue
from indicators.models import Edition
from indicators.readmodel.sentences import chance_sentence, needed_sentence, row_status_words, verdict_sentences
from reports.appendix.load import load_appendix
from reports.formats import file_bytes
from tests.cast import info_of, overview_of
from tests.nota import NAMES, ROWS, YEARS
from tests.reports.appendix_reading import LINES, READERS, bare, csv_rows, everything, xlsx_tables

# The writers get a document, whichever engine its figures come from.
pytestmark = [pytest.mark.engine_free, pytest.mark.unmeasured]

PUBLIC = [("practice", year) for year in range(2018, 2023)] + [("real", year) for year in range(2018, 2023)]
# All editions of the practice municipality; of the real one the first and the last.
EDITIONS = [("practice", label) for label in ("2018-1", "2019-1", "2020-1", "2020-2", "2021-1", "2022-1")]
EDITIONS += [("real", "2018-1"), ("real", "2022-1")]
NOTHING = "–"


def figures_table(tables, number: int) -> list[list[str]]:
    """Return the table of the priority with this number: those that begin with a code, in order."""
    figures = []
    for table in tables:
        start = next((i for i, row in enumerate(table) if row[:3] == ["Code", "Indicator", "Bron"]), None)
        if start is not None:
            figures.append(table[start:])
    return figures[number - 1]


def expected_row(overview, row, part, year: int, *, signs: bool) -> list[str]:
    """Return the row of a component by the read model: baseline, every target, every measurement, verdict."""
    figure = part.figures[year]
    words = status_words(figure.status, final=year == overview.last_year, value=figure.value)
    baseline = part.baseline_printed + (" *)" if part.baseline_year != overview.baseline_year else "")
    alone = len(row.components) == 1
    targets = [row.target_cell(y) if alone else part.figures[y].target_printed for y in overview.target_years]
    measured = [part.figures[y].printed or NOTHING for y in overview.years if y <= year]
    sign = STATUSES[figure.status].sign if signs else ""
    return [bare(text) for text in (baseline, *(target or NOTHING for target in targets), *measured, sign + words)]


@pytest.fixture(scope="module")
def loaded_once() -> dict:
    """Cache what is loaded for one format and used for all."""
    return {}


def load_document(request, whose: str, label: str):
    """Return the year of the edition with this label, the read model as of it, and the document."""
    loaded_once = request.getfixturevalue("loaded_once")
    if (whose, label) not in loaded_once:
        kadernota = request.getfixturevalue(whose)
        year, number = map(int, label.split("-"))
        edition = Edition.objects.of(kadernota).get(year=year, number=number)
        appendix = load_appendix(kadernota, year, edition=info_of(edition))
        loaded_once[whose, label] = year, overview_of(kadernota, edition=edition), appendix.document
    return loaded_once[whose, label]


@pytest.mark.parametrize("key", READERS)
@pytest.mark.parametrize(("whose", "label"), EDITIONS)
def test_every_figure_word_and_footnote(request, whose, label, key):
    year, overview, document = load_document(request, whose, label)
    content = file_bytes(document, key)
    tables, lines = READERS[key](content), LINES[key](content)
    check_figures(tables, overview, year, signs=key != "pdf")
    check_matrix(tables, overview, year, signs=key != "pdf")
    check_words(lines, overview, year)
    notes = [note for s in document.sections for b in s.blocks for note in getattr(b, "footnotes", ())]
    assert "*) meting 2016" in notes and {bare(note) for note in notes} <= set(lines)


def check_figures(tables, overview, year: int, *, signs: bool) -> None:
    """Check that each component is once in the table of its priority, with all its figures."""
    compared = 0
    for priority in overview.priorities:
        table = figures_table(tables, priority.number)
        width = len(table[0])
        for row in priority.rows:
            for part in row.components:
                name = f"– {part.name}" if part.name else row.name
                matches = [line for line in table if line[:3] == [row.code, bare(name), bare(row.source)]]
                assert [line[3:width] for line in matches] == [expected_row(overview, row, part, year, signs=signs)]
                compared += 1
    assert compared == 23


def check_matrix(tables, overview, year: int, *, signs: bool) -> None:
    """Check that the matrix has the verdict on each indicator in each target year."""
    years = [y for y in overview.target_years if y <= year] or [year]
    head = ["Code", "Indicator", *map(str, years)]
    table, start = next((t, n) for t in tables for n, line in enumerate(t) if line == head)
    for number, row in enumerate(overview.rows, start=start + 1):
        words = [row_status_words(row, y, final=y == overview.last_year).removesuffix(LONG_TAIL) for y in years]
        verdicts = [
            bare((STATUSES[row.statuses[y]].sign if signs else "") + word) for y, word in zip(years, words, strict=True)
        ]
        assert table[number] == [row.code, bare(row.name), *verdicts]


def check_words(lines: list[str], overview, year: int) -> None:
    """Check that the section of each indicator has its verdict, explanations and citation, and nothing else."""
    starts = {row.code: lines.index(bare(f"{row.code} {row.name}")) for row in overview.rows}
    for row in overview.rows:
        under = lines[starts[row.code] + 1 : starts[row.code] + 9]
        verdict = " ".join(verdict_sentences(row, year, last_year=overview.last_year))
        if len(row.components) == 1:
            assert under[0] == bare(f"{verdict} {expected_course(row, year, overview)}".strip())
        else:
            assert under[0] == bare(verdict)
        cited = next(n for n, line in enumerate(under) if line.startswith("Citerenals"))
        label = overview.edition.label
        assert under[cited] == bare(
            f"Citeren als {row.code}, {year}, editie {label}: /{overview.slug}/{row.code}/{label}/"
        )
        explanations = [line for line in under[:cited] if line.startswith("Toelichting")]
        assert explanations == expected_explanations(row, year)


def expected_course(row, year: int, overview) -> str:
    """Return what follows the verdict of an indicator without components: chance, then what is still needed."""
    ((part, figure),) = row.figures(year)
    if not row.counts_in(year) or not isinstance(figure.value, Known):
        return ""
    met_at_last = year == overview.last_year and figure.status is Status.ON_TRACK
    needed = "" if met_at_last else needed_sentence(part, figure, overview.last_year)
    return " ".join(filter(None, (chance_sentence(part, figure), needed)))


def expected_explanations(row, year: int) -> list[str]:
    explanations = []
    for part, figure in row.figures(year):
        words = figure.explanation or ("Er is geen toelichting gegeven." if figure.misses_explanation else "")
        if words:
            explanations.append(bare(f"Toelichting{f' bij {part.name}' if part.name else ''}: {words}"))
    return explanations


@pytest.mark.parametrize("key", READERS)
def test_the_target_cells_are_as_printed(practice, key):
    tables = READERS[key](file_bytes(load_appendix(practice, 2022).document, key))
    for code, number, name, _, _, *cells in ROWS:
        table = figures_table(tables, int(number))
        columns = [table[0].index(f"Streefwaarde{year}") for year in YEARS]
        line = next(line for line in table if line[:2] == [code, bare(name)])
        assert [line[column] for column in columns] == [bare(cell) for cell in cells]


def test_a_composite_keeps_its_printed_cells_and_its_parts_show_their_own(practice):
    table = figures_table(READERS["docx"](file_bytes(load_appendix(practice, 2020).document, "docx")), 3)
    start = next(i for i, line in enumerate(table) if line[0] == "V14")
    head, warnings, closures = table[start : start + 3]
    assert head[3] == bare("23 keer waarschuwing en 10 keer sluitingen") and head[8:11] == ["", "", ""]
    assert [line[1] for line in (warnings, closures)] == [bare(f"– {name}") for name in NAMES["V14"]]
    assert (warnings[3], warnings[5], warnings[8:11]) == ("23", "30", ["25", "31", "33"])
    assert (closures[3], closures[5], closures[8:11]) == ("10", "20", ["12", "15", "17"])
    assert (head[11], warnings[11], closures[11]) == ("▲Aandacht", "✓Opkoers", "▲Aandacht")


@pytest.mark.parametrize("key", READERS)
def test_the_footnotes_are_those_that_are_needed(practice, key):
    text = everything(file_bytes(load_appendix(practice, 2021).document, key))
    for note in ("*) meting 2016", "* achter een cijfer: voorlopig", "n.v.t.: een cijfer is dit jaar niet"):
        assert bare(note) in text
    assert bare("voorlopig, het kan nog veranderen.") not in everything(
        file_bytes(load_appendix(practice, 2020).document, key)
    )


@pytest.mark.parametrize(("whose", "year"), PUBLIC)
def test_every_figure_in_the_csv(request, whose, year):
    kadernota = request.getfixturevalue(whose)
    overview = overview_of(kadernota, edition=Edition.objects.of(kadernota).filter(year=year).last())
    lines = csv_rows(file_bytes(load_appendix(kadernota, year).document, "csv"))
    assert len(lines) == 23 * (year - 2017)
    by_key = {(line["code"], line["onderdeel"].lstrip("'"), int(line["jaar"])): line for line in lines}
    for row in overview.rows:
        for part in row.components:
            for figure in part.figures.values():
                if figure.year <= year:
                    check_line(by_key[row.code, part.name, figure.year], overview, row, part, figure)


def check_line(line, overview, row, part, figure) -> None:
    """Check one line of the CSV against the read model."""
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
    since = line["sinds_nulmeting"].replace(",", ".")
    assert (Decimal(since) if since else None) == difference
    final = figure.year == overview.last_year
    assert line["oordeel"] == status_words(figure.status, final=final, value=value)
    assert (line["status"], line["regel"]) == (figure.status.value, str(figure.assessment.rule))
    assert (line["indicator"], line["bron"], line["toelichting"]) == (row.name, row.source, figure.explanation)
    assert line["editie"] == (figure.edition.label if figure.edition else "")
    stands = {None: ""} | {e: "overgenomen" if e.is_taken_over else "vastgesteld" for e in overview.editions}
    assert line["stand"] == stands[figure.edition]
    assert line["oefening"] == ("ja" if overview.is_practice else "")


def test_the_pivot_has_every_measurement(practice):
    overview = overview_of(practice, edition=Edition.objects.of(practice).filter(year=2022).last())
    sheets = xlsx_tables(file_bytes(load_appendix(practice, 2022).document, "xlsx"))
    head = ["code", "indicator", "onderdeel", "2018", "2019", "2020", "2021", "2022"]
    table, start = next((s, i) for s in sheets for i, line in enumerate(s) if line == head)
    parts = [(row, part) for row in overview.rows for part in row.components]
    assert table[start + 1 : start + 24] == [
        [row.code, bare(row.name), bare(part.name), *(bare(part.figures[y].printed) for y in overview.years)]
        for row, part in parts
    ]
