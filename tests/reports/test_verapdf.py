"""The PDF passes veraPDF: PDF/UA-1 (accessible) and PDF/A-2a (archivable), without a failed clause."""

import os
import shutil
import subprocess
from itertools import zip_longest
from pathlib import Path

import pikepdf
import pytest

from reports.appendix.load import load_appendix
from reports.formats import file_bytes
from tests.reports.test_appendix import MOMENT
from tests.reports.test_hostile_explanations import hostile_appendix, hostile_parts
from tests.reports.writers_sample import sample
from tests.repository.tree import ROOT

# Marked as browser tests, to run on one engine only.
pytestmark = [pytest.mark.django_db, pytest.mark.browser]
FOLDER = ROOT / "var" / "verapdf"
ENGINE, SOURCE = FOLDER / "verapdf.jar", Path(__file__).with_name("verapdf") / "VeraCheck.java"
# veraPDF reads its rules with JAXB, which is no longer part of Java; these are the names in Debian.
JAXB = (
    "jaxb-api",
    "jaxb-core",
    "jaxb-runtime",
    "jaxb-impl",
    "istack-commons-runtime",
    "txw2",
    "FastInfoset",
    "javax.activation",
)
STANDARDS = ("ua1", "2a")


@pytest.fixture(scope="module")
def checker(tmp_path_factory) -> list[str]:
    """Return the command that checks files. If it cannot run: fail under CI, otherwise skip."""
    libraries = [Path("/usr/share/java") / f"{name}.jar" for name in JAXB]
    if not (ENGINE.is_file() and shutil.which("javac") and all(library.is_file() for library in libraries)):
        sentence = (
            "no PDF checker: it takes a JDK, libjaxb-java and var/verapdf/verapdf.jar (make var/verapdf/verapdf.jar)"
        )
        if os.environ.get("CI"):
            pytest.fail(sentence)
        pytest.skip(sentence)
    classes = tmp_path_factory.mktemp("verapdf")
    path = os.pathsep.join([str(ENGINE), *map(str, libraries), str(classes)])
    subprocess.run(
        ["javac", "-cp", path, "-d", str(classes), str(SOURCE)], check=True, capture_output=True, timeout=180
    )
    # The process is too short for the second compiler of Java to pay off.
    return ["java", "-Xss4m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp", path, "VeraCheck"]


def verdicts(checker: list[str], files: list[Path]) -> tuple[set[str], str]:
    """Return the verdict on each file and standard ("valid ua1 naam.pdf"), and the complete output."""
    done = subprocess.run([*checker, *map(str, files)], capture_output=True, text=True, timeout=400, check=True)
    lines = [line.split(" ", 2) for line in done.stdout.splitlines() if not line.startswith(" ")]
    return {f"{verdict} {standard} {Path(path).name}" for verdict, standard, path in lines}, done.stdout


def test_every_document_meets_both_standards_and_a_bare_one_neither(practice, real, checker, tmp_path):
    """One run of the engine checks first and last edition, the real figures, a draft, and every kind of text."""
    documents = {f"oefen-{year}": load_appendix(practice, year).document for year in (2018, 2022)}
    documents["echt-2022"] = load_appendix(real, 2022).document
    documents["concept"] = load_appendix(practice, 2022, drafts_at=MOMENT).document
    texts = ["\n".join(texts) for texts in zip_longest(*hostile_parts(), fillvalue="")]
    documents["vijandig"] = hostile_appendix(practice, texts)[0]
    documents["alles"] = sample(draft=True, practice=True)
    for name, document in documents.items():
        (tmp_path / f"{name}.pdf").write_bytes(file_bytes(document, "pdf"))
    with pikepdf.open(tmp_path / "oefen-2018.pdf") as pdf:  # control: without language and tags it fails
        del pdf.Root.Lang, pdf.Root.StructTreeRoot
        pdf.save(tmp_path / "kaal.pdf")
    compliant, output = verdicts(checker, sorted(tmp_path.glob("*.pdf")))
    valid = {f"valid {standard} {name}.pdf" for standard in STANDARDS for name in documents}
    assert compliant == valid | {f"faulty {standard} kaal.pdf" for standard in STANDARDS}, output
    assert all(text in "\n".join(texts) for part in hostile_parts() for text in part)
