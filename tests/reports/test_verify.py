"""Verification: every tampering is reported; permitted redescriptions are no faults."""

import hashlib
import json
from dataclasses import replace

import pytest
from django.db import connection

from indicators.actions import add_break
from indicators.models import Edition, EditionEntry, Indicator, Measurement, Target
from indicators.models.guards import drop_triggers
from reports.models import SealedDocument
from reports.sealing import compare as comparing
from reports.sealing import documents, seal
from reports.sealing import verify as verifying
from reports.sealing.documents import KINDS
from reports.sealing.verify import verify
from tests.cast import NOW, adopt_year, component_of, record
from tests.sealed_cast import edition_of

pytestmark = pytest.mark.django_db


def rows_of(sealed: Edition, document: str, key: str):
    return SealedDocument.objects.filter(edition=sealed, document=document, format=key)


def unlock() -> None:
    """Remove the triggers, as somebody with the rights of the database owner can."""
    connection.check_constraints()
    drop_triggers(connection)


def put(sealed: Edition, document: str, key: str, content: bytes) -> None:
    """Replace a stored file, with matching hash and size."""
    digest = hashlib.sha256(content).hexdigest()
    rows_of(sealed, document, key).update(content=content, sha256=digest, size=len(content))


@pytest.fixture
def no_rendering(monkeypatch):
    """Let `verify` skip the new rendering, as under another version of the writers: it takes two seconds."""
    monkeypatch.setattr(verifying, "renderer_digest", lambda: "f" * 64)


def changed_figures(sealed: Edition, change) -> None:
    """Apply `change` to the sealed figures of V3 over 2020, and store them with a matching hash."""
    data = json.loads(bytes(rows_of(sealed, "cijfers", "json").get().content))
    change(data, next(row for row in data["cijfers"] if (row["code"], row["jaar"]) == ("V3", 2020)))
    put(sealed, "cijfers", "json", json.dumps(data, ensure_ascii=False).encode())


def test_what_was_sealed_holds(sealed):
    report = verify(sealed)
    assert report.all_holds and (report.faults, report.skipped, report.noted) == ([], [], [])
    text = "\n".join(report.holds)
    assert "78 rijen met cijfers zijn gelijk" in text and "78 oordelen komen er onder versie 1 van de regels" in text
    files = SealedDocument.objects.filter(edition=sealed)
    assert all(f"{file.name}: {file.size} bytes, {file.sha256}" in text for file in files)
    assert text.count("opnieuw gemaakt komt er hetzelfde uit") == len(files) - 1


@pytest.mark.parametrize("same_size", [True, False])
def test_tampered_bytes(sealed, same_size):
    unlock()
    row = rows_of(sealed, "bijlage", "csv")
    content = bytes(row.get().content)
    changed = content.replace(b"V3", b"V4", 1) if same_size else content + b"\r\n"
    row.update(content=changed, size=len(changed))
    (fault,) = verify(sealed).faults
    assert "-2020-editie-2.csv: de inhoud past niet bij de verzegelde hash" in fault
    assert hashlib.sha256(changed).hexdigest() in fault


def test_a_tampered_hash(sealed):
    unlock()
    rows_of(sealed, "bijlage", "pdf").update(sha256="0" * 64)
    (fault,) = verify(sealed).faults
    assert "-2020-editie-2.pdf: de inhoud past niet" in fault and "0" * 64 in fault


def test_a_file_that_was_replaced_with_its_hash(sealed):
    """The hash matches, but a new rendering differs."""
    unlock()
    put(sealed, "bijlage", "csv", bytes(rows_of(sealed, "bijlage", "csv").get().content).replace(b"V3", b"V4", 1))
    (fault,) = verify(sealed).faults
    assert "-2020-editie-2.csv: opnieuw gemaakt komt er iets anders uit" in fault


def test_a_file_that_was_taken_away(sealed):
    unlock()
    rows_of(sealed, "bijlage", "xlsx").delete()
    assert verify(sealed).faults == ["Bijlage indicatoren, Excel: niet verzegeld."]


def test_a_tampered_figure_row(sealed, no_rendering):
    unlock()
    row = Measurement.objects.filter(component__indicator__code="V3", year=2020, entry__edition__year=2020)
    row = row.filter(component__indicator__priority__kadernota=sealed.kadernota).last()
    Measurement.objects.filter(pk=row.pk).update(number=1)
    faults = "\n".join(verify(sealed).faults)
    assert "V3 over 2020: meting was" in faults and "is nu ‘1’" in faults
    assert "V3 over 2020: status was" in faults and "is nu ‘on_track’" in faults


def test_a_tampered_figure_of_the_edition_itself_breaks_its_own_hash(sealed, no_rendering):
    unlock()
    Measurement.objects.filter(pk=EditionEntry.objects.filter(edition=sealed).first().measurement_id).update(
        explanation="iets anders"
    )
    faults = "\n".join(verify(sealed).faults)
    assert "De inhoud van deze editie past niet bij haar vingerafdruk." in faults
    assert "toelichting was" in faults and "is nu ‘iets anders’" in faults


def test_a_tampered_target(sealed, no_rendering):
    unlock()
    rows = Target.objects.filter(component=component_of(sealed.kadernota, "V3"), year=2020)
    rows.update(bound=9000)
    faults = "\n".join(verify(sealed).faults)
    assert "V3 over 2020: grens was ‘4500’, is nu ‘9000’" in faults


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (lambda data, row: row.update(status="on_track"), "V3 over 2020: het verzegelde oordeel volgt niet"),
        (lambda data, row: row.update(p_waarde="0.9"), "V3 over 2020: het verzegelde oordeel volgt niet"),
        (lambda data, row: row.update(meting="1"), "V3 over 2020: meting was ‘1’"),
        (lambda data, row: row.update(toelichting="Niets aan de hand."), "toelichting was ‘Niets aan de hand.’"),
        (lambda data, row: data["cijfers"].remove(row), "V3 over 2020: is niet verzegeld"),
        (lambda data, row: row.update(jaar=2017), "V3 over 2017: staat niet meer in de tabellen"),
        (lambda data, row: data["editie"].update(besluit="B-0"), "De gegevens van de editie"),
        (lambda data, row: data["regels"].update(versie=7), "noemt versie 7 van de regels, verzegeld is onder 1"),
        (lambda data, row: row.pop("richting"), "is niet te lezen als verzegelde cijfers"),
        (lambda data, row: row.update(nulmeting="veel"), "is niet te lezen als verzegelde cijfers"),
        (lambda data, row: data.pop("cijfers"), "is niet te lezen als verzegelde cijfers"),
    ],
)  # fmt: skip
def test_sealed_figures_that_were_replaced_with_their_hash(sealed, no_rendering, change, fault):
    unlock()
    changed_figures(sealed, change)
    assert fault in "\n".join(verify(sealed).faults)


def test_a_tampered_decision(sealed, no_rendering):
    unlock()
    Edition.objects.filter(pk=sealed.pk).update(decision="B-0")
    sealed.refresh_from_db()
    faults = verify(sealed).faults
    assert "De gegevens van de editie (besluit, datum, bron, vingerafdruk) zijn niet die van toen." in faults


def test_nothing_is_sealed(practice):
    assert verify(edition_of(practice, "2021-1")).faults == [
        "Er is niets verzegeld van deze editie. Dat kan met seal_editions."
    ]


def test_after_a_correction_the_old_edition_still_holds(sealed, practice, officer, adopter):
    record(practice, "V6", 2020, "13", by=officer, explanation="Een dubbele aangifte vervalt.")
    adopt_year(practice, 2020, by=adopter)
    report = verify(sealed)
    assert report.all_holds and (report.faults, report.noted, report.skipped) == ([], [], [])


def test_a_break_in_method_that_is_noted_later_is_told_and_no_fault(sealed, practice, keeper):
    """A break in method may be added afterwards (ADR 0011, 0012)."""
    component = component_of(practice, "V9")
    add_break(component=component, year=2019, reason="Andere telling.", by=keeper, now=NOW)
    report = verify(sealed)
    assert report.all_holds
    assert "V9 over 2020: vergelijkbaar was ja, is nu nee" in report.noted
    assert any("teksten of opzet zijn sinds het verzegelen gewijzigd" in line for line in report.noted)


def test_another_name_is_told_and_no_fault(sealed):
    Indicator.objects.filter(code="V3", priority__kadernota=sealed.kadernota).update(name="Meldingen")
    report = verify(sealed)
    assert report.all_holds and any("is nu ‘Meldingen’" in line for line in report.noted)


def test_under_another_renderer_nothing_is_made_again(sealed, no_rendering, monkeypatch):
    monkeypatch.setitem(KINDS, "bijlage", replace(KINDS["bijlage"], load=lambda _: pytest.fail("made again")))
    report = verify(sealed)
    assert report.all_holds and "78 oordelen komen er" in "\n".join(report.holds)
    assert len(report.skipped) == SealedDocument.objects.filter(edition=sealed).count() - 1
    assert all("gemaakt door een andere versie van de opmaak" in line for line in report.skipped)


def test_under_other_rules_no_verdict_is_compared(sealed, monkeypatch):
    monkeypatch.setattr(verifying, "RULES_VERSION", 2)
    monkeypatch.setattr(comparing, "assess", lambda facts: pytest.fail("judged under other rules"))
    report = verify(sealed)
    assert report.all_holds and "78 rijen met cijfers" in "\n".join(report.holds)
    assert any("onder versie 1 van de regels, dit programma kent 2" in line for line in report.skipped)


def test_verifying_changes_nothing(sealed):
    before = [list(model.objects.order_by("pk").values()) for model in (SealedDocument, Measurement, Edition)]
    verify(sealed)
    assert [list(model.objects.order_by("pk").values()) for model in (SealedDocument, Measurement, Edition)] == before


def test_a_taken_over_edition_holds_too(real):
    edition = edition_of(real, "2020-1")
    seal(edition, now=NOW)
    assert verify(edition).all_holds


@pytest.mark.engine_free
def test_the_renderer_is_known_by_all_that_it_is_made_of(monkeypatch, tmp_path):
    """The digest covers code and styles, among them writers and documents."""
    here = documents.renderer_digest()
    assert len(here) == 64
    for name in ("reports/writers/pdf.py", "reports/appendix/guide.py", "indicators/wording.py", "static/css/a.css"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("een")
    monkeypatch.setattr(documents, "ROOT", tmp_path)
    digests = {here}
    try:
        for path in [None, *sorted(tmp_path.rglob("*.*"))]:
            if path:
                path.write_text("twee")
            documents.renderer_digest.cache_clear()
            digests.add(documents.renderer_digest())
    finally:
        monkeypatch.undo()
        documents.renderer_digest.cache_clear()
    assert len(digests) == 6 and documents.renderer_digest() == here
