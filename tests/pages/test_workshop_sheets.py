"""The nota as a sheet in the workshop: out, in with a preview, and refused with its place."""

import json
from io import BytesIO

import openpyxl
import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from indicators.domain.nota import write_nota
from priorities.models import Kadernota
from tests.pages.workshop_cast import client_of, draft_of, form_of, new_draft, small_nota, text_of, url

pytestmark = [pytest.mark.django_db, pytest.mark.engine_free]
SLUG = "waterstad-2027-2030"


def upload(content: bytes, name: str = "nota.xlsx") -> dict[str, SimpleUploadedFile]:
    """Return the form of an uploaded file."""
    return {"file": SimpleUploadedFile(name, content)}


@pytest.mark.parametrize("extension", ["ods", "xlsx", "json"])
def test_a_sheet_that_goes_out_comes_in_unchanged(keeper: User, extension: str) -> None:
    draft = new_draft(keeper)
    client = client_of(keeper)
    content = client.get(url("werkplaats-blad", SLUG, extension=extension)).content
    response = client.post(url("werkplaats-uit-blad", SLUG), upload(content, f"nota.{extension}"))
    assert response.status_code == 200, text_of(response.content)
    assert "0 nieuw, 0 gewijzigd, 0 vervalt" in text_of(response.content)
    assert draft_of(draft.kadernota).hash == draft.hash


def test_changes_are_shown_before_they_are_saved(keeper: User) -> None:
    draft = new_draft(keeper)
    data = write_nota(draft.nota)
    data["topics"][0]["indicators"][0]["name"] = "Overvallen op straat"
    data["topics"][0]["indicators"].pop()
    client, path = client_of(keeper), url("werkplaats-uit-blad", SLUG)
    page = client.post(path, upload(json.dumps(data).encode(), "nota.json"))
    text = text_of(page.content)
    assert "Overvallen op straat" in text
    assert "vervalt" in text
    assert draft_of(draft.kadernota).hash == draft.hash, "a preview saves nothing"
    assert client.post(path, form_of(page.content, "content")).status_code == 303
    assert [one.name for one in draft_of(draft.kadernota).nota.indicators] == ["Overvallen op straat"]


def test_a_wrong_cell_is_refused_with_sheet_row_and_column(keeper: User) -> None:
    draft = new_draft(keeper)
    client, path = client_of(keeper), url("werkplaats-uit-blad", SLUG)
    book = openpyxl.load_workbook(BytesIO(client.get(url("werkplaats-blad", SLUG, extension="xlsx")).content))
    sheet = next(
        one for one in book.worksheets for row in one.iter_rows() for cell in row if cell.value == "Overvallen"
    )
    cell = next(cell for row in sheet.iter_rows() for cell in row if cell.value == "V1")
    cell.value = "V/1"
    stream = BytesIO()
    book.save(stream)
    response = client.post(path, upload(stream.getvalue()))
    assert response.status_code == 422
    text = text_of(response.content)
    assert f"{sheet.title}, rij {cell.row}, kolom {cell.column_letter}" in text
    assert "V/1" in text
    assert draft_of(draft.kadernota).hash == draft.hash


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("nota.pdf", b"%PDF", "een kadernota staat in een bestand op .ods, .xlsx of .json"),
        ("nota.xlsx", b"geen rekenblad", ""),
        ("nota.json", b"{", "Dit is geen JSON"),
    ],
)
def test_another_file_is_refused(keeper: User, name: str, content: bytes, sentence: str) -> None:
    client = client_of(keeper)
    response = client.post(reverse("werkplaats-nieuw-uit-blad"), upload(content, name))
    assert response.status_code == 422
    assert sentence in text_of(response.content)
    assert client.post(reverse("werkplaats-nieuw-uit-blad")).status_code == 422


def test_a_new_kadernota_from_a_file(keeper: User) -> None:
    client, path = client_of(keeper), reverse("werkplaats-nieuw-uit-blad")
    page = client.post(path, upload(json.dumps(write_nota(small_nota())).encode(), "nota.json"))
    assert "met 2 indicatoren en 2 streefwaarden" in text_of(page.content)
    assert not Kadernota.objects.filter(slug=SLUG).exists()
    form = form_of(page.content, "content")
    forged = client.post(path, form | {"content": form["content"][:-3] + "abc"})
    assert forged.status_code == 422
    response = client.post(path, form)
    assert response.headers["Location"] == url("werkplaats-concept", SLUG)


def test_the_next_version_from_a_file(keeper: User, real: Kadernota) -> None:
    client, path = client_of(keeper), url("werkplaats-uit-blad", real.slug)
    content = client.get(url("werkplaats-blad", real.slug, extension="json")).content
    data = json.loads(content)
    data["summary"] = "Een andere samenvatting."
    page = client.post(path, upload(json.dumps(data).encode(), "nota.json"))
    assert "1 gewijzigd" in text_of(page.content)
    assert client.post(path, form_of(page.content, "content")).status_code == 303
    assert draft_of(real).nota.summary == "Een andere samenvatting."


def test_an_empty_sheet(keeper: User, officer: User) -> None:
    path = reverse("werkplaats-invulblad", args=["ods"])
    assert client_of(keeper).get(path).headers["Content-Disposition"].endswith('invulblad-kadernota.ods"')
    assert client_of(keeper).get(reverse("werkplaats-invulblad", args=["exe"])).status_code == 404
    assert client_of(officer).get(path).status_code == 404


def test_a_text_that_does_not_fit_in_a_cell_is_said(keeper: User) -> None:
    new_draft(keeper)
    client, path = client_of(keeper), url("werkplaats-uit-blad", SLUG)
    data = write_nota(small_nota())
    data["topics"][0]["goals"] = ["doel " + "x" * 990] * 40
    page = client.post(path, upload(json.dumps(data).encode(), "nota.json"))
    client.post(path, form_of(page.content, "content"))
    response = client.get(url("werkplaats-blad", SLUG, extension="ods"))
    assert response.status_code == 409 and "past niet in een cel" in response.content.decode()
