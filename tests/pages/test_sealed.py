"""Sealed files on the web: served as stored, listed on the page of their edition, completed by officers."""

import hashlib
import io
import zipfile

import pytest
from django.test import Client
from django.urls import reverse

from indicators.models import AuditEvent, SealedDocument
from reports.sealing import Damaged, bytes_of, find_sealed, missing, renditions, sealed_files
from tests.cast import PRACTICE
from tests.pages.reading_html import Page
from tests.sealed_cast import edition_of

pytestmark = pytest.mark.django_db
EDITION = reverse("editie", args=[PRACTICE, "2020-2"])
OTHER = reverse("editie", args=[PRACTICE, "2021-1"])
SEAL = reverse("verzegelen", args=[PRACTICE, "2021-1"])
ARCHIVE = reverse("archief", args=[PRACTICE, "2020-2"])
APPENDIX = f"/{PRACTICE}/bijlage/2020/csv/"


def page_of(client: Client, address: str) -> Page:
    response = client.get(address)
    assert response.status_code == 200
    page = Page(response.content.decode())
    assert not page.faults and len(page.ids) == len(set(page.ids))
    return page


# -- Handing out


def test_the_appendix_of_a_sealed_edition_is_the_stored_file(client, sealed, django_assert_num_queries):
    file = find_sealed(sealed, "bijlage", "csv")
    for address in (APPENDIX, APPENDIX + "?editie=2020-2"):
        response = client.get(address)
        assert response.content == bytes_of(file)
        assert (response["ETag"], response["Cache-Control"]) == (f'"{file.sha256}"', "public, no-cache")
        assert response["Content-Type"] == "text/csv; charset=utf-8" and response["X-Content-Type-Options"] == "nosniff"
        assert response["Content-Disposition"] == f'attachment; filename="{file.name}"'
    with django_assert_num_queries(2):  # the head of the chain, what is known of the file: not its bytes
        again = client.get(APPENDIX, headers={"If-None-Match": response["ETag"]})
    assert again.status_code == 304 and again.content == b""


def test_it_is_the_stored_file_and_not_a_new_one(client, sealed):
    """Negative control: another stored file with a matching hash is served."""
    edition = edition_of(sealed.kadernota, "2021-1")
    content = b"zoals het toen was"
    SealedDocument.objects.create(
        decision=edition.decision,
        document="bijlage",
        format="csv",
        name="toen.csv",
        media_type="text/csv",
        content=content,
        sha256=hashlib.sha256(content).hexdigest(),
        size=len(content),
        renderer="0" * 64,
        sealed_at=edition.decision.recorded_at,
    )
    assert client.get(f"/{PRACTICE}/bijlage/2021/csv/").content == content
    # Looking back at an edition of a later year: the newest of this year by then.
    assert client.get(APPENDIX + "?editie=2021-1").content == bytes_of(find_sealed(sealed, "bijlage", "csv"))


def test_an_older_edition_and_drafts_are_made_as_before(client, sealed, officer):
    file = find_sealed(sealed, "bijlage", "csv")
    older = client.get(APPENDIX + "?editie=2020-1")
    assert older.status_code == 200 and older["ETag"] != f'"{file.sha256}"' and b"2020-2" not in older.content
    client.force_login(officer)
    draft = client.get(f"/{PRACTICE}/bijlage/2020/csv/?concept=1")
    assert draft.status_code == 200 and draft["Cache-Control"] == "no-store, private"


def test_every_sealed_file_by_its_name(client, sealed):
    for file in sealed_files(sealed):
        address = reverse("verzegeld-bestand", args=[PRACTICE, "2020-2", file.name])
        response = client.get(address)
        assert hashlib.sha256(response.content).hexdigest() == file.sha256
        assert (response["Content-Type"], response["ETag"]) == (file.media_type, f'"{file.sha256}"')
        assert client.get(reverse("verzegeld-bestand", args=[PRACTICE, "2020-1", file.name])).status_code == 404
    assert client.get(reverse("verzegeld-bestand", args=[PRACTICE, "2020-2", "anders.pdf"])).status_code == 404


def test_a_damaged_file_is_not_handed_out(client, sealed, monkeypatch):
    monkeypatch.setattr("reports.sealing.store.hashlib.sha256", lambda content: hashlib.md5(content))
    with pytest.raises(Damaged):
        client.get(APPENDIX)


def test_the_archive(client, sealed, django_assert_max_num_queries):
    client.get(ARCHIVE)  # reads the chain, which stays in the cache
    with django_assert_max_num_queries(12):
        response = client.get(ARCHIVE)
    assert response["Content-Type"] == "application/zip"
    name = "oefengemeente-archief-veiligheid-2020-editie-2.zip"
    assert response["Content-Disposition"] == f'attachment; filename="{name}"'
    with zipfile.ZipFile(io.BytesIO(response.content)) as archive:
        assert f"{name.removesuffix('.zip')}/SHA256SUMS" in archive.namelist()
    assert client.get(ARCHIVE, headers={"If-None-Match": response["ETag"]}).status_code == 304
    assert client.get(reverse("archief", args=[PRACTICE, "2021-1"])).status_code == 404


# -- The page of the edition


def test_the_public_sees_what_is_sealed_with_size_and_hash(client, sealed):
    page = page_of(client, EDITION)
    for file in sealed_files(sealed):
        assert file.sha256 in page.text and file.title in page.text
        assert reverse("verzegeld-bestand", args=[PRACTICE, "2020-2", file.name]) in page.links
    assert ARCHIVE in page.links and "Nog niet alle documenten" not in page.text


def test_only_officers_learn_what_is_missing(client, sealed, officer, adopter, keeper):
    edition = edition_of(sealed.kadernota, "2021-1")
    assert missing(edition)
    assert "verzegeld" not in page_of(client, OTHER).text.lower()
    for user, may_seal in ((officer, True), (adopter, True), (keeper, False)):
        client.force_login(user)
        page = page_of(client, OTHER)
        assert ("Nog niet alle documenten zijn verzegeld." in page.text) is may_seal
        assert (SEAL in page.links) is may_seal


def test_the_page_shows_a_file_as_soon_as_it_is_sealed(client, sealed, officer):
    """The page is cached for the public; sealing renews it."""
    address = reverse("editie", args=[PRACTICE, "2021-1"])
    assert "SHA-256" not in page_of(client, address).text
    other = Client()
    other.force_login(officer)
    other.post(SEAL, {"document": "bijlage", "format": "csv"})
    assert "SHA-256" in page_of(client, address).text


# -- Sealing


def test_without_a_script_one_button_does_it_all(client, sealed, adopter):
    client.force_login(adopter)
    page = page_of(client, SEAL)
    assert f"0 van {len(renditions())}" in page.text and "Verzegel alles" in page.text
    response = client.post(SEAL)
    assert (response.status_code, response["Location"]) == (303, OTHER)
    assert "Alle documenten van editie 2021-1 zijn verzegeld." in page_of(client, OTHER).text
    assert missing(edition_of(sealed.kadernota, "2021-1")) == []
    assert AuditEvent.objects.filter(action="verzegelen", actor=adopter, subject="editie 2021-1").count() == 1
    assert client.get(SEAL)["Location"] == OTHER
    client.post(SEAL)
    assert AuditEvent.objects.filter(action="verzegelen").count() == 1, "nothing was sealed any more"


def test_file_by_file_for_the_script(client, sealed, officer):
    client.force_login(officer)
    asked = {"document": "bijlage", "format": "csv"}
    for _ in range(2):
        response = client.post(SEAL, asked)
        assert response.json() == {"gereed": 1, "totaal": len(renditions())}
    assert "✓ verzegeld" in page_of(client, SEAL).text
    for wrong in ({"document": "bijlage"}, {"document": "bijlage", "format": "exe"}, {"format": "pdf"}):
        assert client.post(SEAL, wrong).status_code == 422


def test_who_may_not(client, sealed, keeper):
    assert client.post(SEAL).status_code == 302
    client.force_login(keeper)
    assert client.get(SEAL).status_code == client.post(SEAL).status_code == 404
    assert missing(edition_of(sealed.kadernota, "2021-1")) == list(renditions())
    assert AuditEvent.objects.filter(action="toegang", result="refused", actor=keeper).count() == 2
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(keeper)
    assert strict.post(SEAL).status_code == 403
