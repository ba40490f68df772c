"""Sealing: each file once, in its own transaction; a file that another process stored first stays."""

import hashlib
import json

import pytest
from django.db import IntegrityError, connection, transaction

from indicators.domain.rules_version import RULES_VERSION
from indicators.models import SealedDocument
from indicators.models.guards import drop_triggers
from reports.appendix.load import load_appendix
from reports.formats import FORMATS, file_bytes
from reports.sealing import Damaged, bytes_of, find_sealed, is_sealed, missing, renditions, seal, sealed_files
from reports.sealing import store as storing
from reports.sealing.documents import KINDS, renderer_digest
from reports.year_documents import DOCUMENTS
from tests.cast import NOW, adopt_year, info_of, record
from tests.sealed_cast import edition_of

pytestmark = pytest.mark.django_db


def test_every_document_in_every_format_and_the_figures(sealed):
    files = sealed_files(sealed)
    expected = [(document, key) for document in DOCUMENTS for key in FORMATS]
    assert [(file.document, file.format) for file in files] == [*expected, ("cijfers", "json")]
    assert is_sealed(sealed) and missing(sealed) == []
    documents = {
        key: kind.load(sealed.kadernota, 2020, edition=info_of(sealed)).document for key, kind in DOCUMENTS.items()
    }
    for file in files:
        content = bytes_of(file)
        assert (len(content), hashlib.sha256(content).hexdigest()) == (file.size, file.sha256)
        assert (file.renderer, file.sealed_at) == (renderer_digest(), NOW)
        if file.document in documents:
            assert content == file_bytes(documents[file.document], file.format)
            assert file.media_type == FORMATS[file.format].media_type
            assert b"CONCEPT" not in content


def test_names_that_a_council_information_system_takes(real):
    edition = edition_of(real, "2020-1")
    seal(edition, now=NOW, only=[("bijlage", "csv"), ("cijfers", "json")])
    assert [file.name for file in sealed_files(edition)] == [
        "bijlage-indicatoren-veiligheid-2020-editie-1.csv",
        "cijfers-veiligheid-2020-editie-1.json",
    ]
    name = load_appendix(real, 2020).file_name("pdf")
    assert name == "bijlage-indicatoren-veiligheid-2020-editie-1.pdf"


def test_again_does_nothing(sealed):
    before = list(SealedDocument.objects.order_by("pk").values("pk", "sha256"))
    assert seal(sealed, now=NOW) == 0
    assert list(SealedDocument.objects.order_by("pk").values("pk", "sha256")) == before


def test_it_tells_how_far_it_is(real):
    steps = []
    edition = edition_of(real, "2020-1")
    only = [("bijlage", "csv"), ("bijlage", "ods"), ("cijfers", "json")]
    assert seal(edition, now=NOW, only=only, progress=lambda *step: steps.append(step)) == 3
    assert [(number, total) for number, total, _ in steps] == [(1, 3), (2, 3), (3, 3)]
    assert {(part.document, part.format) for *_, part in steps} == set(only)


class Killed(BaseException):
    """An exception that stands for the end of a killed process."""


def test_killed_half_way_it_goes_on_where_it_was(real):
    def kill(number, total, part):
        if number == 2:
            raise Killed

    edition, only = edition_of(real, "2020-1"), [("bijlage", "csv"), ("bijlage", "ods"), ("cijfers", "json")]
    with pytest.raises(Killed):
        seal(edition, now=NOW, only=only, progress=kill)
    first = {file.sha256 for file in sealed_files(edition)}
    assert len(first) == 2
    assert seal(edition, now=NOW, only=only) == 1
    assert first < {file.sha256 for file in sealed_files(edition)}


def test_who_comes_second_leaves_what_the_first_stored(real, monkeypatch):
    """Both processes saw that the file was missing: the second row is refused."""
    edition, everything = edition_of(real, "2020-1"), [part for part in renditions() if part.format in ("csv", "json")]
    only = [(part.document, part.format) for part in everything]
    assert seal(edition, now=NOW, only=only) == 3
    before = sealed_files(edition)
    monkeypatch.setattr(storing, "missing", lambda edition: everything)
    assert seal(edition, now=NOW, only=only) == 0
    assert sealed_files(edition) == before


def test_what_cannot_be_stored_is_no_silence(real, monkeypatch):
    monkeypatch.setattr(storing, "renderer_digest", lambda: "te kort")
    with pytest.raises(Exception, match="sealed_hash"):
        seal(edition_of(real, "2020-1"), now=NOW, only=[("bijlage", "csv")])


def test_a_changed_file_is_not_handed_out(sealed):
    file = find_sealed(sealed.pk, "bijlage", "csv")
    connection.check_constraints()
    drop_triggers(connection)
    SealedDocument.objects.filter(pk=file.pk).update(content=b"x" * file.size)
    with pytest.raises(Damaged, match="past niet bij de hash"):
        bytes_of(file)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL has no INSERT OR REPLACE")
@pytest.mark.parametrize("key", ["document", "name"])
def test_no_other_row_takes_its_place(sealed, key):
    """REPLACE without recursive triggers deletes rows silently: a separate guard prevents it."""
    row, table = SealedDocument.objects.filter(decision=sealed.decision).first(), SealedDocument._meta.db_table
    other = {"document": "name", "name": "format"}[key]  # so that only one unique index applies
    columns = [field.column for field in SealedDocument._meta.concrete_fields if field.column != "id"]
    other_values = {other: "'anders'", "sealed_at": "'2026-01-01'"}
    chosen = ", ".join(other_values.get(column, column) for column in columns)
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA recursive_triggers = OFF")
        with pytest.raises(IntegrityError, match="such a row is there"), transaction.atomic():
            same = f"SELECT {chosen} FROM {table} WHERE id = {row.pk}"
            cursor.execute(f"INSERT OR REPLACE INTO {table} ({', '.join(columns)}) {same}")
        cursor.execute("PRAGMA recursive_triggers = ON")
    assert SealedDocument.objects.values().get(pk=row.pk)["sha256"] == row.sha256


def test_a_correction_leaves_the_sealed_edition_as_it_was_and_the_new_one_tells_it(sealed, practice, officer, adopter):
    before = sealed_files(sealed)
    record(practice, "V6", 2020, "13", by=officer, explanation="Een dubbele aangifte vervalt.")
    later = adopt_year(practice, 2020, by=adopter)
    seal(later, now=NOW, only=[("bijlage", "docx"), ("cijfers", "json")])
    assert sealed_files(sealed) == before and len(missing(later)) == len(renditions()) - 2
    changes = next(
        section
        for section in load_appendix(practice, 2020, edition=info_of(later)).document.sections
        if any("errat" in str(block).lower() for block in section.blocks)
    )
    assert "V6" in str(changes) and "Een dubbele aangifte vervalt." in str(changes)


def test_a_draft_is_in_nothing_that_is_sealed(real, officer):
    """Files sealed while there are drafts equal those without drafts."""
    edition, only = edition_of(real, "2020-1"), [("bijlage", "csv"), ("bijlage", "xlsx"), ("cijfers", "json")]
    without = {(kind, key): KINDS[kind].write(KINDS[kind].load(edition), key).content for kind, key in only}
    record(real, "V3", 2020, "4.321", explanation="geheim", by=officer)
    seal(edition, now=NOW, only=only)
    assert {(file.document, file.format): bytes_of(file) for file in sealed_files(edition)} == without
    assert b"geheim" not in without["cijfers", "json"] and b"4321" not in without["cijfers", "json"]


def test_figures_hold_no_float_and_every_number_in_full(sealed):
    def refuse(text):
        raise AssertionError(f"a float: {text}")

    data = json.loads(bytes_of(find_sealed(sealed.pk, "cijfers", "json")), parse_float=refuse)
    rows = {(row["code"], row["onderdeel"], row["jaar"]): row for row in data["cijfers"]}
    assert {row["jaar"] for row in data["cijfers"]} == {2018, 2019, 2020} and len(rows) == (23 + 3) * 3
    assert all(list(sorted(row)) == sorted(column["naam"] for column in data["kolommen"]) for row in data["cijfers"])
    row = rows["V5", "% van inwoners", 2020]
    assert row["meting"] is None or "." in row["meting"]
    assert data["regels"]["versie"] == RULES_VERSION and set(data["regels"]["tekst"]) == set("1234567")
    assert data["editie"]["editie"] == "2020-2" and data["editie"]["besluit"] == "OEF-2021-19"
    assert len(data["leeswijzen"]) == sealed.version.readings.count() > 0
    assert "adopted_by" not in str(data) and "Vaststeller" not in str(data)
