"""`manage.py nota`: import, export, template, diff, discard, adopt; its output and exit codes."""

import io
import json

import pytest
from django.core.management import CommandError, call_command

from indicators.domain.nota import read_nota
from indicators.models import Decision, Proposal
from indicators.readmodel.nota import nota_of
from priorities.models import Kadernota, Version
from tests.actions.versions import FIRST_COMPONENT, FIRST_INDICATOR, make_people
from tests.domain.notas import GONE, edited, small
from tests.intake.nota_sheet_files import book, edited_sheets, filled_in

pytestmark = pytest.mark.django_db
SLUG = "voorbeeld-2023-2026"
ADOPT = ("--decision", "raad 12", "--date", "2026-11-23")
TARGET = ((*FIRST_COMPONENT, "targets", "2025"), "480"), ((*FIRST_INDICATOR, "printed", "2025"), "480")


@pytest.fixture(autouse=True)
def people(db):
    return make_people()


@pytest.fixture
def write(tmp_path):
    """Return a function that writes a file with a small nota and these edits, and returns its path."""

    def write(*edits, name="nota.json"):
        path = tmp_path / name
        path.write_text(json.dumps(edited(small(), (("predecessor",), None), *edits)), encoding="utf-8")
        return str(path)

    return write


def run(*arguments):
    """Run the command and return what it printed on standard output and standard error."""
    out, err = io.StringIO(), io.StringIO()
    call_command("nota", *arguments, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def refused(*arguments):
    """Run the command, which fails; return its exit code, message and standard error."""
    err = io.StringIO()
    with pytest.raises(CommandError) as caught:
        call_command("nota", *arguments, stdout=io.StringIO(), stderr=err)
    return caught.value.returncode, str(caught.value), err.getvalue()


def import_and_adopt(path, *, reason="Nieuw."):
    run("import", path, "--by", "keeper", "--reason", reason)
    return run("adopt", SLUG, "--by", "adopter", *ADOPT)


def test_from_file_to_adopted_version_and_back(write, tmp_path):
    out, err = run("import", write(), "--by", "keeper")
    assert out == f"Concept van {SLUG} gemaakt. Een ander stelt het vast.\n" and err == ""
    assert not Kadernota.objects.adopted().exists()
    out, _ = run("adopt", SLUG, "--by", "adopter", *ADOPT)
    assert out == f"Versie van {SLUG} vastgesteld, als besluit 1.\n"
    decision = Decision.objects.get()
    assert (decision.reference, str(decision.decided_on)) == ("raad 12", "2026-11-23")
    assert decision.adopted_by.username == "adopter"
    path = tmp_path / "uit.json"
    run("export", SLUG, "--format", "json", "--output", str(path))
    assert json.loads(path.read_text(encoding="utf-8")) == edited(small(), (("predecessor",), None))
    assert run("import", str(path), "--by", "keeper")[0]
    assert "0 wijzigingen" in run("diff", SLUG)[0]


def test_a_second_import_updates_the_draft(write):
    run("import", write(), "--by", "keeper")
    out, _ = run("import", write(*TARGET), "--by", "second")
    assert out == f"Concept van {SLUG} bijgewerkt: 2 wijzigingen.\n"
    assert Version.objects.count() == 1
    code, message, _ = refused("adopt", SLUG, "--by", "second", *ADOPT)
    assert code == 1 and "vaststeller" in message


def test_the_difference(write):
    import_and_adopt(write())
    run("import", write(*TARGET), "--by", "keeper", "--reason", "Raad.")
    out, _ = run("diff", SLUG)
    assert "A1 Inbraken: streefwaarde 2025: (niets) → 480" in out
    changes = json.loads(run("diff", SLUG, "--format", "json")[0])
    assert {"path": ["components", "a1", "targets", 2025], "label": "A1 Inbraken: streefwaarde 2025"} | {
        "old": "",
        "new": "480",
    } in changes
    assert "besluit 2" in run("adopt", SLUG, "--by", "adopter", *ADOPT)[0]


def test_older_versions_are_exported_by_number(write, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    import_and_adopt(write())
    import_and_adopt(write(*TARGET))
    run("export", SLUG, "--version", "1")
    run("export", SLUG)
    first, second = (json.loads((tmp_path / f"{SLUG}-versie-{number}.json").read_text()) for number in (1, 2))
    assert read_nota(first) != read_nota(second) == nota_of(Version.objects.latest("pk"))
    assert refused("export", SLUG, "--version", "3")[0] == 2


def test_refusals_are_data(write):
    path = write(((*FIRST_COMPONENT, "direction"), GONE), (("title",), ""))
    code, message, err = refused("import", path, "--by", "keeper", "--format", "json")
    assert code == 1 and "2 fouten" in message
    findings = {finding["code"]: finding for finding in json.loads(err)}
    assert "no-direction" in findings and len(findings) == 2
    for finding in findings.values():
        assert set(finding) >= {"code", "sheet", "row", "column", "typed", "meant"} and finding["sentence"]
    _, _, err = refused("import", path, "--by", "keeper")
    assert "topics/0/indicators/0/components/0/direction: " in err
    assert not Kadernota.objects.exists()


def test_questions_come_with_their_codes_and_are_confirmed(write):
    edits = ((*FIRST_COMPONENT, "targets", "2025"), "5.000"), ((*FIRST_INDICATOR, "printed", "2025"), "5.000")
    _, err = run("import", write(*edits), "--by", "keeper", "--format", "json")
    codes = [finding["confirm"] for finding in json.loads(err)]
    assert codes
    code, message, err = refused("adopt", SLUG, "--by", "adopter", "--decision", "raad", "--date", "2024-01-09")
    assert code == 1 and "--confirm" in message
    assert all(f"[{code}]" in err for code in [*codes, "more-than-a-year-ago"])
    assert Proposal.objects.get().state == "draft"
    run(
        "adopt",
        SLUG,
        "--by",
        "adopter",
        "--decision",
        "raad",
        "--date",
        "2024-01-09",
        "--confirm",
        *codes,
        "more-than-a-year-ago",
    )
    assert Decision.objects.get().confirmations == sorted([*codes, "more-than-a-year-ago"])


def test_without_questions_json_is_an_empty_list(write):
    assert json.loads(run("import", write(), "--by", "keeper", "--format", "json")[1]) == []


def test_throwing_away(write):
    run("import", write(), "--by", "keeper")
    assert refused("discard", SLUG, "--by", "adopter")[0] == 1
    assert "weggegooid" in run("discard", SLUG, "--by", "second")[0]
    assert not Kadernota.objects.exists()
    assert refused("discard", SLUG, "--by", "second")[0] == 2


def test_two_drafts_need_a_kind(write):
    import_and_adopt(write())
    run("import", write(*TARGET), "--by", "keeper")
    run("import", write((("summary",), "Anders.")), "--by", "keeper", "--kind", "editorial")
    assert refused("diff", SLUG)[0] == 2
    assert "samenvatting" in run("diff", SLUG, "--kind", "editorial")[0].lower()
    code, _, err = refused("import", write(*TARGET), "--by", "keeper", "--kind", "editorial")
    assert code == 1 and "redactionele versie" in err


@pytest.mark.parametrize("extension", ["ods", "xlsx"])
def test_from_sheet_to_adopted_version_and_back(extension, tmp_path):
    path = tmp_path / f"nota.{extension}"
    path.write_bytes(book(extension, filled_in()))
    out, err = run("import", str(path), "--by", "keeper", "--reason", "Nieuw.")
    assert "Concept van voorbeeld-2027-2030 gemaakt" in out and err == ""
    exported = tmp_path / f"uit.{extension}"
    run("export", "voorbeeld-2027-2030", "--format", extension, "--output", str(exported))
    out, _ = run("import", str(exported), "--by", "keeper")
    assert "0 wijzigingen" in out


@pytest.mark.parametrize("extension", ["ods", "xlsx"])
def test_refusals_of_a_sheet_have_a_place(extension, tmp_path):
    path = tmp_path / f"nota.{extension}"
    path.write_bytes(book(extension, edited_sheets(("Onderdelen", "C2", "aantl"), ("Indicatoren", "A2", "V 1"))))
    code, message, err = refused("import", str(path), "--by", "keeper", "--format", "json")
    assert code == 1 and "2 fouten" in message
    assert {
        "code": "unknown-value",
        "sheet": "Onderdelen",
        "row": 2,
        "column": "C",
        "typed": "aantl",
        "meant": "aantal",
    }.items() <= json.loads(err)[-1].items()
    _, _, err = refused("import", str(path), "--by", "keeper")
    assert "Onderdelen C2: " in err and "Bedoelt u aantal?" in err
    assert not Kadernota.objects.exists()


def test_questions_and_hidden_rows_of_a_sheet_have_a_place(tmp_path):
    path = tmp_path / "nota.xlsx"
    sheets = edited_sheets(("Onderdelen", "H5", ">6.000"))
    path.write_bytes(book("xlsx", sheets, hidden_rows=[("Onderdelen", 3)]))
    _, err = run("import", str(path), "--by", "keeper", "--format", "json")
    places = [(finding["code"], finding["column"], finding["row"]) for finding in json.loads(err)]
    assert places == [("row-hidden", "A", 3), ("target-against-direction", "H", 5)]


@pytest.mark.parametrize("extension", ["ods", "xlsx"])
def test_an_empty_sheet_is_written_and_asks_what_is_required(extension, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    run("template", "--format", extension)
    code, message, err = refused("import", f"kadernota.{extension}", "--by", "keeper")
    assert code == 1 and "4 fouten" in message and "Kadernota B2: Vul ‘titel’ in." in err


def test_a_hostile_file_is_refused_without_a_place(write):
    code, _, err = refused("import", write(name="nota.ods"), "--by", "keeper", "--format", "json")
    (finding,) = json.loads(err)
    assert code == 1 and (finding["code"], finding["sheet"]) == ("file-refused", None)


@pytest.mark.parametrize("name", ["nota.txt", "weg.json"])
def test_files_that_cannot_be_read(write, tmp_path, name):
    path = tmp_path / name if name == "weg.json" else write(name=name)
    assert refused("import", str(path), "--by", "keeper")[0] == 2


def test_text_that_is_no_json(tmp_path):
    path = tmp_path / "nota.json"
    path.write_text("{")
    code, _, err = refused("import", str(path), "--by", "keeper", "--format", "json")
    assert code == 1 and json.loads(err)[0]["code"] == "not-json"


def test_the_published_figures_of_a_file_are_not_read(write):
    figures = [{"year": 2023, "source": "CBS", "retrieved_on": "2026-11-24", "figures": []}]
    assert "niet ingelezen" in run("import", write((("taken_over",), figures)), "--by", "keeper")[0]


@pytest.mark.parametrize("arguments", [("export", "weg"), ("diff", "weg"), ("import", "x.json", "--by", "weg")])
def test_mistakes_in_the_arguments(arguments):
    assert refused(*arguments)[0] == 2
