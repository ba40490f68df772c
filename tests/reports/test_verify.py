"""Verification of a chain with its sealed documents: every tampering is a fault; nothing is changed.

What a forged row of the chain itself does is in tests/access/test_tampering.py.
"""

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest
from django.db import connection

from indicators.actions.proposals import adopt_correction, propose_correction
from indicators.domain.chain import canonical_text, sha256
from indicators.models import Decision, Edition, EditionEntry, Indicator, Manifest, Measurement, SealedDocument, Target
from indicators.models.guards import create_triggers, drop_triggers
from indicators.readmodel.cache import clear_cache
from reports.sealing import documents, seal
from reports.sealing import verify as verifying
from reports.sealing.documents import KINDS
from reports.sealing.store import make_manifest, manifest_text, sealed_files
from reports.sealing.verify import verify
from tests.cast import DATE_QUESTIONS, NOW, adopt_version_of, adopt_year, component_of, record, with_component
from tests.sealed_cast import edition_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_tampered_cache() -> Iterator[None]:
    """Forget what was read from rows that a test tampered with."""
    yield
    clear_cache()


def rows_of(sealed: Edition, document: str, key: str):
    return SealedDocument.objects.filter(decision=sealed.decision, document=document, format=key)


@contextmanager
def unlocked() -> Iterator[None]:
    """Put the triggers aside, as somebody with the rights of the database owner can, and back again."""
    connection.check_constraints()
    drop_triggers(connection)
    yield
    connection.check_constraints()
    create_triggers(connection)
    clear_cache()


def put(sealed: Edition, document: str, key: str, content: bytes) -> None:
    """Replace a stored file, with matching hash and size."""
    digest = hashlib.sha256(content).hexdigest()
    rows_of(sealed, document, key).update(content=content, sha256=digest, size=len(content))


def put_manifest(sealed: Edition) -> None:
    """Make the manifest anew from the files as they are, with a matching hash."""
    manifest = Manifest.objects.get(decision=sealed.decision)
    previous = json.loads(manifest.content)["previous"]
    text = manifest_text(sealed, sealed_files(sealed), previous=previous)
    Manifest.objects.filter(pk=manifest.pk).update(content=text, sha256=sha256(text))


def found(sealed: Edition, **options) -> list[tuple[int, str]]:
    """Return the sequence and code of each fault."""
    return [(fault.sequence, fault.code) for fault in verify(sealed.kadernota, **options).faults]


@pytest.fixture
def no_rendering(monkeypatch):
    """Let `verify` skip the new rendering, as under another version of the writers: it takes two seconds."""
    monkeypatch.setattr(verifying, "renderer_digest", lambda: "f" * 64)


def test_what_was_sealed_holds(sealed):
    report = verify(sealed.kadernota)
    assert report.holds and report.faults == [] and report.not_rewritten == []
    decisions = list(Decision.objects.of(sealed.kadernota))
    assert (report.decisions, report.head) == (len(decisions), decisions[-1].chain_hash)
    assert (
        report.files == SealedDocument.objects.filter(decision=sealed.decision).count() == len(documents.renditions())
    )
    others = [str(edition) for edition in Edition.objects.of(sealed.kadernota) if edition != sealed]
    assert report.unsealed == others and len(others) == 5


def test_strict_wants_every_edition_sealed(sealed, no_rendering):
    report = verify(sealed.kadernota, strict=True)
    assert [fault.code for fault in report.faults] == ["unsealed"] * 5
    assert report.faults[0].sentence == "Editie 2018-1 is nog niet verzegeld."


def test_expected_hashes_are_those_of_decisions_and_manifests(sealed, no_rendering):
    for decision in Decision.objects.of(sealed.kadernota):
        assert verify(sealed.kadernota, expect=decision.chain_hash).holds
    assert verify(sealed.kadernota, expect=Manifest.objects.get(decision=sealed.decision).sha256).holds
    assert found(sealed, expect="0" * 64) == [(0, "expected")]


@pytest.mark.parametrize("same_size", [True, False])
def test_tampered_bytes(sealed, same_size):
    row = rows_of(sealed, "bijlage", "csv")
    content = bytes(row.get().content)
    changed = content.replace(b"V3", b"V4", 1) if same_size else content + b"\r\n"
    with unlocked():
        row.update(content=changed, size=len(changed))
    # The manifest has the size as well.
    *manifest, fault = verify(sealed.kadernota).faults
    assert [item.code for item in manifest] == ([] if same_size else ["manifest"])
    assert (fault.sequence, fault.code) == (sealed.decision.sequence, "file")
    assert "-2020-editie-2.csv: de inhoud past niet bij de verzegelde hash" in fault.sentence
    assert hashlib.sha256(changed).hexdigest() in fault.sentence


def test_a_tampered_hash(sealed):
    with unlocked():
        rows_of(sealed, "bijlage", "pdf").update(sha256="0" * 64)
    faults = {fault.code: fault.sentence for fault in verify(sealed.kadernota).faults}
    assert set(faults) == {"file", "manifest"}
    assert "-2020-editie-2.pdf: de inhoud past niet" in faults["file"] and "0" * 64 in faults["file"]


def changed_csv(sealed: Edition) -> bytes:
    return bytes(rows_of(sealed, "bijlage", "csv").get().content).replace(b"V3", b"V4", 1)


def test_a_file_that_was_replaced_with_its_hash(sealed):
    """The hash matches; the manifest and a new rendering do not."""
    with unlocked():
        put(sealed, "bijlage", "csv", changed_csv(sealed))
    sequence = sealed.decision.sequence
    assert found(sealed) == [(sequence, "manifest"), (sequence, "rendering")]


def test_a_file_that_was_replaced_with_its_hash_and_the_manifest(sealed):
    """A new rendering differs, and so does the hash that the next decision has."""
    with unlocked():
        put(sealed, "bijlage", "csv", changed_csv(sealed))
        put_manifest(sealed)
    (fault,) = verify(sealed.kadernota).faults
    assert fault.code == "rendering" and "-2020-editie-2.csv: opnieuw gemaakt komt er iets anders uit" in fault.sentence


def test_the_manifest_goes_into_the_next_decision(sealed, practice, officer, adopter, no_rendering):
    manifest = Manifest.objects.get(decision=sealed.decision)
    assert {decision.manifest for decision in Decision.objects.of(practice)} == {""}
    record(practice, "V6", 2020, "13", by=officer, explanation="Een dubbele aangifte vervalt.")
    later = adopt_year(practice, 2020, by=adopter).decision
    assert later.manifest == manifest.sha256 and found(sealed) == []
    with unlocked():
        put(sealed, "bijlage", "csv", changed_csv(sealed))
        put_manifest(sealed)
    assert found(sealed) == [(later.sequence, "manifest")]
    with unlocked():
        Decision.objects.filter(pk=later.pk).update(manifest=Manifest.objects.get(pk=manifest.pk).sha256)
    assert found(sealed) == [(later.sequence, "chain")]


def test_the_newest_manifest_goes_into_the_next_decision_also_of_an_older_edition(sealed, practice, officer, adopter):
    older = edition_of(practice, "2019-1")
    manifest = make_manifest(older, now=NOW)
    assert json.loads(manifest.content)["previous"] == Manifest.objects.get(decision=sealed.decision).sha256
    record(practice, "V6", 2020, "13", by=officer, explanation="Een dubbele aangifte vervalt.")
    assert adopt_year(practice, 2020, by=adopter).decision.manifest == manifest.sha256


def test_a_manifest_that_is_missing(sealed, no_rendering):
    with unlocked():
        Manifest.objects.filter(decision=sealed.decision).delete()
    (fault,) = verify(sealed.kadernota).faults
    assert (fault.sequence, fault.sentence) == (sealed.decision.sequence, "Editie 2020-2: het manifest ontbreekt.")


def test_a_manifest_and_files_that_are_missing(sealed, practice, officer, adopter, no_rendering):
    """Only a hash that is named elsewhere shows it: that of the next decision, or one that was printed."""
    manifest = Manifest.objects.get(decision=sealed.decision)
    record(practice, "V6", 2020, "13", by=officer, explanation="Een dubbele aangifte vervalt.")
    later = adopt_year(practice, 2020, by=adopter).decision
    with unlocked():
        Manifest.objects.all().delete()
        SealedDocument.objects.all().delete()
    assert found(sealed) == [(later.sequence, "manifest")]
    assert (0, "expected") in found(sealed, expect=manifest.sha256)


def test_a_manifest_with_other_words(sealed, no_rendering):
    data = json.loads(Manifest.objects.get(decision=sealed.decision).content)
    text = canonical_text(data | {"kadernota": "elders"})
    with unlocked():
        Manifest.objects.filter(decision=sealed.decision).update(content=text)
    assert {code for _, code in found(sealed)} == {"manifest"}
    with unlocked():
        Manifest.objects.filter(decision=sealed.decision).update(sha256=sha256(text))
    assert found(sealed) == [(sealed.decision.sequence, "manifest")]


def test_a_file_that_was_taken_away(sealed, no_rendering):
    with unlocked():
        rows_of(sealed, "bijlage", "xlsx").delete()
    (fault,) = verify(sealed.kadernota).faults
    assert fault.sentence == "Editie 2020-2: de verzegelde bestanden zijn niet die van het manifest."


def test_a_tampered_figure_row(sealed, no_rendering):
    row = Measurement.objects.of(sealed.kadernota).filter(series__components__indicator__code="V3", year=2020)
    adopted = row.filter(entry__isnull=False).distinct().get()
    with unlocked():
        Measurement.objects.filter(pk=adopted.pk).update(number=1)
    faults = found(sealed)
    assert (adopted.entry.edition.decision.sequence, "content") in faults
    # Other code renders the figures as data again: the sealed ones differ.
    assert (sealed.decision.sequence, "rendering") in faults


def test_a_tampered_figure_of_the_edition_itself(sealed, no_rendering):
    entry = EditionEntry.objects.filter(edition=sealed, measurement__isnull=False).first()
    with unlocked():
        Measurement.objects.filter(pk=entry.measurement_id).update(explanation="iets anders")
    assert (sealed.decision.sequence, "content") in found(sealed)


def test_a_tampered_target(sealed, no_rendering):
    with unlocked():
        Target.objects.filter(component=component_of(sealed.kadernota, "V3"), year=2020).update(bound=9000)
    faults = found(sealed)
    assert (1, "content") in faults and (sealed.decision.sequence, "content") in faults
    assert (sealed.decision.sequence, "rendering") in faults


def test_another_name_in_an_adopted_version(sealed, no_rendering):
    with unlocked():
        Indicator.objects.filter(code="V3", version__kadernota=sealed.kadernota).update(name="Meldingen")
    assert (1, "content") in found(sealed)


def test_sealed_figures_that_were_replaced_with_all_their_hashes(sealed, no_rendering):
    """Under other code the words may differ; the figures and verdicts may not."""
    data = json.loads(bytes(rows_of(sealed, "cijfers", "json").get().content))
    row = next(row for row in data["cijfers"] if (row["code"], row["jaar"]) == ("V3", 2020))
    for change, faults in [
        (lambda: data["kadernota"].update(titel="Anders verwoord"), []),
        (lambda: row.update(status="on_track"), [(sealed.decision.sequence, "rendering")]),
        (lambda: data.pop("cijfers"), [(sealed.decision.sequence, "rendering")]),
    ]:
        change()
        with unlocked():
            put(sealed, "cijfers", "json", json.dumps(data, ensure_ascii=False).encode())
            put_manifest(sealed)
        assert found(sealed) == faults


def test_a_tampered_decision(sealed, no_rendering):
    with unlocked():
        Decision.objects.filter(pk=sealed.decision.pk).update(reference="B-0")
    assert (sealed.decision.sequence, "content") in found(sealed)


def test_missing_triggers_are_faults(sealed, no_rendering):
    connection.check_constraints()
    drop_triggers(connection)
    faults = verify(sealed.kadernota).faults
    assert {fault.code for fault in faults} == {"guard-missing"} and len(faults) > 50


def test_after_an_erratum_a_version_and_a_correction_the_old_edition_still_holds(
    sealed, practice, officer, adopter, keeper
):
    record(practice, "V6", 2020, "13", by=officer, explanation="Een dubbele aangifte vervalt.")
    adopt_year(practice, 2020, by=adopter)
    adopt_version_of(
        practice,
        lambda nota: with_component(nota, "V3", targets={2020: "<4.000"}),
        by=adopter,
        editor=keeper,
    )
    proposal = propose_correction(
        decision=sealed.decision,
        remark="Verschreven.",
        reference="OEF-2021-20",
        decided_on=sealed.decision.decided_on.replace(day=16),
        by=keeper,
        now=NOW,
    )
    facts = {"reference": "OEF-2026-1", "on": NOW.date(), "now": NOW, "confirm": DATE_QUESTIONS}
    adopt_correction(proposal=proposal, by=adopter, **facts)
    report = verify(practice)
    assert report.faults == [] and report.not_rewritten == []


def test_under_another_renderer_only_figures_are_made_again(sealed, no_rendering, monkeypatch):
    monkeypatch.setitem(KINDS, "bijlage", replace(KINDS["bijlage"], load=lambda _: pytest.fail("made again")))
    report = verify(sealed.kadernota)
    assert report.holds
    assert len(report.not_rewritten) == SealedDocument.objects.filter(decision=sealed.decision).count() - 1


def test_verifying_changes_nothing(sealed, no_rendering):
    models = (SealedDocument, Manifest, Decision, Measurement, Edition)
    before = [list(model.objects.order_by("pk").values()) for model in models]
    verify(sealed.kadernota)
    assert [list(model.objects.order_by("pk").values()) for model in models] == before


def test_what_was_taken_over_holds_too(real):
    edition = edition_of(real, "2020-1")
    seal(edition, now=NOW)
    report = verify(real)
    assert report.holds and report.files == len(documents.renditions())


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
