"""Reading well-formed files: rows, types, formats, formulas, and the choice of a sheet."""

import datetime

import pytest

from indicators.domain.cells import Cell
from indicators.intake.sheets import read_sheet
from tests.intake.sheet_files import HEAD, HEAD_ROW, measured, raw_xlsx, refusal, replaced, written_xlsx, xlsx

pytestmark = pytest.mark.engine_free


# CSV


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("separator", [";", ","])
def test_csv_in_every_encoding_line_end_and_separator(encoding, end, separator):
    lines = [" INDICATOR ", "jaar", "Meting", "toelichting"], ["V1", "2022", '"6,2"', '"één; twee, drie"'], [""]
    content = end.join(separator.join(line) for line in lines).encode(encoding)
    (row,) = read_sheet("cijfers.CSV", content)
    assert row.number == 2
    assert row.cells == {
        "indicator": Cell("text", "V1"),
        "jaar": Cell("text", "2022"),
        "meting": Cell("text", "6,2"),
        "toelichting": Cell("text", "één; twee, drie"),
    }
    assert row.positions["indicator"] == "INDICATOR"


def test_csv_line_numbers_survive_blank_lines_and_line_breaks_in_quotes():
    content = b'\n;;;\nindicator;jaar;meting;x\n\nV1;2021;1;"a\nb"\n ; ;;\nV2;2022;;\nV3\n;;;only ignored\n'
    rows = read_sheet("a.csv", content)
    assert [(row.number, row.cells["indicator"].text) for row in rows] == [(5, "V1"), (8, "V2"), (9, "V3")]
    assert rows[1].cells["meting"] == rows[2].cells["jaar"] == Cell("empty")


def test_csv_first_line_may_name_the_separator():
    assert read_sheet("a.csv", b"sep=;\r\nindicator;jaar;meting\r\nV1;2022;6,2\r\n")[0].number == 3


def test_csv_number_with_decimal_comma_in_a_comma_file_is_refused_with_its_line():
    sentence = refusal("a.csv", b"indicator,jaar,meting\nV1,2021,5\nV1,2022,6,2\n")
    assert "Regel 3 heeft 4 velden, maar er zijn 3 kolomkoppen" in sentence and "aanhalingstekens" in sentence
    assert "Regel 2" in refusal("a.csv", b"indicator,jaar,meting,toelichting\nV1,2022,6,2,\n")
    assert "puntkomma te veel" in refusal("a.csv", b"indicator;jaar;meting\nV1;2022;6;2\n")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"indicator;jaar;meting\nV1;20\x0022;1\n", "niet te lezen"),
        ("indicator;jaar;meting\nV1;2022;1\n".encode("utf-16-le"), "niet te lezen"),
        (b"indicator;jaar;meting\nV\x81;2022;1\n", "niet te lezen"),
        (b'indicator;jaar;meting\nV1;2022;1\nV2;2022;"1\n', "regel 3"),
        (b'indicator;jaar;meting\nV2;2022;"1"2\n', "regel 2"),
        ("indicator\tjaar\tmeting\nV1\t2022\t1\n".encode("utf-16"), "tabs"),
        (b"indicator;jaar\nV1;2022\n", "ontbreekt de kolom meting"),
        (b"naam;jaar\nV1;2022\n", "ontbreken de kolommen indicator en meting"),
        (b"a\n1\n", "ontbreken de kolommen indicator, jaar en meting"),
        (b"indicator;jaar;meting; Jaar \nV1;2022;1;2022\n", "‘jaar’ staat er twee keer"),
        (b"indicator;jaar;meting" + b";x" * 60 + b"\n", "meer dan 60 kolommen"),
        (b"indicator;jaar;meting\n" + b"V1;2022;1\n" * 5001, "meer dan 5.000 gevulde rijen"),
        (b"indicator;jaar;meting\nV1;2022;" + b"1" * 200_000, "te lang"),
        (b"", "leeg"),
        (b" \r\n\n", "leeg"),
        (b";;\n;;\n", "Er staat niets"),
    ],
)
def test_csv_that_is_refused(content, sentence):
    assert sentence in refusal("a.csv", content)


def test_csv_of_the_most_rows_is_read():
    assert len(read_sheet("a.csv", b"indicator;jaar;meting\n" + b"V1;2022;1\n" * 5000)) == 5000


# XLSX


def test_xlsx_cells_keep_their_type_format_and_place():
    def write(book, sheet):
        percent = book.add_format({"num_format": "0.0%"})
        sheet.write_row(3, 0, ["V1", 2022])
        sheet.write_number(3, 2, 0.22, percent)
        sheet.write_row(4, 0, ["V2", 2022, "<5"])
        sheet.write_row(5, 0, ["V3", 2022, True])
        sheet.write_row(6, 0, ["V4"])
        sheet.write_datetime(6, 2, datetime.datetime(2022, 3, 1), book.add_format({"num_format": "d-m-yyyy"}))
        sheet.write_datetime(6, 1, datetime.datetime(2022, 3, 1, 6, 2), book.add_format({"num_format": "d/m/yy h:mm"}))
        sheet.write_string(7, 2, "=1+1")
        sheet.write_string(9, 7, "in a column that is not read")

    rows = read_sheet("a.xlsx", written_xlsx(write))
    assert [row.number for row in rows] == [4, 5, 6, 7, 8]
    assert rows[0].positions == {"indicator": "A", "jaar": "B", "meting": "C"}
    assert [row.cells["meting"] for row in rows] == [
        Cell("number", number=0.22, number_format="0.0%"),
        Cell("text", "<5"),
        Cell("boolean", "WAAR"),
        Cell("date", "2022-03-01", number_format="d-m-yyyy"),
        Cell("text", "=1+1"),
    ]
    assert rows[3].cells["jaar"].text == "2022-03-01T06:02:00"
    assert rows[0].cells["jaar"] == Cell("number", number=2022)


def test_xlsx_formulas_with_and_without_a_stored_result():
    def write(book, sheet):
        for row, (formula, value) in enumerate([("=2*3", 6), ("=NA()", "#N/A"), ("=1=1", True)]):
            sheet.write_row(row + 1, 0, ["V1", 2022])
            sheet.write_formula(row + 1, 2, formula, None, value)

    content = written_xlsx(write)
    number, error, boolean = (row.cells["meting"] for row in read_sheet("a.xlsx", content))
    assert number == Cell("number", number=6, formula="=2*3")
    assert error == Cell("error", "#N/A", formula="=NA()")
    assert boolean == Cell("boolean", "WAAR", formula="=1=1")
    blank = HEAD_ROW + '<row r="2"><c r="A2" t="s"><v>0</v></c><c r="C2" t="str"><f>T(1)</f><v></v></c></row>'
    assert measured("a.xlsx", raw_xlsx(blank)) == Cell("empty", formula="=T(1)")
    missing = Cell("empty", formula="=2*3", has_result=False)
    assert measured("a.xlsx", xlsx([HEAD, ["V1", 2022, "=2*3"]])) == missing
    assert measured("a.xlsx", raw_xlsx(HEAD_ROW + '<row r="2"><c r="C2"><f>2*3</f></c></row>')) == missing


def test_xlsx_results_that_still_have_to_be_calculated_are_no_results():
    def write(book, sheet):
        sheet.write_row(1, 0, ["V1", 2022, "=2*3"])  # this writes 0 as the result

    content = replaced(
        written_xlsx(write), xl__workbook=lambda part: part.replace(b"<calcPr ", b'<calcPr fullCalcOnLoad="1" ')
    )
    assert measured("a.xlsx", content) == Cell("empty", formula="=2*3", has_result=False)


def test_xlsx_result_that_a_program_gave_on_purpose_counts():
    def write(book, sheet):
        sheet.write_row(1, 0, ["V1", 2022])
        sheet.write_formula(1, 2, "=2*3", None, 6)

    content = replaced(
        written_xlsx(write), xl__workbook=lambda part: part.replace(b"<calcPr ", b'<calcPr fullCalcOnLoad="1" ')
    )
    assert measured("a.xlsx", content) == Cell("number", number=6, formula="=2*3")


def test_xlsx_rows_beyond_the_stated_size_are_read():
    rows = HEAD_ROW + '<row r="900"><c r="A900" t="s"><v>0</v></c></row>'
    (row,) = read_sheet("a.xlsx", raw_xlsx(rows, before='<dimension ref="A1:B1"/>'))
    assert row.number == 900


def test_xlsx_number_too_large_for_binary_is_an_error():
    assert measured("a.xlsx", raw_xlsx(HEAD_ROW + "<row><c r='C2'><v>1e999</v></c></row>")) == Cell("error", "#NUM!")


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="3"/><row r="2"><c r="A2"><v>1</v></c></row>',
        '<row r="2"><c r="B2"><v>1</v></c><c r="A2"><v>1</v></c></row>',
        '<row r="2"><c r="A9"><v>1</v></c></row>',
        '<row r="0"/>',
        '<row r="1048577"/>',
        '<row r="2"><c r="XFE2"/></row>',
        '<row r="2"><c r="?"/></row>',
        '<row r="2"><c r="A2"><v>x</v></c></row>',
        '<row r="2"><c r="A2" t="s"><v>99</v></c></row>',
        '<row r="2"><c r="A2"',
    ],
)
def test_xlsx_that_contradicts_itself_is_refused(rows):
    assert "kan niet worden gelezen" in refusal("a.xlsx", raw_xlsx(HEAD_ROW + rows))


def test_xlsx_first_visible_sheet_with_the_headings_counts():
    def edit(book):
        book.active.append(["zo vult u dit in"])
        for name, state, figure in (("verborgen", "hidden", 1), ("cijfers", "visible", 2), ("oud", "visible", 3)):
            sheet = book.create_sheet(name)
            sheet.sheet_state = state
            sheet.append(HEAD)
            sheet.append(["V1", 2022, figure])

    assert measured("a.xlsx", xlsx([], edit)).number == 2

    def hide(book):
        book.create_sheet("tweede").append(["naam"])
        book.active.sheet_state = "hidden"

    assert "ontbreken de kolommen" in refusal("a.xlsx", xlsx([HEAD, ["V1", 2022, 1]], hide))
    hidden = xlsx([HEAD, ["V1", 2022, 1]]), {"xl__workbook": lambda part: part.replace(b"visible", b"veryHidden")}
    assert "Alle werkbladen in dit bestand zijn verborgen" in refusal("a.xlsx", replaced(hidden[0], **hidden[1]))


@pytest.mark.parametrize(
    ("edit", "sentence"),
    [
        (lambda sheet: sheet.merge_cells("C2:C3"), "In C2:C3 zijn cellen samengevoegd"),
        (lambda sheet: sheet.merge_cells("C1:D1"), "In C1:D1"),
        (lambda sheet: sheet.row_dimensions.__getitem__(3).__setattr__("hidden", True), "rij 3"),
        (lambda sheet: sheet.column_dimensions.__getitem__("C").__setattr__("hidden", True), "kolom C (meting)"),
        (lambda sheet: sheet.__setitem__("BI2", 1), "meer dan 60 kolommen"),
        (lambda sheet: [sheet.append(["V1"]) for _ in range(5000)], "meer dan 5.000 gevulde rijen"),
        (lambda sheet: sheet.__setitem__("D1", "JAAR"), "twee keer"),
        (lambda sheet: sheet.__setitem__("B1", "year"), "ontbreekt de kolom jaar"),
        (lambda sheet: sheet.__setitem__("A1000000", 1), "te ver naar onderen"),
        (lambda sheet: sheet.delete_rows(1, 9), "Er staat niets"),
    ],
)
def test_xlsx_that_is_refused(edit, sentence):
    content = xlsx([HEAD, ["V1", 2021, 1], ["V1", 2022, 2]], lambda book: edit(book.active))
    assert sentence in refusal("a.xlsx", content)


def test_xlsx_merged_or_hidden_outside_the_table_does_no_harm():
    def edit(book):
        book.active.merge_cells("E2:F3")
        book.active.merge_cells("A8:C8")
        book.active.column_dimensions["E"].hidden = True
        book.active.row_dimensions[8].hidden = True

    assert len(read_sheet("a.xlsx", xlsx([HEAD, ["V1", 2021, 1], ["V1", 2022, 2]], edit))) == 2
