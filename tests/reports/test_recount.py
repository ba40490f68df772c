"""The verdict as a formula: the same word as ours for every component and rule, also after a changed figure."""

import csv
import io
import itertools
import re
import shutil
import subprocess
import zipfile
from dataclasses import replace
from decimal import Decimal

import openpyxl
import pytest

from indicators.domain.assessment import Facts
from indicators.domain.followed import Followed
from indicators.domain.targets import Bound, Sign, TargetRule
from indicators.domain.values import Direction, Exact, NoValue, Reason, Withheld
from indicators.readmodel.rows import Overview
from indicators.readmodel.sentences import figure_status_words
from reports.appendix.load import load_appendix
from reports.appendix.recount import RECOUNT, WHOLE, recount_table
from reports.formats import file_bytes
from reports.writers.formulas import in_opendocument, in_sheet
from tests.cast import overview_of
from tests.reports.formulas_reading import compute

# The writers get a document, whichever engine its figures come from.
pytestmark = [pytest.mark.engine_free, pytest.mark.unmeasured]

PARTS = [Exact(Decimal(99)), Exact(Decimal(0)), *map(NoValue, Reason), None]
COMPUTED = ("laagst", "hoogst", "regel", "rang", "narekenen", "gelijk")


class Sheet:
    """A sheet of a workbook that evaluates formulas from the current values of its cells."""

    def __init__(self, sheet) -> None:
        self.sheet = sheet
        self.head = next(row for row in range(1, 6) if sheet.cell(row, 1).value == "code")
        self.columns = {cell.value: cell.column_letter for cell in sheet[self.head]}
        last = max(row for row in range(self.head, sheet.max_row + 1) if sheet.cell(row, 2).value)
        self.rows = range(self.head + 1, last + 1)

    def value(self, address: str):
        content = self.sheet[address].value
        if isinstance(content, str) and content.startswith("="):
            return compute(content, self.value)
        return "" if content is None else content

    def of(self, row: int, heading: str):
        return self.value(f"{self.columns[heading]}{row}")

    def put(self, row: int, heading: str, value) -> None:
        self.sheet[f"{self.columns[heading]}{row}"].value = value


def opened(content: bytes, *, stored: bool = False):
    return openpyxl.load_workbook(io.BytesIO(content), data_only=stored)[RECOUNT]


@pytest.mark.parametrize("whose", ["practice", "real"])
def test_every_component_and_year_is_recomputed_to_our_word(request, whose):
    kadernota = request.getfixturevalue(whose)
    content = file_bytes(load_appendix(kadernota, 2022).document, "xlsx")
    sheet, stored = Sheet(opened(content)), opened(content, stored=True)
    assert len(sheet.rows) == (23 + 2) * 5
    for row in sheet.rows:
        assert sheet.of(row, "narekenen") == sheet.of(row, "oordeel"), [sheet.of(row, h) for h in sheet.columns]
        assert sheet.of(row, "gelijk") == "ja"
        for heading in COMPUTED:  # the stored result, for programs that do not compute
            value = stored[f"{sheet.columns[heading]}{row}"].value
            assert ("" if value is None else value) == sheet.of(row, heading), heading
    texts = {cell.value for row in opened(content).iter_rows() for cell in row if cell.data_type == "f"}
    assert len(texts) > 400


def test_a_changed_figure_changes_the_word(practice):
    sheet = Sheet(opened(file_bytes(load_appendix(practice, 2020).document, "xlsx")))
    row = next(r for r in sheet.rows if (sheet.of(r, "code"), sheet.of(r, "jaar")) == ("V3", 2020))
    assert (sheet.of(row, "meting"), sheet.of(row, "grens"), sheet.of(row, "narekenen")) == (
        5218,
        4500,
        "Niet op koers",
    )
    for typed, word in [(4499, "Op koers"), (4500, "Aandacht"), ("pm", "Volgt nog"), (None, "Nog geen meting")]:
        sheet.put(row, "meting", typed)
        assert sheet.of(row, "narekenen") == word
    assert sheet.of(row, "gelijk") == "nee"
    whole = next(r for r in sheet.rows if (sheet.of(r, "code"), sheet.of(r, "onderdeel")) == ("V14", WHOLE))
    parts = [whole - 2, whole - 1]
    for first, second, word in [("n.v.t.", "n.v.t.", "Niet van toepassing"), ("pm", "n.b.", "Nog geen meting")]:
        for part, typed in zip(parts, (first, second), strict=True):
            sheet.put(part, "meting", typed)
            sheet.put(part, "streven", 5)
        assert sheet.of(whole, "narekenen") == word


def facts_of_every_rule(facts: Facts) -> list[Facts]:
    """Return facts with values, targets and baselines on each side of each other, in all combinations of the flags."""
    numbers = [Exact(Decimal(n)) for n in (3, 4, 5)]
    values = [*numbers, Withheld(Decimal(5)), Withheld(Decimal(4), inclusive=True), *map(NoValue, Reason), None]
    bounds = [Bound(sign, Decimal(4)) for sign in Sign]
    targets = [
        None,
        TargetRule(aim=Decimal(4)),
        *(TargetRule(bound=b) for b in bounds),
        TargetRule(aim=Decimal(0), bound=bounds[0]),
    ]
    baselines = [Exact(Decimal(4)), Exact(Decimal(9)), Withheld(Decimal(5)), NoValue(Reason.PM), None]
    return [
        replace(
            facts,
            measurement=value,
            target=target,
            baseline=baseline,
            direction=way,
            planned=planned,
            comparable=comparable,
        )
        for value, target, baseline, way, (planned, comparable) in itertools.product(
            values, targets, baselines, Direction, ((True, True), (False, True), (True, False))
        )
    ]


def test_every_rule_on_both_sides_of_its_edge(practice):
    """About two thousand cases, each evaluated as the sheet would, and compared with the rule table."""
    overview = overview_of(practice)
    row = overview.row("V6")
    (part,) = row.components
    seen = set()
    for final in (False, True):
        year = overview.last_year if final else 2020
        for facts in facts_of_every_rule(part.figures[year].facts):
            figure = replace(part.figures[year], facts=facts)
            changed = replace(
                part, baseline=facts.baseline, direction=facts.direction, figures=part.figures | {year: figure}
            )
            computed = recomputed(overview, replace(row, components=(changed,)), year)
            assert computed == [figure_status_words(figure, final=final)], facts
            seen.add((figure.assessment.rule, final))
    assert {rule for rule, _ in seen} == set(range(1, 8)) and len(seen) == 14


def of_one_year(overview: Overview, year: int) -> Overview:
    """Return the overview without the years before this one."""
    return replace(overview, version=replace(overview.version, first_year=year))


def recomputed(overview: Overview, row, year: int) -> list[str]:
    """Return the verdicts of one indicator in one year, evaluated from the cells of our table."""
    priority = replace(overview.priorities[0], rows=(row,))
    table = recount_table(of_one_year(replace(overview, priorities=(priority,)), year), year)
    headings = [column.heading for column in table.columns]

    def value(address: str):
        column, number = re.fullmatch("([A-Z]+)([0-9]+)", address).groups()
        cell = table.rows[int(number) - 2][ord(column) - 65]
        if cell.formula:
            return compute(in_sheet(cell.formula, headings, int(number)), value)
        return cell.text if cell.number is None else float(cell.number)

    column = chr(65 + headings.index("narekenen"))
    return [value(f"{column}{number}") for number in range(2, len(table.rows) + 2)]


@pytest.mark.parametrize("pair", list(itertools.product(PARTS, repeat=2)))
def test_a_composite_stands_as_its_worst_part(practice, pair):
    overview = overview_of(practice)
    row = overview.row("V14")
    parts = tuple(
        replace(
            part,
            figures=part.figures
            | {2020: replace(part.figures[2020], facts=replace(part.figures[2020].facts, measurement=value))},
        )
        for part, value in zip(row.components, pair, strict=True)
    )
    changed = replace(row, components=parts)
    overview = of_one_year(replace(overview, priorities=(replace(overview.priorities[0], rows=(changed,)),)), 2020)
    table = recount_table(overview, 2020)
    assert recomputed(overview, changed, 2020) == [row[-3].text for row in table.rows]


def test_what_is_no_longer_followed_says_so(practice):
    overview = overview_of(practice)
    row = replace(overview.row("V6"), last_year=2019)
    (part,) = row.components
    ended = replace(part, figures=part.figures | {2020: replace(part.figures[2020], followed=Followed.ENDED)})
    assert recomputed(overview, replace(row, components=(ended,)), 2020) == ["Vervallen"]


def test_nothing_that_was_typed_is_in_a_formula(practice):
    table = recount_table(overview_of(practice), 2022)
    formulas = {cell.formula for row in table.rows for cell in row if cell.formula}
    assert len(formulas) <= 12  # the same for every indicator: without names and figures


def test_the_open_sheet_says_by_which_grammar_its_formulas_are_written(practice):
    content = file_bytes(load_appendix(practice, 2020).document, "ods")
    written = zipfile.ZipFile(io.BytesIO(content)).read("content.xml")
    assert b'xmlns:of="urn:oasis:names:tc:opendocument:xmlns:of:1.2"' in written
    assert len(re.findall(b"table:formula=['\"]of:=", written)) == written.count(b"table:formula=") > 300


def test_addresses():
    headings = ["code", "meting", "rang"]
    assert in_sheet('IF({meting}="a,b",1,MIN({rang^2}))', headings, 9) == '=IF(B9="a,b",1,MIN(C7:C8))'
    assert in_opendocument('IF({meting}="a,b",1,MIN({rang^2}))', headings, 9) == 'of:=IF([.B9]="a,b";1;MIN([.C7:.C8]))'
    assert in_sheet("SUM({meting}:{rang})", headings, 9) == "=SUM(B9:C9)"
    assert in_opendocument("SUM({meting}:{rang})", headings, 9) == "of:=SUM([.B9:.C9])"


@pytest.mark.parametrize("key", ["xlsx", "ods"])
def test_an_office_program_computes_the_same(practice, tmp_path, key):
    """If LibreOffice is installed; our results are removed, so that it has to compute."""
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("no soffice on the path: what it computes is not compared")
    content = file_bytes(load_appendix(practice, 2022).document, key)
    bare = tmp_path / f"kaal.{key}"
    bare.write_bytes(without_results(content, key))
    sheet = Sheet(opened(file_bytes(load_appendix(practice, 2022).document, "xlsx")))
    subprocess.run(
        [
            program,
            f"-env:UserInstallation=file://{tmp_path}/profiel",
            "--headless",
            "--convert-to",
            "csv:Text - txt - csv (StarCalc):59,34,76,1,,0,false,true,false,false,false,-1",
            "--outdir",
            str(tmp_path),
            str(bare),
        ],
        check=True,
        capture_output=True,
        timeout=180,
    )
    written = (tmp_path / f"kaal-{RECOUNT}.csv").read_text("utf-8")
    rows = list(csv.reader(io.StringIO(written), delimiter=";"))
    start = next(n for n, row in enumerate(rows) if row[:2] == ["code", "indicator"]) + 1
    verdicts = [(row[-3], row[-2], row[-1]) for row in rows[start : start + len(sheet.rows)]]
    assert verdicts == [(sheet.of(row, "oordeel"), sheet.of(row, "oordeel"), "ja") for row in sheet.rows]


def without_results(content: bytes, key: str) -> bytes:
    """Return the file without the results of its formulas."""
    source, copy = zipfile.ZipFile(io.BytesIO(content)), io.BytesIO()
    with zipfile.ZipFile(copy, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            if key == "xlsx" and name.startswith("xl/worksheets/sheet"):
                data = re.sub(rb'( t="str")?>(<f>[^<]*</f>)<v>[^<]*</v>', rb">\2", data)
            elif name == "content.xml":
                data = re.sub(
                    rb"(<table:table-cell table:formula=(?:'[^']*'|\"[^\"]*\") table:style-name=\"[^\"]*\")"
                    rb"(?:/>|[^>]*>.*?</table:table-cell>)",
                    rb"\1/>",
                    data,
                )
            target.writestr(name, data)
    return copy.getvalue()
