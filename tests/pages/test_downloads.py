"""The table of a priority as a file: the rows of the page and no others, real numbers, no formulas."""

import csv
import io
import zipfile
from dataclasses import replace

import odfdo
import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from indicators.domain.statuses import status_words
from indicators.models import AuditEvent
from indicators.pages.priority.file import EXTENSIONS
from tests.cast import PRACTICE, REAL, adopt_version_of, adopt_year, component_of, overview_of, record, with_indicator
from tests.pages.test_reading import page

FORMULA = '=HYPERLINK("https://elders.example";"klik")'


def address(extension: str, number: int = 1, slug: str = PRACTICE) -> str:
    return reverse("prioriteit-tabel", args=[slug, number, extension])


def fetched(client: Client, extension: str, number: int = 1, slug: str = PRACTICE, **query) -> bytes:
    response = client.get(address(extension, number, slug), query)
    assert response.status_code == 200
    return response.content


def csv_rows(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


def xlsx_sheet(content: bytes):
    return openpyxl.load_workbook(io.BytesIO(content))["Gegevens"]


def ods_rows(content: bytes) -> list[list]:
    sheet = odfdo.Document(io.BytesIO(content)).body.get_table(name="Gegevens")
    return [[cell.value for cell in row.cells] for row in sheet.rows]


def from_head(rows: list[list]) -> list[list]:
    """Return the rows from the headings on."""
    start = next(number for number, row in enumerate(rows) if row and row[0] == "Code")
    return rows[start:]


@pytest.mark.parametrize("extension", EXTENSIONS)
def test_the_same_figures_in_each_format(client: Client, practice, extension: str) -> None:
    overview = overview_of(practice)
    content = fetched(client, extension, jaar=2021)
    rows = {
        "csv": lambda: csv_rows(content),
        "xlsx": lambda: [[cell.value for cell in row] for row in xlsx_sheet(content).iter_rows()],
        "ods": lambda: ods_rows(content),
    }[extension]()
    head, *body = from_head(rows)
    assert head[:4] == ["Code", "Indicator", "Onderdeel", "Bron"]
    assert head[6:13] == ["2018", "2019", "2020", "2021", "2022", "Streefwaarde 2021", "Stand 2021"]
    parts = [(row, part) for row in overview.priorities[0].rows for part in row.components]
    for (row, part), line in zip(parts, body, strict=False):
        assert line[:2] == [row.code, row.name] and (line[2] or "") == part.name
        for year, value in zip(overview.years, line[6:11], strict=True):
            assert _as_number(value) == _as_number(_expected(part, year, extension)), (row.code, year)
        assert line[12] == status_words(row.statuses[2021], final=False)
    assert len(body) >= len(parts) == 9


def _expected(part, year: int, extension: str):
    figure = part.figures[year]
    number = getattr(figure.value, "number", None)
    if number is None:
        return figure.printed or "–"
    if extension != "csv" and part.unit.kind.value == "percentage":
        return number / 100
    return number


def _as_number(value):
    text = str(value).replace(",", ".")
    try:
        return round(float(text), 6)
    except ValueError:
        return text


def test_only_what_is_chosen_in_the_order_of_the_page(client: Client, practice) -> None:
    query = {"jaar": 2022, "bron": "Politie", "sort": "-jaar2022"}
    read = page(client, reverse("prioriteit", args=[PRACTICE, 1]), **query)
    shown = [row[0][2].split(" ")[0] for row in read.rows if len(row) == 11 and row[0][2] != "Indicator"]
    head, *body = from_head(csv_rows(fetched(client, "csv", **query)))
    assert list(dict.fromkeys(row[0] for row in body)) == shown
    assert {row[3] for row in body} == {"Politie"} and 0 < len(shown) < 8


def test_the_page_links_files_with_the_same_query(client: Client, practice) -> None:
    read = page(client, reverse("prioriteit", args=[PRACTICE, 1]), jaar=2020, bron="Politie", sort="-status")
    for extension in EXTENSIONS:
        assert f"{address(extension)}?jaar=2020&bron=Politie&sort=-status" in read.links


def test_numbers_are_numbers_and_show_as_on_the_page(client: Client, practice) -> None:
    sheet = xlsx_sheet(fetched(client, "xlsx", jaar=2021))
    cell = next(row for row in sheet.iter_rows() if row[0].value == "V4")[8]
    assert cell.data_type == "n" and cell.number_format.startswith("#,##0")
    part = overview_of(practice).row("V4").components[0]
    document = odfdo.Document(io.BytesIO(fetched(client, "ods", jaar=2021)))
    row = next(row for row in document.body.get_table(name="Gegevens").rows if row.cells[0].value == "V4")
    assert row.cells[8].type == "float" and row.cells[8].text_content.strip() == part.figures[2020].printed


def test_ods_is_whole(client: Client, practice) -> None:
    content = fetched(client, "ods", jaar=2021)
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        first = package.infolist()[0]
        assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
        assert package.read("mimetype") == b"application/vnd.oasis.opendocument.spreadsheet"
        text = package.read("content.xml").decode()
    assert "<table:table-header-rows>" in text and "table:formula" not in text
    document = odfdo.Document(io.BytesIO(content))
    assert document.meta.title.startswith("Prioriteit 1: ") and "2021" in document.meta.title


@pytest.mark.parametrize("extension", EXTENSIONS)
def test_no_text_becomes_a_formula(client: Client, practice, keeper, adopter, extension: str) -> None:
    adopt_version_of(
        practice,
        lambda nota: with_indicator(nota, "V4", lambda indicator: replace(indicator, source=FORMULA)),
        by=adopter,
        editor=keeper,
    )
    content = fetched(client, extension)
    if extension == "csv":
        sources = [row[3] for row in csv_rows(content)]
        assert f"'{FORMULA}" in sources and FORMULA not in sources
    elif extension == "xlsx":
        cells = [cell for row in xlsx_sheet(content).iter_rows() for cell in row]
        assert not [cell for cell in cells if cell.data_type == "f" or cell.hyperlink]
        assert FORMULA in [cell.value for cell in cells]
    else:
        assert FORMULA in [value for row in ods_rows(content) for value in row]
        assert b"table:formula" not in zipfile.ZipFile(io.BytesIO(content)).read("content.xml")


@pytest.mark.parametrize("extension", EXTENSIONS)
def test_drafts_only_for_who_sees_them_and_marked(client: Client, practice, officer, keeper, extension: str) -> None:
    record(practice, "V3", 2022, "98.765", by=officer, explanation="Geheim.")
    for user in (None, keeper):
        if user:
            client.force_login(user)
        assert b"98765" not in _unpacked(fetched(client, extension, jaar=2022))
        assert b"CONCEPT" not in _unpacked(fetched(client, extension, jaar=2022))
    client.force_login(officer)
    before = AuditEvent.objects.count()
    response = client.get(address(extension), {"jaar": 2022})
    assert b"98765" in _unpacked(response.content) and "concept" in response["Content-Disposition"]
    if extension == "csv":
        head, *body = csv_rows(response.content)
        assert head[-1] == "Concept" and [row[-1] for row in body if row[0] == "V3"] == ["2022"]
    else:
        assert b"CONCEPT" in _unpacked(response.content)
    assert AuditEvent.objects.count() == before + 1
    assert "no-store" in response["Cache-Control"]
    looking_back = fetched(client, extension, jaar=2022, editie="2022-1")
    assert b"98765" not in _unpacked(looking_back) and AuditEvent.objects.count() == before + 1


def _unpacked(content: bytes) -> bytes:
    if not content.startswith(b"PK"):
        return content
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return b"".join(package.read(name) for name in package.namelist())


def test_practice_says_so_in_name_and_file(client: Client, practice) -> None:
    response = client.get(address("ods", 3), {"jaar": 2020, "editie": "2020-1"})
    assert 'filename="oefengemeente-prioriteit-3-' in response["Content-Disposition"]
    assert "-2020-editie-2020-1.ods" in response["Content-Disposition"]
    assert b"OEFENGEMEENTE" in _unpacked(response.content)


def test_looking_back_gives_the_figures_of_then(client: Client, practice) -> None:
    for label, figure in (("2020-1", "15"), ("2020-2", "19")):
        body = csv_rows(fetched(client, "csv", 3, jaar=2020, editie=label))
        assert next(row for row in body if row[0] == "V13")[8] == figure


@pytest.mark.parametrize("path", ["1/tabel.pdf", "1/tabel.exe", "9/tabel.csv", "1/tabel.csv?jaar=1066"])
def test_what_is_not_there_is_404(client: Client, practice, path: str) -> None:
    assert client.get(f"/{PRACTICE}/prioriteit/{path}").status_code == 404


def test_a_new_edition_is_in_the_file_at_once(client: Client, real, officer, adopter) -> None:
    record(real, "V9", 2021, "399", by=officer)
    assert "399" not in fetched(client, "csv", 2, REAL, jaar=2021).decode("utf-8-sig")
    adopt_year(real, 2021, by=adopter)
    assert "399" in fetched(client, "csv", 2, REAL, jaar=2021).decode("utf-8-sig")
    assert component_of(real, "V9") is not None


@pytest.mark.parametrize("extension", ["csv", "xlsx", "ods"])
def test_a_file_is_kept_and_asked_after_until_a_figure_changes(
    client: Client, real, officer, adopter, extension: str
) -> None:
    first = client.get(address(extension, slug=REAL))
    again = client.get(address(extension, slug=REAL), headers={"If-None-Match": first["ETag"]})
    second = client.get(address(extension, slug=REAL))
    assert (first.status_code, again.status_code) == (200, 304)
    assert first["Cache-Control"] == again["Cache-Control"] == "public, no-cache"
    assert second.content == first.content
    assert second["Content-Disposition"] == first["Content-Disposition"]
    record(real, "V3", 2020, "4.567", explanation="geteld", by=officer)
    draft = client.get(address(extension, slug=REAL), headers={"If-None-Match": first["ETag"]})
    assert draft.status_code == 304, "a draft is nobody's news"
    adopt_year(real, 2020, by=adopter)
    changed = client.get(address(extension, slug=REAL), headers={"If-None-Match": first["ETag"]})
    assert changed.status_code == 200 and changed["ETag"] != first["ETag"]
