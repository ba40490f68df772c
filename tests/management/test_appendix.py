"""`manage.py appendix`: the same bytes as the page gives, and a sentence for every mistake."""

import os
from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from indicators.management.output import write_whole
from indicators.readmodel.chain import load_chain
from reports.appendix.load import load_appendix
from reports.formats import FORMATS, file_bytes
from reports.programme.load import load_annual
from tests.actions.versions import adopted, make_people, small_nota
from tests.cast import PRACTICE

NAME = "oefengemeente-bijlage-indicatoren-veiligheid-2020-editie-2.pdf"


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("appendix", *arguments, stdout=out)
    return out.getvalue()


@pytest.mark.parametrize("key", FORMATS)
def test_each_format(practice, tmp_path, key):
    path = tmp_path / f"bijlage.{key}"
    output = run(PRACTICE, "2020", "--format", key, "--output", str(path))
    assert path.read_bytes() == file_bytes(load_appendix(practice, 2020).document, key)
    assert output == f"{path}: {path.stat().st_size:,} bytes\n".replace(",", ".")
    assert list(tmp_path.iterdir()) == [path]


def test_the_programme_by_the_same_code(practice, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    out = StringIO()
    call_command("programma", PRACTICE, "2020", "--format", "csv", "--edition", "1", stdout=out)
    name = "oefengemeente-uitvoeringsprogramma-veiligheid-2020-editie-1.csv"
    edition = next(edition for edition in load_chain(practice).editions if edition.label == "2020-1")
    assert (tmp_path / name).read_bytes() == file_bytes(load_annual(practice, 2020, edition=edition).document, "csv")
    assert out.getvalue().startswith(f"{name}: ")
    with pytest.raises(CommandError, match="‘rtf’ is geen formaat"):
        call_command("programma", PRACTICE, "2020", "--format", "rtf", stdout=out)


def test_without_a_name_it_gets_its_own(practice, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert run(PRACTICE, "2020").startswith(f"{NAME}: ")
    assert (tmp_path / NAME).read_bytes().startswith(b"%PDF")


def test_an_older_edition_and_the_drafts(practice, tmp_path):
    path = tmp_path / "cijfers.csv"
    run(PRACTICE, "2020", "--format", "csv", "--output", str(path), "--edition", "1")
    assert "OEF" not in path.read_text("utf-8-sig") and "2020-2" not in path.read_text("utf-8-sig")
    run(PRACTICE, "2022", "--format", "csv", "--output", str(path), "--drafts")
    assert ";concept;" in path.read_text("utf-8-sig")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["nergens", "2020"], "Er is geen kadernota ‘nergens’"),
        ([PRACTICE, "2017"], "2017 hoort niet bij deze kadernota"),
        ([PRACTICE, "vorig"], "‘vorig’ is geen jaar"),
        ([PRACTICE, "2020", "--format", "rtf"],
         "‘rtf’ is geen formaat. Wel: odt, ods, pdf, docx, xlsx, csv, html."),
        ([PRACTICE, "2020", "--edition", "9"], "Editie 2020-9 is er niet"),
        ([PRACTICE, "2020", "--edition", "x"], "‘x’ is geen nummer van een editie"),
        ([PRACTICE, "2020", "--edition", ""], "‘’ is geen nummer van een editie"),
        ([PRACTICE, "2020", "--edition", "1", "--drafts"], "Kies een editie of de concepten"),
        ([PRACTICE, "2020", "--format", "csv", "--output", "/nergens/bijlage.csv"], "is niet te schrijven"),
        ([PRACTICE, "2020", "--format", "csv", "--output", "."], "is niet te schrijven"),
    ],
)  # fmt: skip
def test_a_mistake_is_a_sentence(practice, arguments, sentence):
    with pytest.raises(CommandError, match=sentence.replace("(", "\\(")) as caught:
        run(*arguments)
    assert caught.value.returncode == 2


def test_nothing_adopted_is_no_mistake_but_no_file(db, tmp_path):
    keeper, _, adopter, _ = make_people()
    kadernota = adopted(small_nota(), keeper=keeper, adopter=adopter)
    year = str(kadernota.version.last_year)
    with pytest.raises(CommandError, match=f"Over {year} is nog niets vastgesteld") as caught:
        run(kadernota.slug, year, "--output", str(tmp_path / "x.pdf"))
    assert caught.value.returncode == 1 and not list(tmp_path.iterdir())


def test_a_file_is_written_whole_or_not_at_all(tmp_path, monkeypatch):
    path = tmp_path / "bijlage.pdf"
    path.write_bytes(b"de vorige")

    def fail(*_):
        raise OSError(28, "geen ruimte")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OSError, match="geen ruimte"):
        write_whole(path, b"de nieuwe")
    assert path.read_bytes() == b"de vorige" and list(tmp_path.iterdir()) == [path]


def test_a_link_is_followed_a_file_keeps_its_rights_and_a_pipe_is_written_to(tmp_path):
    target, link = tmp_path / "echt.csv", tmp_path / "link.csv"
    target.write_bytes(b"oud")
    target.chmod(0o640)
    link.symlink_to(target)
    write_whole(link, b"nieuw")
    assert link.is_symlink()
    assert target.read_bytes() == b"nieuw"
    assert target.stat().st_mode & 0o777 == 0o640
    os.mkfifo(tmp_path / "pijp")
    reader = os.open(tmp_path / "pijp", os.O_RDONLY | os.O_NONBLOCK)
    write_whole(tmp_path / "pijp", b"door de pijp")
    assert os.read(reader, 100) == b"door de pijp"
    os.close(reader)
