"""The archive: reproducible, and verified without this application."""

import csv
import hashlib
import io
import json
import shutil
import subprocess
import time
import zipfile

import pytest
from django.db import connection

from indicators.models import Manifest, Measurement, SealedDocument
from indicators.models.guards import drop_triggers
from indicators.readmodel.cache import clear_cache
from reports.sealing import Damaged, sealed_files
from reports.sealing.archive import archive_name, make_archive
from reports.sealing.columns import COLUMNS
from reports.sealing.store import make_manifest
from tests.cast import NOW
from tests.sealed_cast import edition_of
from tests.version_steps import adopt_target, below

pytestmark = pytest.mark.django_db
FOLDER = "oefengemeente-archief-veiligheid-2020-editie-2"


@pytest.fixture
def unpacked(sealed, tmp_path):
    with zipfile.ZipFile(io.BytesIO(make_archive(sealed))) as archive:
        assert archive.testzip() is None
        archive.extractall(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [FOLDER]
    return tmp_path / FOLDER


def test_it_can_be_checked_with_hashlib_alone(unpacked, sealed):
    sums = dict(reversed(line.split("  ")) for line in (unpacked / "SHA256SUMS").read_text().splitlines())
    files = {path.relative_to(unpacked).as_posix() for path in unpacked.rglob("*") if path.is_file()}
    assert set(sums) == files - {"SHA256SUMS"}
    for name, digest in sums.items():
        assert hashlib.sha256((unpacked / name).read_bytes()).hexdigest() == digest, name
    assert {file.name: file.sha256 for file in sealed_files(sealed)}.items() <= sums.items()


@pytest.mark.skipif(shutil.which("sha256sum") is None, reason="no sha256sum on this machine")
def test_it_can_be_checked_with_sha256sum(unpacked):
    check = ["sha256sum", "--check", "--strict", "SHA256SUMS"]
    assert subprocess.run(check, cwd=unpacked, capture_output=True).returncode == 0
    path = unpacked / "cijfers.csv"
    path.write_bytes(path.read_bytes().replace(b"V3", b"V4", 1))
    assert subprocess.run(check, cwd=unpacked, capture_output=True).returncode == 1


def test_the_same_bytes_each_time_and_in_far_less_than_a_second(sealed):
    first = make_archive(sealed)
    start = time.process_time()
    assert make_archive(sealed) == first
    assert time.process_time() - start < 0.5
    assert archive_name(sealed_files(sealed)) == f"{FOLDER}.zip"


def test_it_is_made_of_what_was_fixed_only(sealed):
    """Later changes to the rows have no effect, and are noticed by a process that has not read them before."""
    first = make_archive(sealed)
    connection.check_constraints()
    drop_triggers(connection)
    Measurement.objects.update(number=1, no_value="", withheld="")
    assert make_archive(sealed) == first
    clear_cache()
    with pytest.raises(Damaged, match="Besluit 2 van oefengemeente-2018-2022 is niet meer wat is vastgesteld"):
        make_archive(sealed)


def test_later_decisions_and_manifests_change_nothing(sealed, keeper, adopter):
    """The chain in an archive ends with the decision on its edition."""
    first = make_archive(sealed)
    adopt_target(sealed.kadernota, "V8", 2020, below(330), keeper=keeper, adopter=adopter)
    make_manifest(edition_of(sealed.kadernota, "2019-1"), now=NOW)
    assert make_archive(sealed) == first
    chain = json.loads(file_in(first, "keten.json"))
    assert len(chain["decisions"]) == sealed.decision.sequence and chain["manifests"] == []


def file_in(content, name):
    """Return a file of an archive."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(f"{FOLDER}/{name}")


def as_csv(value):
    """Return a value of the JSON as written in the table."""
    return {"None": "", "True": "true", "False": "false"}.get(str(value), str(value))


def test_the_table_is_the_sealed_figures_and_every_column_is_described(unpacked):
    sealed = json.loads(next(unpacked.glob("*-cijfers-*.json")).read_bytes())
    rows = list(csv.DictReader(io.StringIO((unpacked / "cijfers.csv").read_text(encoding="utf-8"), newline="")))
    assert len(rows) == len(sealed["cijfers"]) == 78
    for row, figure in zip(rows, sealed["cijfers"], strict=True):
        assert row == {name: as_csv(figure[name]) for name in row}
    assert any(row["verschil"].startswith("-") for row in rows), "a sign is no formula"
    metadata = json.loads((unpacked / "cijfers.csv-metadata.json").read_bytes())
    assert metadata["@context"][0] == "http://www.w3.org/ns/csvw" and metadata["url"] == "cijfers.csv"
    columns = metadata["tableSchema"]["columns"]
    assert [column["name"] for column in columns] == list(rows[0]) == [column.name for column in COLUMNS]
    assert all(column["dc:description"] and column["datatype"] for column in columns)
    assert len({tuple(row[name] for name in metadata["tableSchema"]["primaryKey"]) for row in rows}) == 78


def test_rules_readings_and_manifest(unpacked, sealed):
    rules = json.loads((unpacked / "regels.json").read_bytes())
    assert rules["versie"] == 1 and len(rules["tekst"]) == 7
    assert len(json.loads((unpacked / "leeswijzen.json").read_bytes())) == sealed.version.readings.count()
    text = (unpacked / "manifest.json").read_bytes()
    stored = Manifest.objects.get(decision=sealed.decision)
    assert text.decode() == stored.content and hashlib.sha256(text).hexdigest() == stored.sha256
    manifest = json.loads(text)
    assert manifest["chain_hash"] == sealed.decision.chain_hash
    assert [entry["name"] for entry in manifest["files"]] == [file.name for file in sealed_files(sealed)]
    for entry in manifest["files"]:
        assert entry["size"] == (unpacked / entry["name"]).stat().st_size
    readme = (unpacked / "LEESMIJ.txt").read_text(encoding="utf-8")
    assert "sha256sum -c SHA256SUMS" in readme and "OEFENGEMEENTE" in readme and "editie 2020-2" in readme
    assert all(entry["name"] in readme for entry in manifest["files"])


def test_without_the_figures_there_is_none(practice):
    with pytest.raises(LookupError, match="nog niet alle documenten verzegeld"):
        make_archive(edition_of(practice, "2021-1"))


def test_nothing_damaged_is_packed(sealed):
    connection.check_constraints()
    drop_triggers(connection)
    row = SealedDocument.objects.get(decision=sealed.decision, document="bijlage", format="csv")
    SealedDocument.objects.filter(pk=row.pk).update(sha256="0" * 64)
    with pytest.raises(Damaged, match="niet meer die van het manifest"):
        make_archive(sealed)
    SealedDocument.objects.filter(pk=row.pk).update(sha256=row.sha256, content=b"x" * row.size)
    with pytest.raises(Damaged, match="de inhoud past niet bij de hash"):
        make_archive(sealed)
    SealedDocument.objects.filter(pk=row.pk).update(content=row.content)
    Manifest.objects.filter(decision=sealed.decision).update(content="{}")
    with pytest.raises(Damaged, match="niet meer die van het manifest"):
        make_archive(sealed)
