"""The scripts of an archive, run by a stranger: nothing of this application is on the path of Python."""

import ast
import hashlib
import io
import json
import shutil
import subprocess
import sys
import zipfile
from dataclasses import replace

import pytest

from indicators.domain.nota import Break
from indicators.models import Decision, Manifest
from indicators.readmodel.chain_export import export_chain
from reports.sealing.archive import make_archive
from tests.cast import adopt_version_of, adopt_year, record, with_component
from tests.sealed_cast import edition_of
from tests.version_steps import rejudge

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def original(sealed_of_module, practice_of_module, django_db_blocker, tmp_path_factory):
    """The folder of an unpacked archive, which no test changes."""
    with django_db_blocker.unblock():
        content = make_archive(edition_of(practice_of_module, "2020-2"))
    folder = tmp_path_factory.mktemp("archive")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        archive.extractall(folder)
    return next(folder.iterdir())


@pytest.fixture
def unpacked(original, tmp_path):
    return shutil.copytree(original, tmp_path / "archief")


def run(folder, script, *arguments):
    """Return the exit code and the output of a script, run outside our folder and without our packages."""
    command = [sys.executable, "-I", "-S", str(folder / script), *arguments]
    ended = subprocess.run(command, cwd="/", env={"PYTHONUTF8": "1"}, capture_output=True, text=True, timeout=60)
    assert ended.stderr == ""
    return ended.returncode, ended.stdout


def check(folder, *arguments):
    return run(folder, "controleer.py", *arguments)


def sha256(text):
    return hashlib.sha256(text.encode()).hexdigest()


def canonical_hash(data):
    return sha256(json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":")))


def change_chain(folder, change):
    path = folder / "keten.json"
    chain = json.loads(path.read_bytes())
    change(chain)
    path.write_text(json.dumps(chain), encoding="utf-8")


def renew_sums(folder):
    """Write SHA256SUMS anew, as a forger does."""
    names = sorted(line.split("  ", 1)[1] for line in (folder / "SHA256SUMS").read_text("utf-8").splitlines())
    lines = [f"{hashlib.sha256((folder / name).read_bytes()).hexdigest()}  {name}\n" for name in names]
    (folder / "SHA256SUMS").write_text("".join(lines), encoding="utf-8")


def forge_chain(folder, change):
    """Change the chain, and write every hash after it anew: links, manifest and sums."""

    def forge(chain):
        change(chain)
        previous = chain["first"]
        for link in chain["decisions"]:
            link["previous"], link["content_hash"] = previous, canonical_hash({**link["content"], "format": 1})
            names = ("sequence", "previous", "content_hash", "witness_hash", "manifest")
            previous = link["chain_hash"] = canonical_hash([1, *(link[name] for name in names)])
        path = folder / "manifest.json"
        manifest = json.loads(path.read_bytes()) | {"chain_hash": previous}
        path.write_text(json.dumps(manifest), encoding="utf-8")

    change_chain(folder, forge)
    renew_sums(folder)


def improve_a_figure(chain):
    """Make the figure of the last decision that misses its target meet it."""
    nota = chain["decisions"][0]["content"]["fixed"]["version"]["nota"]
    indicators = [indicator for topic in nota["topics"] for indicator in topic["indicators"]]
    directions = {part["key"]: part["direction"] for indicator in indicators for part in indicator["components"]}
    fixed = chain["decisions"][-1]["content"]["fixed"]
    missed = {item["series"] for item in fixed["verdicts"] if item["status"] in ("off_track", "at_risk")}
    figure = next(figure for figure in fixed["figures"] if figure["series"] in missed and figure["number"])
    figure["number"] = "0" if directions[figure["series"]] == "lower" else "999999"


def test_an_archive_holds(unpacked, sealed):
    manifest = Manifest.objects.get(decision=sealed.decision).sha256
    head = sealed.decision.chain_hash
    code, output = check(unpacked)
    assert code == 0 and output.endswith("klopt\n") and head in output and manifest in output
    assert check(unpacked, "--expect", head, "--expect", manifest)[0] == 0
    assert run(unpacked, "oordelen.py") == (0, "klopt\n")
    # Neither script changed anything.
    assert check(unpacked)[0] == 0 and not list(unpacked.rglob("__pycache__"))


def test_the_scripts_are_short_and_need_no_newer_python(unpacked):
    source = (unpacked / "controleer.py").read_text("utf-8")
    ast.parse(source, feature_version=(3, 9))
    imports = {line.split()[1].split(".")[0] for line in source.splitlines() if line.startswith(("import ", "from "))}
    assert imports <= sys.stdlib_module_names and len(source.splitlines()) < 100
    rules = "".join(path.read_text("utf-8") for path in (unpacked / "domein").rglob("*.py"))
    assert "import django" not in rules and "from django" not in rules


def swap_links(chain):
    links = chain["decisions"]
    links[2], links[3] = links[3], links[2]


def change_text(chain):
    chain["decisions"][0]["content"]["fixed"]["version"]["nota"]["title"] += "."


def change_witness(chain):
    chain["decisions"][1]["witness_hash"] = "0" * 64


def change_date(chain):
    chain["decisions"][1]["content"]["decided_on"] = "2019-01-01"


def change_slug(chain):
    chain["slug"] = "andere-kadernota"


def drop_last(chain):
    chain["decisions"].pop()


def drop_first(chain):
    chain["decisions"].pop(0)


CHAIN_CHANGES = {
    "figure": (improve_a_figure, "de inhoud past niet bij haar vingerafdruk"),
    "text": (change_text, "besluit 1: de inhoud past niet bij haar vingerafdruk"),
    "date": (change_date, "besluit 2: de inhoud past niet bij haar vingerafdruk"),
    "witness": (change_witness, "besluit 2: de vingerafdruk past niet bij het besluit"),
    "slug": (change_slug, "het begin van de keten klopt niet"),
    "last": (drop_last, "manifest.json hoort niet bij het laatste besluit in keten.json"),
    "first": (drop_first, "besluit 1 sluit niet aan op het besluit ervoor"),
    "swapped": (swap_links, "besluit 3 sluit niet aan op het besluit ervoor"),
}


@pytest.mark.parametrize("name", CHAIN_CHANGES)
def test_a_changed_chain_is_found(unpacked, name):
    change, sentence = CHAIN_CHANGES[name]
    change_chain(unpacked, change)
    renew_sums(unpacked)
    code, output = check(unpacked)
    assert code == 1 and sentence in output and not output.endswith("klopt\n")


def test_a_changed_file_is_found(unpacked):
    path = next(unpacked.glob("*bijlage*.csv"))
    path.write_bytes(path.read_bytes().replace(b"V3", b"V4", 1))
    assert check(unpacked)[1].count(f"KLOPT NIET: {path.name} ontbreekt, of is veranderd") == 1
    renew_sums(unpacked)
    assert check(unpacked)[0] == 1  # the manifest still knows
    path.unlink()
    assert f"KLOPT NIET: {path.name} ontbreekt" in check(unpacked)[1]


def test_changed_rules_are_found(unpacked):
    path = unpacked / "domein/indicators/domain/assessment.py"
    path.write_text(path.read_text("utf-8").replace("Status.OFF_TRACK, 7", "Status.AT_RISK, 7"), encoding="utf-8")
    assert "domein/indicators/domain/assessment.py ontbreekt, of is veranderd" in check(unpacked)[1]
    assert "KLOPT NIET" in run(unpacked, "oordelen.py")[1]


def test_a_changed_manifest_is_found(unpacked, sealed):
    """Also with the file in it, when the hash of the manifest was printed before."""
    path = next(unpacked.glob("*bijlage*.csv"))
    path.write_bytes(path.read_bytes() + b"x")
    manifest = unpacked / "manifest.json"
    content = json.loads(manifest.read_bytes())
    for file in content["files"]:
        if file["name"] == path.name:
            file["sha256"] = hashlib.sha256(path.read_bytes()).hexdigest()
    manifest.write_text(json.dumps(content), encoding="utf-8")
    assert "KLOPT NIET: manifest.json ontbreekt, of is veranderd" in check(unpacked)[1]
    renew_sums(unpacked)
    assert check(unpacked)[0] == 0
    code, output = check(unpacked, "--expect", Manifest.objects.get(decision=sealed.decision).sha256)
    assert code == 1 and "de verwachte vingerafdruk" in output


def test_a_chain_that_is_forged_as_a_whole_is_found_by_an_earlier_hash_and_by_its_verdicts(unpacked, sealed):
    forge_chain(unpacked, improve_a_figure)
    assert check(unpacked)[0] == 0
    code, output = check(unpacked, "--expect", sealed.decision.chain_hash)
    assert code == 1 and f"KLOPT NIET: de verwachte vingerafdruk {sealed.decision.chain_hash} is er niet bij" in output
    code, output = run(unpacked, "oordelen.py")
    assert code == 1 and "KLOPT NIET: besluit" in output and "is anders" in output


def test_a_target_that_was_changed_gives_other_verdicts(unpacked):
    def change(chain):
        nota = chain["decisions"][0]["content"]["fixed"]["version"]["nota"]
        for topic in nota["topics"]:
            for indicator in topic["indicators"]:
                for part in indicator["components"]:
                    part["targets"] = {}

    forge_chain(unpacked, change)
    assert run(unpacked, "oordelen.py")[1].count("is anders") > 50


def judge_again(folder, kadernota):
    """Run the script on the whole chain of a kadernota."""
    chain = export_chain(kadernota, sequence=Decision.objects.of(kadernota).count())
    (folder / "keten.json").write_text(json.dumps(chain), encoding="utf-8")
    return run(folder, "oordelen.py")


def test_the_verdicts_of_published_figures(unpacked, real):
    assert judge_again(unpacked, real) == (0, "klopt\n")


def test_verdicts_under_several_versions(unpacked, practice, keeper, adopter, officer):
    """A target, a break and an indicator that ends, by a version under which one year is judged again."""

    def change(nota):
        nota = with_component(nota, "V8", targets={2020: "<330", 2021: "<320"})
        nota = with_component(nota, "V9", breaks=(Break(2020, "Andere telling."),))
        indicator = next(item for item in nota.indicators if item.code == "V3")
        (part,) = indicator.components
        added = replace(indicator, code="V90", name="Nieuw", components=(replace(part, key="nieuw"),), printed={})
        topics = (replace(nota.topics[0], indicators=(*nota.topics[0].indicators, added)), *nota.topics[1:])
        return replace(nota, topics=topics)

    adopt_version_of(practice, change, by=adopter, editor=keeper)
    rejudge(practice, 2020, keeper=keeper, adopter=adopter)
    record(practice, "V3", 2021, "4.444", by=officer, explanation="Verbeterd.")
    adopt_year(practice, 2021, by=adopter)
    contents = export_chain(practice, sequence=Decision.objects.of(practice).count())["decisions"]
    verdicts = [item for link in contents for item in link["content"]["fixed"].get("verdicts", ())]
    assert {item["followed"] for item in verdicts} >= {"yes", "added_later"}
    assert contents[-2]["content"]["fixed"]["rejudged"]
    assert judge_again(unpacked, practice) == (0, "klopt\n")


def test_what_cannot_be_read_is_said_in_a_sentence(unpacked):
    (unpacked / "keten.json").write_text("{", encoding="utf-8")
    code, output = check(unpacked)
    assert code == 1 and "KLOPT NIET: het archief is niet te lezen" in output
    (unpacked / "keten.json").unlink()
    assert "KLOPT NIET: het archief is niet te lezen" in check(unpacked, "--expect", "0" * 64)[1]
