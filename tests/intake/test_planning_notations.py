"""The notation table applied to files: texts in a CSV, and cells of a sheet."""

import datetime
import io
from decimal import Decimal

import openpyxl
import pytest

from indicators.domain.values import Exact, NoValue, Reason, Withheld
from indicators.intake.planning import plan_import
from indicators.intake.sheets import read_sheet
from tests.cast import record
from tests.intake.sheet_files import ods_row, raw_ods, xlsx

pytestmark = pytest.mark.django_db
UNITS = {
    "count": ("V9", "", 2019),
    "percentage": ("V1", "", 2018),
    "percentage(2)": ("V5", "% van inwoners", 2019),
    "grade": ("V2", "", 2018),
}
HEAD = ["indicator", "onderdeel", "jaar", "meting", "toelichting"]


def exact(number, provisional=False):
    return Exact(Decimal(number), provisional)


def row_of(unit, cell):
    code, part, year = UNITS[unit]
    return [code, part, year, cell, "want het is nageteld"]


def csv(unit, typed):
    fields = (f'"{str(field).replace(chr(34), chr(34) * 2)}"' for field in row_of(unit, typed))
    return f"{';'.join(HEAD)}\n{';'.join(fields)}\n".encode()


def plan_of(kadernota, name, content):
    return plan_import(kadernota, read_sheet(name, content))


TAKEN = [
    ("394", "count", exact(394)),
    ("1.177", "count", exact(1177)),
    ("6756", "count", exact(6756)),
    *[(f"1{blank}177", "count", exact(1177)) for blank in " \u00a0\u2009\u202f"],
    (" 565 ", "count", exact(565)),
    ("565\u00a0", "count", exact(565)),
    ("'565", "count", exact(565)),
    ("0", "count", exact(0)),
    ("1.177,0", "count", exact(1177)),
    *[(typed, "count", Withheld(Decimal(5))) for typed in ("<5", "< 5", "minder dan 5")],
    *[(typed, "count", Withheld(Decimal(5), True)) for typed in ("≤5", "<=5")],
    *[(typed, "percentage", exact(22)) for typed in ("22%", "22 %", "22", "22,0%")],
    ("22,5%", "percentage(2)", exact("22.50")),
    ("0,22", "percentage(2)", exact("0.22")),
    ("6,2", "grade", exact("6.2")),
    ("0,0", "grade", exact(0)),
    ("10", "grade", exact(10)),
    ("6", "grade", exact(6)),
    ("6.611*", "count", exact(6611, True)),
    ("6.611**", "count", exact(6611, True)),
    *[
        (typed, unit, NoValue(reason))
        for unit in ("count", "grade")
        for reason, texts in {
            Reason.PM: ["pm", "p.m.", "PM", "volgt"],
            Reason.UNKNOWN: ["n.b.", "nb", "NB", "n.n.b.", "onbekend", ".", "x"],
            Reason.NOT_APPLICABLE: ["n.v.t.", "nvt"],
        }.items()
        for typed in texts
    ],
]
REFUSED = [
    ("1,177", "count", "1.177"), ("1.17", "count", ""), ("1.1777", "count", ""), ("394,5", "count", ""),
    ("-5", "count", ""), ("\u22125", "count", ""), ("+5", "count", ""), ("ca. 400", "count", ""),
    ("circa 400", "count", ""), ("±400", "count", ""), ("~400", "count", ""), ("400-450", "count", ""),
    ("400–450", "count", ""), ("400 à 450", "count", ""), ("400 t/m 450", "count", ""), ("22,5%", "percentage", ""),
    ("<5%", "percentage", ""), (">5", "count", ""), ("≥5", "count", ""), ("122%", "percentage", ""),
    ("+1%", "percentage", ""), ("1%-punt", "percentage", ""), ("22.5%", "percentage(2)", "22,5"),
    ("6.2", "grade", "6,2"), ("6,25", "grade", ""), ("62", "grade", "6,2"), ("geen", "count", "0"),
    ("nul", "count", "0"), ("12 st.", "count", "12"), ("150 meldingen", "count", "150"), ("10x", "count", "10"),
    ("O", "count", ""), ("l7", "count", ""), ("€ 500", "count", ""), ("394 (was 390)", "count", "394"),
    ("23 keer waarschuwing en 10 keer sluitingen", "count", ""),
    *[
        (typed, unit, "")
        for unit in ("count", "percentage")
        for typed in ("-", "–", "—", "*", "NaN", "Infinity", "1e3", "1_000", "0x10", "٣", "５", "5²", "#N/B", "#N/A",
                      "#DEEL/0!", "#VERW!", "#WAARDE!", "#REF!", "#VALUE!", "=1+1", "@SUM(A1)", "+cmd", "2019-02-06")
    ],
]  # fmt: skip


@pytest.mark.parametrize(("typed", "unit", "value"), TAKEN)
def test_typed_in_a_csv(real, typed, unit, value):
    (row,) = plan_of(real, "a.csv", csv(unit, typed)).rows
    assert row.refusal is None, str(row.refusal)
    assert row.entry.value == value


@pytest.mark.parametrize(("typed", "unit", "meant"), REFUSED)
def test_refused_in_a_csv(real, typed, unit, meant):
    (refusal,) = plan_of(real, "a.csv", csv(unit, typed)).refusals
    assert (refusal.row, refusal.column) == (2, "meting")
    assert f"‘{typed[:40]}" in str(refusal)
    assert not meant or f"Bedoelt u {meant}" in str(refusal)


def test_nothing_typed_is_no_figure_and_words_beside_it_are_refused(real):
    assert plan_of(real, "a.csv", csv("count", "")).refusals[0].column == "meting"


def test_millions_are_taken_with_a_question(real):
    (row,) = plan_of(real, "a.csv", csv("count", "1.177.000")).rows
    assert row.entry.value == exact(1177000) and "tien keer" in row.question


def test_a_fraction_where_the_last_figure_was_a_percentage_is_asked(real, officer):
    record(real, "V5", 2018, "22,5%", "% van inwoners", explanation="om te vragen", by=officer)
    (row,) = plan_of(real, "a.csv", csv("percentage(2)", "0,22")).rows
    assert row.entry.value == exact("0.22") and "22%" in row.question


# Cells of a sheet


def sheet_of(cell, unit, number_format=None):
    """Return an XLSX with one row, whose figure is a real cell."""

    def dress(book):
        if number_format:
            book.active["D2"].number_format = number_format

    return xlsx([HEAD, row_of(unit, cell)], dress)


CELLS = [
    (394, "count", None, exact(394)),
    (394.0, "count", None, exact(394)),
    ("1.177", "count", None, exact(1177)),
    (1177, "count", "#,##0", exact(1177)),
    (0.22, "percentage", "0%", exact(22)),
    (0.225, "percentage(2)", "0.0%", exact("22.5")),
    (22, "percentage", None, exact(22)),
    (0.22, "percentage(2)", None, exact("0.22")),  # the last figure was 0,28%
    (6.199999999999999, "grade", None, exact("6.2")),
    ("<5", "count", None, Withheld(Decimal(5))),
    ("pm", "count", None, NoValue(Reason.PM)),
]


@pytest.mark.parametrize(("cell", "unit", "number_format", "value"), CELLS)
def test_cell(real, cell, unit, number_format, value):
    (row,) = plan_of(real, "a.xlsx", sheet_of(cell, unit, number_format)).rows
    assert row.refusal is None, str(row.refusal)
    assert row.entry.value == value and row.entry.year == UNITS[unit][2]


@pytest.mark.parametrize(
    ("cell", "unit", "number_format", "sentence"),
    [
        (0.22, "percentage", None, "0,22% of 22%"),
        (0.225, "percentage", "0.0%", "heel percentage"),
        (394.5, "count", None, "heel getal"),
        (-5, "count", None, "kleiner dan nul"),
        (datetime.date(2019, 2, 6), "count", None, "datum"),
        (True, "count", None, "waar of onwaar"),
        ("=1+1", "count", None, "opgeslagen uitkomst"),
        (500, "count", '"€" #,##0', "geldbedrag"),
        (6.26, "grade", None, "decimaal"),
    ],
)
def test_cell_refused(real, cell, unit, number_format, sentence):
    refusal = plan_of(real, "a.xlsx", sheet_of(cell, unit, number_format)).refusals[0]
    assert (refusal.row, refusal.column, refusal.where) == (2, "meting", "D") and sentence in str(refusal)


def test_a_fraction_without_any_last_figure_is_refused(real):
    """Before 2018 `% van inwoners` has only a "pm"."""
    content = xlsx([HEAD, ["V5", "% van inwoners", 2018, 0.22, "nageteld"]])
    assert "0,22% of 22%" in str(plan_of(real, "a.xlsx", content).refusals[0])


def test_a_formula_in_the_year_or_the_indicator_is_refused_there(real):
    content = xlsx([HEAD, ["=A1", "", "=2000+19", 5, ""]])
    assert {refusal.column for refusal in plan_of(real, "a.xlsx", content).refusals} == {"indicator", "jaar"}


def test_an_ods(real):
    def number(value, kind="float"):
        return f'<table:table-cell office:value-type="{kind}" office:value="{value}"/>'

    rows = [
        ods_row(*HEAD),
        ods_row("V9", "", number(2019), number(394), "x"),
        ods_row("V1", "", number(2018), number("0.22", "percentage"), "x"),
        ods_row("V2", "", number(2018), number("6.199999999999999"), "x"),
        ods_row("V7", "", number(2019), '<table:table-cell office:value-type="date" office:date-value="2019-02-06"/>'),
    ]
    plan = plan_of(real, "a.ods", raw_ods("".join(rows)))
    assert [row.entry.value for row in plan.rows[:3]] == [exact(394), exact(22), exact("6.2")]
    assert [str(refusal.row) for refusal in plan.refusals] == ["5"] and "datum" in str(plan.refusals[0])


def test_the_helper_makes_a_workbook_that_opens():
    assert openpyxl.load_workbook(io.BytesIO(sheet_of(394, "count"))).active["D2"].value == 394
