"""Real runs of manage.py: exit codes, output streams, and no tracebacks."""

import contextlib
import json
import os
import shutil
import sqlite3
import subprocess
import sys

import pytest

from tests.cast import FIXTURES, REAL
from tests.repository.tree import ROOT

pytestmark = pytest.mark.engine_free
NOTA = str(FIXTURES / "kadernota_2018_2022.json")
MAKE_USERS = """
from django.contrib.auth.models import Group, User
for name, group in (("anna", "beleidsmedewerker"), ("carla", "vaststeller")):
    User.objects.create_user(name).groups.add(Group.objects.get(name=group))
"""


def run(database, *arguments, **environment):
    """Run manage.py on this SQLite file, in an environment of its own."""
    own = {"DATABASE_URL": f"sqlite:///{database}", "SECRET_KEY": "x" * 60, "PYTHONUTF8": "1"}
    inherited = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    command = [sys.executable, str(ROOT / "manage.py"), *map(str, arguments)]
    return subprocess.run(
        command, env=inherited | own | environment, capture_output=True, text=True, timeout=120, cwd=ROOT
    )


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    """Create a database with the real kadernota, an officer and an adopter, with commands."""
    database = tmp_path_factory.mktemp("runs") / "nota.sqlite3"
    for arguments in (
        ("migrate", "--verbosity", "0"),
        ("load_kadernota", NOTA),
        ("shell", "-v", "0", "-c", MAKE_USERS),
    ):
        done = run(database, *arguments)
        assert done.returncode == 0, done.stderr
    return database


@pytest.fixture
def database(filled, tmp_path):
    """Copy the database for one test."""
    return shutil.copy(filled, tmp_path / "nota.sqlite3")


@pytest.fixture
def sheet(tmp_path):
    def sheet(*lines):
        path = tmp_path / "cijfers.csv"
        path.write_text("\n".join(["indicator;onderdeel;jaar;meting;toelichting", *lines]), encoding="utf-8-sig")
        return path

    return sheet


def assert_mistake(done, code=2):
    assert done.returncode == code, (done.returncode, done.stderr)
    assert done.stderr.strip() and not done.stdout and "Traceback" not in done.stderr


def test_from_a_sheet_to_an_edition_to_a_verdict(database, sheet):
    options = ("--kadernota", REAL, "--by", "anna")
    done = run(database, "import_measurements", sheet("V3;;2019;4.400;", "V14;Sluitingen;2019;16;"), *options)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "Ingelezen: 2 nieuw, 0 gewijzigd, 0 hetzelfde, 0 leeg; samen 2 rijen.\n"

    facts = ("--decision", "B-1", "--date", "2020-03-02")
    assert_mistake(run(database, "adopt", REAL, 2019, "--by", "anna", *facts), 1)
    asked = run(database, "adopt", REAL, 2019, "--by", "carla", *facts)
    assert_mistake(asked, 1)
    assert asked.stderr.startswith("more-than-a-year-ago: ")
    done = run(database, "adopt", REAL, 2019, "--by", "carla", *facts, "--confirm", "more-than-a-year-ago")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("Editie 2019-2 vastgesteld: 2 cijfers.\nVingerafdruk: ")

    done = run(database, "assess", REAL, 2019, "--format", "json")
    assert (done.returncode, done.stderr) == (0, "")
    components = {(component["code"], component["component"]): component for component in json.loads(done.stdout)}
    assert components["V3", ""]["status"] == "on_track" and components["V14", "Sluitingen"]["measurement"] == "16"

    done = run(database, "import_measurements", sheet("V3;;2019;4.410;", "V33;;2019;1;"), *options)
    assert_mistake(done, 1)
    assert "rij 2, kolom toelichting" in done.stderr and "rij 3, kolom indicator" in done.stderr


def test_a_question_is_exit_code_one(database, sheet):
    arguments = ("import_measurements", sheet("V6;;2019;900;"), "--kadernota", REAL, "--by", "anna")
    assert_mistake(run(database, *arguments), 1)
    assert run(database, *arguments, "--confirm").returncode == 0


@pytest.mark.parametrize(
    "arguments",
    [
        ("assess", "elders", "2020"),
        ("assess", REAL, "twintig"),
        ("adopt", REAL, "2020", "--by", "carla", "--decision", "B-1", "--date", "gisteren"),
        ("import_measurements", "/bestaat/niet.csv", "--kadernota", REAL, "--by", "anna"),
        ("load_kadernota", "/bestaat/niet.json"),
    ],
    ids=" ".join,
)
def test_a_mistake_in_the_command_line_is_a_sentence_and_exit_code_two(filled, arguments):
    assert_mistake(run(filled, *arguments))


def test_a_file_of_another_kind_is_exit_code_one(filled):
    assert_mistake(run(filled, "import_measurements", NOTA, "--kadernota", REAL, "--by", "anna"), 1)


def test_practice_accounts_come_in_no_other_database(filled):
    for debug in ("true", "false"):
        done = run(filled, "load_practice", DEBUG=debug)
        assert_mistake(done, 1)
    with contextlib.closing(sqlite3.connect(filled)) as connection:
        assert connection.execute("SELECT count(*) FROM auth_user").fetchone() == (2,)
