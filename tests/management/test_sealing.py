"""The commands that seal, verify and archive, with a progress bar on a terminal only."""

import hashlib
import io
import json

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from indicators.domain.chain import sha256
from indicators.management import progress
from indicators.models import Decision, Edition, Manifest, SealedDocument
from indicators.models.guards import create_triggers, drop_triggers
from reports.formats import FORMATS
from reports.sealing import missing
from reports.sealing.archive import make_archive
from reports.sealing.verify import verify
from tests.cast import FIXTURES, PRACTICE, REAL, record
from tests.sealed_cast import edition_of

pytestmark = pytest.mark.django_db


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def run(*arguments, err=None):
    out = io.StringIO()
    call_command(*arguments, stdout=out, stderr=err or io.StringIO())
    return out.getvalue()


@pytest.fixture
def csv_only(monkeypatch):
    """Seal only three files per edition, in tests that are not about the files themselves."""
    monkeypatch.setattr("reports.sealing.documents.FORMATS", {"csv": FORMATS["csv"]})


def test_adopting_seals(real, officer, adopter, csv_only):
    record(real, "V3", 2019, "4.400", by=officer)
    facts = ["--by", "carla", "--decision", "B-1", "--date", "2026-03-02"]
    said = run("adopt", REAL, "2019", *facts)
    assert said.startswith("Editie 2019-2 vastgesteld: 1 cijfer.\nVingerafdruk: ")
    assert missing(edition_of(real, "2019-2")) == []


def test_loading_seals_what_was_taken_over(db, csv_only):
    run("load_kadernota", str(FIXTURES / "kadernota_2018_2022.json"))
    assert Edition.objects.count() == 5 and not any(missing(edition) for edition in Edition.objects.all())
    before = list(SealedDocument.objects.values_list("pk", flat=True))
    run("load_kadernota", str(FIXTURES / "kadernota_2018_2022.json"))
    assert list(SealedDocument.objects.values_list("pk", flat=True)) == before


def test_seal_completes_what_is_missing(practice, real, csv_only):
    assert run("seal", PRACTICE) == f"{3 * 6} bestanden verzegeld.\n"
    assert not SealedDocument.objects.filter(decision__kadernota=real).exists()
    assert run("seal") == f"{3 * 5} bestanden verzegeld.\n"
    assert run("seal") == "Alles was al verzegeld.\n"
    with pytest.raises(CommandError, match="Er is geen kadernota ‘elders’"):
        run("seal", "elders")


def test_a_bar_on_a_terminal_and_none_in_a_pipe(real, csv_only):
    err = io.StringIO()
    run("seal", REAL, err=err)
    assert err.getvalue() == ""


def test_the_bar_tells_how_far_it_is(real, csv_only):
    err = Terminal()
    run("seal", REAL, err=err)
    drawn = [line for line in err.getvalue().split("\r\x1b[2K") if line]
    assert drawn[0].startswith("░" * 30 + " 0 van 15  editie 2018-1")
    assert drawn[-1].startswith("█" * 30 + " 15 van 15  editie 2022-1: Cijfers") and drawn[-1].endswith("\n")
    assert [line.count("█") for line in drawn] == sorted(line.count("█") for line in drawn)
    assert all(len(line) <= 80 for line in drawn)


def test_ctrl_c_stops_and_what_is_sealed_stays(real, csv_only, monkeypatch):
    real_seal, calls = progress.seal, []

    def interrupted(edition, **facts):
        calls.append(edition)
        if len(calls) == 3:
            raise KeyboardInterrupt
        return real_seal(edition, **facts)

    monkeypatch.setattr(progress, "seal", interrupted)
    with pytest.raises(CommandError, match="Gestopt. Verzegeld: 6 van 15 bestanden; dat blijft.") as caught:
        run("seal", REAL)
    assert caught.value.returncode == 130 and SealedDocument.objects.count() == 6
    monkeypatch.undo()


def test_what_cannot_be_made_is_a_sentence(real, csv_only, monkeypatch):
    def broken(*args, **facts):
        raise OSError("geen lettertype")

    monkeypatch.setattr(progress, "seal", broken)
    with pytest.raises(CommandError, match="Verzegelen lukte niet: .*geen lettertype.*seal gaat verder"):
        run("seal", REAL)


def test_verify(sealed):
    head = Decision.objects.of(sealed.kadernota).last().chain_hash
    said = run("verify", PRACTICE)
    assert f"{PRACTICE} klopt: 7 besluiten, " in said and said.endswith(f"Laatste vingerafdruk: {head}\n")
    assert "KLOPT NIET" not in said and said.startswith("Nog niet verzegeld: editie ")
    assert run("verify", PRACTICE, "--expect", head) == said
    data = json.loads(run("verify", PRACTICE, "--format", "json"))
    assert (data["holds"], data["head"], data["faults"], data["decisions"]) == (True, head, [], 7)
    assert "2020-2" not in data["unsealed"] and len(data["unsealed"]) == 5


def test_verify_strictly(sealed):
    with pytest.raises(CommandError, match="klopt niet: 5 fouten") as caught:
        run("verify", PRACTICE, "--strict")
    assert caught.value.returncode == 1


def test_verify_expecting_a_link_that_is_gone(sealed):
    out = io.StringIO()
    with pytest.raises(CommandError, match="klopt niet: 1 fout"):
        call_command("verify", PRACTICE, "--expect", "0" * 64, stdout=out)
    assert "KLOPT NIET: De verwachte vingerafdruk 0000" in out.getvalue()


def test_verify_finds_a_changed_file(sealed):
    connection.check_constraints()
    drop_triggers(connection)
    rows = SealedDocument.objects.filter(decision__edition=sealed, document="bijlage", format="pdf")
    rows.update(sha256="0" * 64)
    connection.check_constraints()
    create_triggers(connection)
    out = io.StringIO()
    with pytest.raises(CommandError, match=f"{PRACTICE} klopt niet: 2 fouten") as caught:
        call_command("verify", PRACTICE, stdout=out)
    assert caught.value.returncode == 1
    name = "oefengemeente-bijlage-indicatoren-veiligheid-2020-editie-2.pdf"
    assert f"\nKLOPT NIET: {name}: " in out.getvalue()
    assert "de verzegelde bestanden zijn niet die van het manifest" in out.getvalue()


@pytest.mark.parametrize("column", ["renderer", "name", "media_type", "content"])
def test_verify_finds_a_forged_file(sealed, column):
    """Bytes, their hash and the column that says which code wrote them are changed together."""
    connection.check_constraints()
    drop_triggers(connection)
    content = b"%PDF-vervalst"
    changed = {"content": content, "size": len(content), "sha256": hashlib.sha256(content).hexdigest()}
    changed |= {} if column == "content" else {column: "f" * 64}
    SealedDocument.objects.filter(decision__edition=sealed, document="bijlage", format="pdf").update(**changed)
    assert "manifest" in {fault.code for fault in verify(sealed.kadernota).faults}


def test_verify_finds_a_manifest_made_anew(sealed):
    """The hash of the manifest was printed, or is in a later decision or manifest."""
    printed = Manifest.objects.get().sha256
    assert verify(sealed.kadernota, expect=printed).holds
    connection.check_constraints()
    drop_triggers(connection)
    text = Manifest.objects.get().content.replace(".pdf", ".pdx")
    SealedDocument.objects.filter(decision__edition=sealed, document="bijlage", format="pdf").update(name="x")
    Manifest.objects.update(content=text, sha256=sha256(text))
    assert "expected" in {fault.code for fault in verify(sealed.kadernota, expect=printed).faults}
    later = Decision.objects.of(sealed.kadernota).last()
    Decision.objects.filter(pk=later.pk).update(manifest=printed)
    assert "manifest" in {fault.code for fault in verify(sealed.kadernota).faults}


def test_archive(sealed, tmp_path, monkeypatch):
    path = tmp_path / "archief.zip"
    said = run("archive", PRACTICE, "2020", "--output", str(path))
    assert path.read_bytes() == make_archive(sealed) and said.startswith(f"{path}: ")
    monkeypatch.chdir(tmp_path)
    run("archive", PRACTICE, "2020", "--edition", "2")
    assert (tmp_path / "oefengemeente-archief-veiligheid-2020-editie-2.zip").read_bytes() == path.read_bytes()
    with pytest.raises(CommandError, match="Van editie 2021-1 zijn nog niet alle documenten verzegeld. Dat kan met"):
        run("archive", PRACTICE, "2021")
    with pytest.raises(CommandError, match="is niet te schrijven"):
        run("archive", PRACTICE, "2020", "--output", "/nergens/a.zip")


@pytest.mark.parametrize("command", ["archive"])
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["elders", "2020"], "Er is geen kadernota ‘elders’"),
        ([PRACTICE, "vorig"], "‘vorig’ is geen jaar."),
        ([PRACTICE, "2017"], "2017 hoort niet bij deze kadernota"),
        ([PRACTICE, "2020", "--edition", "9"], "Editie 2020-9 is er niet. Wel: 2020-1, 2020-2."),
        ([PRACTICE, "2020", "--edition", "x"], "‘x’ is geen nummer van een editie."),
    ],
)
def test_mistakes(practice, command, arguments, said):
    with pytest.raises(CommandError) as caught:
        run(command, *arguments)
    assert said in str(caught.value) and caught.value.returncode == 2
