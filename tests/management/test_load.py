"""`load_kadernota` and `load_practice`: their output and refusals. Without the cast: the database is empty."""

import io
import json
from dataclasses import replace
from functools import partial

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.db import connection

from indicators.actions.versions import start_draft
from indicators.models import Decision
from priorities.models import Kadernota, Organisation
from tests.actions.versions import make_people, small_nota
from tests.cast import FIXTURES, NOW, PRACTICE, REAL, adopt_version_of, read_fixture, with_indicator

pytestmark = pytest.mark.django_db
FILE = FIXTURES / "kadernota_2018_2022.json"


def load(path=FILE):
    out = io.StringIO()
    call_command("load_kadernota", path, seal=False, stdout=out)
    return out.getvalue()


def refused(path):
    with pytest.raises(CommandError) as caught:
        load(path)
    assert str(path) in str(caught.value) and "Traceback" not in str(caught.value)
    return caught.value


def test_it_says_what_was_added(db):
    output = load()
    assert output.startswith("Kadernota Integrale Veiligheid 2018-2022 (Haarlemmermeer): toegevoegd 1 × kadernota, ")
    for words in ("4 × prioriteit", "21 × indicator", "23 × onderdeel", "88 × streefwaarde", "11 × overgenomen cijfer"):
        assert words in output
    assert load() == "Kadernota Integrale Veiligheid 2018-2022 (Haarlemmermeer): toegevoegd niets.\n"


def without(name):
    return lambda data: data.pop(name)


def indicator(data, index=0):
    return data["topics"][0]["indicators"][index]


SPOILED = {
    "no title": without("title"),
    "no period": without("first_year"),
    "a year in words": lambda data: data.update(first_year="begin"),
    "years in the wrong order": lambda data: data.update(first_year=2022, last_year=2018),
    "topics as a text": lambda data: data.update(topics="vier"),
    "a topic as a text": lambda data: data.update(topics=["een"]),
    "cells as a list": lambda data: indicator(data).update(printed=["22%"]),
    "a wrong cell": lambda data: indicator(data)["printed"].update({"2019": "ca. 22%"}),
    "a wrong unit": lambda data: indicator(data)["components"][0].update(quantity="euro"),
    "a reading of nothing": lambda data: data["readings"][0].update(indicator="V99"),
    "a figure of nothing": lambda data: data["taken_over"][0]["figures"][0].update(indicator="V99"),
    "a figure that is empty": lambda data: data["taken_over"][0]["figures"][0].update(value=""),
    "a figure that is a number": lambda data: data["taken_over"][0]["figures"][0].update(value=430),
    "no date": lambda data: data["taken_over"][0].update(retrieved_on="vandaag"),
    "twice the same code": lambda data: indicator(data, 1).update(code="V1"),
    "an address of the site": lambda data: data.update(slug="beheer"),
    "an unknown key": lambda data: data.update(surprise=1),
    "not shipped": lambda data: data.update(title="Anders"),
    "another published figure": lambda data: data["taken_over"][0]["figures"][0].update(value="431"),
}


@pytest.mark.parametrize("spoil", SPOILED.values(), ids=SPOILED)
def test_another_file_is_a_sentence_and_loads_nothing(db, tmp_path, spoil):
    data = read_fixture("kadernota_2018_2022")
    spoil(data)
    path = tmp_path / "nota.json"
    path.write_text(json.dumps(data), encoding="utf-8")
    assert refused(path).returncode == 1
    assert not Kadernota.objects.exists() and not Organisation.objects.exists()


def test_a_file_that_is_not_shipped_goes_by_way_of_a_draft(db, tmp_path):
    path = tmp_path / "nota.json"
    path.write_text(json.dumps(read_fixture("kadernota_2018_2022") | {"title": "Anders"}), encoding="utf-8")
    assert "manage.py nota import" in str(refused(path))


def test_the_layout_of_the_file_does_not_count(db, tmp_path):
    path = tmp_path / "nota.json"
    path.write_text(json.dumps(dict(reversed(read_fixture("kadernota_2018_2022").items()))), encoding="utf-8")
    assert "1 × kadernota" in load(path)


def test_a_draft_with_the_same_address_is_not_touched(db):
    keeper, *_ = make_people()
    start_draft(nota=replace(small_nota(), slug=REAL), by=keeper, now=NOW)
    assert "concept" in str(refused(FILE))
    assert not Decision.objects.exists()


def test_it_lists_the_differences_with_the_way_to_a_draft(db):
    load()
    keeper, _, adopter, _ = make_people()
    kadernota = Kadernota.objects.get()
    change = partial(with_indicator, code="V3", change=lambda row: replace(row, definition="Alle meldingen."))
    adopt_version_of(kadernota, change, by=adopter, editor=keeper, kind="editorial")
    output = load()
    assert "toegevoegd niets" in output
    assert "verschil (ongewijzigd gelaten): V3 Meldingen openbare ruimte: definitie: in het bestand" in output
    assert "manage.py nota import" in output


@pytest.mark.parametrize(
    "text", ["", "{", "[1, 2", "\ud83d", "[" * 100_000], ids=["empty", "open", "cut", "bytes", "deep"]
)
def test_a_file_that_is_no_json_is_a_mistake_in_the_command_line(db, tmp_path, text):
    path = tmp_path / "nota.json"
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    assert refused(path).returncode == 2


@pytest.mark.parametrize("text", ["[]", '"nota"', "5", "null", "{}"])
def test_json_of_another_kind(db, tmp_path, text):
    path = tmp_path / "nota.json"
    path.write_text(text)
    assert refused(path).returncode == 1


def test_a_file_that_is_not_there(db, tmp_path):
    assert refused(tmp_path / "weg.json").returncode == 2
    assert refused(tmp_path).returncode == 2


# The practice municipality


@pytest.fixture
def own_database(settings, monkeypatch, tmp_path):
    """Make this database look like the practice database in var/, with DEBUG on."""
    settings.DEBUG, settings.VAR_DIR = True, tmp_path
    monkeypatch.setitem(connection.settings_dict, "NAME", str(tmp_path / "kadernota.sqlite3"))


def load_practice():
    out = io.StringIO()
    call_command("load_practice", seal=False, stdout=out)
    return out.getvalue()


def assert_refused(output):
    with pytest.raises(CommandError, match=output):
        load_practice()
    assert not User.objects.exists() and not Kadernota.objects.exists()


@pytest.mark.skipif(connection.vendor != "sqlite", reason="the trial database is SQLite; see the test below")
def test_practice_in_ones_own_trial_database(own_database, db):
    output = load_practice()
    assert "Oefengemeente" in output and "wachtwoord ‘oefenen’" in output and "vaststeller" in output
    assert Kadernota.objects.get(slug=PRACTICE).is_practice and User.objects.count() == 4
    assert "toegevoegd niets" in load_practice()


def test_no_practice_with_debug_off(own_database, settings, db):
    settings.DEBUG = False
    assert_refused("DEBUG")


@pytest.mark.parametrize("name", ["elders.sqlite3", "../kadernota.sqlite3", "kadernota.sqlite3.oud"])
def test_no_practice_in_another_database(own_database, monkeypatch, tmp_path, name, db):
    monkeypatch.setitem(connection.settings_dict, "NAME", str(tmp_path / name))
    assert_refused("eigen oefendatabase")


def test_no_practice_on_another_engine(own_database, monkeypatch, db):
    monkeypatch.setattr(connection, "vendor", "postgresql")
    with pytest.raises(CommandError, match="eigen oefendatabase"):
        load_practice()
