"""Reading ODS files: types, exact values, formulas, styles, repetitions, and the choice of a table."""

from decimal import Decimal

import pytest

from indicators.domain.cells import Cell
from indicators.intake.sheets import read_sheet
from tests.intake.sheet_files import HEAD, ODS_HEAD, measured, ods_document, ods_row, ods_text, raw_ods, refusal

pytestmark = pytest.mark.engine_free


def ods_number(value, kind="float", attributes="", text="zoals getoond"):
    return (
        f'<table:table-cell office:value-type="{kind}" office:value="{value}" {attributes}>'
        f"<text:p>{text}</text:p></table:table-cell>"
    )


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        (ods_number("6.20"), Cell("number", number=Decimal("6.20"))),
        (ods_number("0.22", "percentage"), Cell("number", number=Decimal("0.22"), number_format="0%")),
        (ods_number("5", "currency"), Cell("number", number=Decimal(5), number_format="[$EUR] #,##0.00")),
        (ods_number("6", attributes='table:formula="of:=2*3"'), Cell("number", number=Decimal(6), formula="=2*3")),
        (ods_number("1E+999999999"), Cell("error", "#NUM!")),
        (ods_number("NaN"), Cell("error", "#NUM!")),
        (
            ods_number("0", attributes='table:formula="of:=1/0"', text="#DIV/0!"),
            Cell("error", "#DIV/0!", formula="=1/0"),
        ),
        (
            ods_text("#N/A", 'table:formula="of:=NA()" calcext:value-type="error"'),
            Cell("error", "#N/A", formula="=NA()"),
        ),
        (ods_text("Fout:502", 'table:formula="of:=A("'), Cell("error", "Fout:502", formula="=A(")),
        (ods_text("#N/A"), Cell("text", "#N/A")),
        (ods_text("", 'table:formula="of:=T(1)"'), Cell("empty", formula="=T(1)")),
        ('<table:table-cell table:formula="of:=2*3"/>', Cell("empty", formula="=2*3", has_result=False)),
        (
            '<table:table-cell office:value-type="float" table:formula="of:=2*3"/>',
            Cell("empty", formula="=2*3", has_result=False),
        ),
        (
            '<table:table-cell office:value-type="date" office:date-value="2022-06-02"><text:p>6-2</text:p>'
            "</table:table-cell>",
            Cell("date", "2022-06-02"),
        ),
        ('<table:table-cell office:value-type="time" office:time-value="PT6H"/>', Cell("date", "PT6H")),
        ('<table:table-cell office:value-type="boolean" office:boolean-value="true"/>', Cell("boolean", "WAAR")),
        (
            '<table:table-cell office:value-type="string">'
            "<office:annotation><text:p>let op</text:p></office:annotation>"
            '<text:p>een<text:s text:c="2"/>&lt;<text:span>twee</text:span></text:p><text:p>drie</text:p>'
            "</table:table-cell>",
            Cell("text", "een  <twee\ndrie"),
        ),
    ],
)
def test_ods_cells_keep_their_type(cell, read):
    assert measured("a.ods", raw_ods(ODS_HEAD + ods_row("V1", "2022", cell))) == read


STYLE = '<style:style style:name="{}" style:family="table-cell" style:data-style-name="{}" {}/>'


@pytest.mark.parametrize(
    ("style", "code"),
    [
        ('<number:percentage-style style:name="N">'
         '<number:number number:decimal-places="1" number:min-integer-digits="1"/>'
         "<number:text>%</number:text></number:percentage-style>", "0.0%"),
        ('<number:number-style style:name="N"><number:number number:decimal-places="0" number:min-integer-digits="1"/>'
         "<number:text>%</number:text></number:number-style>", '0"%"'),
        ('<number:number-style style:name="N"><number:number number:decimal-places="2" number:min-decimal-places="0" '
         'number:min-integer-digits="1" number:grouping="true"/></number:number-style>', "#,##0.##"),
        ('<number:number-style style:name="N"><number:number number:min-integer-digits="1"/></number:number-style>',
         "General"),
        ('<number:number-style style:name="N"><number:text>&lt;</number:text><number:number number:decimal-places="0" '
         'number:min-integer-digits="1" number:display-factor="1000"/></number:number-style>', '"<"0,'),
        ('<number:currency-style style:name="N"><number:currency-symbol>€</number:currency-symbol>'
         '<number:text> </number:text>'
         '<number:number number:decimal-places="2" number:min-integer-digits="1"/></number:currency-style>',
         "[$€] 0.00"),
        ('<number:number-style style:name="P"><number:scientific-number/></number:number-style><number:number-style '
         'style:name="N"><number:text>-</number:text><number:fraction/><style:map style:condition="value()&gt;=0" '
         'style:apply-style-name="P"/></number:number-style>', '[>=0]0.00E+00;"-"# ?/?'),
        ('<number:text-style style:name="N"><number:text-content/></number:text-style>', "@"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("where", ["cell", "column", "row", "parent", "other part"])
def test_ods_styles_become_format_codes(style, code, where):
    cell = ods_number("6", attributes='table:style-name="c"' if where in ("cell", "parent", "other part") else "")
    column = '<table:table-column table:number-columns-repeated="3" table:default-cell-style-name="c"/>'
    styles = style + STYLE.format("base", "N", "")
    if where == "parent":
        child = '<style:style style:name="c" style:family="table-cell" style:parent-style-name="base"/>'
        content = raw_ods(ODS_HEAD + ods_row("V1", "2022", cell), automatic=child, styles=styles)
    elif where == "other part":
        other = '<number:text-style style:name="N2"/>'
        content = raw_ods(
            ODS_HEAD + ods_row("V1", "2022", cell), automatic=other + STYLE.format("c", "N", ""), styles=styles
        )
    else:
        row = ods_row("V1", "2022", cell, attributes='table:default-cell-style-name="c"' if where == "row" else "")
        content = raw_ods(
            (column if where == "column" else "") + ODS_HEAD + row, automatic=style + STYLE.format("c", "N", "")
        )
    assert measured("a.ods", content).number_format == code


def test_ods_repeats_are_followed_and_blank_ones_cost_nothing():
    blank = '<table:table-cell table:number-columns-repeated="16381"/>'
    table = (
        '<table:table-row table:number-rows-repeated="2"><table:table-cell/></table:table-row>'
        + ods_row(*HEAD, blank)
        + ods_row(
            "V1",
            ods_text("2022", 'table:number-columns-repeated="2"'),
            blank,
            attributes='table:number-rows-repeated="2"',
        )
        + '<table:table-row table:number-rows-repeated="1048571">'
        '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    )
    rows = read_sheet("a.ods", raw_ods(table))
    assert [(row.number, row.cells["meting"].text) for row in rows] == [(4, "2022"), (5, "2022")]


def test_ods_first_visible_table_with_the_headings_counts():
    hidden = (
        '<style:style style:name="h" style:family="table"><style:table-properties table:display="false"/></style:style>'
    )
    tables = "".join(
        f'<table:table table:style-name="{style}">{head}{ods_row("V1", "2022", figure)}</table:table>'
        for style, head, figure in (("h", ODS_HEAD, "1"), ("", "", "2"), ("", ODS_HEAD, "3"), ("", ODS_HEAD, "4"))
    )
    assert measured("a.ods", ods_document(tables, hidden)).text == "3"
    assert "verborgen" in refusal("a.ods", raw_ods(ODS_HEAD, automatic=hidden, attributes='table:style-name="h"'))


SPAN = 'table:number-columns-spanned="1" table:number-rows-spanned="2"'


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        (ods_row("V1", "2022", ods_text("1", SPAN)) + ods_row("V2", "2022", "<table:covered-table-cell/>"), "In C2:C3"),
        (ods_row("V1", "2022", "1", attributes='table:visibility="filter"'), "rij 2"),
        (ods_row("V1", ods_text("x", 'table:number-columns-repeated="61"')), "meer dan 60 kolommen"),
        (ods_row("V1", "2022", "1", attributes='table:number-rows-repeated="1000000"'), "meer dan 5.000"),
        (ods_row("V1", "2022", "1", attributes='table:number-rows-repeated="-1"'), "kan niet worden gelezen"),
        (ods_row("V1", "2022", ods_number("zes")), "kan niet worden gelezen"),
        (
            ods_row("V1", "2022", '<table:table-cell><text:p><text:s text:c="999999999"/></text:p></table:table-cell>'),
            "te lang",
        ),
    ],
)
def test_ods_that_is_refused(rows, sentence):
    assert sentence in refusal("a.ods", raw_ods(ODS_HEAD + rows))


def test_ods_hidden_column_is_refused():
    column = '<table:table-column/><table:table-column table:visibility="collapse"/>'
    assert "kolom B (jaar)" in refusal("a.ods", raw_ods(column + ODS_HEAD + ods_row("V1", "2022", "1")))
