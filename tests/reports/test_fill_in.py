"""The sheet to fill in and the sheet with refused rows, read back with openpyxl, odfdo and our own reader."""

import io
import time
import zipfile
from dataclasses import replace

import openpyxl
import pytest
from odfdo import Document

from indicators.domain.cells import Cell
from indicators.domain.refusals import Refusal
from indicators.intake.planning import plan_import
from indicators.intake.row_parser import RowRefusal
from indicators.intake.sheets import COLUMNS, SheetRow, read_sheet
from reports.fill_in import ods, xlsx
from reports.fill_in.rows import EXPLANATION, HEADINGS, FillRow, fill_rows, returned_rows
from tests.cast import bare_kadernota, overview_of, record, revision_of, with_indicator

WRITERS = {"xlsx": xlsx.write_fill_in, "ods": ods.write_fill_in}
ODD = FillRow(
    "V1", "a & b", 2021, {"indicator": "V1", "naam": '<r>=1+1</r> & "x"', "onderdeel": "a & b", "vorig cijfer": "=1+1"}
)


def rows_of(kadernota, year: int = 2021, source: str = "") -> list[FillRow]:
    """Return the rows of a year, drafts included."""
    return fill_rows(overview_of(kadernota, drafts=True), year, source)


def written(extension: str, rows: list[FillRow]) -> bytes:
    """Return the sheet to fill in as a file."""
    stream = io.BytesIO()
    WRITERS[extension](rows, "Cijfers", stream)
    return stream.getvalue()


def test_the_headings_that_the_importer_knows_are_spelled_as_it_knows_them() -> None:
    assert [heading for heading in HEADINGS if heading in COLUMNS] == list(COLUMNS)


def test_a_row_for_each_figure_with_what_stood_before(real, officer) -> None:
    record(real, "V6", 2020, "14", by=officer)
    record(real, "V6", 2021, "<5", by=officer)
    rows = rows_of(real)
    assert len(rows) == 23
    by_code = {(row.code, row.part): row.texts for row in rows}
    assert by_code["V6", ""] | {} == {
        "indicator": "V6",
        "naam": "Straatroof (absoluut)",
        "onderdeel": "",
        "eenheid": "aantal",
        "vorig cijfer": "14 (2020)",
        "streefwaarde": "<15",
        "nu vastgelegd": "<5 (concept)",
    }
    assert by_code["V2", ""]["vorig cijfer"] == "6,2 (2016, nulmeting)"
    assert by_code["V2", ""]["eenheid"] == "cijfer 0–10, 1 decimaal"
    assert by_code["V14", "Sluitingen"]["streefwaarde"] == "25"
    assert by_code["V20", ""]["streefwaarde"] == "0 <4"
    adopted = revision_of(real, "V5", 2021, "absoluut")
    assert by_code["V5", "absoluut"]["nu vastgelegd"] == str(int(adopted.number))


def test_one_source(real) -> None:
    assert {row.code for row in rows_of(real, source="KMar")} == {"V10", "V11", "V19"}


def test_an_indicator_that_is_no_longer_followed_is_left_out(db: None) -> None:
    ended = bare_kadernota(
        lambda nota: with_indicator(nota, "V6", lambda row: replace(row, last_year=2020, change_reason="Vervallen."))
    )
    assert "V6" not in {row.code for row in rows_of(ended)}
    assert "V6" in {row.code for row in rows_of(ended, 2020)}


@pytest.mark.parametrize("extension", WRITERS)
def test_the_sheet_reads_back_as_empty_rows(real, extension: str) -> None:
    rows = read_sheet(f"a.{extension}", written(extension, rows_of(real)))
    assert len(rows) == 23
    assert {row.cells[name].kind for row in rows for name in ("meting", "toelichting", "steekproef")} == {"empty"}
    plan = plan_import(real, rows)
    assert plan.count("empty") == 23


def test_xlsx_has_text_cells_for_the_figures_and_an_explanation(real) -> None:
    book = openpyxl.load_workbook(io.BytesIO(written("xlsx", rows_of(real))))
    assert book.sheetnames == ["Cijfers 2021", "Uitleg"]
    sheet = book.worksheets[0]
    assert [cell.value for cell in sheet[1]] == list(HEADINGS)
    for heading in ("meting", "toelichting", "steekproef"):
        column = HEADINGS.index(heading) + 1
        assert {sheet.cell(row, column).number_format for row in range(2, 25)} == {"@"}
    assert sheet["D2"].value == 2021 and sheet.freeze_panes == "B2"
    explained = [(row[0].value, row[1].value or "") for row in book["Uitleg"].iter_rows()]
    assert explained == list(EXPLANATION)


def test_ods_has_text_cells_for_the_figures_and_an_explanation(real) -> None:
    content = written("ods", rows_of(real))
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        assert package.namelist()[0] == "mimetype" and package.infolist()[0].compress_type == zipfile.ZIP_STORED
    document = Document(io.BytesIO(content))
    assert document.get_type() == "spreadsheet"
    sheet, explanation = document.body.tables
    assert (sheet.name, explanation.name) == ("Cijfers 2021", "Uitleg")
    assert sheet.get_row_values(0) == list(HEADINGS)
    assert sheet.get_row_values(1)[3] == 2021
    style = document.get_style("table-cell", sheet.get_cell((8, 1)).style)
    data_style = style.get_attribute("style:data-style-name")
    (text_style,) = document.get_part("content").root.get_elements(f"//number:text-style[@style:name='{data_style}']")
    assert text_style.get_elements("number:text-content")
    assert len(explanation.rows) == len(EXPLANATION)
    assert document.meta.title == "Cijfers"


@pytest.mark.parametrize("extension", WRITERS)
def test_texts_stay_texts(extension: str) -> None:
    content = written(extension, [ODD])
    (row,) = read_sheet(f"a.{extension}", content)
    assert row.cells["onderdeel"].text == "a & b"
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        parts = b"".join(package.read(name) for name in package.namelist())
    assert b"<f>" not in parts and b"table:formula" not in parts and b"of:=" not in parts


@pytest.mark.parametrize("extension", WRITERS)
def test_no_figure_at_all_is_still_a_sheet(extension: str) -> None:
    assert read_sheet(f"a.{extension}", written(extension, [])) == []


def test_a_refused_cell_has_a_note_and_keeps_what_it_holds(real) -> None:
    cells = {
        "indicator": Cell("text", "V1"),
        "jaar": Cell("number", number=2021),
        "meting": Cell("number", number=0.22, number_format="0%"),
        "toelichting": Cell("text", "=1+1"),
        "onderdeel": Cell("empty"),
        "steekproef": Cell("empty", formula="=A1", has_result=False),
    }
    row = SheetRow(7, cells, {"meting": "I"})
    refusals = [
        RowRefusal(7, "meting", "I", Refusal("22%", "eerste reden", "23%")),
        RowRefusal(7, "meting", "I", Refusal("22%", "tweede reden")),
        RowRefusal(7, "steekproef", "K", Refusal("=A1", "zonder uitkomst\x02")),
    ]
    stream = io.BytesIO()
    xlsx.write_refused(returned_rows([row], refusals, rows_of(real)), "Geweigerd", stream)
    sheet = openpyxl.load_workbook(io.BytesIO(stream.getvalue())).worksheets[0]
    assert (sheet["I2"].value, sheet["I2"].number_format) == (0.22, "0%")
    note = sheet["I2"].comment.text
    assert note.startswith("Rij 7 van uw bestand.") and "eerste reden" in note and "tweede reden" in note
    assert "Bedoelt u 23%?" in note
    assert "zonder uitkomst" in sheet["K2"].comment.text
    assert (sheet["J2"].value, sheet["J2"].data_type, sheet["K2"].data_type) == ("=1+1", "s", "s")
    assert sheet["B2"].value == "% voelt zich wel eens onveilig in eigen buurt"
    marked = {cell.column_letter for cell in sheet[2] if cell.fill.fill_type == "solid"}
    assert marked == {"I", "K"}
    (again,) = read_sheet("a.xlsx", stream.getvalue())
    assert again.cells["meting"].number_format == "0%"


def test_the_ods_has_the_same_bytes_at_another_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    before = written("ods", [ODD])
    monkeypatch.setattr(time, "time", lambda: 2_000_000_000)
    assert written("ods", [ODD]) == before
