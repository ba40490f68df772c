"""`import_measurements`: all of the file or nothing, every refusal by row and column, counts that add up."""

import io
import re

import pytest
from django.core.management import CommandError, call_command

from indicators.models import Measurement
from tests.cast import REAL, adopt_year, record, revision_of
from tests.intake.sheet_files import xlsx

pytestmark = pytest.mark.django_db
HEAD = "indicator;onderdeel;jaar;meting;toelichting\n"


@pytest.fixture
def run(real, officer, tmp_path):
    """Run the command on a file with this content; return standard output, standard error and exit code."""

    def run(content, *options, name="cijfers.csv", by="anna", kadernota=REAL):
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        out, err = io.StringIO(), io.StringIO()
        try:
            call_command(
                "import_measurements", path, "--kadernota", kadernota, "--by", by, *options, stdout=out, stderr=err
            )
        except CommandError as error:
            err.write(str(error))
            return out.getvalue(), err.getvalue(), error.returncode
        return out.getvalue(), err.getvalue(), 0

    return run


def numbers(out):
    """Return the counts in the output: new, changed, the same, empty, rows read."""
    return [int(number) for number in re.findall(r"\d+", out)]


def test_counts_add_up_to_the_rows_read(run, real, officer):
    record(real, "V3", 2019, "4.521", by=officer)
    record(real, "V6", 2019, "14", by=officer)
    lines = "V3;;2019;4.521;\nV6;;2019;15;\nV7;;2019;9;\nV8;;2019;340;\nV9;;2019;;\n;;;;\n"
    out, err, code = run(HEAD + lines)
    assert (code, err) == (0, "")
    assert out == "Ingelezen: 2 nieuw, 1 gewijzigd, 1 hetzelfde, 1 leeg; samen 5 rijen.\n"
    *outcomes, total = numbers(out)
    assert sum(outcomes) == total == 5
    assert revision_of(real, "V7", 2019).recorded_by == officer


def test_the_same_file_again_adds_nothing(run):
    content = HEAD + "V7;;2019;9;rustig jaar\nV14;Sluitingen;2019;16;\n"
    assert numbers(run(content)[0]) == [2, 0, 0, 0, 2]
    count = Measurement.objects.count()
    assert numbers(run(content)[0]) == [0, 0, 2, 0, 2]
    assert Measurement.objects.count() == count


@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("separator", [";", ","])
def test_csv_with_either_separator_with_or_without_a_mark(run, real, separator, mark):
    lines = [["indicator", "jaar", "meting"], ["V2", "2018", '"6,3"'], ["V3", "2018", "4.600"]]
    out, err, code = run(mark + "\r\n".join(separator.join(line) for line in lines))
    assert (code, err, numbers(out)) == (0, "", [2, 0, 0, 0, 2])
    assert str(revision_of(real, "V2", 2018).number) == "6.3000"


def test_xlsx_under_any_name(run, real):
    content = xlsx(
        [["Indicator", "Jaar", "Meting"], ["V1", 2018, 0.21]], lambda b: setattr(b.active["C2"], "number_format", "0%")
    )
    assert numbers(run(content, name="cijfers.xlsx")[0]) == [1, 0, 0, 0, 1]
    assert revision_of(real, "V1", 2018).number == 21


def test_every_refusal_is_on_standard_error_and_nothing_is_taken(run, real):
    lines = ["V7;;2019;9;", "V8;;2019;ca. 340;", "V99;;2019;5;", "V14;Sluiting;2019;5;", "V6;;2031;5;"]
    lines += ["V9;;2019;1,177;", "V9;;2020;60;", "V9;;2020;60;"]
    out, err, code = run(HEAD + "\n".join(lines))
    assert (code, out) == (1, "")
    matches = [re.match(r"rij (\d+), kolom (\w+)", line) for line in err.splitlines()]
    assert [(int(match[1]), match[2]) for match in matches if match] == [
        (3, "meting"),
        (4, "indicator"),
        (5, "onderdeel"),
        (6, "jaar"),
        (7, "meting"),
        (8, "meting"),
        (9, "meting"),
    ]
    for words in ("‘ca. 340’", "Bedoelt u 340?", "Bedoelt u Sluitingen?", "Bedoelt u 1.177?", "niets vastgelegd"):
        assert words in err
    assert revision_of(real, "V7", 2019) is None


def test_a_correction(run, real, officer, adopter):
    record(real, "V3", 2019, "4.400", by=officer)
    adopt_year(real, 2019, by=adopter)
    out, err, code = run(HEAD + "V3;;2019;4.410;\n")
    assert code == 1 and "rij 2, kolom toelichting" in err and "4.400" in err and "reden" in err
    assert numbers(run(HEAD + "V3;;2019;4.410;dubbel geteld\n")[0]) == [0, 1, 0, 0, 1]
    assert numbers(run(HEAD + "V3;;2019;4.410;dubbel geteld in mei\n")[0]) == [0, 1, 0, 0, 1], "another explanation"


def test_a_dry_run_stores_nothing_and_says_so(run, real):
    before = list(Measurement.objects.values())
    out, err, code = run(HEAD + "V7;;2019;9;\nV8;;2019;;\n", "--dry-run")
    assert (code, err) == (0, "")
    assert out.startswith("Zou worden ingelezen") and numbers(out) == [1, 0, 0, 1, 2]
    assert list(Measurement.objects.values()) == before
    assert run(HEAD + "V7;;2019;ca. 9;\n", "--dry-run")[2] == 1


def test_a_question_refuses_until_it_is_confirmed(run, real):
    content = HEAD + "V6;;2019;500;\nV7;;2019;9;\n"
    out, err, code = run(content)
    assert (code, out) == (1, "") and "rij 2, kolom meting" in err and "Klopt dit?" in err and "--confirm" in err
    assert revision_of(real, "V7", 2019) is None
    assert run(content, "--dry-run")[2] == 1
    assert numbers(run(content, "--confirm")[0]) == [2, 0, 0, 0, 2]
    assert numbers(run(content)[0]) == [0, 0, 2, 0, 2], "what stands there is not asked again"


def test_confirming_takes_no_refusal_away(run):
    assert run(HEAD + "V7;;2019;ca. 9;\n", "--confirm")[2] == 1


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "leeg"),
        ("indicator;meting\nV7;9\n", "jaar"),
        (b"\x00\x01\x02", "lezen"),
        (HEAD + "V7;;2019;9;x;y\n", "velden"),
    ],
)
def test_a_file_that_is_no_sheet_is_refused(run, content, message):
    out, err, code = run(content)
    assert (code, out) == (1, "") and message in err


def test_a_file_without_rows_is_read(run):
    assert numbers(run(HEAD)[0]) == [0, 0, 0, 0, 0]


def test_a_file_is_never_read_beyond_its_limit(run, monkeypatch):
    monkeypatch.setattr("indicators.management.commands.import_measurements.MAX_FILE", 10)
    assert run(HEAD + "V7;;2019;9;\n")[2] == 1


def test_who_may_not_record(run, adopter, keeper):
    for by in ("carla", "dirk"):
        out, err, code = run(HEAD + "V7;;2019;9;\n", by=by)
        assert code == 1 and "beleidsmedewerker" in err


def test_a_colleague_in_between(run, real, colleague, monkeypatch):
    from indicators.management.commands import import_measurements

    plan_import = import_measurements.plan_import

    def plan_and_be_overtaken(kadernota, rows):
        plan = plan_import(kadernota, rows)
        record(real, "V7", 2019, "8", by=colleague)
        return plan

    monkeypatch.setattr(import_measurements, "plan_import", plan_and_be_overtaken)
    out, err, code = run(HEAD + "V7;;2019;9;\nV8;;2019;340;\n")
    assert code == 1 and "collega" in err
    assert revision_of(real, "V8", 2019) is None


@pytest.mark.parametrize(("facts", "message"), [({"by": "niemand"}, "niemand"), ({"kadernota": "elders"}, REAL)])
def test_a_mistake_in_the_command_line(run, facts, message):
    out, err, code = run(HEAD, **facts)
    assert (code, out) == (2, "") and message in err


def test_a_file_that_is_not_there(real, officer, tmp_path):
    for path in (tmp_path / "weg.csv", tmp_path):
        with pytest.raises(CommandError, match="niet te lezen") as caught:
            call_command("import_measurements", path, "--kadernota", REAL, "--by", "anna")
        assert caught.value.returncode == 2
