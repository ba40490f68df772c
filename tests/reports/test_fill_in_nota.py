"""A nota as a sheet, out and in again: both formats, filled and empty; read with openpyxl and odfdo as well."""

import io
import re
import time
import zipfile

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from odfdo import Document

from indicators.domain.nota import Nota, read_file, read_nota
from indicators.intake.nota_sheets import read_nota_sheet
from indicators.intake.nota_sheets.layout import COMPONENTS, FIELDS, INDICATORS, LAYOUTS, TOPICS
from reports.fill_in.nota import WRITERS, nota_sheet, nota_template
from reports.fill_in.nota_rows import TextTooLong
from tests.domain.notas import SHIPPED, component, edited, indicator, notas, shipped, small, topic
from tests.intake.nota_sheet_files import findings_of

pytestmark = pytest.mark.engine_free
NAMES = [layout.name for layout in LAYOUTS] + ["Uitleg"]


def read_back(nota: Nota, extension: str) -> Nota:
    data = read_nota_sheet(f"nota.{extension}", nota_sheet(nota, extension))
    assert findings_of(data) == [] and data.notices == ()
    return data.nota()


@pytest.mark.parametrize("extension", WRITERS)
@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_nota_comes_back_equal(name: str, extension: str) -> None:
    nota = read_file(shipped(name)).nota
    assert read_back(nota, extension) == nota


@pytest.mark.parametrize("extension", WRITERS)
def test_the_small_nota_comes_back_equal(extension: str) -> None:
    nota = read_nota(small())
    assert read_back(nota, extension) == nota


@pytest.mark.parametrize("extension", WRITERS)
@given(nota=notas())
@settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_any_nota_comes_back_equal(extension: str, nota: Nota) -> None:
    assert read_back(nota, extension) == nota


@pytest.mark.parametrize("extension", WRITERS)
@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "<r>=1</r>", '=cmd|"/c calc"!A1', "<b>&amp;</b>"])
def test_texts_never_become_formulas(extension: str, text: str) -> None:
    nota = read_nota(edited(small(), (("title",), text), (("topics", 0, "goal"), text), (("topics", 0, "name"), text)))
    content = nota_sheet(nota, extension)
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        parts = b"".join(package.read(name) for name in package.namelist() if name.endswith(".xml"))
    assert b"<f>" not in parts and b"table:formula" not in parts
    assert read_nota_sheet(f"nota.{extension}", content).nota() == nota


@pytest.mark.parametrize("extension", WRITERS)
def test_a_text_that_does_not_fit_in_a_cell_is_refused(extension: str) -> None:
    goals = ["doel " + "x" * 990] * 40
    nota = read_nota(edited(small(), (("topics", 0, "goals"), goals)))
    with pytest.raises(TextTooLong, match="Onderwerpen, rij 2, ‘doelen’"):
        nota_sheet(nota, extension)


@pytest.mark.parametrize("extension", WRITERS)
def test_an_empty_sheet_asks_for_the_required_fields_only(extension: str) -> None:
    data = read_nota_sheet(f"nota.{extension}", nota_template(2027, extension))
    assert [finding[:2] for finding in findings_of(data)] == [
        ("field-empty", f"Kadernota B{number}") for number in (2, 3, 4, 5)
    ]


def test_an_empty_sheet_filled_in_with_sixty_indicators() -> None:
    """What the explanation promises: these columns are enough."""
    book = openpyxl.load_workbook(io.BytesIO(nota_template(2027, "xlsx")))
    for row, value in enumerate(("Veilig", "Voorbeeldstad", 2027, 2030), start=2):
        book["Kadernota"].cell(row, 2).value = value
    fill(book["Onderwerpen"], [{"soort *": "prioriteit", "naam *": "Wijken", "doel": "Veilige wijken."}])
    codes = [f"V{number}" for number in range(1, 61)]
    fill(
        book["Indicatoren"],
        [{"code *": code, "naam *": f"Feit {code}", "onderwerp *": 1, "bron *": "Politie"} for code in codes],
    )
    row = {"eenheid *": "aantal", "richting *": "lager", "nulmeting": 500, 2027: 490, 2030: "<400"}
    fill(book["Onderdelen"], [{"indicator *": code, **row} for code in codes])
    stream = io.BytesIO()
    book.save(stream)
    data = read_nota_sheet("nota.xlsx", stream.getvalue())
    assert findings_of(data) == []
    assert len([*data.nota().indicators]) == 60 and data.nota().first_target_year == 2027


def fill(sheet, rows) -> None:
    """Fill in rows by heading below the heads of an empty sheet."""
    columns = {cell.value: cell.column for cell in sheet[1]}
    for number, row in enumerate(rows, start=2):
        for heading, value in row.items():
            sheet.cell(number, columns[heading]).value = value


@pytest.mark.parametrize("extension", WRITERS)
def test_sixty_indicators_are_read_in_less_than_a_second(extension: str) -> None:
    many = [
        indicator(
            code=f"A{number}",
            printed={},
            components=[component(key=f"a{number}", targets={str(year): "500" for year in range(2024, 2031)})],
            definition="Wat er telt. " * 20,
        )
        for number in range(60)
    ]
    nota = read_nota(small() | {"topics": [topic(indicators=many)], "readings": []})
    content = nota_sheet(nota, extension)
    before = time.process_time()
    assert read_nota_sheet(f"nota.{extension}", content).nota() == nota
    assert time.process_time() - before < 1


def test_the_workbook_of_excel_has_lists_frozen_heads_and_widths() -> None:
    book = openpyxl.load_workbook(io.BytesIO(nota_template(2027, "xlsx")))
    assert book.sheetnames == NAMES
    sheet = book["Onderdelen"]
    assert [cell.value for cell in sheet[1]][-4:] == [2027, 2028, 2029, 2030]
    assert sheet.freeze_panes == "C2" and sheet.column_dimensions["A"].width > 5
    lists = {item.formula1 for item in sheet.data_validations.dataValidation}
    assert lists == {'"aantal,percentage,rapportcijfer"', '"lager,hoger"'}
    assert sheet["A2"].value is None
    choices = {item.formula1 for item in book["Onderwerpen"].data_validations.dataValidation}
    assert choices == {'"prioriteit,thema,VTH"'}


def test_the_open_document_has_lists_frozen_heads_and_widths() -> None:
    content = nota_template(2027, "ods")
    document = Document(io.BytesIO(content))
    assert [table.name for table in document.body.tables] == NAMES
    headings = document.body.get_table(name="Onderdelen").get_row_values(0)
    assert headings[0] == "indicator *" and headings[-4:] == [2027, 2028, 2029, 2030]
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        text, settings_part = package.read("content.xml").decode(), package.read("settings.xml").decode()
        assert 'full-path="settings.xml"' in package.read("META-INF/manifest.xml").decode()
    names = re.findall(r'<table:content-validation table:name="(\w+)"', text)
    used = set(re.findall(r'table:content-validation-name="(\w+)"', text))
    assert used == set(names) and len(names) == len(set(names))
    assert text.index("<table:content-validations>") < text.index("<table:table ")
    assert 'config:name="VerticalSplitPosition" config:type="int">1<' in settings_part
    assert settings_part.count("VerticalSplitMode") == len(LAYOUTS)


def test_the_explanation_names_every_column() -> None:
    book = openpyxl.load_workbook(io.BytesIO(nota_template(2027, "xlsx")))
    terms = {str(cell.value).removesuffix(" *") for cell in book["Uitleg"]["A"]}
    assert terms >= {column.heading for layout in (TOPICS, INDICATORS, COMPONENTS) for column in layout.columns}
    assert terms >= {column.heading for column in FIELDS}


@pytest.mark.parametrize("extension", WRITERS)
def test_a_year_of_a_horizon_gets_a_column(extension: str) -> None:
    part = component(targets={"2024": "500", "2035": "<400"})
    indicators = [indicator(printed={}, components=[part])]
    nota = read_nota(edited(small(), (("topics", 0, "indicators"), indicators), (("readings",), [])))
    assert nota.last_year == 2026
    assert read_back(nota, extension) == nota
