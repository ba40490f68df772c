"""Files that are broken, too large or hostile: each gives a sentence on the page, and nothing is stored."""

import io
import tempfile
import zipfile
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from indicators.models import AuditEvent, Measurement
from tests.intake.sheet_files import HEAD, raw_xlsx, xlsx, zipped
from tests.pages.reading_html import Page
from tests.pages.upload_forms import address, confirm, paste, send

GOOD = xlsx([HEAD, ["V6", 2021, 12]])


@pytest.fixture
def recorder(client: Client, real, officer) -> Client:
    """Return a client logged in as an officer."""
    client.force_login(officer)
    return client


def bomb() -> bytes:
    """Return a small ZIP that would expand to a large one."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", b"<Types>spreadsheetml.sheet.main+xml" + b" " * 70_000_000)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.xlsx", b"", "Dit bestand is leeg."),
        ("a.xlsx", b"%PDF-1.7\n", "Dit lijkt op een PDF"),
        ("a.xlsx", GOOD[: len(GOOD) // 2], "niet helemaal overgekomen"),
        ("a.ods", GOOD, "maar de naam eindigt op .ods"),
        ("a.xlsm", GOOD, "macro"),
        ("a.xlsx", bomb(), "na uitpakken te groot"),
        ("a.xlsx", raw_xlsx("<!DOCTYPE x>"), "kan niet worden gelezen"),
        ("a.zip", zipped({"../../etc/passwd": "x"}), "ingepakt bestand (ZIP)"),
        ("../../var/secret_key.csv", b"naam;cijfer\n1;2\n", "ontbreken de kolommen"),
        ("a.csv", b"indicator;jaar;meting\nV6;2021;\"12\n", "aanhalingstekens"),
        ("a.csv", b"indicator;jaar;meting\n" + b"V6;2021;1\n" * 5001, "meer dan 5.000 gevulde rijen"),
        ("a.csv", b"\x00\x01\x02", "niet te lezen"),
        ("<script>alert(1)</script>.csv", b"x", "ontbreken de kolommen"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_read_says_why(recorder: Client, name: str, content: bytes, said: str) -> None:
    page = send(recorder, name, content)
    assert page.status_code == 422
    read = Page(page.content.decode())
    assert said in read.text and not read.faults
    assert "alert(1)" not in page.content.decode()
    assert not Measurement.objects.filter(recorded_by__isnull=False).exists()


def test_no_file_at_all(recorder: Client) -> None:
    page = recorder.post(address(), {})
    assert page.status_code == 422
    assert "Kies eerst een bestand." in Page(page.content.decode()).text


@pytest.mark.parametrize("size", [5_000_001, 5_150_000, 6_000_000, 12_000_000])
def test_what_is_too_large_gets_a_sentence_and_leaves_nothing_behind(
    recorder: Client, size: int, tmp_path: Path, monkeypatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    page = recorder.post(address(), {"file": SimpleUploadedFile("groot.xlsx", b"PK\x03\x04" + b"x" * size)})
    assert page.status_code == 422
    assert "groter dan 5 MB" in Page(page.content.decode()).text
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("field", ["block", "payload"])
def test_a_form_that_is_too_large_gets_a_sentence(recorder: Client, field: str) -> None:
    for name in ("uit-bestand", "uit-bestand-vastleggen", "uit-bestand-koppelen", "uit-bestand-geweigerd"):
        page = recorder.post(address(name), {field: "x" * 5_300_000})
        assert page.status_code == 422
        assert "Dit is groter dan 5 MB." in Page(page.content.decode()).text


def test_what_was_typed_is_text_on_the_page_and_in_the_sheet(recorder: Client) -> None:
    attack = '"><script>alert(1)</script>'
    page = send(
        recorder, "a.csv", f'indicator;jaar;meting;toelichting\n"{attack.replace(chr(34), chr(34) * 2)}";2021;=1+1;x\n'
    )
    assert page.status_code == 200
    assert "<script>alert(1)" not in page.content.decode()
    sheet = confirm(recorder, page, "uit-bestand-geweigerd").content
    with zipfile.ZipFile(io.BytesIO(sheet)) as package:
        assert b"<f>" not in package.read("xl/worksheets/sheet1.xml")


def test_a_form_of_another_site_is_refused(real, officer) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(officer)
    for name in ("uit-bestand", "uit-bestand-vastleggen", "uit-bestand-koppelen", "uit-bestand-geweigerd"):
        assert strict.post(address(name), {"block": "V6;12"}).status_code == 403
        assert strict.post(address(name), {"block": "x" * 5_300_000}).status_code == 422, (
            "not parsed before it is weighed"
        )
    token = strict.get(address()).context["csrf_token"]
    assert strict.post(address(), {"block": "V6;12", "csrfmiddlewaretoken": str(token)}).status_code == 200


def test_nothing_of_a_preview_is_stored(recorder: Client) -> None:
    before = {model: model.objects.count() for model in (Measurement, AuditEvent)}
    session = dict(recorder.session)
    paste(recorder, "V6;12")
    send(recorder, "a.xlsx", GOOD)
    assert {model: model.objects.count() for model in (Measurement, AuditEvent)} == before
    assert dict(recorder.session) == session


def test_a_whole_sheet_about_one_figure_is_refused_in_short_sentences(recorder: Client) -> None:
    """Each refusal names five other rows, not all: the page would grow with the square of the rows."""
    page = send(recorder, "a.csv", "indicator;jaar;meting\n" + "V6;2021;12\n" * 5000)
    assert page.context["page"].answer == "5.000 rijen gelezen: 5.000 geweigerd."
    whys = {row.refusals[0].refusal.why for row in page.context["page"].refused}
    assert "dit cijfer staat ook in rij 3 en 4 en 5 en 6 en 7 en nog 4994 rijen; laat er één staan" in whys
    assert len(page.content) < 500_000
